"""What the tests of the frame ask for: a request of a visitor or of somebody, and the templates' environment."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from jinja2 import Environment

from kith.portal.shell import frame
from kith.portal.shell.render import environment

Asking = Callable[..., HttpRequest]


@pytest.fixture
def env() -> Environment:
    """Return the environment all templates live in."""
    return environment()


@pytest.fixture
def asking() -> Asking:
    """Make a request as the middlewares leave it; `name` is the person signed in, "" for a visitor."""

    def make(path: str = "/", *, name: str = "", method: str = "get", **headers: str) -> HttpRequest:
        known = {key.replace("_", "-"): value for key, value in headers.items()}
        request: HttpRequest = getattr(RequestFactory(), method)(path, headers=known)
        person = SimpleNamespace(name=name, public_id="0" * 32) if name else None
        vars(request).update(
            person=person, login=None, kiosk=None, scopes=None, roles=frozenset(), employed=bool(name), manages=False
        )
        return request

    return make


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a frame that asks no database: its shelves hold one place, three unread, a name."""
    places: frame.Registry[frame.PlaceOffer] = frame.Registry("tests.places")
    places.put("notices", frame.PlaceOffer("mine", "Notices", "/notices/", "bell", lambda r: r.person is not None, 1))
    bells: frame.Registry[Callable[..., int]] = frame.Registry("tests.bells")
    bells.put("three", lambda _request: 3)
    identities: frame.Registry[Callable[[], frame.Identity]] = frame.Registry("tests.identities")
    identities.put("us", lambda: frame.Identity("Tân Trà & Co"))
    for name, shelf in (("PLACES", places), ("BELLS", bells), ("IDENTITIES", identities)):
        monkeypatch.setattr(frame, name, shelf)
    monkeypatch.setattr(frame, "BARS", frame.Registry("tests.bars"))
    monkeypatch.setattr(frame, "PORTRAITS", frame.Registry("tests.portraits"))
    for shelf_name in ("tests.places", "tests.bells", "tests.identities", "tests.bars", "tests.portraits"):
        frame.Registry.__init__.__globals__["SHELVES"].pop(shelf_name)
