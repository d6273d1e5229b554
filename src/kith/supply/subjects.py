"""How supply's things are called where others name them: `item`."""

from collections.abc import Collection, Mapping

from django.utils.translation import get_language

from kith.kernel.subjects import SUBJECTS, Described
from kith.supply.items.models import Item


class Items:
    """Items have a name that everybody may know, and no page of their own."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return name and SKU."""
        del person_id
        language = get_language() or "en"
        return {
            item.pk: Described(f"{item.name.in_language(language)} ({item.sku})", "")
            for item in Item.objects.filter(pk__in=ids)
        }


SUBJECTS.put("item", Items())
