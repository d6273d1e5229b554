"""Writes of the chain: one entry after the other, however many hand in at once."""

from datetime import date

from django.db import connection, transaction

from kith.voice.filings.chain import BEGIN, digest_of
from kith.voice.filings.models import Filing

_LOCK = 0x66696C65


def file(*, content: str, week: date) -> Filing:
    """Add an entry at the end of the chain, in the open transaction; others wait until it commits or rolls back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Filing.objects.order_by("-number").first()
        prev, number = (last.digest, last.number + 1) if last is not None else (BEGIN, 1)
        digest = digest_of(prev=prev, content=content, week=week)
        return Filing.objects.create(number=number, prev=prev, content=content, week=week, digest=digest)
