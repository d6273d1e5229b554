"""The public holidays of a country, named in its own language and in those of ours that are known. Pure."""

from collections.abc import Iterable
from datetime import date

from kith.kernel.languages import tag
from kith.kernel.texts import Text

_OURS = {"en_US": "en", "vi": "vi", "zh_CN": "zh-Hans"}


def known_countries() -> frozenset[str]:
    """Return the countries (ISO 3166-1 alpha-2) whose public holidays we know."""
    import holidays  # noqa: PLC0415  (an idle process does without its megabytes)

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def public_holidays(*, country: str, years: Iterable[int]) -> list[tuple[date, Text]]:
    """Return the public holidays of `country` in `years`, by date; none for a country we do not know."""
    import holidays  # noqa: PLC0415  (see above)

    if country not in known_countries():
        return []
    wanted = list(years)
    plain = holidays.country_holidays(country, years=wanted)
    own = plain.default_language
    languages = {own: tag(own)} if own else {}
    languages |= {code: name for code, name in _OURS.items() if code in plain.supported_languages}
    named = {
        name: holidays.country_holidays(country, years=wanted, language=code) for code, name in languages.items()
    } or {"en": plain}
    return [(day, Text({name: known[day] for name, known in named.items() if day in known})) for day in sorted(plain)]
