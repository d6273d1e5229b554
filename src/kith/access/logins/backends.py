"""Django's door to our logins, for libraries that know no other."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from kith.access.addresses import client_address
from kith.access.logins import actions
from kith.access.logins.models import Login
from kith.kernel import clock


class LoginBackend(BaseBackend):
    """Checks a username and password with all limits in force; without a request nothing is checked."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Login | None:
        """Return the login, None when name and password do not belong together; `TooMany` and `Busy` go through."""
        if request is None or username is None or password is None:
            return None
        try:
            return actions.verify(username=username, password=password, address=client_address(request), at=clock.now())
        except actions.WrongCredentials:
            return None

    def get_user(self, user_id: int) -> Login | None:
        """Return the active login with this id."""
        return Login.objects.filter(pk=user_id, active=True).first()
