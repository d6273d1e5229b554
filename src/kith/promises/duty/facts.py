"""What duties tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class DutyHoldersChanged:
    """Other persons hold a duty than before."""

    duty_role_id: int
