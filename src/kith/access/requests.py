"""What a request is here: Django's, and who is asking."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kith.access.kiosks.models import Kiosk
from kith.access.logins.models import Login
from kith.people.persons.models import Person


class Request(HttpRequest):
    """A request with what `SessionMiddleware` or a bearer token found out in one query.

    `person` is None for visitors; `roles` are the codes held everywhere (not those limited to a unit);
    `employed` and `manages` say whether the person is an employee and has reports or a unit today;
    `kiosk` is the registered device the request comes from; `scopes` are a bearer token's, None in a session.
    """

    person: Person | None
    login: Login | None
    roles: frozenset[str]
    employed: bool
    manages: bool
    kiosk: Kiosk | None
    scopes: frozenset[str] | None
    htmx: HtmxDetails


class PersonRequest(Request):
    """A request of someone signed in: what a view behind `@allow(signed_in)` or a narrower policy gets."""

    person: Person
