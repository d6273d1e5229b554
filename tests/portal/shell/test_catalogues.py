"""The catalogues: what is extracted, what is compiled, and that every language is complete."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from kith.portal.shell import catalogues


def test_sentences_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "shop" / "templates").mkdir(parents=True)
    (tmp_path / "shop" / "views.py").write_text(
        'a = _("One")\nb = ngettext("a cup", "%(n)s cups", n)\nc = gettext_lazy("Two")\n'
    )
    (tmp_path / "shop" / "templates" / "x.html").write_text(
        '{{ _("Three") }}{% do x.append(_("Four")) %}{% trans %}\n  Five\n  six\n{% endtrans %}'
    )
    (tmp_path / "shop" / "templates" / "x.txt").write_text('{{ _("Seven") }}')
    found = {message.id for message in catalogues.sentences(tmp_path) if message.id}
    assert found == {"One", ("a cup", "%(n)s cups"), "Two", "Three", "Four", "Five six", "Seven"}


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_every_sentence_is_translated(locale: str) -> None:
    catalogue = catalogues.read(locale)
    missing = []
    for message in catalogues.sentences():
        if not message.id:
            continue
        have = catalogue.get(message.id, message.context)
        words = [] if have is None else have.string if isinstance(have.string, tuple | list) else [have.string]
        if not words or not all(words):
            missing.append(message.id)
    assert missing == []


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_translations_keep_the_places_for_values(locale: str) -> None:
    problems = [
        (message.id, [str(error) for error in errors]) for message, errors in catalogues.read(locale).check() if errors
    ]
    assert problems == []


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_translations_write_a_percent_sign_only_where_the_sentence_has_one(locale: str) -> None:
    def bare(words: str) -> bool:
        return re.search(r"%(?!\(\w+\)[sd]|[sd%])", words) is not None

    wrong = [
        message.id
        for message in catalogues.read(locale)
        if message.id
        and bare(str(message.id)) != bare(message.string if isinstance(message.string, str) else message.string[0])
    ]
    assert wrong == []


def test_compiling_does_only_what_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    catalogue = Catalog(locale="vi")
    catalogue.add("Tea", "Trà")
    catalogues.write("vi", catalogue)
    assert catalogues.compile_stale() == ["vi"]
    assert (tmp_path / "vi" / "LC_MESSAGES" / "django.mo").stat().st_size > 0
    assert catalogues.compile_stale() == []


def test_django_speaks_the_compiled_words() -> None:
    catalogues.compile_stale()
    with translation.override("vi"):
        assert translation.gettext("Why do I see this?") == "Vì sao tôi thấy mục này?"
    with translation.override("zh-hans"):
        assert translation.gettext("Why do I see this?") == "为什么我会看到这个？"
