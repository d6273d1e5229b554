"""Writes of notices: draft, publish, amend, withdraw."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish as publish_fact
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import amend_message, send_to_audience
from kith.messaging.deliveries.audience import keep_up
from kith.notices.publishing import reading
from kith.notices.publishing.budget import budget_of
from kith.notices.publishing.facts import NoticeAmended, NoticePublished, NoticeWithdrawn
from kith.notices.publishing.models import (
    Approval,
    ApprovalKind,
    Category,
    Certainty,
    Notice,
    NoticeState,
    NoticeVersion,
)
from kith.notices.publishing.rules import check_ready, checked_options
from kith.notices.publishing.saying import diffs, message_of, said
from kith.notices.rulebook.queries import current
from kith.notices.severities import Severity
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.people.segments.predicate import as_json, parse
from kith.people.segments.queries import audience_sql

MAX_TITLE, MAX_BODY = 200, 20_000
HOLDS = timedelta(days=30)
"""How long a notice holds after its due time where its author set no end."""


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
    matter: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    needs_acknowledgement: bool = True,
    options: Sequence[dict[str, Any]] = (),
    may_decline: bool = False,
    drill: bool = False,
    category: Category = Category.OTHER,
    certainty: Certainty = Certainty.UNKNOWN,
    notice: Notice | None = None,
) -> Notice:
    """Write a new draft, or write over the draft `notice`. A draft may be incomplete; publishing checks it.

    `rule` goes before `segment`; `matter` says from what the rule was derived. A changed draft needs a new yes.
    """
    fields = {
        "title": _checked(title, limit=MAX_TITLE, field="title"),
        "body": _checked(body, limit=MAX_BODY, field="body"),
        "severity": severity,
        "reason": reason.strip()[:300],
        "segment": segment,
        "rule": as_json(parse(rule)) if rule is not None else None,
        "matter": dict(matter) if matter else None,
        "due_at": due_at,
        "expires_at": expires_at,
        "needs_acknowledgement": needs_acknowledgement,
        "options": checked_options(options),
        "may_decline": may_decline,
        "drill": drill,
        "category": category,
        "certainty": certainty,
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
        close_stale_approvals(kept, at=at)
    return kept


def fingerprint(notice: Notice) -> str:
    """Return the SHA-256 of everything a second person agrees to."""
    rule = notice.rule or (notice.segment.rule if notice.segment else None)
    parts = [
        notice.title, notice.body, notice.severity, notice.reason, rule, notice.options, notice.drill,
        str(notice.due_at), str(notice.expires_at), notice.needs_acknowledgement, notice.may_decline,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def close_stale_approvals(notice: Notice, *, at: datetime) -> None:
    """Close the open question for an urgent notice whose text is not the one that was asked for any more."""
    stale = Approval.objects.filter(notice=notice, kind=ApprovalKind.URGENT, granted__isnull=True)
    stale = stale.exclude(payload={"sha256": fingerprint(notice)})
    stale.update(granted=False, decided_at=at, why=_("The notice was changed meanwhile."))


def needs_second_person(notice: Notice, *, by: Person, at: datetime) -> bool:
    """Say whether publishing this notice is above what the sender may decide alone."""
    if notice.severity != Severity.URGENT or notice.drill:
        return False
    return budget_of(person_id=by.pk, book=current(), at=at).left == 0


def _hold_budget(by: Person) -> None:
    """Let a sender's notices go out one after another, so that two at once cannot share what is left of the budget."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('notices.budget:' || %s::bigint, 0))", [by.pk])


def publish(*, notice: Notice, by: Person, at: datetime, approved_by: Person | None = None) -> Notice:
    """Send a draft to everyone in its segment. The author does not wait: the rows are written in the background.

    Above the sender's urgency budget it needs a second person (`Refusal` without one).
    """
    with transaction.atomic():
        kept = Notice.objects.select_for_update(of=("self",)).select_related("segment").get(pk=notice.pk)
        book = current()
        check_ready(kept, book=book, at=at)
        kept.rule = kept.rule or (kept.segment.rule if kept.segment else None)
        reading.check(kept, at=at)
        kept.expires_at = kept.expires_at or (kept.due_at or at) + HOLDS
        _hold_budget(by)
        if approved_by in (None, by) and needs_second_person(kept, by=by, at=at):
            raise Refusal(_("Your budget of urgent notices is used up: a second person must agree to this one."))
        kept.message = send_to_audience(
            message=message_of(kept, by), audience=audience_sql(rule=kept.rule, day=at.date()), at=at
        )
        kept.state, kept.published_at, kept.rulebook = NoticeState.PUBLISHED, at, book.version
        if kept.needs_acknowledgement and kept.due_at and book.steps:
            kept.next_wave_at = kept.due_at + timedelta(minutes=book.steps[0].wait)
        kept.save()
        _keep_version(kept, before=None, by=by, approved_by=approved_by, at=at, editorial=False)
        publish_fact(NoticePublished(notice_id=kept.pk), at=at, by_id=by.pk)
    return kept


def _keep_version(
    notice: Notice,
    *,
    before: tuple[Text, Text] | None,
    by: Person,
    approved_by: Person | None,
    at: datetime,
    editorial: bool,
) -> None:
    NoticeVersion.objects.create(
        notice=notice,
        version=notice.version,
        title=notice.title,
        body=notice.body,
        editorial=editorial,
        diff=diffs(before, (notice.title, notice.body)) if before else {},
        released_by=by,
        approved_by=approved_by,
        released_at=at,
    )


def checked_amendment(notice: Notice, *, title: Text, body: Text) -> tuple[Text, Text]:
    """Return the next text of a published notice as it is kept; the first reason against it is refused."""
    title = _checked(title, limit=MAX_TITLE, field="title")
    body = _checked(body, limit=MAX_BODY, field="body")
    if notice.state != NoticeState.PUBLISHED or notice.message_id is None:
        raise Refusal(_("Only a published notice has a next version."))
    if (title, body) == (notice.title, notice.body):
        raise BadInput(_("The text is the same as before."), field="body")
    if set(title) != set(notice.title) or set(body) != set(notice.body):
        raise BadInput(_("The new version needs the same languages as the old one."), field="title")
    return title, body


def amend(
    *,
    notice: Notice,
    title: Text,
    body: Text,
    editorial: bool,
    by: Person,
    at: datetime,
    approved_by: Person | None = None,
) -> Notice:
    """Release the next text. Editorial: a second person agreed, acknowledgements hold.

    Else whoever is in the audience today is asked again; who left it since they answered is not, and a notice that is
    over asks nobody any more (`Refusal`).
    """
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        title, body = checked_amendment(kept, title=title, body=body)
        if editorial and approved_by in (None, by):
            raise Refusal(_("A correction that keeps acknowledgements needs a second person who agrees."))
        if not editorial and kept.expires_at is not None and kept.expires_at <= at:
            raise Refusal(_("This notice is over, so nobody can be asked again. Write a new one."))
        before = kept.title, kept.body
        kept.title, kept.body, kept.version = title, body, kept.version + 1
        kept.save(update_fields=["title", "body", "version"])
        if kept.message_id is not None:
            amend_message(
                message_id=kept.message_id, title=said(kept, title), body=said(kept, body, line=True),
                editorial=editorial, at=at,
            )  # fmt: skip
            if not editorial:
                keep_up(message_id=kept.message_id, audience=audience_sql(rule=kept.rule, day=at.date()), at=at)
        _keep_version(kept, before=before, by=by, approved_by=approved_by, at=at, editorial=editorial)
        fact = NoticeAmended(notice_id=kept.pk, version=kept.version, editorial=editorial)
        publish_fact(fact, at=at, by_id=by.pk)
    return kept


def withdraw(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """Take a published notice back; what was acknowledged stays as proof."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.state != NoticeState.PUBLISHED:
            raise Refusal(_("Only a published notice can be withdrawn."))
        kept.state, kept.withdrawn_at, kept.next_wave_at = NoticeState.WITHDRAWN, at, None
        kept.save(update_fields=["state", "withdrawn_at", "next_wave_at"])
        publish_fact(NoticeWithdrawn(notice_id=kept.pk), at=at, by_id=by.pk)
    return kept
