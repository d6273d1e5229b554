"""The kinds of subject that stand for rows of people: they have no screens of their own, so portal describes them."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import get_language

from kith.access.grants.queries import roles_of
from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described
from kith.people.organizations.models import Site, Unit
from kith.people.segments.models import Segment
from kith.portal.directory.queries import visible_to
from kith.portal.places import BUILDERS


class Persons:
    """Persons, seen by whom the directory shows them to."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return name and page."""
        found = visible_to(person_id=person_id, day=clock.now().date()).filter(pk__in=ids)
        rows = found.values_list("pk", "public_id", "full_name", "preferred_name")
        return {
            key: Described(_name(full, called), reverse("person", args=[public])) for key, public, full, called in rows
        }


def _name(full_name: str, preferred_name: str) -> str:
    return f"{full_name} ({preferred_name})" if preferred_name not in ("", full_name) else full_name


class Named:
    """Units and sites, known to everyone who is signed in."""

    def __init__(self, model: type[Unit] | type[Site]) -> None:
        self.model = model

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return the name in the reader's language; they have no page."""
        if person_id is None:
            return {}
        language = get_language() or "en"
        rows = self.model.objects.filter(pk__in=ids).values_list("pk", "name")
        return {key: Described(name.in_language(language), "") for key, name in rows}


class Segments:
    """Segments, known to those who may build them."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return name and page."""
        if person_id is None or not roles_of(person_id=person_id, at=clock.now()) & BUILDERS:
            return {}
        language = get_language() or "en"
        rows = Segment.objects.filter(pk__in=ids)
        return {
            row.pk: Described(row.name.in_language(language), reverse("segment", args=[row.public_id])) for row in rows
        }


SUBJECTS.put("person", Persons())
SUBJECTS.put("unit", Named(Unit))
SUBJECTS.put("site", Named(Site))
SUBJECTS.put("segment", Segments())
