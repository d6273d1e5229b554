"""The table of payers."""

from django.db import models
from django.db.models import Q

from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person


class Payer(models.Model):
    """Who pays: exactly one person or one organization. Its row is the first lock of everything about money.

    `address` is printed on bills, one line each; `vat_id` of an organization comes from the organization.
    """

    public_id = PublicIdField()
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="payer")
    organization = models.OneToOneField(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="payer"
    )
    address = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payer_is_person_or_organization",
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
            ),
        ]

    @property
    def name(self) -> str:
        """The name on the bill; `person` and `organization` are to be selected along."""
        if self.person is not None:
            return self.person.full_name
        return self.organization.name if self.organization is not None else ""
