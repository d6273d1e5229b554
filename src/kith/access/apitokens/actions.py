"""Writes of bearer tokens."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.apitokens.facts import ApiTokenIssued, ApiTokenRevoked
from kith.access.apitokens.models import ApiToken
from kith.access.apitokens.queries import digest_of
from kith.access.apitokens.scopes import SCOPES
from kith.access.logins.models import Login
from kith.kernel.clock import local_date
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotFound
from kith.people.persons.models import Person
from kith.people.ties.queries import is_employee

PREFIX = "kith_"


def issue_token(
    *,
    person: Person,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    at: datetime,
    by_id: int | None = None,
) -> str:
    """Return a new bearer token for `person`, shown this once. `BadInput` names a wrong name, scope or date."""
    label = " ".join(name.split())
    if not 1 <= len(label) <= 100 or "\0" in label:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("A token has a name of 1 to 100 characters."), field="name")
    if unknown := sorted(set(scopes) - set(SCOPES.names())):
        sentence = _("There is no scope “%(scope)s”. Scopes: %(known)s.")
        raise BadInput(sentence % {"scope": unknown[0][:40], "known": ", ".join(SCOPES.names())}, field="scopes")
    if not scopes:
        raise BadInput(_("A token needs at least one scope."), field="scopes")
    if expires_at <= at:
        raise BadInput(_("A token must expire in the future."), field="expires_at")
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        login = Login.objects.select_for_update().filter(person=person).first()
        row = ApiToken.objects.create(
            digest=digest_of(token),
            person=person,
            name=label,
            scopes=sorted(set(scopes)),
            epoch=login.epoch if login else 0,
            employed=is_employee(person_id=person.pk, day=local_date(at, person.zone)),
            created_at=at,
            expires_at=expires_at,
        )
        publish(ApiTokenIssued(person_id=person.pk, api_token_id=row.pk), at=at, by_id=by_id)
    return token


def revoke_token(*, public_id: UUID, person_id: int, at: datetime, by_id: int | None) -> None:
    """End one of a person's tokens at once; a second call changes nothing."""
    with transaction.atomic():
        row = ApiToken.objects.select_for_update().filter(public_id=public_id, person_id=person_id).first()
        if row is None:
            raise NotFound(_("There is no such token."))
        if row.revoked_at is None:
            row.revoked_at = at
            row.save(update_fields=["revoked_at"])
            publish(ApiTokenRevoked(person_id=person_id, api_token_id=row.pk), at=at, by_id=by_id)
