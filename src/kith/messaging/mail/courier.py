"""The mail courier: carries one-time links of access to a mailbox, in the words in force."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kith.access.couriers import COURIERS
from kith.kernel.languages import django_code
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.mail.actions import post
from kith.messaging.mail.letters import organization_name, written
from kith.messaging.mail.tasks import send
from kith.messaging.mail.wording import LINK
from kith.messaging.wording.queries import words_of
from kith.messaging.wording.shelf import WORDINGS, fill
from kith.people.persons.models import Person

ACCOUNT = frozenset({"sign-in", "set-password"})


def _why(purpose: str) -> str:
    """Return why the mail comes: a link that opens an account warns whoever did not ask for it."""
    if purpose in ACCOUNT:
        return _("You get this because somebody asked for a link for your name.")
    if purpose == "mail-test":
        return _("You get this because you are setting Kith up, and asked for it.")
    return _("You get this because it was asked for with your mail address.")


class MailCourier:
    """Writes a short mail around the link."""

    def send(self, *, person_id: int, address: str, link: str, purpose: str, at: datetime) -> None:
        """Keep the mail; it leaves after commit."""
        person = Person.objects.get(pk=person_id)
        code = f"access.{purpose}" if f"access.{purpose}" in WORDINGS else LINK.code
        wording, words = WORDINGS.get(code), words_of(code=code)
        values = {"name": person.name}
        title = fill(words.title, values=values, allowed=wording.placeholders)
        body = fill(words.body, values=values, allowed=wording.placeholders).in_language(person.language)
        with translation.override(django_code(person.language)), transaction.atomic():
            context: dict[str, object] = {
                "subject": title.in_language(person.language),
                "paragraphs": [part.strip() for part in body.split("\n\n") if part.strip()],
                "label": _("Open it"),
                "link": link,
                "why": _why(purpose),
                "unsubscribe_url": "",
            }
            made = written("mail/message", context, language=person.language, organization=organization_name())
            post(
                person_id=person_id,
                address=address,
                made=made,
                message_class=MessageClass.TRANSACTIONAL,
                at=at,
                wording=code,
                wording_version=words.version,
            )
            send.defer_once(key="messaging.send-mails")


COURIERS.put("mail", MailCourier())
