"""What a value of each type must look like; every wrong one gets the sentence that says what would be right."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kith.kernel.imports.neutral import is_formula, restore
from kith.kernel.languages import tag

Check = Callable[[object], object]

_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?$", re.ASCII)
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$", re.ASCII)
_TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?$", re.ASCII)
_TAG = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$", re.ASCII | re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_YES = frozenset({"1", "true", "yes", "y", "t", "on", "x", "ja", "oui", "có", "是"})
_NO = frozenset({"0", "false", "no", "n", "f", "off", "nein", "non", "không", "否"})
_SUSPECT = frozenset(" '#=+-@＝＋－＠")  # what a formula, its neutral form or a spreadsheet's error begins with
_MOST_DIGITS = 30
_LARGEST_WHOLE = 2**63 - 1


class WrongValueError(Exception):
    """A value is not what the field takes; the message is the reason its sender reads."""


def plain(value: object) -> str:
    """Return a raw value as the text a person would have typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def words(longest: int, *, multiline: bool) -> Check:
    """Return the check of a text of at most `longest` characters, made NFC and trimmed."""

    def check(value: object) -> str:
        if isinstance(value, str) and value.isprintable() and len(value) <= longest and value[:1] not in _SUSPECT:
            text = value.strip()
            return text if text.isascii() else unicodedata.normalize("NFC", text)
        text = plain(value)
        if len(text) > 8 * longest + 1000:
            raise WrongValueError(
                _("has %(long)s characters, at most %(most)s fit") % {"long": len(text), "most": longest}
            )
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        text = text.strip()
        if _CONTROL.search(text):
            raise WrongValueError(_("holds a control character; delete it"))
        if not multiline and ("\n" in text or "\r" in text or "\t" in text):
            raise WrongValueError(_("holds a line break or a tab; it must be one line"))
        if len(text) > longest:
            raise WrongValueError(
                _("has %(long)s characters, at most %(most)s fit") % {"long": len(text), "most": longest}
            )
        if text in _SHEET_ERRORS:
            raise WrongValueError(_("is an error of a spreadsheet, not a value"))
        if is_formula(text):
            raise WrongValueError(_("is a formula, not a value"))
        return restore(text)

    return check


def number(*, whole: bool, minimum: Decimal | None, maximum: Decimal | None, scale: int) -> Check:
    """Return the check of a number: whole or with at most `scale` decimal places, within bounds."""

    def check(value: object) -> int | Decimal:
        found = _decimal(value)
        if minimum is not None and found < minimum:
            raise WrongValueError(_("must be %s or more") % minimum)
        if maximum is not None and found > maximum:
            raise WrongValueError(_("must be %s or less") % maximum)
        if whole:
            if found != found.to_integral_value() or abs(found) > _LARGEST_WHOLE:
                raise WrongValueError(_("must be a whole number"))
            return int(found)
        if found != round(found, scale):
            raise WrongValueError(_("has more than %s decimal places") % scale)
        return round(found, scale)

    return check


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool):
        raise WrongValueError(_("is not a number"))
    if isinstance(value, (int, Decimal)):
        found = Decimal(value) if isinstance(value, Decimal) or abs(value) < 10**_MOST_DIGITS else Decimal("Infinity")
    else:
        text = plain(value).strip()
        if len(text) > _MOST_DIGITS or not _NUMBER.match(text):
            raise WrongValueError(_("is not a number like 1234.50"))
        found = Decimal(text)
    if not found.is_finite() or abs(found) >= Decimal(10) ** 16:
        raise WrongValueError(_("is not a number like 1234.50"))
    try:
        round(found, 10)
    except InvalidOperation:
        raise WrongValueError(_("has too many digits")) from None
    return found


def a_date(value: object) -> date:
    """Check a day: a date, or text like 2026-02-28 (a time of midnight after it is cut off)."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise WrongValueError(_("has a time of day where only a date like 2026-02-28 belongs"))
        return value.date()
    if isinstance(value, date):
        return value
    text = plain(value).strip()
    match = _DATE.match(text)
    if match is None:
        raise WrongValueError(_("is not a date like 2026-02-28"))
    year, month, day = (int(part) for part in match.groups())
    if year < 1753:  # noqa: PLR2004  (earlier dates are placeholders of other systems)
        raise WrongValueError(_("lies before the year 1753"))
    try:
        return date(year, month, day)
    except ValueError:
        raise WrongValueError(_("is a day that does not exist")) from None


def a_datetime(value: object) -> datetime:
    """Check an instant: ISO 8601; without an offset it is UTC."""
    if isinstance(value, datetime):
        found = value
    else:
        try:
            found = datetime.fromisoformat(plain(value).strip())
        except ValueError:
            raise WrongValueError(_("is not a time like 2026-02-28T14:30:00Z")) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def a_time(value: object) -> time:
    """Check a time of day like 14:30 (seconds allowed, parts of a second dropped)."""
    if isinstance(value, time):
        return value.replace(microsecond=0)
    match = _TIME.match(plain(value).strip())
    if match is None:
        raise WrongValueError(_("is not a time of day like 14:30"))
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def a_boolean(value: object) -> bool:
    """Check a yes or no, written as 1/0, true/false, yes/no."""
    text = plain(value).strip().casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise WrongValueError(_("is neither yes nor no"))


def an_email(value: object) -> str:
    """Check a mail address; it comes back in lower case. Letters of any script may stand before the @ (RFC 6531)."""
    text = plain(value).strip().lower()
    local, at, domain = text.rpartition("@")
    try:
        validate_email("".join("a" if c.isalnum() and not c.isascii() else c for c in local) + at + domain)
    except ValidationError:
        raise WrongValueError(_("is not a mail address like name@example.org")) from None
    if len(text) > 254:  # noqa: PLR2004  (RFC 5321 section 4.5.3.1.3)
        raise WrongValueError(_("is longer than a mail address can be"))
    return text


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    names = [str(code) for code in Locale("en").territories]
    codes = frozenset(name for name in names if len(name) == len("VN") and name.isalpha())
    return codes - {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def a_country(value: object) -> str:
    """Check a country by its two letters (ISO 3166-1)."""
    text = plain(value).strip().upper()
    if text not in _countries():
        raise WrongValueError(_("is not a country code of two letters like VN"))
    return text


def a_currency(value: object) -> str:
    """Check a currency by its three letters (ISO 4217)."""
    text = plain(value).strip().upper()
    if text not in _currencies():
        raise WrongValueError(_("is not a currency code of three letters like VND"))
    return text


def a_language(value: object) -> str:
    """Check a language tag (BCP 47)."""
    text = plain(value).strip().replace("_", "-")
    if not _TAG.match(text):
        raise WrongValueError(_("is not a language tag like vi or zh-Hans"))
    return tag(text)


def a_zone(value: object) -> str:
    """Check a time zone by its IANA name."""
    text = plain(value).strip()
    if text not in _zones():
        raise WrongValueError(_("is not a time zone like Asia/Ho_Chi_Minh"))
    return text


def choice(choices: tuple[str, ...]) -> Check:
    """Return the check of one word out of `choices`, whatever its case."""
    known = {word.casefold(): word for word in choices}

    def check(value: object) -> str:
        found = known.get(plain(value).strip().casefold())
        if found is None:
            raise WrongValueError(_("is not one of %s") % ", ".join(choices))
        return found

    return check


def texts(one: Check) -> Check:
    """Return the check of a text in several languages; out comes JSON by BCP 47 tag. A plain text is English."""

    def check(value: object) -> str:
        given: Mapping[object, object] = value if isinstance(value, Mapping) else {"en": value}
        clean: dict[str, object] = {}
        for language, text in given.items():
            if text is None or text == "":
                continue
            clean[a_language(language)] = one(text)
        return json.dumps(clean, ensure_ascii=False, sort_keys=True)

    return check
