"""The tables of care."""

from kith.care.offers.models import GiftOffer
from kith.care.preferences.models import Preference
from kith.care.programmes.models import Programme, ProgrammeVersion, Run

__all__ = ["GiftOffer", "Preference", "Programme", "ProgrammeVersion", "Run"]
