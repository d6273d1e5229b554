"""Makers of content: a segment, written and released news."""

from typing import Any

from kith.content.news.actions import release, write
from kith.content.news.models import News
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from tests.people.make import AT

EMPLOYEES = {"attribute": "tie", "is": ["employee"]}
CUSTOMERS = {"attribute": "tie", "is": ["customer"]}
TITLE = Text({"en": "A new line", "vi": "Chuyền mới", "zh-Hans": "新生产线"})
BODY = Text({"en": "It starts on Monday.", "vi": "Bắt đầu thứ Hai.", "zh-Hans": "周一启动。"})


def segment(rule: Any = None) -> Segment:
    return Segment.objects.create(name=Text(en="Some"), rule=rule or EMPLOYEES, updated_at=AT)


def written(author: Person, *, rule: Any = None, **given: Any) -> News:
    return write(**{"author": author, "title": TITLE, "body": BODY, "segment": segment(rule), "at": AT, **given})


def released(author: Person, *, rule: Any = None, **given: Any) -> News:
    return release(news=written(author, rule=rule, **given), by=author, at=given.get("at", AT))
