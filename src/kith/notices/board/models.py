"""The table of muster links."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import Site
from kith.people.persons.models import Person


class MusterLink(models.Model):
    """A link to the board of one site for somebody without an account. Only its signature is ever shown, once.

    It shows the names of that site only, until `expires_at` or until it is revoked. `label` says who has it.
    """

    public_id = PublicIdField()
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="muster_links")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
