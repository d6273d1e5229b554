"""Writes of notices: draft, publish, amend, withdraw, escalate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish as publish_fact
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, amend_message, send_to_audience
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.deliveries.models import Severity as Loudness
from kith.messaging.wording.actions import send_wording
from kith.notices.publishing import queries
from kith.notices.publishing.facts import NoticeAmended, NoticeEscalated, NoticePublished, NoticeWithdrawn
from kith.notices.publishing.models import Escalation, Notice, NoticeState, NoticeVersion, Severity
from kith.notices.publishing.rules import check_ready
from kith.people.calendars.queries import absent_ids, stand_ins
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.people.segments.predicate import as_json, parse
from kith.people.segments.queries import audience_sql

LOUDNESS = {Severity.NEWS: Loudness.NORMAL, Severity.IMPORTANT: Loudness.IMPORTANT, Severity.URGENT: Loudness.URGENT}
MAX_TITLE, MAX_BODY = 200, 20_000
DRILL = {"en": "DRILL: ", "vi": "DIỄN TẬP: ", "zh-Hans": "演习："}


def _checked(words: Text, *, limit: int, field: str) -> Text:
    if any(len(part) > limit or "\0" in part for part in words.values()):
        raise BadInput(_("This text has at most %d characters.") % limit, field=field)
    return Text({tag: part.strip() for tag, part in words.items() if part.strip()})


def write_draft(  # noqa: PLR0913  (a notice has this many parts)
    *,
    author: Person,
    title: Text,
    body: Text,
    severity: Severity,
    at: datetime,
    reason: str = "",
    segment: Segment | None = None,
    rule: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
    needs_acknowledgement: bool = True,
    drill: bool = False,
    notice: Notice | None = None,
) -> Notice:
    """Write a new draft, or write over the draft `notice`. A draft may be incomplete; publishing checks it."""
    fields = {
        "title": _checked(title, limit=MAX_TITLE, field="title"),
        "body": _checked(body, limit=MAX_BODY, field="body"),
        "severity": severity,
        "reason": reason.strip()[:300],
        "segment": segment,
        "rule": as_json(parse(rule)) if rule is not None else None,
        "due_at": due_at,
        "needs_acknowledgement": needs_acknowledgement,
        "drill": drill,
    }
    if notice is None:
        return Notice.objects.create(author=author, created_at=at, **fields)
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.state != NoticeState.DRAFT:
            raise Refusal(_("This notice is published already; release a new version of it instead."))
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.save()
    return kept


def publish(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """Send a draft to everyone in its segment. The author does not wait: the rows are written in the background."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update(of=("self",)).select_related("segment").get(pk=notice.pk)
        check_ready(kept, at=at)
        kept.rule = kept.rule or (kept.segment.rule if kept.segment else None)
        kept.message = send_to_audience(
            message=_message(kept, by), audience=audience_sql(rule=kept.rule, day=at.date()), at=at
        )
        kept.state, kept.published_at = NoticeState.PUBLISHED, at
        kept.save()
        _keep_version(kept, by=by, at=at, editorial=False)
        publish_fact(NoticePublished(notice_id=kept.pk), at=at, by_id=by.pk)
    return kept


def _said(notice: Notice, words: Text) -> Text:
    """Return a title; a drill says so in the first word, in every language."""
    if not notice.drill:
        return words
    return Text({tag: DRILL.get(tag, DRILL["en"]) + part for tag, part in words.items()})


def _message(notice: Notice, by: Person) -> NewMessage:
    urgent = notice.severity == Severity.URGENT
    return NewMessage(
        title=_said(notice, notice.title),
        body=notice.body,
        message_class=MessageClass.SAFETY if urgent else MessageClass.SERVICE,
        severity=LOUDNESS[Severity(notice.severity)],
        about=Subject("notice", notice.pk),
        sender_id=by.pk,
        needs_acknowledgement=notice.needs_acknowledgement,
        due_at=notice.due_at,
        dedupe_key=f"notice:{notice.pk}",
    )


def _keep_version(notice: Notice, *, by: Person, at: datetime, editorial: bool) -> None:
    NoticeVersion.objects.create(
        notice=notice,
        version=notice.version,
        title=notice.title,
        body=notice.body,
        editorial=editorial,
        released_by=by,
        released_at=at,
    )


def amend(*, notice: Notice, title: Text, body: Text, editorial: bool, by: Person, at: datetime) -> Notice:
    """Release the next text. Editorial: acknowledgements hold; otherwise everyone is asked again."""
    title = _checked(title, limit=MAX_TITLE, field="title")
    body = _checked(body, limit=MAX_BODY, field="body")
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.state != NoticeState.PUBLISHED or kept.message_id is None:
            raise Refusal(_("Only a published notice has a next version."))
        if (title, body) == (kept.title, kept.body):
            raise BadInput(_("The text is the same as before."), field="body")
        if set(title) != set(kept.title):
            raise BadInput(_("The new version needs the same languages as the old one."), field="title")
        kept.title, kept.body, kept.version = title, body, kept.version + 1
        kept.save(update_fields=["title", "body", "version"])
        amend_message(message_id=kept.message_id, title=_said(kept, title), body=body, editorial=editorial, at=at)
        _keep_version(kept, by=by, at=at, editorial=editorial)
        fact = NoticeAmended(notice_id=kept.pk, version=kept.version, editorial=editorial)
        publish_fact(fact, at=at, by_id=by.pk)
    return kept


def withdraw(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """Take a published notice back; what was acknowledged stays as proof."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.state != NoticeState.PUBLISHED:
            raise Refusal(_("Only a published notice can be withdrawn."))
        kept.state, kept.withdrawn_at = NoticeState.WITHDRAWN, at
        kept.save(update_fields=["state", "withdrawn_at"])
        publish_fact(NoticeWithdrawn(notice_id=kept.pk), at=at, by_id=by.pk)
    return kept


def escalate(*, notice: Notice, at: datetime) -> int:
    """Send each line manager the list of their own outstanding people, once; return how many lists went out.

    The list of an absent manager goes to the first present deputy; without one, to the manager all the same.
    """
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.escalated_at is not None or kept.state != NoticeState.PUBLISHED:
            return 0
        lists = queries.outstanding_by_manager(kept, day=at.date())
        away = absent_ids(person_ids=list(lists), at=at)
        deputies = stand_ins(person_ids=away, at=at)
        for manager_id, people in lists.items():
            sent_to = deputies.get(manager_id) or manager_id
            Escalation.objects.create(
                notice=kept, manager_id=manager_id, sent_to_id=sent_to, outstanding=len(people), sent_at=at
            )
            send_wording(
                code="notices.outstanding",
                to=[sent_to],
                at=at,
                values={"title": kept.title, "number": str(len(people))},
                about=Subject("notice", kept.pk),
                link=f"/desk/notices/{kept.public_id}/mine/",
                dedupe_key=f"notice-outstanding:{kept.pk}:{manager_id}",
            )
        kept.escalated_at = at
        kept.save(update_fields=["escalated_at"])
        publish_fact(NoticeEscalated(notice_id=kept.pk, managers=len(lists)), at=at)
    return len(lists)
