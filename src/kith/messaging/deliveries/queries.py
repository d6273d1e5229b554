"""Reads of deliveries: a person's inbox, and how a message stands with its audience."""

import json

from django.db import connection
from django.db.models import Count, Q, QuerySet

from kith.kernel.folding import fold, query_tokens
from kith.kernel.statements import fetch_all
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import OUTSTANDING, Delivery, Message, State

_ASKED = Q(message__needs_acknowledgement=True, state__in=OUTSTANDING)
_NEW = Q(opened_at__isnull=True, state=State.SENT)
SEARCHED = 500


def visible_to(*, person_id: int) -> QuerySet[Delivery]:
    """Return everything that was delivered to a person, newest first, with its message (without its audience)."""
    found = Delivery.objects.filter(person_id=person_id).select_related("message")
    return found.defer("message__where", "message__params", "message__earlier").order_by("-id")


def delivery_of(*, person_id: int, public_id: str) -> Delivery | None:
    """Return a person's delivery of the message with a public id, None where it was not for them."""
    return visible_to(person_id=person_id).filter(message__public_id=public_id).first()


def delivery_about(*, person_id: int, message_id: int) -> Delivery | None:
    """Return a person's delivery of a message, None where it was not for them."""
    return visible_to(person_id=person_id).filter(message_id=message_id).first()


_DELIVERY = ("id", "state", "acknowledged_at")
_MESSAGE = ("id", "public_id", "severity", "title", "body", "version", "needs_acknowledgement", "at")
_UNREAD = "(d.state = %(sent)s OR (d.state = %(opened)s AND m.needs_acknowledgement))"
_PART = (
    f"(SELECT {', '.join(f'd.{name}' for name in _DELIVERY)}, {', '.join(f'm.{name}' for name in _MESSAGE)}, "  # noqa: S608
    "{unread} AS unread FROM messaging_delivery d JOIN messaging_message m ON m.id = d.message_id "
    "WHERE d.person_id = %(person)s AND {condition} ORDER BY d.id DESC LIMIT {limit})"
)
_LISTED = " UNION ALL ".join(
    (
        _PART.format(unread="TRUE", condition=_UNREAD, limit="%(unread)s"),
        _PART.format(unread="FALSE", condition=f"NOT {_UNREAD} AND d.id < %(before)s", limit="%(read)s"),
    )
)
_NEWEST = 2**63 - 1
_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM messaging_delivery d JOIN messaging_message m ON m.id = d.message_id "  # noqa: S608
    f"WHERE d.person_id = %(person)s AND {_UNREAD} LIMIT %(limit)s) AS open"
)


def listed(
    *, person_id: int, before: int | None = None, unread: int = 0, read: int = 0
) -> tuple[list[Delivery], list[Delivery]]:
    """Return what a person has not read or still has to acknowledge, and what they are done with; one query.

    Newest first, at most so many of each; those done with from below the delivery `before` on (None: from the
    newest). Of the messages only what a list shows is loaded.
    """
    given = {
        "person": person_id,
        "sent": State.SENT.value,
        "opened": State.OPENED.value,
        "unread": unread,
        "read": read,
    }
    rows = fetch_all(_LISTED, {**given, "before": _NEWEST if before is None else before})
    found: tuple[list[Delivery], list[Delivery]] = ([], [])
    for row in rows:
        delivery = Delivery.from_db(connection.alias, _DELIVERY, row[:3])
        delivery.message = Message.from_db(connection.alias, _MESSAGE, [_loaded(value) for value in row[3:-1]])
        found[0 if row[-1] else 1].append(delivery)
    return found


def _loaded(value: object) -> object:
    """Return a column as its model has it: texts come as JSON."""
    return Text(json.loads(value)) if isinstance(value, str) else value


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
    asked = {"person": person_id, "sent": State.SENT.value, "opened": State.OPENED.value, "limit": limit}
    return int(fetch_all(_COUNT, asked)[0][0])


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
