"""Reads of mails to be made."""

from django.db import connection

from kith.messaging.deliveries.models import Channel

_ENDS = (
    "SELECT person_id FROM (SELECT person_id, row_number() OVER (ORDER BY person_id) AS n, count(*) OVER () AS total "
    "FROM messaging_delivery WHERE message_id = %(message)s AND person_id > %(after)s AND person_id <= %(upto)s "
    "AND channel = %(mail)s) AS numbered WHERE n %% %(size)s = 0 OR n = total ORDER BY n"
)


def ranges(*, message_id: int, after: int, upto: int, size: int) -> list[tuple[int, int]]:
    """Return (after, upto) pairs of person keys that hold `size` mails of a message each, the last one the rest.

    However far apart the keys are, there are no more ranges than needed; none where nobody gets a mail.
    """
    given = {"message": message_id, "after": after, "upto": upto, "size": size, "mail": Channel.MAIL.value}
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, given)
        ends = [int(row[0]) for row in cursor.fetchall()]
    return list(zip([after, *ends], ends, strict=False))
