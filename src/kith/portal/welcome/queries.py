"""Reads of the set-up."""

from dataclasses import dataclass

from django.db.models import Exists

from kith.access.grants.models import Grant
from kith.access.grants.roles import ADMINISTRATOR
from kith.portal.welcome.keys import address_of, is_token
from kith.portal.welcome.models import Setup
from kith.portal.welcome.steps import Step, in_order


@dataclass(frozen=True)
class Standing:
    """A step and where it stands."""

    key: str
    step: Step
    done: bool
    skipped: bool

    @property
    def open(self) -> bool:
        """Whether it is still to do."""
        return not (self.done or self.skipped)


def has_administrator() -> bool:
    """Say whether somebody is or ever was administrator: then nobody becomes one by the set-up address."""
    return Grant.objects.filter(role=ADMINISTRATOR).exists()


def running() -> Setup | None:
    """Return the set-up, finished or not; None where none was begun."""
    return Setup.objects.filter(pk=1).first()


def open_by(*, token: str, lock: bool = False) -> Setup | None:
    """Return the set-up that `token` opens: begun, without any administrator yet. `lock` holds others off."""
    found = (Setup.objects.select_for_update() if lock else Setup.objects).filter(pk=1, finished_at=None).first()
    if found is None or not is_token(token, found.nonce) or has_administrator():
        return None
    return found


def was_opened_by(*, token: str) -> bool:
    """Say whether `token` opened a set-up that is finished now."""
    found = running()
    return found is not None and is_token(token, found.nonce)


def address() -> str:
    """Return the set-up address while it is worth something, else ""."""
    found = running()
    if found is None or found.finished_at is not None or has_administrator():
        return ""
    return address_of(found.nonce)


def standings(*, on_home: bool = False) -> list[Standing]:
    """Return every step with where it stands, in one query; none where no set-up was begun.

    `on_home`: none either where the list was put away.
    """
    steps = in_order()
    asked = {f"is_{key.replace('-', '_')}": Exists(step.done()) for key, step in steps}
    kept = Setup.objects.filter(pk=1, put_away_at=None) if on_home else Setup.objects.filter(pk=1)
    row = kept.annotate(**asked).values("skipped", *asked).first()
    if row is None:
        return []
    return [Standing(key, step, row[f"is_{key.replace('-', '_')}"], key in row["skipped"]) for key, step in steps]
