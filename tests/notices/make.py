"""Makers of notices: a small plant with managers, and a published notice."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kith.kernel.texts import Text
from kith.messaging.deliveries.fanout import send_out
from kith.notices.publishing.actions import publish, write_draft
from kith.notices.publishing.models import Notice
from kith.notices.severities import Severity
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from tests.people import make as people
from tests.people.make import AT

TITLE = Text({"en": "Stop line 3", "vi": "Dừng chuyền 3", "zh-Hans": "3号线停机"})
BODY = Text({"en": "Put the bottles aside.", "vi": "Để riêng các chai.", "zh-Hans": "请把瓶子放到一边。"})
EMPLOYEES = {"attribute": "tie", "is": ["employee"]}


@dataclass
class Plant:
    """A unit with its manager, the manager's deputy, two workers, and the author elsewhere."""

    unit: Unit
    manager: Person
    deputy: Person
    workers: list[Person]
    author: Person


def plant() -> Plant:
    root = people.unit()
    site = people.site(organization=root.organization)
    unit = people.unit(organization=root.organization, parent=root)
    author = people.employee("Anna", unit=root, site=site)
    manager = people.employee("Hung", unit=unit, site=site)
    deputy = people.employee("Mai", unit=root, site=site)
    unit.manager = manager
    unit.save()
    workers = [people.employee(name, unit=unit, site=site, language="vi") for name in ("Lan", "Minh")]
    return Plant(unit, manager, deputy, workers, author)


def draft(author: Person, **given: Any) -> Notice:
    return write_draft(
        **{
            "author": author,
            "title": TITLE,
            "body": BODY,
            "severity": Severity.URGENT,
            "reason": "Glass.",
            "rule": EMPLOYEES,
            "due_at": AT + timedelta(hours=4),
            "at": AT,
            **given,
        }
    )


def published(author: Person, **given: Any) -> Notice:
    notice = publish(notice=draft(author, **given), by=author, at=AT)
    assert notice.message_id is not None
    send_out(message_id=notice.message_id, at=AT)
    return notice
