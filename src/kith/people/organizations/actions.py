"""Writes of organizations and units."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.organizations.facts import UnitMerged
from kith.people.organizations.models import Organization, Unit
from kith.people.persons.models import Person


def open_unit(
    *, organization: Organization, code: str, name: Text, parent: Unit | None = None, manager: Person | None = None
) -> Unit:
    """Open a unit under `parent` and give it its path."""
    with transaction.atomic():
        unit = Unit.objects.create(organization=organization, parent=parent, code=code, name=name, manager=manager)
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
    return unit


def merge_unit(*, unit: Unit, into: Unit, on: date, at: datetime, by_id: int | None) -> None:
    """Close a unit and move its people and the units below it into another."""
    if into.path.startswith(unit.path):
        raise BadInput(_("A unit cannot be merged into itself or a unit below it."), field="into")
    with transaction.atomic():
        kept = Unit.objects.select_for_update().get(pk=unit.pk)
        kept.closed_on, kept.merged_into = on, into
        kept.save(update_fields=["closed_on", "merged_into"])
        for child in Unit.objects.select_for_update().filter(path__startswith=kept.path).exclude(pk=kept.pk):
            if child.parent_id == kept.pk:
                child.parent = into
            child.path = into.path + child.path.removeprefix(kept.path)
            child.save(update_fields=["parent", "path"])
        kept.assignments.filter(until__isnull=True).update(unit=into)
        publish(UnitMerged(unit_id=kept.pk, into_id=into.pk), at=at, by_id=by_id)
