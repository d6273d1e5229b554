"""The door at which card numbers are masked: every form that is sent, whatever its fields are called."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from kith.kernel.cards import mask

GetResponse = Callable[[HttpRequest], HttpResponse]
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
SECRETS = {"password", "current"}  # hashed, never kept; another word would be another password


class CardsMiddleware:
    """Masks card numbers in the fields of forms, after the check against forgery and before any view reads them.

    Views without that check read what programs sign, byte by byte; the API masks in its own parser.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` looks at the form."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_given: Any) -> None:
        """Replace the form by a masked one where it holds a card number."""
        if request.content_type not in FORMS or getattr(view, "csrf_exempt", False):
            return
        found = {
            name: values
            for name, sent in request.POST.lists()
            if name not in SECRETS and (values := [mask(value) for value in sent]) != sent
        }
        if found:
            form: QueryDict = request.POST.copy()
            for name, values in found.items():
                form.setlist(name, values)
            request.POST = form  # type: ignore[assignment]
