"""Reporting a post, and deciding on it: with a sentence that the reporter and the author can read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.messaging.conversations.facts import PostReported, ReportDecided
from kith.messaging.conversations.models import Decision, Post, Report
from kith.messaging.conversations.queries import REPORT, helped_by
from kith.messaging.conversations.rules import MODERATORS, Standing, clean, may_report
from kith.messaging.conversations.saying import empty, locked
from kith.messaging.wording.actions import send_wording

LONGEST_REASON = 500


def report(*, post: Post, by: Standing, reason: str, at: datetime) -> Report:
    """Say that a post should not stand, and why; a moderator reads this post only. A second time is the first one."""
    said = _sentence(reason, field="reason")
    if not may_report(post, person_id=by.person.pk):
        raise Refusal(_("You can report what others wrote, as long as it stands."))
    with transaction.atomic():
        made, fresh = Report.objects.get_or_create(
            post=post, by=by.person, defaults={"author": post.author, "text": post.text, "reason": said, "at": at}
        )
        if fresh:
            publish(PostReported(report_id=made.pk, reporter_id=by.person.pk), at=at, by_id=by.person.pk)
    return made


def may_moderate(standing: Standing, report_id: int | None = None) -> bool:
    """Say whether somebody decides on reports (or on one): a moderator, or who owes that decision."""
    if standing.roles & MODERATORS:
        return True
    owed = helped_by(person_id=standing.person.pk, kind=REPORT)
    return report_id in owed if report_id is not None else bool(owed)


def decide(*, report: Report, by: Standing, removes: bool, words: str, at: datetime) -> Report:
    """Let a post stand or take its words out, with a sentence; its author and the reporter are told. Once."""
    said = _sentence(words, field="words")
    with transaction.atomic():
        kept = Report.objects.select_for_update(of=("self",)).select_related("post", "author", "by").get(pk=report.pk)
        if not may_moderate(by, kept.pk):
            raise NotAllowed(_("A moderator decides on reports."))
        if by.person.pk in {kept.author_id, kept.by_id}:
            raise NotAllowed(_("Somebody else decides: this concerns you."))
        if kept.decision != Decision.OPEN:
            raise Refusal(_("This was decided already."))
        kept.decision = Decision.REMOVED if removes else Decision.KEPT
        kept.decided_by, kept.decided_at, kept.words = by.person, at, said
        kept.save(update_fields=["decision", "decided_by", "decided_at", "words"])
        if removes and kept.post is not None and kept.post.withdrawn_at is None:
            empty(locked(kept.post.conversation_id), kept.post, by_id=by.person.pk, at=at)
        _tell(kept, at=at)
        publish(ReportDecided(report_id=kept.pk), at=at, by_id=by.person.pk)
    return kept


def _tell(report: Report, *, at: datetime) -> None:
    removed = report.decision == Decision.REMOVED
    for person_id, role in ((report.by_id, "reporter"), (report.author_id, "author")):
        if role == "author" and not removed:
            continue
        send_wording(
            code=f"messaging.report-{role}-{report.decision}", to=[person_id], at=at, about=Subject(REPORT, report.pk),
            values={"words": report.words}, link="/messages/moderation/", dedupe_key=f"report:{report.pk}:{role}",
        )  # fmt: skip


def _sentence(words: str, *, field: str) -> str:
    said = clean(words)
    if said is None or len(said) > LONGEST_REASON:
        raise BadInput(_("Write 1 to %d characters.") % LONGEST_REASON, field=field)
    return said
