"""The one way to a PDF: `compile_pdf` turns a typst template and plain data into an archival, accessible file."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from kith.kernel.documents.fonts import fonts
from kith.kernel.documents.glyphs import code, mark, mark_combining, normal
from kith.kernel.languages import tag
from kith.kernel.refusals import BadInput

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).with_name("templates")
PLAIN = TEMPLATES / "plain.typ"
LISTING = TEMPLATES / "listing.typ"
_PROBE = TEMPLATES / "probe.typ"

_NO_PACKAGES = ROOT / "no-packages"
_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed')
_REGIONS = {"zh-Hans": "CN", "zh-Hant": "TW"}
_LONGEST_LIST = 8


class DocumentError(Exception):
    """The template is at fault, not the data: typst's own words, with the place."""


class UnprintableError(BadInput):
    """The data hold characters that none of our fonts can draw; `characters` says which."""

    def __init__(self, characters: Sequence[str]) -> None:
        """Name the characters and their code points."""
        self.characters = tuple(characters)
        named = ", ".join(f"{character} ({code(character)})" for character in self.characters[:_LONGEST_LIST])
        super().__init__(_("These characters cannot be printed: {characters}.").format(characters=named))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file carried inside the PDF (ISO 19005-3), such as the XML of an electronic invoice."""

    name: str
    text: str
    mime: str
    description: str
    relationship: Literal["source", "data", "alternative", "supplement"] = "alternative"


def compile_pdf(
    *,
    template: Path,
    data: Mapping[str, Any],
    language: str,
    at: datetime,
    missing: Literal["refuse", "mark"] = "refuse",
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return a PDF/A-3b and PDF/UA-1 file; the same arguments give the same bytes.

    `template` lies inside the package and builds on `/kernel/documents/templates/letter.typ`. `data` is anything
    JSON can say (amounts and dates as finished strings) and reaches the template as values, never as code.
    `language` is a BCP 47 tag; `at` (with its zone) becomes the file's date.

    A character without a glyph raises `UnprintableError`; with `missing="mark"` it is printed as its code
    point, `[U+1F600]`, and control characters are left out: nothing vanishes unseen, and a bill still goes out.
    Every other complaint of typst, warnings too, is a `DocumentError`.
    """
    inputs = {"data": normal(data), "attachments": [asdict(attachment) for attachment in attachments]}
    pdf, refused = _compile(template, inputs, language, at)
    if refused and missing == "mark":
        inputs["data"] = mark(inputs["data"], unprintable("".join(refused)))
        pdf, refused = _compile(template, inputs, language, at)
        if refused:
            inputs["data"] = mark_combining(inputs["data"])
            pdf, refused = _compile(template, inputs, language, at)
    if pdf is None:
        raise UnprintableError(unprintable("".join(refused)) or sorted(refused))
    return pdf


def unprintable(text: str) -> list[str]:
    """Return the characters of `text` that our fonts cannot draw, sorted; a form may ask before it accepts."""
    characters = sorted(set(text))
    inputs = {"data": {"lines": characters}, "attachments": []}
    refused = _compile(_PROBE, inputs, "en", datetime(2000, 1, 1, tzinfo=UTC))[1]
    return [character for character in characters if character in refused]


def _compile(
    template: Path, inputs: Mapping[str, Any], language: str, at: datetime
) -> tuple[bytes | None, frozenset[str]]:
    """Return the file, or nothing and the texts that no font can draw."""
    import typst  # noqa: PLC0415  (an idle process does without its megabytes)

    compiler = typst.Compiler(
        input=_inside(template),
        root=ROOT,
        font_paths=fonts(),
        package_path=_NO_PACKAGES,
        package_cache_path=_NO_PACKAGES,
        sys_inputs=_sys_inputs(inputs, tag(language)),
    )
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=["a-3b", "ua-1"], timestamp=at.astimezone(UTC).replace(microsecond=0)
        )
    except typst.TypstError as error:
        if refused := _REFUSED.findall(error.diagnostic):
            return None, frozenset(map(_unescape, refused))
        raise DocumentError(error.diagnostic) from error
    if warnings:
        raise DocumentError("\n".join(warning.diagnostic for warning in warnings))
    if not isinstance(pdf, bytes):
        message = f"{template.name} gave no document."
        raise DocumentError(message)
    return pdf, frozenset()


def _sys_inputs(inputs: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        "document": json.dumps(inputs, allow_nan=False),
        "language": language.partition("-")[0],
        "region": _REGIONS.get(language, ""),
    }


def _inside(template: Path) -> Path:
    path = template.resolve()
    if not path.is_relative_to(ROOT):
        message = f"{template} lies outside the package, beyond which typst may read nothing."
        raise ValueError(message)
    return path


def _unescape(text: str) -> str:
    r"""Return typst's quoted text as it was: `\u{1f600}`, `\"` and `\\` undone."""
    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|(.))", lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)
