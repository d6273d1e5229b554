"""The conversations of the demo: two colleagues, a shift with its note, a question to HR, a customer, a reported word."""

from datetime import datetime, timedelta

from kith.access.grants.actions import grant_role
from kith.messaging.conversations import actions
from kith.messaging.conversations.actions import Words
from kith.messaging.conversations.models import Conversation
from kith.messaging.conversations.rules import Standing
from kith.messaging.conversations.shelves import desks_of
from kith.people.models import Person
from kith.people.ties.queries import is_employee, placement


def _as(person: Person, *roles: str, at: datetime) -> Standing:
    employed = is_employee(person_id=person.pk, day=at.date())
    return Standing(person, employed, frozenset(roles), desks_of(roles))


def _say(
    talk: Conversation, by: Person, text: str, *, at: datetime, roles: tuple[str, ...] = (), topic: str = ""
) -> int:
    words = Words(text, topic=topic)
    return actions.say(conversation=talk, standing=_as(by, *roles, at=at), words=words, at=at).seq


def talk(cast: dict[str, Person], *, at: datetime) -> None:
    """Let people talk: in Vietnamese, Chinese and English, read and unread."""
    _direct(cast, at=at)
    _shift(cast, at=at)
    _plants(cast, at=at)
    _questions(cast, at=at)


def _direct(cast: dict[str, Person], *, at: datetime) -> None:
    lan, mai, begun = cast["lan"], cast["mai"], at - timedelta(hours=3)
    two = actions.with_colleague(by=_as(lan, at=begun), other=mai, at=begun)
    _say(two, lan, "Chị Mai ơi, thứ Sáu em đổi ca với chị được không? Con em có buổi họp ở trường.", at=begun)
    _say(two, mai, "Được em, chị nhận ca sáng. Em báo anh Hùng giúp chị nhé.", at=begun + timedelta(minutes=6))
    _say(two, lan, "Em cảm ơn chị nhiều!", at=begun + timedelta(minutes=9))
    anna, jonas = cast["anna"], cast["jonas"]
    other = actions.with_colleague(by=_as(anna, at=begun), other=jonas, at=begun)
    _say(
        other,
        anna,
        "Jonas, may I quote your laboratory in Friday's news? Two sentences on the new water test.",
        at=begun,
    )
    _say(other, jonas, "Gladly. I send you a picture this afternoon.", at=begun + timedelta(minutes=31))


def _shift(cast: dict[str, Person], *, at: datetime) -> None:
    hung, place = cast["hung"], placement(person_id=cast["lan"].pk, day=at.date())
    if place is None:
        return
    begun = at - timedelta(hours=9)
    rule = {"attribute": "unit", "is": [place.unit.path]}
    line = actions.roster(by=_as(hung, "communications", at=begun), title="Chuyền 3", rule=rule, at=begun)
    _say(line, hung, "Tuần này chạy chai 330 ml. Ai thấy nắp lệch thì dừng máy và gọi tôi.", at=begun, topic="Sản xuất")
    _say(
        line,
        cast["mai"],
        "Ca sáng thiếu hai thùng nắp xanh, kho giao lúc 10 giờ.",
        at=begun + timedelta(hours=2),
        topic="Nắp",
    )
    note = Words("Van 3 rò nhẹ, đã siết lại lúc 13 giờ. Phụ tùng về sáng mai. Xin kiểm tra mỗi hai giờ.", topic="Van 3")
    late = begun + timedelta(hours=7)
    actions.hand_over(conversation=line, standing=_as(cast["lan"], at=late), words=note, at=late, lead=cast["mai"])
    _say(line, hung, "@Đỗ Ngọc Mai chị xem van 3 giúp tôi.", at=late + timedelta(minutes=12), topic="Van 3")


def _plants(cast: dict[str, Person], *, at: datetime) -> None:
    wei, na, hung = cast["wei"], cast["na"], cast["hung"]
    begun = at - timedelta(hours=5)
    group = actions.group(
        by=_as(wei, at=begun), title="包装 · Packing · Đóng gói", people=[na, hung, cast["james"]], at=begun
    )
    _say(group, wei, "苏州的新标签机昨天开始试运行，速度提高了百分之十二。", at=begun)
    _say(group, na, "操作说明我今天下午发到这里。", at=begun + timedelta(minutes=20))
    _say(group, hung, "Bên Bình Dương muốn xem video khi máy chạy, được không chị?", at=begun + timedelta(minutes=44))
    seq = _say(
        group,
        cast["james"],
        "Great result! Whoever says it cannot be done should not work here.",
        at=begun + timedelta(hours=1),
    )
    post = group.posts.select_related("author").get(seq=seq)
    actions.report(post=post, by=_as(na, at=at), reason="这句话听起来像是在威胁同事。", at=at - timedelta(minutes=50))


def _questions(cast: dict[str, Person], *, at: datetime) -> None:
    lan, ha, asked = cast["lan"], cast["ha"], at - timedelta(days=1)
    words = Words("Em còn bao nhiêu ngày phép năm nay, và có chuyển sang năm sau được không ạ?")
    first = actions.ask(by=_as(lan, at=asked), desk="hr", title="Ngày phép còn lại", words=words, at=asked).conversation
    _say(
        first,
        ha,
        "Chào Lan, em còn năm ngày. Ba ngày được chuyển đến hết tháng Ba.",
        at=asked + timedelta(hours=2),
        roles=("hr",),
    )
    mine = Words("My locker key broke off in the lock. Who can help before the late shift?")
    actions.ask(by=_as(cast["jonas"], at=at), desk="hr", title="Locker key", words=mine, at=at - timedelta(hours=2))
    theirs = Words("The last two boxes arrived wet. Can someone look at the packing?")
    actions.ask(
        by=_as(cast["emily"], at=at), desk="support", title="Wet boxes", words=theirs, at=at - timedelta(hours=1)
    )
    grant_role(person=cast["anna"], role="moderator", at=asked)
