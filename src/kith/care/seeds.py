"""The programmes that Kith ships with, as data."""

from datetime import datetime
from decimal import Decimal

from kith.care.programmes.actions import release, switch
from kith.care.programmes.models import Programme
from kith.kernel.texts import Text

_TITLE = {"en": "Happy birthday, {name}!", "vi": "Chúc mừng sinh nhật, {name}!", "zh-Hans": "{name}，生日快乐！"}
_BODY = {
    "en": "It is good to have you with us. Choose a gift you like; it is ours to give, and nobody else sees what you chose.",
    "vi": "Thật vui vì có bạn. Hãy chọn một món quà bạn thích; đó là quà của chúng tôi và không ai khác biết bạn chọn gì.",
    "zh-Hans": "很高兴有您在。请选一份您喜欢的礼物，由我们赠送，别人不会看到您选了什么。",
}


def ensure_birthday(*, budget: Decimal, currency: str, at: datetime, rule: object = None) -> Programme:
    """Release and switch on the programme “birthday”, unless there is one; greets at nine where a person lives."""
    known = Programme.objects.filter(code="birthday").first()
    if known is not None:
        return known
    programme = release(
        code="birthday",
        name=Text({"en": "Birthday", "vi": "Sinh nhật", "zh-Hans": "生日"}),
        moment="birthday",
        rule=rule or {"attribute": "tie", "is": ["employee"]},
        hour=9,
        steps=[
            {"kindness": "offer-gift", "budget": str(budget), "currency": currency, "days": 30},
            {"kindness": "greet", "title": _TITLE, "body": _BODY, "leads_to_gifts": True},
        ],
        at=at,
        by_id=None,
    )
    switch(programme=programme, on=True)
    return programme
