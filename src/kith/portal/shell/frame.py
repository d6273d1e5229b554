"""The frame around every page: who is here, which doors and places are open to them, what else stands around."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.access.requests import Request
from kith.kernel.languages import tag
from kith.kernel.registries import Registry
from kith.portal.shell.theme import Tokens, theme_css

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "kith-theme"
PHONE_PLACES = 3
SUGGEST_ROUTE = "search-suggest"


@dataclass(frozen=True)
class DoorOffer:
    """One of the three doors as it stands on the shelf. `prefix` is the part of the address it covers."""

    label: StrOrPromise
    prefix: str
    icon: str
    may_enter: Callable[[Request], bool]
    order: int = 0


@dataclass(frozen=True)
class PlaceOffer:
    """A main place behind a door (`mine`, `desk`, `admin`) as it stands on the shelf; `order` sorts them.

    `may_enter` must be cheap: it looks at the request (person, roles, employed), never into the database.
    `short` is the label on a phone's bar, where a word has a fifth of the screen; "" where the label fits.
    """

    door: str
    label: StrOrPromise
    prefix: str
    icon: str
    may_enter: Callable[[Request], bool]
    order: int = 100
    short: StrOrPromise = ""


@dataclass(frozen=True)
class Identity:
    """The organization's name, the address of its logo ("" for our mark) and its own theme, if it has one.

    `languages` are those offered to readers, the first of them the default (empty: all of ours); `zone` is that
    of visitors. `closed_places` and `closed_cards` are shown to nobody, and what lies under `closed_paths` is not
    found by anybody. `is_new`: there is no company yet.
    """

    name: str
    logo_url: str = ""
    tokens: Tokens | None = None
    languages: tuple[str, ...] = ()
    zone: str = ""
    closed_places: frozenset[str] = frozenset()
    closed_cards: frozenset[str] = frozenset()
    closed_paths: tuple[str, ...] = ()
    is_new: bool = False


DOORS: Registry[DoorOffer] = Registry("portal.doors")
PLACES: Registry[PlaceOffer] = Registry("portal.places")
BELLS: Registry[Callable[[Request], int]] = Registry("portal.bells")
"""Each says how many unread things the person signed in has; the bell shows their sum."""
BARS: Registry[Callable[[Request], str]] = Registry("portal.bars")
"""Each gives a bar above the header as safe HTML from a template of its own, or "" for none."""
IDENTITIES: Registry[Callable[[], Identity]] = Registry("portal.identities")
"""At most one: who the organization is. Called on every page, so it caches by itself."""
PORTRAITS: Registry[Callable[[Request], str]] = Registry("portal.portraits")
"""At most one: the address of the portrait of the person signed in, "" where there is none."""


def open_places(request: Request, door: str) -> list[tuple[str, PlaceOffer]]:
    """Return name and offer of what stands behind a door for this reader, in order; nothing of closed rooms."""
    closed = identity().closed_places
    found = [
        (name, offer)
        for name, offer in PLACES.items()
        if offer.door == door and name not in closed and offer.may_enter(request)
    ]
    return sorted(found, key=lambda pair: (pair[1].order, pair[1].prefix))


def _has_place(door: str) -> Callable[[Request], bool]:
    """Open a door to those for whom a place stands behind it."""
    return lambda request: bool(open_places(request, door))


DOORS.put("mine", DoorOffer(_("Mine"), "/", "house", lambda request: request.person is not None, order=1))
DOORS.put("desk", DoorOffer(_("Desk"), "/desk/", "headset", _has_place("desk"), order=2))
DOORS.put("admin", DoorOffer(_("Administration"), "/admin/", "settings", _has_place("admin"), order=3))


@dataclass(frozen=True)
class Door:
    """A link of the frame: a door or a place, and whether the reader is behind it now."""

    key: str
    label: str
    url: str
    icon: str
    current: bool
    short: str = ""


@dataclass(frozen=True)
class FramePerson:
    """Who is signed in."""

    name: str
    portrait: str = ""


@dataclass(frozen=True)
class Language:
    """A language one can choose, in its own name."""

    code: str
    tag: str
    name: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """Everything `portal/base.html` shows around a page. `demo_bar` is safe HTML, None for none."""

    person: FramePerson | None
    unread: int
    doors: tuple[Door, ...]
    places: tuple[Door, ...]
    organization_name: str
    theme: str
    demo_bar: SafeString | None
    language: str
    languages: tuple[Language, ...]
    path: str
    sign_in_url: str
    logo_url: str = ""
    theme_url: str = ""
    suggest_url: str = ""

    @property
    def phone(self) -> tuple[Door, ...]:
        """The places on a phone's bar beside home; the rest stands behind "More"."""
        return tuple(place for place in self.places if place.url != "/")[:PHONE_PLACES]


def languages(offered: Collection[str] = ()) -> tuple[Language, ...]:
    """Return the languages of this installation (of them those `offered`, if any), the active one marked."""
    active = (get_language() or "en").lower()
    return tuple(
        Language(code, tag(code), name, code.lower() == active)
        for code, name in settings.LANGUAGES
        if not offered or tag(code) in offered or code.lower() == active
    )


@lru_cache(maxsize=1)
def _suggest_url() -> str:
    """Return the address that completes a search while it is typed, "" where nobody offers one."""
    try:
        return reverse(SUGGEST_ROUTE)
    except NoReverseMatch:
        return ""


def theme_of(request: HttpRequest) -> str:
    """Return the theme the reader chose in this browser: `auto`, `light` or `dark`."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def identity() -> Identity:
    """Return who the organization is; "Kith" before anybody said so."""
    for known in IDENTITIES:
        return known()
    return Identity("Kith")


@lru_cache(maxsize=8)
def _version(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:12]


def theme_address(tokens: Tokens | None) -> str:
    """Return the address of the organization's stylesheet, with its version; "" for the default theme."""
    return "" if tokens is None else f"/theme.css?v={_version(theme_css(tokens))}"


def _doors(request: Request) -> tuple[Door, ...]:
    offers = sorted(DOORS.items(), key=lambda pair: pair[1].order)
    open_ones = [(key, offer) for key, offer in offers if offer.may_enter(request)]
    matching = [key for key, offer in open_ones if request.path.startswith(offer.prefix)]
    prefixes = {key: offer.prefix for key, offer in open_ones}
    here = max(matching, key=lambda key: len(prefixes[key]), default="")
    return tuple(Door(key, str(offer.label), offer.prefix, offer.icon, key == here) for key, offer in open_ones)


def _places(request: Request, door: str) -> tuple[Door, ...]:
    offers = open_places(request, door)
    here = max((offer.prefix for _key, offer in offers if request.path.startswith(offer.prefix)), key=len, default="")
    return tuple(
        Door(key, str(offer.label), offer.prefix, offer.icon, offer.prefix == here, short=str(offer.short))
        for key, offer in offers
    )


def bare(request: HttpRequest) -> Frame:
    """Return the frame of an error page: it asks nobody, so it stands when the database does not."""
    return Frame(
        person=None,
        unread=0,
        doors=(),
        places=(),
        organization_name="Kith",
        theme=theme_of(request),
        demo_bar=None,
        language=tag(get_language() or "en"),
        languages=languages(),
        path=request.path,
        sign_in_url="",
    )


def build(request: Request) -> Frame:
    """Return the frame of a page. Without a person it is the public one: no bell, no doors, a way to sign in."""
    person = request.person
    who = identity()
    doors = _doors(request)
    current = next((door.key for door in doors if door.current), "mine")
    bar = "".join(make(request) for make in BARS)
    portrait = next(iter(PORTRAITS), None) if person else None
    return Frame(
        person=FramePerson(person.name, portrait(request) if portrait else "") if person else None,
        unread=sum(count(request) for count in BELLS) if person else 0,
        doors=doors,
        places=_places(request, current),
        organization_name=who.name,
        theme=theme_of(request),
        demo_bar=mark_safe(bar) if bar else None,  # noqa: S308  (each bar is a rendered template)
        language=tag(get_language() or "en"),
        languages=languages(who.languages),
        path=request.get_full_path(),
        sign_in_url=f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}",
        logo_url=who.logo_url,
        theme_url=theme_address(who.tokens),
        suggest_url=_suggest_url() if person else "",
    )
