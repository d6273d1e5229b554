"""Catalogues of translations: extract the sentences of the sources, merge, compile. Babel only, no system tools.

Only `django.po` is kept in git; `django.mo` is compiled where it is missing or older (`frontend/build.py`).
"""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[2]
LOCALE = SOURCE / "portal" / "locale"
LOCALES = ("vi", "zh_Hans")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
WIDTH = 100


@dataclass(frozen=True)
class Coverage:
    """How far one language is: how many sentences there are and which still have no translation."""

    locale: str
    total: int
    missing: tuple[str, ...]


def _path(locale: str) -> Path:
    return LOCALE / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    """Return the catalogue of a locale; an empty one where there is none yet."""
    path = _path(locale)
    if not path.exists():
        return Catalog(locale=locale, project="Kith", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def write(locale: str, catalogue: Catalog) -> None:
    """Write a catalogue in the one form that changes no line without need."""
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Kith in {locale}; kept by `kith translate`."
    catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "Kith", "", ""
    catalogue.last_translator, catalogue.language_team = "", ""
    path = _path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, sort_by_file=True)


def sentences(source: Path = SOURCE) -> Catalog:
    """Return every sentence marked for translation below `source`, with the files it stands in."""
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog(project="Kith", charset="utf-8")
    extracted = extract_from_dir(
        source, method_map=methods, options_map=options, keywords=KEYWORDS, comment_tags=COMMENT_TAGS
    )
    for name, _line, message, comments, context in sorted(extracted, key=lambda entry: (entry[0], entry[1])):
        found.add(message, None, [(Path(name).as_posix(), 0)], auto_comments=comments, context=context)
    return found


def extract() -> None:
    """Merge the sources' sentences into each django.po: new ones empty, unused ones dropped, the rest kept."""
    template = sentences()
    for locale in LOCALES:
        catalogue = read(locale)
        created = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.creation_date = created
        catalogue.obsolete.clear()
        write(locale, catalogue)


def stale() -> list[Path]:
    """Return each django.po whose django.mo is missing or older."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    return [path for path in sources if _age(path.with_suffix(".mo")) < _age(path)]


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def compile_stale() -> list[str]:
    """Compile what is stale; return the locales compiled."""
    compiled = []
    for path in stale():
        locale = path.parents[1].name
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(locale))
        compiled.append(locale)
    return compiled


def coverage() -> list[Coverage]:
    """Return how far each language is against the sentences of the sources as they are now."""
    wanted = [message for message in sentences() if message.id]
    found = []
    for locale in LOCALES:
        catalogue = read(locale)
        missing = []
        for message in wanted:
            have = catalogue.get(message.id, message.context)
            words = [] if have is None else have.string if isinstance(have.string, tuple | list) else [have.string]
            if not words or not all(words):
                missing.append(message.id[0] if isinstance(message.id, tuple | list) else message.id)
        found.append(Coverage(locale, len(wanted), tuple(missing)))
    return found
