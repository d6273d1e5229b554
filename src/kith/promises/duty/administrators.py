"""The last resort of every duty: the administrators."""

from collections.abc import Sequence
from datetime import datetime

from kith.access.grants.queries import holders
from kith.access.grants.roles import ADMINISTRATOR
from kith.promises.duty.shelf import LAST_RESORTS


class Administrators:
    """Those who hold the role everywhere."""

    def person_ids(self, *, at: datetime) -> Sequence[int]:
        """Return the active administrators; access sees to it that there always is one."""
        people = holders(roles=[ADMINISTRATOR], at=at).order_by("id")
        return list(people.values_list("id", flat=True))


LAST_RESORTS.put("administrators", Administrators())
