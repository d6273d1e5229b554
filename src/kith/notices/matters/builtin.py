"""The matters that notices know themselves: a site, a unit, a shift, a process, a firm outside, and a meeting."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_stubs_ext import StrOrPromise

from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput
from kith.notices.matters.firms import Firm
from kith.notices.matters.naming import named
from kith.notices.matters.shelf import MATTERS, Concerned, Outside, Stated
from kith.people.persons.models import Person
from kith.people.segments.attributes import ATTRIBUTES, Choice
from kith.people.segments.models import Segment
from kith.people.segments.queries import just_outside
from kith.people.ties.models import Assignment, TieKind
from kith.people.ties.queries import in_force

EVERY = 100_000
EMPLOYEES = {"attribute": "tie", "is": [TieKind.EMPLOYEE.value]}


class Place:
    """A matter of one place attribute: everybody employed there."""

    takes_lists = False

    def __init__(self, attribute: str, label: StrOrPromise, *, lookup: str, shared: str, near: StrOrPromise) -> None:
        """Take the attribute with its lookup on assignments, and what those just outside share with those inside."""
        self.attribute, self.label, self.lookup, self.shared, self.near = attribute, label, lookup, shared, near

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return the places there are."""
        return ATTRIBUTES.get(self.attribute).choices(query, limit)

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return the employees of the place."""
        del day
        if not any(choice.value == stated.value for choice in self.choices("", EVERY)):
            raise BadInput(_("Choose what this is about."), field="matter")
        return Concerned(rule={"all": [EMPLOYEES, {"attribute": self.attribute, "is": [stated.value]}]})

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return employees who share a unit or site with those concerned but do not belong to them, by name."""
        in_service = Assignment.objects.filter(
            in_force(day), in_force(day, "tie__"), tie__kind=TieKind.EMPLOYEE, tie__person__deactivated_at=None
        )
        inside = in_service.filter(**{self.lookup: stated.value})
        near = in_service.filter(**{f"{self.shared}__in": inside.values(self.shared)})
        people = Person.objects.filter(pk__in=near.values("tie__person_id"))
        people = people.exclude(pk__in=inside.values("tie__person_id")).order_by("sort_key", "id")
        return [Outside(person, str(self.near)) for person in people[:limit]]


class Process:
    """A matter whose people are a saved segment: those who work by a process, hold a certificate, drive a line."""

    label: StrOrPromise = lazy("Process or group")
    takes_lists = False

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return the saved segments."""
        language, wanted = get_language() or "en", fold(query)
        rows = Segment.objects.order_by("id").values_list("public_id", "name")
        found = [Choice(str(key), name.in_language(language)) for key, name in rows]
        return [choice for choice in found if wanted in fold(choice.label)][:limit]

    def _segment(self, stated: Stated) -> Segment:
        found = {str(segment.public_id): segment for segment in Segment.objects.all()}.get(stated.value)
        if found is None:
            raise BadInput(_("Choose what this is about."), field="matter")
        return found

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return the segment's rule as it is now."""
        del day
        return Concerned(rule=dict(self._segment(stated).rule))

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return those who miss the segment by one of its parts."""
        misses = just_outside(rule=self._segment(stated).rule, day=day, limit=limit)
        return [Outside(miss.person, miss.missing) for miss in misses]


class Meeting:
    """A matter that was spoken of in a meeting: the invited who were not there must hear."""

    label: StrOrPromise = lazy("A meeting: the invited who were absent")
    takes_lists = True

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return nothing to pick: the lists say who."""
        del query, limit
        return []

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return the invited without those present."""
        del day
        invited, unknown = named(stated.invited)
        present, strange = named(stated.present)
        absent = [person for key, person in invited.items() if key not in present]
        if not absent:
            raise BadInput(_("Nobody who was invited was absent."), field="invited")
        keys = sorted(str(person.public_id) for person in absent)
        return Concerned({"attribute": "person", "is": keys}, unknown=(*unknown, *strange))

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return those who were present."""
        del day
        present, _strange = named(stated.present)
        return [Outside(person, _("was in the meeting")) for person in present.values()][:limit]


for _name, _place in {
    "site": Place(
        "site", lazy("Site"), lookup="site__code", shared="unit_id", near=lazy("in the same unit, but at another site")
    ),
    "unit": Place(
        "unit",
        lazy("Unit and all below"),
        lookup="unit__path__startswith",
        shared="site_id",
        near=lazy("at the same site, but in another unit"),
    ),
    "shift": Place(
        "shift",
        lazy("Shift"),
        lookup="shift__code",
        shared="site_id",
        near=lazy("at the same site, but on another shift"),
    ),
}.items():
    MATTERS.put(_name, _place)
MATTERS.put("process", Process())
MATTERS.put("customer", Firm(TieKind.CUSTOMER, lazy("Customer")))
MATTERS.put("supplier", Firm(TieKind.SUPPLIER, lazy("Supplier")))
MATTERS.put("meeting", Meeting())
