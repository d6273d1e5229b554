"""The tables of care."""

from kith.care.errands.models import Errand
from kith.care.mutes.models import Mute
from kith.care.offers.models import GiftOffer
from kith.care.preferences.models import Preference, Wishes
from kith.care.programmes.models import Programme, ProgrammeVersion, Run, StepDone

__all__ = [
    "Errand", "GiftOffer", "Mute", "Preference", "Programme", "ProgrammeVersion", "Run", "StepDone", "Wishes",
]  # fmt: skip
