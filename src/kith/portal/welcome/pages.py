"""What each step of the set-up asks: its form, what stands in it at first, and how it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import get_language

from kith.access.grants.roles import ROLES
from kith.kernel.clock import local_date
from kith.kernel.languages import OUR_LANGUAGES, tag
from kith.people.organizations.queries import company
from kith.people.persons.models import Person
from kith.portal.organization import actions, queries
from kith.portal.organization.countries import zones_of
from kith.portal.organization.inputs import LanguagesForm, LogoForm, NameForm, PlaceForm
from kith.portal.welcome.actions import FirstPlace, open_place
from kith.portal.welcome.inputs import AdministratorForm, PlacesForm

BEGINS, ENDS = time(8, 0), time(17, 0)


@dataclass(frozen=True)
class Asked:
    """Who answers a step, and when; `person` is None while nobody can sign in."""

    person: Person | None
    at: datetime

    @property
    def by_id(self) -> int | None:
        """The key of whoever answers."""
        return self.person.pk if self.person else None


@dataclass(frozen=True)
class StepPage:
    """A step with a form. The first administrator's has no `save`: it signs in."""

    form: type[forms.Form]
    initial: Callable[[], dict[str, Any]]
    save: Callable[[Any, Asked], object] | None = None


def _name() -> dict[str, Any]:
    ours = company()
    return {"name": ours.name if ours else ""}


def _languages() -> dict[str, Any]:
    version = queries.newest()
    if version is not None and version.languages:
        return {"languages": version.languages, "first": version.languages[0]}
    reading = tag(get_language() or "en")
    return {"languages": list(OUR_LANGUAGES), "first": reading if reading in OUR_LANGUAGES else "en"}


def _place() -> dict[str, Any]:
    ours, version = company(), queries.newest()
    return {"country": ours.country if ours else "", "zone": version.zone if version else ""}


def _places() -> dict[str, Any]:
    ours, version = company(), queries.newest()
    name, country = (ours.name, ours.country) if ours else ("", "")
    zones = zones_of(country)
    return {
        "entity": name, "unit": name, "unit_code": "MAIN", "site": "", "site_code": f"{country}-1" if country else "",
        "country": country, "zone": (version.zone if version else "") or (zones[0] if zones else ""),
        "days": [0, 1, 2, 3, 4], "begins": BEGINS, "ends": ENDS,
    }  # fmt: skip


def _save_name(form: NameForm, asked: Asked) -> object:
    return actions.rename(name=form.cleaned_data["name"], at=asked.at, by_id=asked.by_id)


def _save_languages(form: LanguagesForm, asked: Asked) -> object:
    said = form.cleaned_data
    return actions.offer_languages(languages=said["languages"], first=said["first"], at=asked.at, by_id=asked.by_id)


def _save_place(form: PlaceForm, asked: Asked) -> object:
    said = form.cleaned_data
    return actions.settle(country=said["country"], zone=said["zone"], at=asked.at, by_id=asked.by_id)


def _save_logo(form: LogoForm, asked: Asked) -> object:
    return actions.take_logo(data=form.data_of(), at=asked.at, by_id=asked.by_id)


def _save_places(form: PlacesForm, asked: Asked) -> object:
    if asked.person is None:
        raise LookupError("Somebody signed in opens the first unit.")
    day = local_date(asked.at, asked.person.zone)
    return open_place(place=FirstPlace(**form.cleaned_data), by=asked.person, day=day, at=asked.at)


PAGES = {
    "name": StepPage(NameForm, _name, _save_name),
    "languages": StepPage(LanguagesForm, _languages, _save_languages),
    "place": StepPage(PlaceForm, _place, _save_place),
    "logo": StepPage(LogoForm, dict, _save_logo),
    "administrator": StepPage(AdministratorForm, lambda: {"roles": ROLES.names()}),
    "site": StepPage(PlacesForm, _places, _save_places),
}
