"""How errands are called where others name them: `errand`."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.care.errands.queries import KIND, visible_to
from kith.kernel.subjects import SUBJECTS, Described


class Errands:
    """Errands are known to whoever owns or owned their promise."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return what to do for whom, and the page."""
        if person_id is None:
            return {}
        language = get_language() or "en"
        rows = visible_to(person_id=person_id).filter(pk__in=ids)
        return {
            row.pk: Described(
                _("%(what)s (%(name)s)") % {"what": row.words.in_language(language), "name": row.person.name},
                reverse("errand", args=[row.public_id]),
            )
            for row in rows
        }


SUBJECTS.put(KIND, Errands())
