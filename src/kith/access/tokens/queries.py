"""Reads of one-time links."""

from django.db.models import F, Q

from kith.access.tokens.keys import digest_of, is_ours
from kith.access.tokens.models import OneTimeToken


def find(*, token: str) -> OneTimeToken | None:
    """Return the link with its person, used or not, late or not.

    None when it is made up, unknown, its person is no longer served, or it ended with the person's sessions
    before it was used up (a used one still says when that was).
    """
    if not is_ours(token):
        return None
    return (
        OneTimeToken.objects.select_related("person")
        .filter(
            Q(person__isnull=True) | Q(person__deactivated_at__isnull=True),
            Q(epoch__isnull=True) | Q(uses_left=0) | Q(person__login__epoch=F("epoch"), person__login__active=True),
            digest=digest_of(token),
        )
        .first()
    )
