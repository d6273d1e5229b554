"""A PDF holds the texts it was given, as they are, in every language, and is fit for an archive."""

import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdf
import pytest

from kith.kernel.documents import fonts as fonts_module
from kith.kernel.documents.fonts import FontsMissingError
from kith.kernel.documents.printing import (
    LISTING,
    PLAIN,
    ROOT,
    TEMPLATES,
    Attachment,
    DocumentError,
    UnprintableError,
    compile_pdf,
    unprintable,
)

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LABELS = {"page": "Page {page} of {pages}", "empty": "Nothing here."}


def listing(*cells: str, title: str = "List", **more: Any) -> dict[str, Any]:
    return {
        "organization": {"name": "Kith"},
        "labels": LABELS,
        "title": title,
        "columns": [{"label": "text", "width": 1}],
        "rows": [[cell] for cell in cells],
        **more,
    }


def printed(data: dict[str, Any], *, template: Path = LISTING, language: str = "en", **more: Any) -> bytes:
    return compile_pdf(template=template, data=data, language=language, at=AT, **more)


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u200b", "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Nguyễn Thị Hương: Đặng, ỷ, ợ, ẵ, Ữ, 1.250.000 ₫"),
        ("zh-Hans", "简体中文：饮料、茶叶，“龙井” ￥128.00"),
        ("zh-Hant", "繁體中文：飲料、茶葉、臺灣龍鳳"),
        ("zh-Hans", "㐂〇龘靐齉爨"),
        ("en", "Łódź, Žižek, Straße, Ελλας, Привет, カタカナ, € £ ¥ → ✓"),
    ],
)
def test_every_language_of_ours_is_drawn_with_our_own_fonts(language: str, text: str) -> None:
    pdf = printed(listing(text, title=text), language=language)

    assert text in words(pdf)
    families = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert families
    assert all("BeVietnamPro" in family or "NotoSansSC" in family for family in families)


@pytest.mark.parametrize(
    "text",
    [
        '#import "letter.typ": data',
        '#panic(1) #eval("1+1") #sys.version',
        "] #{ } [",
        "$ x^2 $",
        "*bold* _it_ = head",
        "@reference <label> `raw` \\ \\u{41}",
        "// comment /* open",
        '"quoted" \\"',
        "https://kith.example/a?b=c&d",
    ],
)
def test_typst_syntax_in_a_text_arrives_literally(text: str) -> None:
    assert text in words(printed(listing(text, title=text)))


def test_a_decomposed_text_is_drawn_composed() -> None:
    assert "Huế" in words(printed(listing("Hue\u0302\u0301")))


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    with pytest.raises(UnprintableError) as refusal:
        printed(listing("Bob 😀 and 𪚥"))

    assert refusal.value.characters == ("😀", "𪚥")
    assert "😀 (U+1F600)" in refusal.value.sentence


def test_a_marked_character_shows_its_code_point_and_the_rest_stays() -> None:
    text = words(printed(listing("Bob 😀 and \x00𪚥\x07!"), missing="mark"))

    assert "Bob [U+1F600] and [U+2A6A5]!" in text


@pytest.mark.parametrize("text", ["\ud800", "q\u0483\u20dd", "中\u0301x", "مرحبا", "สวัสดี", "\u202eabc\u202c", "👩‍👩‍👧"])
def test_with_marks_every_text_is_printed_in_some_way(text: str) -> None:
    assert "before" in words(printed(listing(f"before {text} after"), missing="mark"))


def test_unprintable_names_what_a_form_should_not_accept() -> None:
    assert unprintable("Trà 茶 ☕😀") == sorted(c for c in "☕😀" if c in unprintable("☕😀"))
    assert unprintable("Nguyễn 茶 龍 \t\n") == []
    assert "😀" in unprintable("x😀x")


def test_the_file_says_it_is_archival_and_accessible() -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed(listing("x", title="Danh sách"), language="vi")))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]

    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.trailer["/Root"]["/Lang"] == "vi"  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == "Danh sách"


def test_the_same_arguments_give_the_same_bytes_in_any_zone() -> None:
    east = AT.astimezone(timezone(timedelta(hours=7)))

    first = printed(listing("x"))
    assert compile_pdf(template=LISTING, data=listing("x"), language="en", at=east) == first
    assert compile_pdf(template=LISTING, data=listing("x"), language="en", at=AT + timedelta(days=1)) != first


def test_an_attached_file_can_be_taken_out_again() -> None:
    xml = "<Invoice><Name>Trà 茶</Name></Invoice>"
    attachment = Attachment(name="invoice.xml", text=xml, mime="text/xml", description="The bill as data")

    reader = pypdf.PdfReader(io.BytesIO(printed(listing("x"), attachments=[attachment])))

    assert reader.attachments["invoice.xml"] == [xml.encode()]


def test_a_long_list_repeats_its_head_and_counts_its_pages() -> None:
    pages = pypdf.PdfReader(io.BytesIO(printed(listing(*(f"row {i}" for i in range(120)))))).pages
    texts = [page.extract_text() for page in pages]

    assert len(texts) > 2
    assert all("text" in text and f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts, start=1))


def test_a_long_code_breaks_inside_its_column() -> None:
    code = "ABCDEFGHIJ" * 40
    pdf = printed(listing(code))

    assert code in words(pdf).replace("\n", "")
    assert len(words(pdf).split(code[:24], 1)[1].splitlines()) > 3


def test_an_empty_list_says_so() -> None:
    assert "Nothing here." in words(printed(listing()))


def test_a_letter_holds_its_paragraphs_points_and_facts() -> None:
    data = {
        "organization": {"name": "Kith", "lines": ["Hà Nội"], "logo": None, "colours": {"primary": "red;}"}},
        "labels": LABELS,
        "title": "Thank you",
        "to": ["Mai"],
        "place_and_date": "Huế, 25 November",
        "facts": [{"label": "Since", "value": "2020"}],
        "paragraphs": ["First.", {"heading": "Then"}, {"points": ["one", "two"]}],
        "closing": "Yours",
        "signed": ["Minh"],
    }
    text = words(printed(data, template=PLAIN))

    assert [
        word for word in ("Mai", "Since", "2020", "First.", "Then", "one", "two", "Yours", "Minh") if word not in text
    ] == []


def test_a_fault_of_the_template_is_told_with_its_place() -> None:
    with pytest.raises(DocumentError, match="columns"):
        printed({"organization": {"name": "Kith"}, "labels": LABELS, "title": "x", "rows": []})


def test_a_template_outside_the_package_is_not_read(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.typ"
    foreign.write_text("hello")

    with pytest.raises(ValueError, match="outside the package"):
        printed(listing(), template=foreign)


def test_data_that_json_cannot_say_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        printed(listing("x", note=object()))
    with pytest.raises(ValueError, match="JSON"):
        printed(listing("x", note=float("nan")))


def test_no_template_fetches_a_package() -> None:
    templates = list(ROOT.rglob("*.typ"))

    assert TEMPLATES / "letter.typ" in templates
    assert [path for path in templates if "@preview" in path.read_text() or "@local" in path.read_text()] == []


def test_without_the_fonts_the_sentence_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_module, "FOLDER", tmp_path)

    with pytest.raises(FontsMissingError, match=r"Be Vietnam Pro and Noto Sans SC .* Build the front end"):
        fonts_module.fonts()
