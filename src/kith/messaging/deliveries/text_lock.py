"""A message's text stands still while somebody acknowledges it; any number of people may do so at once.

Without it, an acknowledgement of the old text could be committed just after the text was changed, and count.
Advisory locks of the transaction: nothing is written to the message's row, so readers never wait for readers.
"""

from django.db import connection

_TO_ANSWER = (
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('messaging.text:' || message_id, 0)) "
    "FROM messaging_delivery WHERE id = %s"
)
_TO_CHANGE = "SELECT pg_advisory_xact_lock(hashtextextended('messaging.text:' || %s::bigint, 0))"


def hold_to_answer(*, delivery_id: int) -> None:
    """Keep the text of a delivery's message as it is until the transaction ends; waits for a change under way."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_ANSWER, [delivery_id])


def hold_to_change(*, message_id: int) -> None:
    """Be alone with the text of a message until the transaction ends; waits for those who are acknowledging."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_CHANGE, [message_id])
