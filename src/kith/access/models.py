"""The tables of access."""

from kith.access.apitokens.models import ApiToken
from kith.access.grants.models import Grant
from kith.access.kiosks.models import Kiosk, Pin
from kith.access.logins.models import Login
from kith.access.looks.models import Look
from kith.access.sessions.models import Session
from kith.access.throttle.models import Tally
from kith.access.tokens.models import OneTimeToken

__all__ = ["ApiToken", "Grant", "Kiosk", "Login", "Look", "OneTimeToken", "Pin", "Session", "Tally"]
