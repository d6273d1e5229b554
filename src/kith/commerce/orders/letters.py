"""What buyers are told about their orders, in every language: the wordings, and what fills them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kith.access.logins.models import Login
from kith.access.tokens import actions as tokens
from kith.commerce.orders.confirming import subject_of
from kith.commerce.orders.links import SEE_ORDER
from kith.commerce.orders.models import Cancellation, Order, OrderKind
from kith.kernel.languages import OUR_LANGUAGES, django_code
from kith.kernel.money import Money
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.actions import send_wording
from kith.messaging.wording.shelf import Placeholder, Wording, put
from kith.portal.shell import words

LINK_LIVES = timedelta(days=60)
LINK_USES = 200
_NUMBER = Placeholder(_("The number of the order"), "B-2027-00042")
_SHIP_TO = Placeholder(_("Where it goes to"), "12 Trần Phú, Đà Nẵng")

PLACED = put(
    Wording(
        code="commerce.order-placed",
        title=Text({"en": "Your order {number}", "vi": "Đơn hàng {number} của bạn", "zh-Hans": "您的订单 {number}"}),
        body=Text(
            {
                "en": "Thank you. We have your order and will pick it next.\n\n{lines}\n\n"
                "Together {total}, tax included.\nIt goes to: {ship_to}",
                "vi": "Xin cảm ơn. Chúng tôi đã nhận đơn hàng và sẽ chuẩn bị ngay.\n\n{lines}\n\n"
                "Tổng cộng {total}, đã gồm thuế.\nGiao đến: {ship_to}",
                "zh-Hans": "谢谢您。我们已收到您的订单，接下来为您备货。\n\n{lines}\n\n"
                "合计 {total}，已含税。\n送往：{ship_to}",
            }
        ),
        placeholders={
            "number": _NUMBER,
            "lines": Placeholder(_("What was ordered, a line each"), "2 × Oolong: €24.00"),
            "total": Placeholder(
                _("The sum of the order"), Text({"en": "€24.00", "vi": "24,00 €", "zh-Hans": "€24.00"})
            ),
            "ship_to": _SHIP_TO,
        },
        message_class=MessageClass.TRANSACTIONAL,
        when=_("Somebody has placed an order."),
    )
)
CANCELLED = put(
    Wording(
        code="commerce.order-cancelled",
        title=Text(
            {
                "en": "Cancelled: {count} × {name}, order {number}",
                "vi": "Đã hủy: {count} × {name}, đơn hàng {number}",
                "zh-Hans": "已取消：{name} × {count}，订单 {number}",
            }
        ),
        body=Text(
            {
                "en": "We took it out of your order. What you paid for it, {amount}, goes back by the way it came.",
                "vi": "Chúng tôi đã bỏ món này khỏi đơn hàng. "
                "Số tiền đã trả, {amount}, được hoàn lại theo đúng cách đã trả.",
                "zh-Hans": "我们已将其从订单中取消。您为此支付的 {amount} 将按原路退回。",
            }
        ),
        placeholders={
            "number": _NUMBER,
            "count": Placeholder(_("How many were cancelled"), "2"),
            "name": Placeholder(_("The name of the product"), "Oolong"),
            "amount": Placeholder(_("What goes back"), Text({"en": "€24.00", "vi": "24,00 €", "zh-Hans": "€24.00"})),
        },
        message_class=MessageClass.TRANSACTIONAL,
        when=_("Something was taken out of an order."),
    )
)
SHIPPED = put(
    Wording(
        code="commerce.order-shipped",
        title=Text(
            {
                "en": "Order {number} is on its way",
                "vi": "Đơn hàng {number} đang trên đường đến",
                "zh-Hans": "订单 {number} 已发出",
            }
        ),
        body=Text(
            {
                "en": "It left our warehouse today and goes to: {ship_to}",
                "vi": "Hàng đã rời kho hôm nay và được giao đến: {ship_to}",
                "zh-Hans": "货物今天已离开仓库，送往：{ship_to}",
            }
        ),
        placeholders={"number": _NUMBER, "ship_to": _SHIP_TO},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("An order has left the warehouse."),
    )
)
EXPIRED = put(
    Wording(
        code="commerce.order-expired",
        title=Text(
            {
                "en": "Order {number} was not paid in time",
                "vi": "Đơn hàng {number} chưa được thanh toán đúng hạn",
                "zh-Hans": "订单 {number} 未按时付款",
            }
        ),
        body=Text(
            {
                "en": "What we kept for you is free again. Nothing was charged. You can order anew whenever you like.",
                "vi": "Hàng giữ cho bạn đã được trả lại kho. Bạn không bị trừ tiền. Bạn có thể đặt lại bất cứ lúc nào.",
                "zh-Hans": "为您保留的货物已释放，没有扣款。您可以随时重新下单。",
            }
        ),
        placeholders={"number": _NUMBER},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("An order was not paid in time and was given up."),
    )
)


def in_our_languages(make: Callable[[], str]) -> Text:
    """Return what `make` says in each of our languages."""
    found = {}
    for tag in OUR_LANGUAGES:
        with override(django_code(tag)):
            found[tag] = make()
    return Text(found)


def _money(money: Money) -> Text:
    return in_our_languages(lambda: words.money(money))


def _link(order: Order, *, at: datetime) -> str:
    """Return the order's page; for a buyer without a login, a link that shows this one order for 60 days."""
    if Login.objects.filter(person_id=order.buyer_id, active=True).exists():
        return f"/orders/{order.public_id}/"
    token = tokens.issue(
        purpose=SEE_ORDER,
        person_id=order.buyer_id,
        expires_at=at + LINK_LIVES,
        subject=subject_of(order),
        uses=LINK_USES,
    )
    return f"/t/{token}/"


def _send(order: Order, wording: Wording, values: dict[str, Text | str], *, key: str, at: datetime) -> None:
    if order.kind == OrderKind.GIFT:
        return  # whoever gives it chooses the words
    send_wording(
        code=wording.code,
        to=[order.buyer_id],
        at=at,
        values={"number": order.number, **values},
        about=subject_of(order),
        link=_link(order, at=at),
        dedupe_key=key,
    )


def tell_placed(order: Order, *, at: datetime) -> None:
    """Confirm an order: what, how much, where to."""
    lines = list(order.lines.order_by("position"))

    def listed() -> str:
        return "\n".join(
            f"{line.quantity} × {line.name}: {words.money(Money(line.total, order.currency))}" for line in lines
        )

    values: dict[str, Text | str] = {
        "lines": in_our_languages(listed),
        "total": _money(Money(order.total, order.currency)),
        "ship_to": order.ship_to,
    }
    _send(order, PLACED, values, key=f"order-placed:{order.pk}", at=at)


def tell_cancelled(cancellation: Cancellation, *, at: datetime) -> None:
    """Say what was taken back and how much goes back."""
    line = cancellation.line
    values: dict[str, Text | str] = {
        "count": str(cancellation.quantity),
        "name": line.name,
        "amount": _money(Money(cancellation.amount, line.order.currency)),
    }
    _send(line.order, CANCELLED, values, key=f"order-cancelled:{cancellation.pk}", at=at)


def tell_shipped(order: Order, *, at: datetime) -> None:
    """Say that an order is on its way."""
    _send(order, SHIPPED, {"ship_to": order.ship_to}, key=f"order-shipped:{order.pk}", at=at)


def tell_expired(order: Order, *, at: datetime) -> None:
    """Say that an order was given up."""
    _send(order, EXPIRED, {}, key=f"order-expired:{order.pk}", at=at)
