"""The kinds of subject that voice owns."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described
from kith.voice.campaigns.queries import visible_to as campaigns_for
from kith.voice.ideas.queries import visible_to


class Ideas:
    """Ideas, read by employees and their authors."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and page."""
        found = visible_to(person_id=person_id, day=clock.now().date()).filter(pk__in=ids)
        rows = found.select_related(None).values_list("pk", "public_id", "title")
        return {key: Described(title, reverse("idea", args=[public])) for key, public, title in rows}


class Campaigns:
    """Campaigns, known to those whom they ask."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return title and page."""
        found = campaigns_for(person_id=person_id, roles=frozenset(), day=clock.now().date()).filter(pk__in=ids)
        return {row.pk: Described(str(row.title), reverse("idea-campaign", args=[row.public_id])) for row in found}


SUBJECTS.put("idea", Ideas())
SUBJECTS.put("campaign", Campaigns())
