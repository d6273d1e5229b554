"""The table of logins."""

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kith.people.persons.models import Person


def username_of(typed: str) -> str:
    """Return the one spelling of a typed username: trimmed, NFKC, case folded."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


class Logins(BaseUserManager["Login"]):
    """Finds logins by any spelling of their username."""

    def get_by_natural_key(self, username: str | None) -> "Login":
        """Return the login with this username; `Login.DoesNotExist` when there is none."""
        return self.get(username=username_of(username or ""))


class Login(AbstractBaseUser):
    """How a person signs in. `username` is the mailbox or the personnel number, in its one spelling.

    `epoch` rises when all sessions and bearer tokens must end (password changed, deactivated, left).
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="login")
    username = models.CharField(max_length=254, unique=True)
    epoch = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = Logins()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's word for `active`."""
        return self.active
