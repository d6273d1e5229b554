"""What promises does for conversations: a question to a function, a note for a shift and a report are owed.

Conversations stand below and know nothing of promises: they tell facts, and ask their shelf of helpers who answers.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.kernel.facts import Told, listens
from kith.kernel.subjects import Subject
from kith.messaging.conversations import facts
from kith.messaging.conversations.models import Conversation, Decision, Handover, Report
from kith.messaging.conversations.queries import CONVERSATION, HANDOVER, REPORT
from kith.messaging.conversations.shelves import HELPERS, TURNS, Turn
from kith.people.persons.models import Person
from kith.promises.commitments.actions import keep, open_promise
from kith.promises.commitments.models import UNSETTLED, Promise
from kith.promises.commitments.owning import OwnerRule
from kith.promises.kinds import DUTIES, KINDS, Duty, PromiseKind

MODERATION, DO = "moderation", "said-so"
KIND_OF = {CONVERSATION: "message-answer", HANDOVER: "handover-reading", REPORT: "report-decision"}

DUTIES.put("hr", Duty("hr", _("Questions to human resources")))
DUTIES.put(MODERATION, Duty(MODERATION, _("Reported messages")))
for _kind in (
    PromiseKind(KIND_OF[CONVERSATION], _("Answer to a message"), within=timedelta(hours=16), withdrawable=False),
    PromiseKind(
        KIND_OF[HANDOVER], _("Reading a shift note"), within=timedelta(hours=4), pace=timedelta(hours=1), quiet=True,
        withdrawable=False,
    ),
    PromiseKind(
        KIND_OF[REPORT], _("Decision on a reported message"), MODERATION, within=timedelta(hours=16), withdrawable=False
    ),
    PromiseKind(DO, _("What I said I would do"), within=timedelta(hours=40)),
):  # fmt: skip
    KINDS.put(_kind.code, _kind)


def _open(subject: Subject) -> list[Promise]:
    rows = Promise.objects.filter(kind=KIND_OF[subject.kind], subject=str(subject), state__in=UNSETTLED)
    return list(rows.order_by("pk"))


def _owe(
    subject: Subject, owner: OwnerRule, *, waiting: int | None, at: datetime, due_at: datetime | None = None
) -> None:
    if not _open(subject):
        open_promise(
            kind=KIND_OF[subject.kind], subject=subject, owner=owner, waiting_person_id=waiting, at=at, by_id=waiting,
            due_at=due_at if due_at is not None and due_at > at else None,
        )  # fmt: skip


def _keep(subject: Subject, *, at: datetime, by_id: int | None) -> None:
    for promise in _open(subject):
        if promise.opened_at <= at:
            keep(promise, proof=subject, at=at, by_id=by_id)


@listens(facts.AnswerAwaited, name="promises.owe-message-answer")
def awaited(told: Sequence[Told[facts.AnswerAwaited]]) -> None:
    """Let the function that was asked owe an answer, unless it has answered meanwhile."""
    waiting = set(
        Conversation.objects.filter(
            pk__in=[each.fact.conversation_id for each in told], awaiting_since__isnull=False
        ).values_list("pk", flat=True)
    )
    for each in told:
        if each.fact.conversation_id in waiting:
            subject = Subject(CONVERSATION, each.fact.conversation_id)
            _owe(subject, OwnerRule(duty_role=each.fact.duty), waiting=each.fact.person_id, at=each.at)


@listens(facts.AnswerGiven, name="promises.keep-message-answer")
def given(told: Sequence[Told[facts.AnswerGiven]]) -> None:
    """Keep what was owed before the answer was given; what was asked after it is owed anew."""
    for each in told:
        _keep(Subject(CONVERSATION, each.fact.conversation_id), at=each.at, by_id=each.by_id)


@listens(facts.HandoverWritten, name="promises.owe-handover")
def written(told: Sequence[Told[facts.HandoverWritten]]) -> None:
    """Let the lead of the next shift owe that the note is read."""
    rows = Handover.objects.select_related("post").in_bulk([each.fact.handover_id for each in told])
    for each in told:
        note = rows.get(each.fact.handover_id)
        if note is not None and note.acknowledged_at is None:
            rule = OwnerRule(person_id=each.fact.lead_id)
            waiting = note.post.author_id
            _owe(Subject(HANDOVER, note.pk), rule, waiting=waiting, at=each.at, due_at=note.due_at)


@listens(facts.HandoverAcknowledged, name="promises.keep-handover")
def acknowledged(told: Sequence[Told[facts.HandoverAcknowledged]]) -> None:
    """Keep the reading of a note."""
    for each in told:
        _keep(Subject(HANDOVER, each.fact.handover_id), at=each.at, by_id=each.by_id)


@listens(facts.PostReported, name="promises.owe-decision")
def reported(told: Sequence[Told[facts.PostReported]]) -> None:
    """Let a moderator owe a decision."""
    rows = Report.objects.filter(decision=Decision.OPEN).in_bulk([each.fact.report_id for each in told])
    for each in told:
        if each.fact.report_id in rows:
            rule = OwnerRule(duty_role=MODERATION)
            _owe(Subject(REPORT, each.fact.report_id), rule, waiting=each.fact.reporter_id, at=each.at)


@listens(facts.ReportDecided, name="promises.keep-decision")
def decided(told: Sequence[Told[facts.ReportDecided]]) -> None:
    """Keep the decision."""
    for each in told:
        _keep(Subject(REPORT, each.fact.report_id), at=each.at, by_id=each.by_id)


class Owners:
    """Who owes something on a conversation, a note or a report, or helps with it."""

    def matters(self, *, person_id: int, kinds: Collection[str]) -> list[Subject]:
        """Return the subjects on which the person owes something now; one query."""
        mine = Q(owner_id=person_id) | Q(escalated_to_id=person_id)
        rows = Promise.objects.filter(mine, kind__in=[KIND_OF[kind] for kind in kinds], state__in=UNSETTLED)
        return [Subject.parse(stored) for stored in rows.values_list("subject", flat=True)]


def _do_it(*, by: Person, author: Person, text: str, about: Subject, at: datetime) -> Subject:
    """Let somebody owe the author of a message what it asks for."""
    del text
    made = open_promise(kind=DO, subject=about, owner=by, waiting_person_id=author.pk, at=at, by_id=by.pk)
    return Subject("promise", made.pk)


HELPERS.put("promises", Owners())
TURNS.put("promise", Turn(_("I will do it"), "check", own=False, make=_do_it))
