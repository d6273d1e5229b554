"""What workplace keeps on a person: nothing of its own yet. Absences and assignments are people's."""

from django.utils.translation import gettext_lazy as _

from kith.people.privacy.shelf import HOLDINGS
from kith.people.privacy.tables import Tables

HOLDINGS.put(
    "workplace.personnel",
    Tables(label=_("Nothing: what the HR desk writes stands under absences and units.")),
)
