"""Reading what programs send: strict JSON, no deeper, longer or odder than the API can mean."""

import json
from collections.abc import Sequence
from typing import Any, Never

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from kith.kernel.cards import masked
from kith.kernel.refusals import BadInput

DEEPEST = 20


def _constant(name: str) -> Never:
    raise BadInput(_("%s is no number in JSON.") % name)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadInput(_("A name stands twice in the same JSON object."))
    return found


def _check(value: Any, *, depth: int = 0) -> None:
    """Refuse text that no database holds (NUL, half of a pair), and nesting without end."""
    if depth > DEEPEST:
        raise BadInput(_("The JSON is nested too deep."))
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for name, part in value.items():
            check_text(name)
            _check(part, depth=depth + 1)
    elif isinstance(value, list):
        for part in value:
            _check(part, depth=depth + 1)


def check_text(words: str) -> None:
    """Refuse a text with NUL or with half of a surrogate pair."""
    if "\0" in words or any("\ud800" <= letter <= "\udfff" for letter in words):
        raise BadInput(_("A text holds a character that cannot be kept (NUL, or half of a pair)."))


class StrictParser(Parser):
    """Ninja's parser, without its leniency."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the JSON value of a body, card numbers masked; `BadInput` says what is wrong with it."""
        try:
            value = json.loads(request.body.decode(), parse_constant=_constant, object_pairs_hook=_pairs)
        except (ValueError, RecursionError) as error:
            raise BadInput(_("The body is not JSON in UTF-8.")) from error
        _check(value)
        return masked(value)

    def parse_querydict(
        self, data: "MultiValueDict[str, str]", list_fields: Sequence[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the parameters of an address, without NUL."""
        for name in data:
            for value in data.getlist(name):
                check_text(value)
        return super().parse_querydict(data, list(list_fields), request)
