"""What insight keeps on a person: who set a minute value. Its measures are numbers over many."""

from django.utils.translation import gettext_lazy as _

from kith.insight.labour.models import MinuteValue
from kith.people.privacy.shelf import HOLDINGS
from kith.people.privacy.tables import Tables

HOLDINGS.put(
    "insight.measures",
    Tables(
        label=_("Nothing: measures are numbers over many people, without names."),
        refers={MinuteValue: ("code", "set_by_id")},
    ),
)
