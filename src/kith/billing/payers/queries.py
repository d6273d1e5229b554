"""Reads of payers: for whom a person may pay and whose bills a person may see."""

from datetime import date

from django.db.models import Q, QuerySet

from kith.billing.payers.models import Payer
from kith.people.ties.models import Tie
from kith.people.ties.queries import in_force


def visible_to(*, person_id: int, day: date) -> QuerySet[Payer]:
    """Return the person's own payer and those of the outside firms the person stands for on `day`."""
    firms = Tie.objects.filter(in_force(day), person_id=person_id, for_organization__isnull=False)
    return Payer.objects.filter(Q(person_id=person_id) | Q(organization_id__in=firms.values("for_organization_id")))
