"""The demo's head count: a fire drill in the plants, with answers, at noon."""

from datetime import datetime, timedelta

from kith.kernel.texts import Text
from kith.notices.publishing.actions import publish, write_draft
from kith.notices.publishing.answers import HEADCOUNT
from kith.notices.publishing.models import Category, Certainty, Notice
from kith.notices.severities import Severity
from kith.people.models import Person, Segment

_TITLE = Text(
    {
        "en": "Fire alarm: go to your assembly point and answer",
        "vi": "Báo cháy: hãy đến điểm tập kết và trả lời",
        "zh-Hans": "火警：请前往集合点并回复",
    }
)
_BODY = Text(
    {
        "en": "Leave the building by the nearest exit. Answer when you stand at the assembly point.",
        "vi": "Hãy rời tòa nhà qua lối thoát gần nhất. Trả lời khi bạn đã đứng ở điểm tập kết.",
        "zh-Hans": "请从最近的出口离开大楼，到达集合点后回复。",
    }
)


def count_heads(author: Person, plants: Segment, *, at: datetime) -> Notice:
    """Publish a drill to everyone in a plant that asks whether they are safe."""
    draft = write_draft(
        author=author,
        title=_TITLE,
        body=_BODY,
        severity=Severity.URGENT,
        reason="Twice a year the plants practise leaving.",
        segment=plants,
        due_at=at + timedelta(minutes=30),
        expires_at=at + timedelta(hours=12),
        options=HEADCOUNT,
        drill=True,
        category=Category.FIRE,
        certainty=Certainty.OBSERVED,
        at=at,
    )
    return publish(notice=draft, by=author, at=at)
