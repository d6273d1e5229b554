"""The table of stores."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.organizations.models import Organization
from kith.people.segments.models import Segment
from kith.supply.stock.models import Warehouse


class Store(models.Model):
    """A window of the shop, found at `/store/<code>/`; prices include tax, at the rates of `country`.

    `is_public`: anybody may look and buy; otherwise only members of `segment`. `quota_kind` is a kind of the
    ledger ("" for none) of which each member of a price list that needs it gets `quota_units` a year.
    `process` is the code of a payment process. `version` rises with every change and is pinned by orders.
    """

    public_id = PublicIdField()
    code = models.SlugField(max_length=40, unique=True)
    name = TextField()
    welcome = TextField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="stores")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="stores")
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=50, default="UTC")
    languages = ArrayField(models.CharField(max_length=20), default=list)
    is_public = models.BooleanField(default=True)
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quota_kind = models.CharField(max_length=40, blank=True, default="")
    quota_units = models.PositiveIntegerField(default=0)
    process = models.CharField(max_length=40, default="standard")
    minutes_to_pay = models.PositiveSmallIntegerField(default=30)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=True) | models.Q(segment__isnull=False), name="closed_store_has_a_segment"
            ),
        ]
