"""The mail courier: carries one-time links of access to a mailbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.access.couriers import COURIERS
from kith.kernel.languages import django_code
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.mail.actions import post
from kith.messaging.mail.letters import organization_name, written
from kith.messaging.mail.tasks import send
from kith.people.persons.models import Person

ACCOUNT_SUBJECTS = {
    "sign-in": gettext_lazy("Your link to sign in"),
    "set-password": gettext_lazy("Your link to set a password"),
}


@dataclass(frozen=True)
class Wording:
    """What is said around a link."""

    subject: str
    sentence: str
    why: str


def _wording(purpose: str) -> Wording:
    """Return what to say about a purpose: a link that opens an account warns whoever did not ask for it."""
    if purpose in ACCOUNT_SUBJECTS:
        return Wording(
            subject=str(ACCOUNT_SUBJECTS[purpose]),
            sentence=_("this link works once and for a short time. If you did not ask for it, you need do nothing."),
            why=_("You get this because somebody asked for a link for your name."),
        )
    if purpose == "mail-test":
        return Wording(
            subject=_("Mail from Kith arrives"),
            sentence=_("this mail was asked for to see whether mail arrives. It does: open the link and say so."),
            why=_("You get this because you are setting Kith up, and asked for it."),
        )
    return Wording(
        subject=_("Your link"),
        sentence=_("this is the link you asked for. It works without signing in, so pass it to nobody."),
        why=_("You get this because it was asked for with your mail address."),
    )


class MailCourier:
    """Writes a short mail around the link."""

    def send(self, *, person_id: int, address: str, link: str, purpose: str, at: datetime) -> None:
        """Keep the mail; it leaves after commit."""
        person = Person.objects.get(pk=person_id)
        with translation.override(django_code(person.language)), transaction.atomic():
            wording = _wording(purpose)
            context: dict[str, object] = {
                "subject": wording.subject,
                "paragraphs": [_("Hello %s,") % person.name, wording.sentence],
                "label": _("Open it"),
                "link": link,
                "why": wording.why,
                "unsubscribe_url": "",
            }
            made = written("mail/message", context, language=person.language, organization=organization_name())
            post(person_id=person_id, address=address, made=made, message_class=MessageClass.TRANSACTIONAL, at=at)
            send.defer_once(key="messaging.send-mails")


COURIERS.put("mail", MailCourier())
