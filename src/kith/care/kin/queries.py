"""Reads of children born: only the person and care look at them."""

from django.db.models import QuerySet

from kith.care.kin.models import Child


def visible_to(*, person_id: int) -> QuerySet[Child]:
    """Return the children a person told of, the youngest first."""
    return Child.objects.filter(person_id=person_id).order_by("-born_on", "id")
