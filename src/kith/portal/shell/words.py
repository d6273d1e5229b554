"""Values in the reader's words: dates, times, money, numbers, names. Language and zone are the active ones."""

import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kith.kernel.languages import tag
from kith.kernel.money import Money
from kith.kernel.texts import Text

_HUES = 5
_SOON_HOURS = 24
_DAYS_IN_WORDS = 30


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Return Babel's locale of a language; English is written as outside the United States (26 Nov, 14:00)."""
    if language == "en":
        return Locale.parse("en_GB")
    try:
        return Locale.parse(tag(language), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def locale() -> Locale:
    """Return the reader's locale."""
    return _locale(get_language() or "en")


def _local(instant: datetime) -> datetime:
    """Return the instant in the reader's zone; a naive one is a programming error (`ValueError`)."""
    return timezone.localtime(instant)


@lru_cache(maxsize=2048)
def _day(year: int, month: int, number: int, reader: Locale) -> str:
    return str(format_skeleton("yMMMEd", datetime(year, month, number), locale=reader))  # noqa: DTZ001  (a date has no zone)


@lru_cache(maxsize=2048)
def _clock(of_day: time, reader: Locale) -> str:
    return str(format_time(of_day, "HH:mm", locale=reader))


def day(value: date) -> str:
    """Return a date with its weekday; of an instant, its date in the reader's zone."""
    if isinstance(value, datetime):
        value = _local(value).date()
    return _day(value.year, value.month, value.day, locale())


def short_day(value: date) -> str:
    """Return a date without its weekday."""
    if isinstance(value, datetime):
        value = _local(value).date()
    return str(format_date(value, format="medium", locale=locale()))


def clock(instant: datetime) -> str:
    """Return the time of day, 24 hours, in the reader's zone."""
    return _clock(_local(instant).time().replace(second=0, microsecond=0), locale())


def zone_name() -> str:
    """Return the name of the reader's zone ("Indochina Time")."""
    return str(get_timezone_name(timezone.get_current_timezone(), locale=locale()))


def when(instant: datetime, zone: bool = False) -> str:  # noqa: FBT001, FBT002  (a filter's argument)
    """Return date and time in words in the reader's zone; with `zone` its name stands behind."""
    words = _("%(day)s, %(time)s") % {"day": day(instant), "time": clock(instant)}
    return f"{words} ({zone_name()})" if zone else words


def due(instant: datetime, now: datetime, *, done: bool = False) -> tuple[str, str]:
    """Return the words for a due time and their tone: `ok` kept, `danger` overdue, `due` within a day, `neutral`."""
    if done:
        return _("done"), "ok"
    return _overdue(instant, now) if instant < now else _to_come(instant, now)


def _days_between(instant: datetime, now: datetime) -> int:
    """Return how many of the reader's midnights lie between `now` and `instant`; negative for the past."""
    return (_local(instant).date() - _local(now).date()).days


def _overdue(instant: datetime, now: datetime) -> tuple[str, str]:
    if _days_between(instant, now) == 0:
        return _("overdue since %(time)s today") % {"time": clock(instant)}, "danger"
    return _("overdue since %(day)s") % {"day": short_day(instant)}, "danger"


def _to_come(instant: datetime, now: datetime) -> tuple[str, str]:
    days = _days_between(instant, now)
    soon = instant - now <= timedelta(hours=_SOON_HOURS)
    if days == 0:
        return _("due today, %(time)s") % {"time": clock(instant)}, "due"
    if days == 1:
        return _("due tomorrow, %(time)s") % {"time": clock(instant)}, "due" if soon else "neutral"
    if days <= _DAYS_IN_WORDS:
        return ngettext("due in %(days)s day", "due in %(days)s days", days) % {"days": days}, "neutral"
    return _("due on %(day)s") % {"day": short_day(instant)}, "neutral"


def money(value: Money) -> str:
    """Return an amount with its currency in the way of the reader's language."""
    return str(format_currency(value.amount, value.currency, locale=locale()))


def number(value: Decimal | float, decimals: int = 0) -> str:
    """Return a number with its groups; `decimals` digits behind the mark."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=locale()))


def text(value: Text | str) -> str:
    """Return a text in the reader's language by its fallback chain; a plain string as it is."""
    return value.in_language(get_language() or "en") if isinstance(value, Text) else value


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"


def initials(name: str) -> str:
    """Return one or two letters that stand for a person; "?" for no name.

    First and last word of the name as it is written; of a Chinese name its first character, the surname.
    """
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    if _is_chinese(words[0][0]):
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(name: str) -> int:
    """Return which of five tints a name's avatar has; always the same for the same name."""
    return zlib.crc32(name.encode()) % _HUES
