"""The tables of group cards and of who is asked to sign them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class CardKind(models.TextChoices):
    """What a card is for."""

    BIRTHDAY = "birthday", _("Birthday")
    ANNIVERSARY = "anniversary", _("Work anniversary")
    LEAVING = "leaving", _("Farewell")


class GroupCard(models.Model):
    """A card for `person` on `day`, at the instant `due_at` in their zone; until then they know nothing of it.

    It is delivered once, or dropped for good (`dropped_at`; of which reason is kept nowhere).
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organizer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=CardKind.choices)
    day = models.DateField()
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="care_card_due", condition=Q(delivered_at__isnull=True, dropped_at__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "day"], name="care_card_once"),
            models.CheckConstraint(
                name="care_card_one_end", condition=Q(delivered_at__isnull=True) | Q(dropped_at__isnull=True)
            ),
            models.CheckConstraint(name="care_card_by_another", condition=~Q(person=models.F("organizer"))),
        ]


class Signing(models.Model):
    """A colleague is asked to sign a card; `words` and `motif` once they did. `hidden_at`: the organizer cut it."""

    public_id = PublicIdField()
    card = models.ForeignKey(GroupCard, on_delete=models.CASCADE, related_name="signings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=500, blank=True, default="")
    motif = models.CharField(max_length=12, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "person"], name="care_signing_once"),
            models.CheckConstraint(name="care_signing_signed", condition=Q(signed_at__isnull=False) | Q(words="")),
        ]
