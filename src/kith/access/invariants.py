"""What must always hold of access."""

from collections.abc import Sequence

from kith.access.grants.models import Grant
from kith.access.grants.queries import in_force
from kith.access.grants.roles import ADMINISTRATOR
from kith.kernel import clock
from kith.kernel.invariants import INVARIANTS, Invariant


def _nobody_administers() -> Sequence[str]:
    administrators = Grant.objects.filter(role=ADMINISTRATOR, unit=None)
    able = administrators.filter(in_force(clock.now()), person__deactivated_at__isnull=True, person__login__active=True)
    if administrators.exists() and not able.exists():
        return ["Nobody who can sign in is administrator any more."]
    return []


INVARIANTS.put(
    "access.administrator", Invariant("Once there was an administrator, there always is one.", _nobody_administers)
)
