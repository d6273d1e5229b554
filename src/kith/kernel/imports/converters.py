"""What a mapping may do to a value on its way: a closed list of converters, no expressions."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.kernel.folding import fold
from kith.kernel.imports.checks import WrongValueError, plain
from kith.kernel.imports.hierarchyid import decode_path
from kith.kernel.languages import tag

Convert = Callable[[object], object]


class WrongSettingError(ValueError):
    """A converter's setting in the mapping is wrong; the message says what belongs there."""


def _strip(value: object) -> object:
    return plain(value).strip()


def _squeeze(value: object) -> object:
    return " ".join(plain(value).split())


def _integer(value: object) -> object:
    text = plain(value).strip()
    try:
        return int(Decimal(text)) if re.fullmatch(r"[+-]?\d{1,30}(\.0*)?", text, re.ASCII) else int(text[:40])
    except ValueError:
        raise WrongValueError(_("must be a whole number")) from None


def _bit(value: object) -> object:
    text = plain(value).strip().casefold()
    if text in {"1", "true", "-1"}:
        return True
    if text in {"0", "false"}:
        return False
    raise WrongValueError(_("is neither 0 nor 1"))


def _language(value: object) -> object:
    return tag(plain(value))


def _countries_by_name() -> dict[str, str]:
    names = {name.casefold(): code for code, name in Locale("en").territories.items() if len(code) == len("VN")}
    return names | {"uk": "GB", "usa": "US", "united states of america": "US", "viet nam": "VN"}


def _country(value: object) -> object:
    text = _squeeze(value)
    found = _COUNTRIES.get(str(text).casefold())
    if found:
        return found
    if re.fullmatch(r"[A-Za-z]{2}", str(text)):
        return str(text).upper()
    raise WrongValueError(_("is not the name of a country"))


def _parent_path(value: object) -> object:
    path = decode_path(plain(value))
    return "" if path == "/" else path.rstrip("/").rpartition("/")[0] + "/"


def _path(value: object) -> object:
    return decode_path(plain(value))


def _no_none(value: object) -> object:
    return "" if plain(value).strip() in {"None", "NULL", "null", "nan", "NaN", r"\N"} else value


def _unescape(value: object) -> object:
    text = plain(value)
    return re.sub(r"<[^<>]{0,200}>", "", text.replace("<br>", "\n")) if "<" in text else text


def _slug(value: object) -> object:
    return slugify(fold(plain(value)))


_COUNTRIES = _countries_by_name()
_PLAIN: dict[str, Convert] = {
    "strip": _strip,
    "squeeze": _squeeze,
    "lower": lambda value: plain(value).lower(),
    "upper": lambda value: plain(value).upper(),
    "integer": _integer,
    "bit": _bit,
    "language": _language,
    "country": _country,
    "none": _no_none,
    "untag": _unescape,
    "slug": _slug,
    "hierarchy": _path,
    "hierarchy_parent": _parent_path,
}


def _date(settings: object) -> Convert:
    formats = [settings] if isinstance(settings, str) else settings
    if not isinstance(formats, list) or not all(isinstance(form, str) and "%" in form for form in formats):
        raise WrongSettingError('a format such as "%d/%m/%Y", or a list of them')

    def convert(value: object) -> object:
        if isinstance(value, date):
            return value
        text = plain(value).strip()
        for form in formats:
            try:
                return datetime.strptime(text, form).replace(tzinfo=UTC).date()
            except ValueError:
                continue
        raise WrongValueError(_("is not a date in the form %s, or no such day exists") % " / ".join(formats))

    return convert


def _datetime(settings: object) -> Convert:
    if not isinstance(settings, str) or "%" not in settings:
        raise WrongSettingError('a format such as "%d/%m/%Y %H:%M"')

    def convert(value: object) -> object:
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.strptime(plain(value).strip(), settings)  # noqa: DTZ007  (made UTC below)
        except ValueError:
            raise WrongValueError(_("is not a time in the form %s") % settings) from None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    return convert


def _decimal(settings: object) -> Convert:
    if settings not in {".", ","}:
        raise WrongSettingError('the decimal mark, "." or ","')
    mark = str(settings)
    grouping = "," if mark == "." else "."
    grouped = re.compile(rf"^[+-]?(\d{{1,3}}([{grouping} '’\u00a0\u202f]\d{{3}})+|\d*)([{mark}]\d*)?$", re.ASCII)

    def convert(value: object) -> object:
        if isinstance(value, (int, Decimal)):
            return value
        text = plain(value).strip()
        if len(text) > 60 or not grouped.match(text):  # noqa: PLR2004  (longer is no amount)
            raise WrongValueError(_("is not a number with the decimal mark “%s”") % mark)
        return re.sub(rf"[^\d+\-{mark}]", "", text).replace(mark, ".")

    return convert


def _split(settings: object) -> Convert:
    if (
        not isinstance(settings, dict)
        or not isinstance(settings.get("by"), str)
        or not isinstance(settings.get("part"), int)
    ):
        raise WrongSettingError("{ by = separator, part = number from 0 }")
    separator, part = settings["by"], settings["part"]

    def convert(value: object) -> object:
        parts = plain(value).split(separator)
        return parts[part].strip() if -len(parts) <= part < len(parts) else ""

    return convert


def _days(settings: object) -> Convert:
    if not isinstance(settings, int) or isinstance(settings, bool) or abs(settings) > 36_500:  # noqa: PLR2004
        raise WrongSettingError("a number of days")

    def convert(value: object) -> object:
        found = value.date() if isinstance(value, datetime) else value
        if not isinstance(found, date):
            try:
                found = datetime.fromisoformat(plain(value).strip()).date()
            except ValueError:
                raise WrongValueError(_("is not a date like 2026-02-28")) from None
        return found + timedelta(days=settings)

    return convert


def _midnight(value: object) -> object:
    if isinstance(value, datetime) and value.time() != time():
        return value.date()
    text = plain(value).strip()
    return text[:10] if re.match(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text, re.ASCII) else value


def _round(settings: object) -> Convert:
    if not isinstance(settings, int) or isinstance(settings, bool) or not 0 <= settings <= 10:  # noqa: PLR2004
        raise WrongSettingError("a number of decimal places")
    unit = Decimal(1).scaleb(-settings)

    def convert(value: object) -> object:
        try:
            found = Decimal(plain(value).strip())
            return found.quantize(unit, rounding=ROUND_HALF_UP)
        except ArithmeticError:
            raise WrongValueError(_("is not a number like 1234.50")) from None

    return convert


_PLAIN["day"] = _midnight
_WITH_SETTINGS: dict[str, Callable[[object], Convert]] = {
    "date": _date,
    "datetime": _datetime,
    "decimal": _decimal,
    "split": _split,
    "days": _days,
    "round": _round,
}


def lookup(name: str, table: Mapping[str, object]) -> Convert:
    """Return the converter that looks a value up in a table of the mapping; `*` in it stands for all others."""

    def convert(value: object) -> object:
        text = plain(value).strip()
        if text in table:
            return table[text]
        if "*" in table:
            return table["*"]
        known = ", ".join(sorted(table)[:12])
        raise WrongValueError(_("is not in the table “%(table)s” (it has %(known)s)") % {"table": name, "known": known})

    return convert


def converter(step: object, lookups: Mapping[str, Mapping[str, object]]) -> Convert:
    """Return the converter that one step of `convert` in a mapping names; `WrongSettingError` says what is wrong."""
    if isinstance(step, str) and step in _PLAIN:
        return _PLAIN[step]
    if isinstance(step, dict) and len(step) == 1:
        ((name, settings),) = step.items()
        if name == "lookup":
            if settings not in lookups:
                raise WrongSettingError(f"one of the lookup tables ({', '.join(sorted(lookups)) or 'there are none'})")
            return lookup(str(settings), lookups[settings])
        if name in _WITH_SETTINGS:
            return _WITH_SETTINGS[name](settings)
    known = ", ".join([*sorted(_PLAIN), *(f"{{{name} = …}}" for name in sorted([*_WITH_SETTINGS, "lookup"]))])
    raise WrongSettingError(f"one of {known}")
