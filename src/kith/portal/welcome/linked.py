"""The link of the mail test: whoever opens it and presses the button has proved that mail arrives."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from kith.access.requests import Request
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.portal.shell.render import page
from kith.portal.welcome import mailing
from kith.portal.welcome.kinds import MAIL_TEST


class MailTestLink:
    """Notes that the mail arrived."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Show a button; nothing is changed."""
        return page(request, "portal/welcome/mail_link.html", {"name": token.person.name if token.person else ""})

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Note that the person's mailbox receives."""
        if token.person is None:
            raise NotFound(_("There is no such person."))
        mailing.prove(person=token.person, at=clock.now())
        return page(request, "portal/welcome/mail_link.html", {"name": token.person.name, "proven": True})


PURPOSES.put(MAIL_TEST, MailTestLink())
