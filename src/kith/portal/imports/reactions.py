"""What the search does when persons were imported: those who changed, or are gone again, are indexed anew."""

from collections.abc import Sequence

from kith.kernel.facts import Told, listens
from kith.kernel.imports.facts import ImportCommitted, ImportUndone
from kith.kernel.imports.models import RowAction
from kith.kernel.imports.queries import written
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from kith.portal.search.actions import reindex


@listens(ImportCommitted, name="portal.index-imported")
def imported(told: Sequence[Told[ImportCommitted]]) -> None:
    """Index the persons whose rows or ties changed (new ones are told of by facts of their own)."""
    batches = [each.fact.batch_id for each in told if each.fact.updated]
    ids = written(batch_ids=batches, model=Person, action=RowAction.UPDATED)
    ties = written(batch_ids=batches, model=Tie)
    ids |= set(Tie.objects.filter(pk__in=ties).values_list("person_id", flat=True))
    if ids:
        reindex(kind="person", ids=ids)


@listens(ImportUndone, name="portal.index-undone")
def undone(told: Sequence[Told[ImportUndone]]) -> None:
    """Index or drop every person whom the batches had written."""
    ids = written(batch_ids=[each.fact.batch_id for each in told], model=Person)
    if ids:
        reindex(kind="person", ids=ids)
