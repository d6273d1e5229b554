"""The list of what is still to do in a new organization, on its administrators' home until it is done."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.access.grants.roles import ADMINISTRATOR
from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, Card, Zone
from kith.portal.welcome.queries import standings


class WhatIsLeft:
    """The card of the set-up; one query for administrators, none for anybody else."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return one card while a step is open and the list was not put away."""
        del person, at
        if ADMINISTRATOR not in roles:
            return []
        found = standings(on_home=True)
        if not any(each.open for each in found):
            return []
        return [
            Card(
                key="welcome.left",
                title=_("Your new organization"),
                template="portal/welcome/card.html",
                context={"standings": found},
                why=_("You are an administrator, and some steps of the set-up are still open."),
                zone=Zone.TODO,
                weight=5,
            )
        ]


CARDS.put("welcome", WhatIsLeft())
FAMILIES.put("welcome.left", _("Set-up of a new organization"))
