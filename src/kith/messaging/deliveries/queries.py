"""Reads of deliveries: a person's inbox, and how a message stands with its audience."""

from django.db import connection
from django.db.models import Count, Q, QuerySet

from kith.kernel.folding import fold, query_tokens
from kith.kernel.subjects import Subject
from kith.messaging.deliveries.models import OUTSTANDING, Delivery, Message, State

_ASKED = Q(message__needs_acknowledgement=True, state__in=OUTSTANDING)
_NEW = Q(opened_at__isnull=True, state=State.SENT)
UNREAD = Q(state=State.SENT) | _ASKED
SEARCHED = 500


def visible_to(*, person_id: int) -> QuerySet[Delivery]:
    """Return everything that was delivered to a person, newest first, with its message."""
    return Delivery.objects.filter(person_id=person_id).select_related("message").order_by("-id")


def delivery_of(*, person_id: int, public_id: str) -> Delivery | None:
    """Return a person's delivery of the message with a public id, None where it was not for them."""
    return visible_to(person_id=person_id).filter(message__public_id=public_id).first()


def delivery_about(*, person_id: int, message_id: int) -> Delivery | None:
    """Return a person's delivery of a message, None where it was not for them."""
    return visible_to(person_id=person_id).filter(message_id=message_id).first()


def unread(*, person_id: int) -> QuerySet[Delivery]:
    """Return what a person has not opened or still has to acknowledge, newest first."""
    return visible_to(person_id=person_id).filter(UNREAD)


def read_before(*, person_id: int, before: int | None) -> QuerySet[Delivery]:
    """Return what a person is done with, newest first, from below the delivery `before` on (None: from the newest)."""
    done = visible_to(person_id=person_id).exclude(UNREAD)
    return done if before is None else done.filter(pk__lt=before)


def search(*, person_id: int, words: str, language: str, limit: int) -> list[Delivery]:
    """Return a person's messages that hold every one of `words`, newest first, at most `limit`.

    Looks at the newest 500 in the language the person reads, whatever case or diacritics were typed.
    """
    wanted = query_tokens(words)
    found: list[Delivery] = []
    for row in visible_to(person_id=person_id)[:SEARCHED] if wanted else ():
        said = fold(f"{row.message.title.in_language(language)} {row.message.body.in_language(language)}")
        if all(word in said for word in wanted):
            found.append(row)
            if len(found) == limit:
                break
    return found


def unread_count(*, person_id: int, limit: int = 100) -> int:
    """Return how many messages a person has not opened or still has to acknowledge, counted up to `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM messaging_delivery d JOIN messaging_message m ON m.id = d.message_id "
            "WHERE d.person_id = %s AND (d.state = %s OR (d.state = %s AND m.needs_acknowledgement)) LIMIT %s) AS open",
            [person_id, State.SENT, State.OPENED, limit],
        )
        return int(cursor.fetchone()[0])


def to_acknowledge(*, person_id: int) -> QuerySet[Delivery]:
    """Return what a person still has to acknowledge, soonest due first."""
    return visible_to(person_id=person_id).filter(_ASKED).order_by("message__due_at", "-id")


def fresh(*, person_id: int) -> QuerySet[Delivery]:
    """Return unopened messages that need no acknowledgement."""
    return visible_to(person_id=person_id).filter(_NEW, message__needs_acknowledgement=False)


def state_counts(*, message_id: int) -> dict[State, int]:
    """Return how many deliveries of a message are in each state, every state named; they sum to the audience."""
    rows = Delivery.objects.filter(message_id=message_id).values_list("state").annotate(n=Count("id"))
    found = dict(rows)
    return {state: found.get(state.value, 0) for state in State}


def messages_about(*, subject: Subject) -> QuerySet[Message]:
    """Return the messages about a subject, newest first."""
    return Message.objects.filter(about=str(subject)).order_by("-id")
