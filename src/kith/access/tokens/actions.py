"""Writes of one-time links."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from kith.access.logins.models import Login
from kith.access.tokens.keys import digest_of, link_to, new_token
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.kernel.subjects import Subject

__all__ = ["forget_old", "issue", "issue_many", "link_to", "use"]


def issue(
    *,
    purpose: str,
    person_id: int | None,
    expires_at: datetime,
    subject: Subject | None = None,
    uses: int = 1,
    ends_with_sessions: bool = False,
) -> str:
    """Return a new token for `purpose`, to be sent as `link_to(token)`; it is kept nowhere in clear.

    `ends_with_sessions`: it is void once the person's password changes or the login closes (such a link must
    be for a person with a login). `LookupError` for a purpose that is not on the shelf.
    """
    PURPOSES.get(purpose)
    epoch = None
    if ends_with_sessions and person_id is not None:
        epoch = Login.objects.values_list("epoch", flat=True).get(person_id=person_id)
    token = new_token()
    OneTimeToken.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        person_id=person_id,
        subject=str(subject) if subject else "",
        uses_left=uses,
        epoch=epoch,
        expires_at=expires_at,
    )
    return token


def issue_many(
    *, purpose: str, person_ids: Collection[int], expires_at: datetime, subject: Subject | None = None
) -> dict[int, str]:
    """Return a new token of one use for each person, written in batches of 1,000."""
    PURPOSES.get(purpose)
    tokens = {person_id: new_token() for person_id in person_ids}
    OneTimeToken.objects.bulk_create(
        [
            OneTimeToken(
                digest=digest_of(token),
                purpose=purpose,
                person_id=person_id,
                subject=str(subject) if subject else "",
                expires_at=expires_at,
            )
            for person_id, token in tokens.items()
        ],
        batch_size=1000,
    )
    return tokens


def use(*, token: OneTimeToken, at: datetime) -> bool:
    """Count a use; False when none is left or it is too late. Of simultaneous last uses one wins."""
    left = OneTimeToken.objects.filter(pk=token.pk, uses_left__gt=0, expires_at__gt=at)
    return left.update(uses_left=F("uses_left") - 1, used_at=at) == 1


def forget_old(*, before: datetime) -> int:
    """Remove links that expired before `before`; return how many."""
    return OneTimeToken.objects.filter(expires_at__lt=before).delete()[0]
