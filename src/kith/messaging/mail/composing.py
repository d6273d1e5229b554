"""From a kept mail to the message on the wire. No field can add a header or a recipient."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings

from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.mail.letters import one_line
from kith.messaging.mail.models import MailOut
from kith.messaging.mail.smtp import our_host
from kith.portal.shell.frame import identity

BULK = frozenset({MessageClass.SERVICE, MessageClass.SURVEY, MessageClass.MARKETING})
"""Classes that go to many: each is a list of its own (RFC 2919)."""
_POLICY = SMTP.clone(cte_type="7bit")  # servers need not take eight bits


def recipient(address: str) -> Address:
    """Return the one recipient that an address names, whatever it is made of; `ValueError` where it names none."""
    local, at, domain = one_line(address).rpartition("@")
    if not local or not at or not domain or " " in local + domain:
        raise ValueError("This is no mail address.")
    return Address(username=local, domain=domain.encode("idna").decode())


def compose(mail: MailOut) -> EmailMessage:
    """Return the mail as it goes out; `ValueError` where its address is none."""
    built = EmailMessage(policy=_POLICY)
    built["Subject"] = one_line(mail.subject)
    built["From"] = Address(one_line(identity().name), "no-reply", our_host())
    built["To"] = recipient(mail.address)
    built["Date"] = format_datetime(mail.created_at)
    built["Message-ID"] = f"<{mail.public_id}@{our_host()}>"
    built["Auto-Submitted"] = "auto-generated"
    built["Feedback-ID"] = f"{mail.wording or 'message'}:{mail.message_class}:kith:{our_host()}"
    if mail.message_class in BULK:
        built["List-Id"] = f"<{mail.message_class}.{our_host()}>"
    if mail.message_class in REFUSABLE and (link := _unsubscribe(mail.text)):
        built["List-Unsubscribe"] = f"<{link}>"
        built["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    built.set_content(mail.text)
    built.add_alternative(mail.html, subtype="html")
    return built


def _unsubscribe(text: str) -> str:
    """Return the last of our links in a text; a mail that may be refused ends with the one that does so."""
    links = [word for word in text.split() if word.startswith(f"{settings.KITH_URL}/m/")]
    return links[-1] if links else ""
