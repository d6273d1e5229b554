"""A message's text stands still while somebody acknowledges it; any number of people may do so at once.

Without it, an acknowledgement of the old text could be committed just after the text was changed, and count.
Advisory locks of the transaction: nothing is written to the message's row, so readers never wait for readers.
"""

from django.db import connection
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast, Concat

_NAME = "messaging.text:"


def standing_still() -> Func:
    """Return an expression over deliveries that holds the text of a row's message until the transaction ends.

    It waits for a change under way; what the same statement reads of the message may be older than that change.
    """
    name = Concat(Value(_NAME), Cast(F("message_id"), TextField()))
    return Func(
        Func(name, Value(0), function="hashtextextended"),
        function="pg_advisory_xact_lock_shared",
        output_field=TextField(),
    )


def hold_to_change(*, message_id: int) -> None:
    """Be alone with the text of a message until the transaction ends; waits for those who are acknowledging."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{_NAME}{message_id}"])
