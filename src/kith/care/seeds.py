"""The programmes that Kith ships with, as data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from kith.care.programmes.drafting import Caps, Draft, edit, release, start, switch
from kith.care.programmes.models import Programme
from kith.care.programmes.queries import draft_of
from kith.care.programmes.stepping import put_step
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


_EMPLOYEES = {"attribute": "tie", "is": ["employee"]}
_CUSTOMERS = {"attribute": "tie", "is": ["customer"]}


def _greet(title: Mapping[str, str], body: Mapping[str, str]) -> dict[str, Any]:
    return {"kindness": "greet", "title": dict(title), "body": dict(body), "leads_to_gifts": False}


def _ask(kindness: str, owner: str, words: Mapping[str, str]) -> dict[str, Any]:
    return {"kindness": kindness, "owner": owner, "words": dict(words), "hours": 16}


_ANNIVERSARY = [
    _greet(
        {
            "en": "{years} years with us, {name}",
            "vi": "{years} năm cùng nhau, {name}",
            "zh-Hans": "{name}，同行{years}年",
        },
        {
            "en": "Thank you for every one of these years.",
            "vi": "Cảm ơn bạn vì từng năm ấy.",
            "zh-Hans": "感谢您这些年的每一天。",
        },
    )
]
_DAY_30 = [
    _greet(
        {"en": "A month with us, {name}", "vi": "Một tháng cùng nhau, {name}", "zh-Hans": "{name}，来了一个月了"},
        {
            "en": "How is it going? Somebody will ask you soon; tell them what you miss.",
            "vi": "Bạn thấy thế nào? Sẽ có người hỏi thăm bạn; hãy nói điều bạn còn thiếu.",
            "zh-Hans": "一切还好吗？很快会有人来问您，缺什么尽管说。",
        },
    ),
    {"kindness": "wait", "days": 1, "unit": "working-days"},
    _ask(
        "call",
        "line-manager",
        {
            "en": "Ask {name} how the first month was",
            "vi": "Hỏi {name} tháng đầu thế nào",
            "zh-Hans": "问问{name}第一个月过得怎样",
        },
    ),
]
_CUSTOMERS_QUARTER = [
    _ask(
        "call",
        "duty:support",
        {
            "en": "Call {name} and ask whether anything is missing",
            "vi": "Gọi {name} và hỏi xem còn thiếu gì không",
            "zh-Hans": "致电{name}，问问还需要什么",
        },
    )
]


def ensure_more(*, at: datetime) -> None:
    """Release and switch on: work anniversary, day 30 after joining, and a call to customers every three months."""
    _ensure(
        "anniversary", {"en": "Work anniversary", "vi": "Kỷ niệm ngày vào làm", "zh-Hans": "入职周年"},
        "anniversary", {"tie": "employee", "every": 1}, _EMPLOYEES, _ANNIVERSARY, at=at,
    )  # fmt: skip
    _ensure(
        "day-30", {"en": "A month with us", "vi": "Một tháng cùng nhau", "zh-Hans": "入职满月"},
        "joining-day", {"tie": "employee", "number": 30}, _EMPLOYEES, _DAY_30, at=at,
    )  # fmt: skip
    _ensure(
        "customers-quarter", {"en": "Customers, every quarter", "vi": "Khách hàng, mỗi quý", "zh-Hans": "客户季度问候"},
        "regular", {"tie": "customer", "every": 3, "unit": "months"}, _CUSTOMERS, _CUSTOMERS_QUARTER, at=at,
    )  # fmt: skip


def _ensure(
    code: str, name: dict[str, str], moment: str, settings: dict[str, Any], rule: dict[str, Any],
    steps: Sequence[dict[str, Any]], *, at: datetime,
) -> None:  # fmt: skip
    if not Programme.objects.filter(code=code).exists():
        made = release(
            code=code, name=Text(name), moment=moment, settings=settings, rule=rule, hour=9, steps=steps, at=at,
            by_id=None,
        )  # fmt: skip
        switch(programme=made, on=True)


def _branch(asks: str, yes: Sequence[dict[str, Any]], no: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {"kindness": "branch", "if": asks, "segment": "", "yes": list(yes), "no": list(no)}


_SUPPLIERS_HALF_YEAR = [
    {
        **_greet(
            {
                "en": "How are we doing, {name}?",
                "vi": "{name} thấy chúng tôi thế nào?",
                "zh-Hans": "{name}，我们做得怎么样？",
            },
            {
                "en": "You have delivered to us for another half-year. Tell us with one tap whether all is well.",
                "vi": "Bạn đã giao hàng cho chúng tôi thêm nửa năm. Hãy cho biết mọi việc có ổn không chỉ với một lần chạm.",
                "zh-Hans": "您又为我们供货半年了。点一下，告诉我们一切是否顺利。",
            },
        ),
        "asks": "well",
    },
    {"kindness": "wait", "days": 5, "unit": "working-days"},
    _branch(
        "answered-bad",
        [
            _ask(
                "call",
                "duty:support",
                {
                    "en": "Call {name}: something is missing",
                    "vi": "Gọi {name}: có điều chưa ổn",
                    "zh-Hans": "致电{name}：有事需要解决",
                },
            )
        ],
        [
            _branch(
                "answered",
                [],
                [
                    _ask(
                        "task",
                        "duty:support",
                        {
                            "en": "Ask {name} in person how the half-year was",
                            "vi": "Hỏi trực tiếp {name} nửa năm qua thế nào",
                            "zh-Hans": "当面问问{name}这半年怎么样",
                        },
                    )
                ],
            )
        ],
    ),
]
_DEALERS_QUARTER = [
    _greet(
        {"en": "Thank you, {name}", "vi": "Cảm ơn {name}", "zh-Hans": "谢谢您，{name}"},
        {
            "en": "Another quarter together. Here is what is new, and a person to ask.",
            "vi": "Thêm một quý đồng hành. Đây là những điều mới và người bạn có thể hỏi.",
            "zh-Hans": "又一个季度的合作。这里有新的消息，也有可以询问的人。",
        },
    ),
    {"kindness": "wait", "days": 7, "unit": "working-days"},
    _branch(
        "opened",
        [],
        [
            _ask(
                "call",
                "duty:support",
                {
                    "en": "Call {name}: our note was not opened",
                    "vi": "Gọi {name}: thư của chúng ta chưa được mở",
                    "zh-Hans": "致电{name}：我们的问候没有打开",
                },
            )
        ],
    ),
]


def ensure_drafts(*, at: datetime, by_id: int) -> None:
    """Draft two regular programmes of a shop, to be rehearsed and released: for suppliers, and for dealers."""
    _draft(
        {"en": "Suppliers, every half-year", "vi": "Nhà cung cấp, mỗi nửa năm", "zh-Hans": "供应商半年问候"},
        {"tie": "supplier", "every": 6, "unit": "months"}, "supplier", _SUPPLIERS_HALF_YEAR, at=at, by_id=by_id,
    )  # fmt: skip
    _draft(
        {"en": "Dealers, every quarter", "vi": "Đại lý, mỗi quý", "zh-Hans": "经销商季度问候"},
        {"tie": "dealer", "every": 3, "unit": "months"}, "dealer", _DEALERS_QUARTER, at=at, by_id=by_id,
    )  # fmt: skip


def _draft(
    name: dict[str, str], settings: dict[str, Any], tie: str, steps: Sequence[dict[str, Any]], *, at: datetime,
    by_id: int,
) -> None:  # fmt: skip
    if Programme.objects.filter(name=Text(name)).exists():
        return
    made = start(name=Text(name), moment="regular", settings=settings, keeper="shop", at=at, by_id=by_id)
    version = draft_of(made)
    if version is None:
        return
    rule = {"attribute": "tie", "is": [tie]}
    draft = Draft(rule=rule, hour=10, settings=settings, caps=Caps(on_free_day="next"))
    edit(version=version, draft=draft, at=at, by_id=by_id)
    for step in steps:
        put_step(version=version, position=None, step=step, at=at, by_id=by_id)
