"""The link to one bill: read and pay it without an account."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kith.access.requests import Request
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES

PAY_BILL = "pay-bill"


class PayBill:
    """Leads to the bill's own page, where nothing is done before a button is pressed."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Go to the bill."""
        del token
        return redirect("pay-bill", request.path.strip("/").split("/")[-1])

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Go to the bill."""
        return self.show(request, token)


PURPOSES.put(PAY_BILL, PayBill())
