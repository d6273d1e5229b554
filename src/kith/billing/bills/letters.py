"""What payers are told about a bill that is still to be paid: the wording, and what fills it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kith.access.logins.models import Login
from kith.billing.bills.actions import INVOICE, due_of, pay_link
from kith.billing.invoices.models import Invoice
from kith.kernel.languages import OUR_LANGUAGES, django_code
from kith.kernel.money import Money
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.actions import send_wording
from kith.messaging.wording.shelf import Placeholder, Wording, put
from kith.people.ties.models import Tie
from kith.people.ties.queries import in_force
from kith.portal.shell import words

ISSUED = put(
    Wording(
        code="billing.bill-issued",
        title=Text(
            {
                "en": "Bill {number} over {due}",
                "vi": "Hóa đơn {number}, số tiền {due}",
                "zh-Hans": "账单 {number}，金额 {due}",
            }
        ),
        body=Text(
            {
                "en": "Please pay {due} by {day}. You can read the bill and pay it online.",
                "vi": "Vui lòng thanh toán {due} trước ngày {day}. Bạn có thể xem hoá đơn và thanh toán trực tuyến.",
                "zh-Hans": "请在 {day} 前支付 {due}。您可以在线查看并支付账单。",
            }
        ),
        placeholders={
            "number": Placeholder(_("The number of the bill"), "R-2027-00042"),
            "due": Placeholder(
                _("What is to be paid"), Text({"en": "€120.00", "vi": "120,00 €", "zh-Hans": "€120.00"})
            ),
            "day": Placeholder(
                _("Pay by this day"), Text({"en": "31 Mar 2027", "vi": "31/3/2027", "zh-Hans": "2027年3月31日"})
            ),
        },
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A bill of which something is to be paid was issued."),
    )
)


def _money(money: Money) -> Text:
    found = {}
    for tag in OUR_LANGUAGES:
        with override(django_code(tag)):
            found[tag] = words.money(money)
    return Text(found)


def _day(day: date) -> Text:
    found = {}
    for tag in OUR_LANGUAGES:
        with override(django_code(tag)):
            found[tag] = words.short_day(day)
    return Text(found)


def _readers(bill: Invoice) -> list[int]:
    """Return who is told: the person who pays, or those who stand for the firm."""
    if bill.payer.person_id is not None:
        return [bill.payer.person_id]
    ties = Tie.objects.filter(in_force(bill.issued_on), for_organization=bill.payer.organization_id)
    return sorted(set(ties.values_list("person_id", flat=True)))


def tell_issued(bill: Invoice, *, at: datetime) -> None:
    """Tell the payer of a bill of which something is to be paid; who has no login gets a link to pay it."""
    due = due_of(bill)
    readers = _readers(bill)
    if not due or not readers:
        return
    with_login = set(Login.objects.filter(person__in=readers, active=True).values_list("person_id", flat=True))
    for group, link in (
        (with_login, f"/bills/{bill.public_id}/"),
        (set(readers) - with_login, ""),
    ):
        if group:
            send_wording(
                code=ISSUED.code,
                to=sorted(group),
                at=at,
                values={"number": bill.number, "due": _money(due), "day": _day(bill.due_on)},
                about=Subject(INVOICE, bill.pk),
                link=link or pay_link(invoice=bill, at=at),
                dedupe_key=f"bill-issued:{bill.pk}:{'page' if link else 'link'}",
            )
