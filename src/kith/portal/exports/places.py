"""Exports of units, in the columns of their import."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.kernel.imports.models import ExternalId
from kith.kernel.languages import OUR_LANGUAGES
from kith.people.organizations.models import Unit

KEEPERS = ("hr", "administrator")
UNITS = ("code", *(f"name.{language}" for language in OUR_LANGUAGES), "parent", "manager", "organization", "closed_on")


def _units(asking: Asking) -> Iterator[Line]:
    named = ExternalId.objects.filter(kind="people.person", object_id=OuterRef("manager_id")).order_by("id")
    found = Unit.objects.select_related("parent", "organization", "manager")
    leads = asking.holds(*KEEPERS)
    for unit in found.annotate(leader=Subquery(named.values("external_id")[:1])).order_by("path").iterator():
        manager = (unit.leader or str(unit.manager.public_id)) if unit.manager and leads else None
        parent = unit.parent.code if unit.parent else None
        names = (unit.name.get(language) for language in OUR_LANGUAGES)
        yield Line((unit.code, *names, parent, manager, unit.organization.name, unit.closed_on))


EXPORTS.put(
    "units", ExportKind("units", _("Units"), UNITS, lambda asking: asking.employed or asking.holds(*KEEPERS), _units)
)
