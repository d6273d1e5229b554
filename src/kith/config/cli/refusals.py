"""The refusals that a command ends with as one sentence."""

from kith.config.environment import WrongSettingError
from kith.config.ground.copies import CopyError
from kith.config.ground.lock import HomeInUseError
from kith.config.ground.postgres import DatabaseDownError
from kith.config.ground.sockets import PortTakenError
from kith.config.ground.starting import CannotStartError
from kith.config.ground.tree import ChildFailsError
from kith.kernel.clock import WrongClockError
from kith.kernel.refusals import Refusal

REFUSALS = (
    WrongSettingError,
    CopyError,
    HomeInUseError,
    DatabaseDownError,
    PortTakenError,
    CannotStartError,
    ChildFailsError,
    Refusal,
    WrongClockError,
)
