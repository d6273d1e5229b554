"""Writes of logins. Whatever must end sessions raises the epoch: every session and bearer token is dead at once."""

from datetime import datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kith.access.grants.actions import keep_an_administrator
from kith.access.logins import hashing, queries
from kith.access.logins.facts import LoginCreated, LoginDeactivated, LoginReactivated, PasswordSet
from kith.access.logins.models import Login, username_of
from kith.access.throttle import actions as throttle
from kith.access.throttle.actions import Limit
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, Refusal
from kith.people.persons.models import Person

PER_ACCOUNT_AND_ADDRESS = Limit("password:account+address", 10)
PER_ADDRESS = Limit("password:address", 100)
_UNUSABLE = "!"


class WrongCredentials(Refusal):
    """Name or password are wrong; which of them is never said."""

    status = 422


def create_login(
    *, person: Person, username: str, at: datetime, password: str | None = None, by_id: int | None = None
) -> Login:
    """Let a person sign in as `username` (mailbox or personnel number), without a password until one is set."""
    name = username_of(username)
    if not 1 <= len(name) <= 254 or any(c.isspace() or not c.isprintable() for c in name):  # noqa: PLR2004
        raise BadInput(_("A username is a mail address or a personnel number, without spaces."), field="username")
    secret = _UNUSABLE
    if password is not None:
        _check_strength(password, Login(person=person, username=name))
        secret = hashing.hashed(password)
    try:
        with transaction.atomic():
            login = Login.objects.create(person=person, username=name, password=secret, created_at=at)
            publish(LoginCreated(person_id=person.pk, login_id=login.pk), at=at, by_id=by_id)
    except IntegrityError as error:
        taken = _("This username is taken, or the person has a login already.")
        raise BadInput(taken, field="username") from error
    return login


def set_password(*, login: Login, password: str, at: datetime, by_id: int | None = None) -> Login:
    """Set a password and end every session and token of the login; `BadInput` says what is wrong with it."""
    _check_strength(password, login)
    secret = hashing.hashed(password)
    with transaction.atomic():
        kept = Login.objects.select_for_update().get(pk=login.pk)
        kept.password, kept.epoch = secret, kept.epoch + 1
        kept.save(update_fields=["password", "epoch"])
        publish(PasswordSet(person_id=kept.person_id, login_id=kept.pk), at=at, by_id=by_id)
    return kept


def deactivate_login(*, login: Login, at: datetime, by_id: int | None = None) -> None:
    """Close a login and end its sessions; a second call changes nothing, the last administrator stays."""
    with transaction.atomic():
        kept = Login.objects.select_for_update().get(pk=login.pk)
        if not kept.active:
            return
        keep_an_administrator(person_id=kept.person_id, at=at)
        kept.active, kept.epoch = False, kept.epoch + 1
        kept.save(update_fields=["active", "epoch"])
        publish(LoginDeactivated(person_id=kept.person_id, login_id=kept.pk), at=at, by_id=by_id)


def reactivate_login(*, login: Login, at: datetime, by_id: int | None = None) -> None:
    """Open a closed login again; its old sessions stay ended."""
    with transaction.atomic():
        kept = Login.objects.select_for_update().get(pk=login.pk)
        if kept.active:
            return
        kept.active = True
        kept.save(update_fields=["active"])
        publish(LoginReactivated(person_id=kept.person_id, login_id=kept.pk), at=at, by_id=by_id)


def end_sessions(*, login: Login) -> None:
    """Sign a login out everywhere."""
    with transaction.atomic():
        kept = Login.objects.select_for_update().get(pk=login.pk)
        kept.epoch += 1
        kept.save(update_fields=["epoch"])


def verify(*, username: str, password: str, address: str, at: datetime) -> Login:
    """Return the login that `username` and `password` open.

    `WrongCredentials` for everyone else, the same and after the same work whether the name is known or not;
    `TooMany` from the 11th wrong one an hour for this name from this address and the 101st from the address,
    whatever the password; `Busy` when too many are checked at once (then nothing is counted).
    """
    account, sender = (username_of(username), address), (address,)
    throttle.count(limit=PER_ADDRESS, parts=sender, at=at)
    throttle.count(limit=PER_ACCOUNT_AND_ADDRESS, parts=account, at=at)
    login = queries.by_username(username=username)
    try:
        right = hashing.matches(password, login.password if login else None)
    except hashing.Busy:
        throttle.give_back(limit=PER_ADDRESS, parts=sender)
        throttle.give_back(limit=PER_ACCOUNT_AND_ADDRESS, parts=account)
        raise
    if login is None or not right or not queries.may_enter(login=login, at=at):
        raise WrongCredentials(_("This name and password do not belong together."))
    throttle.give_back(limit=PER_ADDRESS, parts=sender)
    throttle.clear(limit=PER_ACCOUNT_AND_ADDRESS, parts=account)
    return login


def _check_strength(password: str, login: Login) -> None:
    if len(password) > hashing.LONGEST_SECRET:
        raise BadInput(_("A password has at most 1,000 characters."), field="password")
    try:
        password_validation.validate_password(password, login)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="password") from error
