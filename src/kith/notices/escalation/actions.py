"""Climbing the ladder: each step once, at its time, recorded with what came of it; it stops when enough answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from kith.kernel.facts import publish as publish_fact
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import send_message, send_to_audience
from kith.messaging.deliveries.models import Message
from kith.messaging.wording.actions import written
from kith.notices.escalation.outstanding import lists_by_manager, outstanding_audience
from kith.notices.publishing.facts import NoticeEscalated
from kith.notices.publishing.models import Escalation, Notice, NoticeState, Wave, WaveOutcome
from kith.notices.publishing.queries import Standing, standing
from kith.notices.publishing.saying import beside
from kith.notices.rulebook.book import Book, Step, StepKind
from kith.notices.rulebook.queries import pinned
from kith.people.calendars.queries import absent_ids, stand_ins
from kith.promises.duty.queries import holders


@dataclass(frozen=True)
class _Sent:
    """What a step did: the lists (manager or nobody, who got it, how many on it), and how many it went to."""

    lists: tuple[tuple[int | None, int, int], ...]
    people: int


def climb(*, notice: Notice, at: datetime) -> int:
    """Do every step of a notice's ladder that is due; return how many. Without a step left the ladder ends."""
    done = 0
    while _one_step(notice, at=at):
        done += 1
    return done


def _one_step(notice: Notice, *, at: datetime) -> bool:
    with transaction.atomic():
        kept = Notice.objects.select_for_update(of=("self",)).select_related("message").get(pk=notice.pk)
        due = kept.next_wave_at
        if due is None or due > at or kept.state != NoticeState.PUBLISHED:
            return False
        book = pinned(version=kept.rulebook)
        step, stands = book.steps[kept.next_step], standing(kept, at=at)
        outcome, sent = _outcome(kept, step, stands, book, at=at)
        wave = Wave.objects.create(
            notice=kept, step=kept.next_step, kind=step.do, outstanding=stands.outstanding, sent=sent.people,
            outcome=outcome, due_at=due, done_at=at,
        )  # fmt: skip
        Escalation.objects.bulk_create(
            Escalation(notice=kept, wave=wave, manager_id=m, sent_to_id=to, outstanding=n, sent_at=at)
            for m, to, n in sent.lists
        )
        _go_on(kept, book, stop=outcome == WaveOutcome.ENOUGH, at=at)
        publish_fact(NoticeEscalated(notice_id=kept.pk, managers=len(sent.lists)), at=at)
    return True


def _go_on(notice: Notice, book: Book, *, stop: bool, at: datetime) -> None:
    due = notice.next_wave_at or at
    notice.next_step += 1
    notice.next_wave_at = None
    if not stop and notice.next_step < len(book.steps):
        notice.next_wave_at = due + timedelta(minutes=book.steps[notice.next_step].wait)
    else:
        notice.escalated_at = at
    notice.save(update_fields=["next_step", "next_wave_at", "escalated_at"])


def _outcome(notice: Notice, step: Step, stands: Standing, book: Book, *, at: datetime) -> tuple[WaveOutcome, _Sent]:
    if stands.outstanding == 0 or stands.answered * 100 >= book.enough_percent * stands.audience:
        return WaveOutcome.ENOUGH, _Sent((), 0)
    if step.do is StepKind.CHANNELS:
        sent = _to_themselves(notice, stands.outstanding, at=at)
    elif step.do is StepKind.DUTY:
        sent = _to_duty(notice, step.duty, stands.outstanding, at=at)
    else:
        sent = _to_managers(notice, step, at=at)
    return (WaveOutcome.SENT if sent.people else WaveOutcome.NOBODY), sent


def _to_themselves(notice: Notice, outstanding: int, *, at: datetime) -> _Sent:
    """Remind everybody outstanding through the arbiter: one message, one statement, mail for all who have a mailbox."""
    message = written(
        code="notices.reminder",
        values={"title": _title(notice)},
        about=Subject("notice", notice.pk),
        link=f"/inbox/{_message(notice).public_id}/",
        dedupe_key=f"notice-reminder:{notice.pk}:{notice.next_step}",
    )
    send_to_audience(message=beside(notice, message), audience=outstanding_audience(notice), at=at)
    return _Sent((), outstanding)


def _to_managers(notice: Notice, step: Step, *, at: datetime) -> _Sent:
    """Send each line manager the list of their own people; the list of an absent one goes to the first deputy there.

    As the deputies' step it goes to a present deputy of each manager whose people are still outstanding.
    """
    lists = lists_by_manager(notice, day=at.date())
    standing_in = stand_ins(person_ids=list(lists), at=at)
    if step.do is StepKind.DEPUTY:
        rows = [(m, to, n) for m, n in lists.items() if (to := standing_in[m]) is not None]
    else:
        away = absent_ids(person_ids=list(lists), at=at)
        rows = [(m, (standing_in[m] if m in away else None) or m, n) for m, n in lists.items()]
    return _sent_lists(notice, rows, at=at)


def _to_duty(notice: Notice, duty: str, outstanding: int, *, at: datetime) -> _Sent:
    people = holders(codes=[duty], at=at)[duty]
    return _sent_lists(notice, [(None, person_id, outstanding) for person_id in people], at=at)


def _sent_lists(notice: Notice, rows: Sequence[tuple[int | None, int, int]], *, at: datetime) -> _Sent:
    to = sorted({person_id for _manager, person_id, _number in rows})
    if to:
        message = written(
            code="notices.outstanding",
            values={"title": _title(notice)},
            about=Subject("notice", notice.pk),
            link=f"/desk/notices/{notice.public_id}/mine/",
            dedupe_key=f"notice-outstanding:{notice.pk}:{notice.next_step}",
        )
        send_message(message=beside(notice, message), to=to, at=at)
    return _Sent(tuple(rows), len(to))


def _message(notice: Notice) -> Message:
    if notice.message is None:
        message = "Only a published notice escalates."
        raise ValueError(message)
    return notice.message


def _title(notice: Notice) -> Text:
    """Return the title without the word of a drill, which stands before the whole sentence."""
    title: Text = notice.title
    return title
