"""The shelf of signs: by what one hears of people. Silence is when none of them came."""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Sign:
    """One way of hearing of people: `sql` is a SELECT of (person_id, at) over all there are, without parameters."""

    label: StrOrPromise
    sql: str


SIGNS: Registry[Sign] = Registry("care.signs")
