"""The table of tax rates."""

from django.db import models
from django.db.models import F, Q

from kith.kernel.texts import TextField


class TaxCategory(models.TextChoices):
    """The category of a tax, in the codes of UNCL 5305 that EN 16931 uses."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    OUTSIDE = "O"


class TaxRate(models.Model):
    """The rate in percent that a country takes on goods of a tax code, from `since` to `until` (both included).

    `code` is what a product carries (`standard`, `reduced`, `zero`, `exempt`); `reason` says why nothing is
    charged, where nothing is.
    """

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=20)
    category = models.CharField(max_length=2, choices=TaxCategory.choices, default=TaxCategory.STANDARD)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    label = TextField()
    reason = TextField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "code", "since"], name="tax_rate_once"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="tax_rate_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="tax_rate_ends_after_start"
            ),
        ]
