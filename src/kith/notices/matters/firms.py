"""Firms outside as matters: the people of a customer or supplier, and those of ours who have it in hand."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.notices.matters.involved import hands_on, these
from kith.notices.matters.shelf import Concerned, Outside, Stated
from kith.people.organizations.models import Organization, OrganizationKind
from kith.people.persons.models import Person
from kith.people.segments.attributes import Choice
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force


class Firm:
    """A matter of one outside firm: who stands for it, and who owes or awaits something of them."""

    takes_lists = False

    def __init__(self, kind: TieKind, label: StrOrPromise) -> None:
        """Take what the firm is to us."""
        self.kind, self.label = kind, label

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return the firms for which somebody stands, by name."""
        firms = Organization.objects.filter(
            kind=OrganizationKind.OUTSIDE, pk__in=Tie.objects.filter(kind=self.kind).values("for_organization")
        ).order_by("name", "id")
        wanted = fold(query)
        rows = firms.values_list("public_id", "name")
        return [Choice(str(key), name) for key, name in rows if wanted in fold(name)][:limit]

    def _ties(self, stated: Stated) -> tuple[Organization, list[Tie]]:
        firms = {str(each.public_id): each for each in Organization.objects.filter(kind=OrganizationKind.OUTSIDE)}
        if stated.value not in firms:
            raise BadInput(_("Choose what this is about."), field="matter")
        firm = firms[stated.value]
        return firm, list(Tie.objects.filter(kind=self.kind, for_organization=firm).select_related("person"))

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return who stands for the firm on `day`, and who of ours has something in hand for it or them."""
        firm, ties = self._ties(stated)
        standing = Tie.objects.filter(in_force(day), kind=self.kind, for_organization=firm)
        theirs = set(standing.values_list("person_id", flat=True))
        about = [Subject("organization", firm.pk), *(Subject("person", tie.person_id) for tie in ties)]
        waited = hands_on(about)
        found = theirs | waited
        if not found:
            raise BadInput(_("Nobody stands for this firm any more."), field="matter")
        return these(found)

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return those who stood for the firm once."""
        _firm, ties = self._ties(stated)
        now = {tie.person_id for tie in ties if tie.since <= day and (tie.until is None or tie.until >= day)}
        left: dict[int, Person] = {tie.person_id: tie.person for tie in ties if tie.person_id not in now}
        return [Outside(person, _("stood for this firm until lately")) for person in left.values()][:limit]
