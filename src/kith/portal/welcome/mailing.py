"""Writes of the mail test: one mail to the administrator, and the proof that it arrived."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.couriers import send_link
from kith.access.throttle import actions as throttle
from kith.access.throttle.actions import Limit
from kith.access.tokens import actions as tokens
from kith.kernel.refusals import BadInput, Refusal
from kith.people.persons.models import Person
from kith.portal.welcome.kinds import MAIL_TEST, MAIL_TEST_LIVES

PER_PERSON = Limit("mail-test:person", 10)


def send_test(*, person: Person, at: datetime) -> None:
    """Send a person a mail with a link that proves its arrival; `TooMany` for the 11th within an hour."""
    if not person.mailbox:
        raise BadInput(_("Kith knows no mail address of yours, so there is nowhere to send a mail to."))
    throttle.count(limit=PER_PERSON, parts=(person.pk,), at=at)
    with transaction.atomic():
        token = tokens.issue(purpose=MAIL_TEST, person_id=person.pk, expires_at=at + MAIL_TEST_LIVES)
        link = tokens.link_to(token)
        if not send_link(person_id=person.pk, address=person.mailbox, link=link, purpose=MAIL_TEST, at=at):
            raise Refusal(_("Nothing here can carry a mail."))


def prove(*, person: Person, at: datetime) -> None:
    """Note that a person's mailbox receives; the first time counts."""
    Person.objects.filter(pk=person.pk, mailbox_proven_at=None).update(mailbox_proven_at=at)
