"""What is said of group cards: asking colleagues, and handing one over."""

from kith.care.cards.models import CardKind, GroupCard
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import MessageClass

_ASKS = {
    CardKind.BIRTHDAY: {
        "en": "A birthday card for {name}", "vi": "Thiệp sinh nhật cho {name}", "zh-Hans": "给{name}的生日贺卡"
    },
    CardKind.ANNIVERSARY: {
        "en": "A card for {name}'s work anniversary", "vi": "Thiệp kỷ niệm ngày vào làm cho {name}",
        "zh-Hans": "给{name}的入职周年贺卡",
    },
    CardKind.LEAVING: {
        "en": "A farewell card for {name}", "vi": "Thiệp chia tay cho {name}", "zh-Hans": "给{name}的告别贺卡"
    },
}  # fmt: skip
_ASKS_BODY = {
    "en": "Write a few words. {name} sees nothing before the day.",
    "vi": "Hãy viết vài lời. {name} không thấy gì trước ngày đó.",
    "zh-Hans": "写几句话吧。在那天之前，{name}什么也看不到。",
}
_GIVES = {"en": "A card from your colleagues", "vi": "Tấm thiệp từ đồng nghiệp", "zh-Hans": "同事们送您一张贺卡"}
_GIVES_BODY = {
    "en": "They wrote it for you. It is yours to keep.",
    "vi": "Họ đã viết cho bạn. Bạn có thể giữ tấm thiệp này.",
    "zh-Hans": "这是他们写给您的，请收藏。",
}


def _link(card: GroupCard) -> str:
    return f"/cards/{card.public_id}/"


def asks(card: GroupCard) -> NewMessage:
    """Return what asks colleagues to sign, once a card."""
    name = card.person.name
    return NewMessage(
        title=Text({tag: words.replace("{name}", name) for tag, words in _ASKS[CardKind(card.kind)].items()}),
        body=Text({tag: words.replace("{name}", name) for tag, words in _ASKS_BODY.items()}),
        message_class=MessageClass.SERVICE,
        link=_link(card),
        dedupe_key=f"care-card:{card.pk}:ask",
    )


def hands_over(card: GroupCard) -> NewMessage:
    """Return what hands a card over, once a card."""
    return NewMessage(
        title=Text(_GIVES), body=Text(_GIVES_BODY), message_class=MessageClass.TRANSACTIONAL, link=_link(card),
        dedupe_key=f"care-card:{card.pk}:give",
    )  # fmt: skip
