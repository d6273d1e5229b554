"""Writes of kiosks and PINs."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.access.kiosks import rules
from kith.access.kiosks.facts import KioskRegistered, KioskRevoked, PinSet, PinVoided
from kith.access.kiosks.models import Kiosk, Pin
from kith.access.logins import hashing, queries
from kith.access.logins.models import Login
from kith.access.throttle import actions as throttle
from kith.access.throttle.actions import Limit
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.people.organizations.models import Site
from kith.people.persons.models import Person

PER_DEVICE = Limit("pin:device", 100)
PER_NUMBER_AND_DEVICE = Limit("pin:number+device", 10)


class WrongPin(Refusal):
    """Number or PIN are wrong, or the PIN is void; which of them is never said."""

    status = 422


def register_kiosk(*, name: str, site: Site | None, by: Person, at: datetime) -> tuple[Kiosk, str]:
    """Make a device a kiosk; return it with the secret for its cookie, which is kept nowhere else."""
    label = " ".join(name.split())
    if not 1 <= len(label) <= 100 or "\0" in label:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("A kiosk has a name of 1 to 100 characters."), field="name")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        kiosk = Kiosk.objects.create(
            name=label,
            site=site,
            token_hash=hashlib.sha256(secret.encode()).hexdigest(),
            registered_at=at,
            registered_by=by,
        )
        publish(KioskRegistered(kiosk_id=kiosk.pk), at=at, by_id=by.pk)
    return kiosk, secret


def revoke_kiosk(*, public_id: UUID, at: datetime, by_id: int | None) -> Kiosk:
    """Trust a device no longer; whoever is signed in there is out at once. A second call changes nothing."""
    with transaction.atomic():
        kiosk = Kiosk.objects.select_for_update().filter(public_id=public_id).first()
        if kiosk is None:
            raise NotFound(_("There is no such kiosk."))
        if kiosk.revoked_at is None:
            kiosk.revoked_at = at
            kiosk.save(update_fields=["revoked_at"])
            publish(KioskRevoked(kiosk_id=kiosk.pk), at=at, by_id=by_id)
    return kiosk


def set_pin(*, login: Login, pin: str, at: datetime, by_id: int | None = None) -> None:
    """Give a login a PIN of 6 to 12 digits that is not easily guessed; a void one is replaced."""
    if not rules.is_well_formed(pin):
        raise BadInput(_("A PIN has 6 to 12 digits."), field="pin")
    if rules.is_guessable(pin) or login.username == pin:
        raise BadInput(_("This PIN is too easy to guess: no sequence, no pattern, not your number."), field="pin")
    secret = hashing.hashed(pin)
    with transaction.atomic():
        Pin.objects.update_or_create(
            login=login, defaults={"secret": secret, "wrong": 0, "void_at": None, "set_at": at}
        )
        publish(PinSet(person_id=login.person_id), at=at, by_id=by_id)


def verify_pin(*, kiosk: Kiosk, number: str, pin: str, at: datetime) -> Login:
    """Return the login that a personnel number and a PIN open at this kiosk.

    `WrongPin` for everything else, the same whether the number is known, the PIN wrong or void. The fifth wrong
    try in a row voids the PIN; tries count per device, never per address. `TooMany` and `Busy` as for passwords.
    """
    device, both = (kiosk.pk,), (kiosk.pk, number.strip())
    throttle.count(limit=PER_DEVICE, parts=device, at=at)
    throttle.count(limit=PER_NUMBER_AND_DEVICE, parts=both, at=at)
    login = queries.by_number(number=number, at=at)
    kept = _take_try(login) if login else None
    try:
        right = hashing.matches(pin, kept.secret if kept else None)
    except hashing.Busy:
        throttle.give_back(limit=PER_DEVICE, parts=device)
        throttle.give_back(limit=PER_NUMBER_AND_DEVICE, parts=both)
        if kept is not None:
            Pin.objects.filter(pk=kept.pk, wrong__gt=0).update(wrong=F("wrong") - 1)
        raise
    if login is None or kept is None or not right or not queries.may_enter(login=login, at=at):
        if kept is not None and not right:
            _void_if_used_up(kept, kiosk=kiosk, at=at)
        raise WrongPin(_("This number and PIN do not belong together, or the PIN is void after five wrong tries."))
    Pin.objects.filter(pk=kept.pk).update(wrong=0)
    throttle.give_back(limit=PER_DEVICE, parts=device)
    throttle.clear(limit=PER_NUMBER_AND_DEVICE, parts=both)
    return login


def _take_try(login: Login) -> Pin | None:
    """Count a try at the login's PIN before it is made; None when there is no PIN or no try is left."""
    left = Pin.objects.filter(login=login, void_at=None, wrong__lt=rules.WRONG_BEFORE_VOID)
    return Pin.objects.get(login=login) if left.update(wrong=F("wrong") + 1) else None


def _void_if_used_up(kept: Pin, *, kiosk: Kiosk, at: datetime) -> None:
    with transaction.atomic():
        used_up = Pin.objects.filter(pk=kept.pk, void_at=None, wrong__gte=rules.WRONG_BEFORE_VOID)
        if used_up.update(void_at=at):
            publish(PinVoided(person_id=kept.login.person_id, kiosk_id=kiosk.pk), at=at)
