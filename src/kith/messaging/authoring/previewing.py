"""An automatic message as a real person would get it: their language, their name for us, the mail as it looks."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.kernel.languages import django_code
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import Message
from kith.messaging.deliveries.rendering import Rendering, render
from kith.messaging.mail.letters import Letter, organization_name, why_it_came, written
from kith.messaging.wording.shelf import Wording, fill
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Preview:
    """What a person is shown in the inbox, and the mail."""

    text: Rendering
    mail: Letter


def preview(wording: Wording, *, title: Text, body: Text, person: Person, at: datetime) -> Preview:
    """Return a message as `person` would get it; placeholders hold their examples, the link leads nowhere."""
    examples = {name: placeholder.example or f"{{{name}}}" for name, placeholder in wording.placeholders.items()}
    message = Message(
        message_class=wording.message_class,
        severity=wording.severity,
        title=fill(title, values=examples, allowed=examples),
        body=fill(body, values=examples, allowed=examples),
        wording=wording.code,
        at=at,
    )
    text = render(message, language=person.language)
    with translation.override(django_code(person.language)), timezone.override(person.zone):
        context: dict[str, object] = {
            "subject": text.title, "paragraphs": text.paragraphs, "label": _("Open it"),
            "link": f"{settings.KITH_URL}/…", "why": why_it_came(message), "unsubscribe_url": "",
        }  # fmt: skip
        mail = written("mail/message", context, language=text.language, organization=organization_name())
    return Preview(text, mail)
