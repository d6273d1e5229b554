"""The answer no, to programs: problem details (RFC 9457) for everything that is refused, each field with a sentence."""

from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kith.access.policies import ask_to_sign_in
from kith.access.requests import Request
from kith.access.throttle.actions import TooMany
from kith.kernel.refusals import Refusal
from kith.portal.shell.problems import problem, problem_with

MOST = 20


def install(api: NinjaAPI) -> None:
    """Let `api` answer every refusal with problem details."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _missing)


def _refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    response = problem(refusal.status, refusal.sentence, field=refusal.field)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _unknown(request: HttpRequest, _error: Any) -> HttpResponse:
    return ask_to_sign_in(cast("Request", request))


def _http(_request: HttpRequest, error: Any) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, Refusal):
        return problem(cause.status, cause.sentence, field=cause.field)
    return problem(error.status_code, _("The body is not JSON in UTF-8."))


def _missing(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(404, _("There is nothing at this address."))


def _invalid(_request: HttpRequest, invalid: Any) -> HttpResponse:
    """Name every field at fault, with what would be right; 400 where a header is missing, else 422."""
    errors = [{"field": _field(error), "detail": _sentence(error)} for error in invalid.errors[:MOST]]
    status = 400 if {error["loc"][0] for error in invalid.errors} == {"header"} else 422
    first = errors[0]
    detail = f"{first['field']}: {first['detail']}" if first["field"] else first["detail"]
    return problem_with(status, detail, field=first["field"], errors=errors)


def _field(error: dict[str, Any]) -> str:
    """Return the name of a field as it was sent: `lines.0.quantity`."""
    source, *path = error["loc"]
    if source == "body":
        path = path[1:] if len(path) > 0 else path
    return ".".join(str(part) for part in path)[:200]


def _limit(error: dict[str, Any], name: str) -> str:
    return str(error.get("ctx", {}).get(name, ""))


def _choices(error: dict[str, Any]) -> str:
    return _limit(error, "expected").replace("'", "").replace(" or ", ", ")


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _e: _("This is missing."),
    "extra_forbidden": lambda _e: _("There is no such field here."),
    "string_type": lambda _e: _("Write text."),
    "string_too_short": lambda e: _("Write at least %s characters.") % _limit(e, "min_length"),
    "string_too_long": lambda e: _("Write at most %s characters.") % _limit(e, "max_length"),
    "string_pattern_mismatch": lambda e: _("Write it in the form %s.") % _limit(e, "pattern"),
    "int_type": lambda _e: _("Write a whole number."),
    "int_parsing": lambda _e: _("Write a whole number."),
    "int_parsing_size": lambda _e: _("Write a smaller number."),
    "int_from_float": lambda _e: _("Write a whole number."),
    "decimal_type": lambda _e: _("Write an amount such as 12.50."),
    "decimal_parsing": lambda _e: _("Write an amount such as 12.50."),
    "decimal_max_places": lambda e: _("Write at most %s decimal places.") % _limit(e, "decimal_places"),
    "decimal_max_digits": lambda e: _("Write at most %s digits.") % _limit(e, "max_digits"),
    "decimal_whole_digits": lambda e: _("Write at most %s digits before the point.") % _limit(e, "whole_digits"),
    "finite_number": lambda _e: _("Write an amount such as 12.50."),
    "bool_type": lambda _e: _("Write true or false."),
    "bool_parsing": lambda _e: _("Write true or false."),
    "greater_than": lambda e: _("Write more than %s.") % _limit(e, "gt"),
    "greater_than_equal": lambda e: _("Write at least %s.") % _limit(e, "ge"),
    "less_than": lambda e: _("Write less than %s.") % _limit(e, "lt"),
    "less_than_equal": lambda e: _("Write at most %s.") % _limit(e, "le"),
    "enum": lambda e: _("Write one of: %s.") % _choices(e),
    "literal_error": lambda e: _("Write one of: %s.") % _choices(e),
    "uuid_type": lambda _e: _("Write an id as the API gave it."),
    "uuid_parsing": lambda _e: _("Write an id as the API gave it."),
    "list_type": lambda _e: _("Write a list."),
    "too_short": lambda e: _("Give at least %s.") % _limit(e, "min_length"),
    "too_long": lambda e: _("Give at most %s.") % _limit(e, "max_length"),
    "dict_type": lambda _e: _("Write a JSON object."),
    "model_attributes_type": lambda _e: _("Write a JSON object."),
    "timezone_aware": lambda _e: _("Write the time with its offset, such as 2027-03-01T09:00:00Z."),
    "datetime_parsing": lambda _e: _("Write a time such as 2027-03-01T09:00:00Z."),
    "datetime_from_date_parsing": lambda _e: _("Write a time such as 2027-03-01T09:00:00Z."),
    "datetime_type": lambda _e: _("Write a time such as 2027-03-01T09:00:00Z."),
}


def _sentence(error: dict[str, Any]) -> str:
    said = SENTENCES.get(error["type"])
    return said(error) if said else _("This is not right here.")
