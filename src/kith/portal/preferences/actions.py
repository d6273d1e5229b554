"""Writes of preferences: a person names who stands in for them."""

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.people.calendars.actions import set_deputies
from kith.people.calendars.queries import deputies_of
from kith.people.persons.models import Person

MOST = 5


def change_deputies(*, person: Person, deputy: Person, wish: str) -> None:
    """Let `deputy` stand in last (`add`), first (`first`) or not at all (`remove`); `BadInput` for another wish.

    Nobody stands in twice; a sixth deputy is refused.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        before = deputies_of(person_id=person.pk)
        others = [each for each in before if each.pk != deputy.pk]
        match wish:
            case "add":
                after = before if deputy in before else [*before, deputy]
            case "first":
                after = [deputy, *others]
            case "remove":
                after = others
            case _:
                raise BadInput(_("Add a deputy, put one first, or remove one."))
        if len(after) > MOST:
            raise BadInput(_("At most %d people can stand in.") % MOST)
        set_deputies(person=person, deputies=after)
