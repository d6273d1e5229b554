"""The tables of care."""

from kith.care.cards.models import GroupCard, Signing
from kith.care.errands.models import Errand
from kith.care.kin.models import Child
from kith.care.mutes.models import Mute
from kith.care.offers.models import GiftOffer
from kith.care.preferences.models import Preference, Wishes
from kith.care.programmes.models import Programme, ProgrammeVersion, Run, StepDone
from kith.care.silence.models import Presence
from kith.care.terms.models import Term

__all__ = [
    "Child",
    "Errand",
    "GiftOffer",
    "GroupCard",
    "Mute",
    "Preference",
    "Presence",
    "Programme",
    "ProgrammeVersion",
    "Run",
    "Signing",
    "StepDone",
    "Term",
    "Wishes",
]
