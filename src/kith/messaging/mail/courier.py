"""The mail courier: carries one-time links of access to a mailbox."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kith.access.couriers import COURIERS
from kith.kernel.languages import django_code
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.mail.actions import post
from kith.messaging.mail.letters import written
from kith.messaging.mail.tasks import send
from kith.people.persons.models import Person


class MailCourier:
    """Writes a short mail around the link."""

    def send(self, *, person_id: int, address: str, link: str, purpose: str, at: datetime) -> None:
        """Keep the mail; it leaves after commit."""
        person = Person.objects.get(pk=person_id)
        with translation.override(django_code(person.language)), transaction.atomic():
            subject = _("Your link to sign in") if purpose == "sign-in" else _("Your link")
            context: dict[str, object] = {
                "subject": subject,
                "paragraphs": [
                    _("Hello %s,") % person.name,
                    _("this link works once and for a short time. If you did not ask for it, you need do nothing."),
                ],
                "label": _("Open"),
                "link": link,
                "why": _("You get this because somebody asked for a link for your name."),
                "unsubscribe_url": "",
            }
            made = written("mail/message", context, language=person.language)
            post(person_id=person_id, address=address, made=made, message_class=MessageClass.TRANSACTIONAL, at=at)
            send.defer_once(key="messaging.send-mails")


COURIERS.put("mail", MailCourier())
