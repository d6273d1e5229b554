"""Makers of care's tests."""

from collections.abc import Sequence
from typing import Any

from kith.care.programmes.drafting import release, switch
from kith.care.programmes.models import Programme
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.texts import Text
from tests.people import make as people

EVERYONE = {"everyone": True}


def words(english: str) -> dict[str, str]:
    return dict.fromkeys(OUR_LANGUAGES, english)


def greet(title: str = "Hello, {name}!") -> dict[str, Any]:
    return {"kindness": "greet", "title": words(title), "body": words("Good to have you."), "leads_to_gifts": False}


def wait(days: int, unit: str = "days") -> dict[str, Any]:
    return {"kindness": "wait", "days": days, "unit": unit}


def branch(asks: str, yes: Sequence[dict[str, Any]], no: Sequence[dict[str, Any]] = (), **given: Any) -> dict[str, Any]:
    return {"kindness": "branch", "if": asks, "segment": "", "yes": list(yes), "no": list(no), **given}


def call(owner: str = "line-manager", kindness: str = "call") -> dict[str, Any]:
    return {"kindness": kindness, "owner": owner, "words": words("Call {name}"), "hours": 16}


def programme(
    moment: str, settings: dict[str, Any], steps: Sequence[dict[str, Any]], *, code: str = "tried", **given: Any
) -> Programme:
    """Return a programme that runs, released as data."""
    made = release(
        code=code, name=Text({tag: code.title() for tag in OUR_LANGUAGES}), moment=moment, settings=settings,
        steps=list(steps), at=given.pop("at", people.AT), by_id=None, **{"rule": EVERYONE, "hour": 9, **given},
    )  # fmt: skip
    switch(programme=made, on=True)
    made.refresh_from_db()
    return made
