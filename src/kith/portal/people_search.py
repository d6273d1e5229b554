"""What the one search finds of people."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from kith.portal.search.sources import SOURCES, Indexed


class People:
    """Employees as the search sees them: by name and title."""

    kind = "person"
    label = _("People")

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield active employees."""
        employed = Tie.objects.filter(kind=TieKind.EMPLOYEE).values("person_id")
        rows = Person.objects.filter(pk__in=employed, deactivated_at=None, merged_into=None).order_by("id")
        for row in (rows if ids is None else rows.filter(pk__in=ids)).iterator(chunk_size=2000):
            yield Indexed(subject_id=row.pk, title=Text(en=f"{row.full_name} {row.preferred_name}"))

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int] | None:
        """Return None: persons are described to whom the directory shows them, and to nobody else."""
        del person_id, ids
        return None


SOURCES.put("person", People())
