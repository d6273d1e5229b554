"""Countries with their names, time zones and currency, from CLDR. Pure."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from kith.kernel.folding import fold

_LETTERS = 2
_NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


@lru_cache(maxsize=8)
def names(language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country in a reader's language, in the order of that language's letters."""
    known = Locale.parse(language.replace("-", "_")).territories
    found = [
        (code, name)
        for code, name in known.items()
        if len(code) == _LETTERS and code.isalpha() and code not in _NOT_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda pair: (fold(pair[1]), pair[0])))


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    have = available_timezones()
    for zone, country in get_global("zone_territories").items():
        if zone in have:
            found.setdefault(country, []).append(zone)
    return {country: tuple(sorted(zones)) for country, zones in found.items()}


def zones_of(country: str) -> tuple[str, ...]:
    """Return the time zones of a country, by name; none for a country nobody knows."""
    return _zones().get(country, ())


def all_zones() -> tuple[str, ...]:
    """Return every time zone that is a country's."""
    return tuple(sorted(zone for zones in _zones().values() for zone in zones))


def currency_of(country: str) -> str:
    """Return the currency a country pays in today (ISO 4217), "" where there is none."""
    found = get_territory_currencies(country)
    return found[0] if found else ""
