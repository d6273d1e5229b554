"""The tables of kiosks and PINs."""

from django.db import models

from kith.access.logins.models import Login
from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Site
from kith.people.persons.models import Person


class Kiosk(models.Model):
    """A shared device that an administrator registered; it shows itself by a secret kept as SHA-256."""

    public_id = PublicIdField()
    name = models.CharField(max_length=100)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="kiosks")
    token_hash = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)


class Pin(models.Model):
    """A person's PIN for kiosks, hashed. After five wrong tries in a row it is void until a new one is set."""

    login = models.OneToOneField(Login, on_delete=models.CASCADE, related_name="pin")
    secret = models.CharField(max_length=200)
    wrong = models.PositiveSmallIntegerField(default=0)
    void_at = models.DateTimeField(null=True, blank=True)
    set_at = models.DateTimeField()
