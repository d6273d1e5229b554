"""Whether everybody in the audience has a text they can read: Simplified and Traditional Chinese are two languages."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kith.kernel.languages import tag
from kith.kernel.refusals import BadInput
from kith.notices.publishing.models import Notice
from kith.people.segments.queries import audience_sql

CHINESE = ("zh-Hans", "zh-Hant")


def languages_of(*, rule: Any, at: datetime) -> set[str]:
    """Return the languages that the persons of a rule read, as BCP 47 tags; one query."""
    audience = audience_sql(rule=rule, day=at.date())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT p.language FROM people_person p WHERE {audience.where}", audience.params)  # noqa: S608
        return {tag(row[0]) for row in cursor.fetchall()}


def check(notice: Notice, *, at: datetime) -> None:
    """Refuse a notice that readers of one Chinese script could not read, because it is written in the other only.

    Without a query where there is English: the chain of every language ends there.
    """
    said = set(notice.title) & set(notice.body)
    if "en" in said or not said & set(CHINESE):
        return
    unread = (languages_of(rule=notice.rule, at=at) & set(CHINESE)) - said
    if unread:
        sentence = _("Some of the audience read %s, and there is neither their language nor English.")
        raise BadInput(sentence % ", ".join(sorted(unread)), field="body")
