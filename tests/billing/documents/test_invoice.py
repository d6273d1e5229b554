"""A printed bill shows lines, tax by category, totals, payer, due date and payment reference."""

import io
from datetime import UTC, datetime

import pypdf
import pytest

from kith.billing.documents.invoice import (
    InvoiceDocument,
    PrintedLine,
    PrintedPayer,
    PrintedTax,
    PrintedTotal,
    print_invoice,
)
from kith.kernel.documents.letterhead import Captioned, Letterhead

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def document(*, lines: int = 2, payer: str = "Công ty Ngọc Lan") -> InvoiceDocument:
    return InvoiceDocument(
        title="Hoá đơn 2026-0042",
        organization=Letterhead(name="Hương Trà", lines=["18 Hàng Gai", "MST 0101234567"]),
        payer=PrintedPayer(name=payer, lines=["24 Lý Thường Kiệt", "Hà Nội"], vat_id="VN0312345678"),
        facts=[Captioned("Số", "2026-0042"), Captioned("Hạn", "25/12/2026")],
        lines=[
            PrintedLine(
                name=f"Trà sen {number}",
                detail="lô L2511",
                quantity="24",
                unit_price="185.000 ₫",
                tax="8 %",
                amount="4.440.000 ₫",
            )
            for number in range(lines)
        ],
        taxes=[
            PrintedTax("GTGT 8 %", "8.880.000 ₫", "710.400 ₫"),
            PrintedTax("Miễn thuế", "0 ₫", "0 ₫", "điều 3"),
        ],
        totals=[PrintedTotal("Cộng", "8.880.000 ₫"), PrintedTotal("Thuế", "710.400 ₫")],
        due=PrintedTotal("Phải trả", "9.590.400 ₫"),
        payment=[Captioned("Nội dung", "RF18 5390 0754 7034")],
        notes=["Cảm ơn."],
    )


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_all_of_it_stands_on_the_paper() -> None:
    [text] = pages_of(print_invoice(document=document(), language="vi", at=AT))

    expected = ["Hoá đơn 2026-0042", "Công ty Ngọc Lan", "24 Lý Thường Kiệt", "VN0312345678", "25/12/2026",
                "Trà sen 0", "Trà sen 1", "lô L2511", "185.000 ₫", "4.440.000 ₫", "GTGT 8 %", "710.400 ₫", "Miễn thuế",
                "điều 3", "Phải trả", "9.590.400 ₫", "RF18 5390 0754 7034", "Cảm ơn.", "MST 0101234567"]  # fmt: skip
    assert [words for words in expected if words not in text] == []


@pytest.mark.parametrize("language", ["en", "vi", "zh-Hans", "zh-Hant"])
def test_a_bill_in_every_language_says_its_language(language: str) -> None:
    pdf = print_invoice(document=document(), language=language, at=AT)
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    assert str(root["/Lang"]).partition("-")[0] == language.partition("-")[0]  # type: ignore[index]


def test_a_bill_of_many_lines_keeps_its_totals_together() -> None:
    pages = pages_of(print_invoice(document=document(lines=60), language="vi", at=AT))

    assert len(pages) > 1
    [totals] = [page for page in pages if "Cộng" in page]
    assert all(words in totals for words in ("GTGT 8 %", "710.400 ₫", "Phải trả", "9.590.400 ₫"))
    assert "4.440.000 ₫" in pages[0]


def test_a_name_no_font_can_draw_does_not_stop_the_bill() -> None:
    [text] = pages_of(print_invoice(document=document(payer="Bob 😀 Ltd"), language="en", at=AT))

    assert "Bob [U+1F600] Ltd" in text
