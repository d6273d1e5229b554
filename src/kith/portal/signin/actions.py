"""Sending links: to sign in, to set a password."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.access.couriers import send_link
from kith.access.logins import queries
from kith.access.logins.models import Login, username_of
from kith.access.throttle import actions as throttle
from kith.access.throttle.actions import Limit
from kith.access.tokens import actions as tokens
from kith.kernel import clock
from kith.kernel.tasks import Queue, task
from kith.portal.signin.kinds import PASSWORD_LINK, SIGN_IN_LINK

LIVES = {SIGN_IN_LINK: timedelta(minutes=15), PASSWORD_LINK: timedelta(hours=1)}
INVITATION_LIVES = timedelta(days=3)
PER_NAME = Limit("link:name", 5)
PER_ADDRESS = Limit("link:address", 50)


def count_wish(*, typed: str, address: str, at: datetime) -> None:
    """Count a wish for a link; `TooMany` for the 6th an hour for a name and the 51st from an address."""
    throttle.count(limit=PER_ADDRESS, parts=(address,), at=at)
    throttle.count(limit=PER_NAME, parts=(username_of(typed),), at=at)


def send(*, typed: str, purpose: str, at: datetime) -> int:
    """Send a link to the mailbox of whoever `typed` names; return how many couriers took it (0: nobody, nowhere).

    Never to a typed address: to the one the person is known by.
    """
    login = queries.by_mailbox_or_username(typed=typed)
    if login is None or not queries.may_enter(login=login, at=at):
        return 0
    return _send(login=login, purpose=purpose, at=at, lives=LIVES[purpose])


def invite(*, login: Login, at: datetime) -> int:
    """Send a person the link with which they set their first password, valid for three days."""
    return _send(login=login, purpose=PASSWORD_LINK, at=at, lives=INVITATION_LIVES)


def _send(*, login: Login, purpose: str, at: datetime, lives: timedelta) -> int:
    address = queries.address_of(person=login.person)
    if not address:
        return 0
    with transaction.atomic():
        token = tokens.issue(purpose=purpose, person_id=login.person_id, expires_at=at + lives, ends_with_sessions=True)
        return send_link(person_id=login.person_id, address=address, link=tokens.link_to(token), purpose=purpose, at=at)


@task("portal.send-sign-in-link", queue=Queue.URGENT, attempts=3)
def send_later(*, typed: str, purpose: str) -> None:
    """Send a link if `typed` names somebody; apart from the request, so that its time tells nothing."""
    send(typed=typed, purpose=purpose, at=clock.now())
