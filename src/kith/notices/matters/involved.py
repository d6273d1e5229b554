"""Whom a thing concerns beside its own people: those who owe something about it, and those who wait for that."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.notices.matters.shelf import Concerned
from kith.people.persons.models import Person
from kith.promises.commitments.queries import unsettled

MOST = 5000


def hands_on(subjects: Collection[Subject]) -> set[int]:
    """Return who owns, awaits or helps with an open promise about any of the subjects. One query."""
    about = [str(subject) for subject in subjects]
    if not about:
        return set()
    rows = unsettled().filter(about__overlap=about)
    return {
        key
        for row in rows.values_list("owner_id", "waiting_person_id", "escalated_to_id")
        for key in row
        if key is not None
    }


def these(person_ids: Collection[int]) -> Concerned:
    """Return the persons as a predicate, by their public ids; those who left are not among them.

    `BadInput` for more than `MOST`: so many are a segment.
    """
    if len(person_ids) > MOST:
        raise BadInput(_("This concerns more than %d people: choose a saved group instead.") % MOST, field="matter")
    people = Person.objects.filter(pk__in=person_ids, deactivated_at=None, merged_into=None)
    return Concerned(
        {"attribute": "person", "is": sorted(str(key) for key in people.values_list("public_id", flat=True))}
    )
