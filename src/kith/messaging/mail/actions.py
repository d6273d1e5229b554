"""Writes of mails: making them from deliveries, by the thousand, and single ones."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from kith.messaging.deliveries.models import Channel, Delivery, Message, Severity
from kith.messaging.mail.letters import Letter, letter, organization_name
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.mail.reminding import asked_by
from kith.people.persons.queries import by_ids

BATCH = 500


def first_state() -> MailState:
    """Return the state of a new mail: waiting for the server, or kept where none is set."""
    return MailState.WAITING if settings.KITH_MAIL else MailState.KEPT


def make_mails(*, message_id: int, after: int, upto: int, at: datetime) -> int:
    """Make the mails of deliveries to persons with keys above `after` up to `upto`; return how many were made.

    Each batch is kept by itself: after a kill, what is there is neither written nor kept a second time.
    """
    message = Message.objects.get(pk=message_id)
    organization = organization_name()
    made = 0
    while rows := _batch(message_id, after, upto):
        after = rows[-1].person_id
        known = set(
            MailOut.objects.filter(delivery_id__in=[row.pk for row in rows]).values_list("delivery_id", flat=True)
        )
        people = by_ids(ids=[row.person_id for row in rows])
        asked = asked_by(message=message, person_ids=list(people))
        mails = [
            _mail(
                letter(row, message, person, organization=organization, at=at, asked=asked.get(person.pk)),
                message,
                row,
                person.mailbox,
                at=at,
            )
            for row in rows
            if row.pk not in known and (person := people.get(row.person_id)) is not None and person.mailbox
        ]
        MailOut.objects.bulk_create(mails, ignore_conflicts=True)
        made += len(mails)
    return made


def _batch(message_id: int, after: int, upto: int) -> list[Delivery]:
    wanted = Q(message_id=message_id, channel=Channel.MAIL, person_id__gt=after, person_id__lte=upto)
    wanted &= ~Q(reason="digest")  # told together with others, later
    return list(Delivery.objects.filter(wanted).order_by("person_id")[:BATCH])


def _mail(made: Letter, message: Message, row: Delivery, address: str, *, at: datetime) -> MailOut:
    return MailOut(
        delivery_id=row.pk,
        person_id=row.person_id,
        address=address,
        subject=made.subject,
        text=made.text,
        html=made.html,
        message_class=message.message_class,
        urgent=message.severity >= Severity.URGENT,
        state=first_state(),
        next_try=row.hold_until or at,
        created_at=at,
    )


def post(
    *,
    person_id: int | None,
    address: str,
    made: Letter,
    message_class: str,
    at: datetime,
    wording: str = "",
    wording_version: int = 0,
    urgent: bool = True,
) -> MailOut:
    """Keep a single mail to be sent at once; `wording` is the automatic message it is, "" for none."""
    return MailOut.objects.create(
        person_id=person_id,
        address=address,
        subject=made.subject,
        text=made.text,
        html=made.html,
        message_class=message_class,
        urgent=urgent,
        state=first_state(),
        next_try=at,
        created_at=at,
        wording=wording,
        wording_version=wording_version,
    )


def try_again(*, mail: MailOut, at: datetime) -> None:
    """Let a failed mail be tried again."""
    MailOut.objects.filter(pk=mail.pk, state=MailState.FAILED).update(
        state=MailState.WAITING, next_try=at, attempts=0, error=""
    )
