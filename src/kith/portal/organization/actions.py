"""Writes of the organization's identity: each change is the next version, with who and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, NotFound
from kith.people.organizations.actions import name_company, settle_company
from kith.people.persons.actions import check_zone
from kith.portal.organization import identity
from kith.portal.organization.capabilities import CAPABILITIES, STARTER_SETS
from kith.portal.organization.countries import currency_of, zones_of
from kith.portal.organization.facts import IdentityChanged
from kith.portal.organization.logos import make_logo
from kith.portal.organization.models import Change, IdentityVersion, Logo
from kith.portal.organization.queries import newest
from kith.portal.organization.wording import faint_sentence
from kith.portal.shell.theme import RADIUS, BadThemeError, Tokens, faint_pairs, theme_css

_LOCK = 0x6964656E


class FaintTheme(BadInput):
    """A theme whose colours cannot be told apart well enough; `fields` names each colour with its sentence."""

    def __init__(self, sentences: dict[str, str]) -> None:
        """Say the first sentence."""
        super().__init__(next(iter(sentences.values())))
        self.fields = sentences


def _kept(last: IdentityVersion) -> dict[str, Any]:
    return {
        "name": last.name, "languages": last.languages, "zone": last.zone, "logo_id": last.logo_id,
        "light": last.light, "dark": last.dark, "font": last.font, "radius": last.radius, "closed": last.closed,
    }  # fmt: skip


def _next(*, changed: Change, at: datetime, by_id: int | None, **values: Any) -> IdentityVersion:
    """Write the next version: the last one with `values`; one writer at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = newest()
        known = _kept(last) if last else {}
        number = last.version + 1 if last else 1
        made = IdentityVersion.objects.create(
            **{**known, **values}, version=number, changed=changed, at=at, by_id=by_id
        )
        publish(IdentityChanged(version=number, changed=changed), at=at, by_id=by_id)
        identity.forget()
    return made


def rename(*, name: str, at: datetime, by_id: int | None) -> IdentityVersion:
    """Give the organization its name; the same name again changes nothing."""
    with transaction.atomic():
        ours = name_company(name=name)
        last = newest()
        if last is not None and last.name == ours.name:
            return last
        return _next(changed=Change.NAME, at=at, by_id=by_id, name=ours.name)


def offer_languages(*, languages: Sequence[str], first: str, at: datetime, by_id: int | None) -> IdentityVersion:
    """Offer readers these languages; `first` is for those who asked for none of them."""
    chosen = [tag for tag in OUR_LANGUAGES if tag in languages]
    if not chosen or len(chosen) != len(set(languages)):
        raise BadInput(_("Choose at least one language."), field="languages")
    if first not in chosen:
        raise BadInput(_("The first language must be one of those you offer."), field="first")
    ordered = [first, *(tag for tag in chosen if tag != first)]
    return _next(changed=Change.LANGUAGES, at=at, by_id=by_id, languages=ordered)


def settle(*, country: str, zone: str, at: datetime, by_id: int | None) -> IdentityVersion:
    """Record country and zone; without `zone` the country's only one, `BadInput` where it has several."""
    zones = zones_of(country)
    if not zones:
        raise BadInput(_("Choose a country of the list."), field="country")
    if not zone and len(zones) > 1:
        raise BadInput(_("This country has %d time zones: choose one.") % len(zones), field="zone")
    with transaction.atomic():
        settle_company(country=country, currency=currency_of(country))
        return _next(changed=Change.PLACE, at=at, by_id=by_id, zone=check_zone(zone or zones[0]))


def take_logo(*, data: bytes, at: datetime, by_id: int | None) -> IdentityVersion:
    """Make an uploaded picture the logo; `BadInput` says what is wrong with it."""
    made = make_logo(data)
    with transaction.atomic():
        kept, _made = Logo.objects.get_or_create(
            sha256=made.sha256, defaults={"png": made.png, "width": made.width, "height": made.height, "at": at}
        )
        return _next(changed=Change.LOGO, at=at, by_id=by_id, logo_id=kept.pk)


def drop_logo(*, at: datetime, by_id: int | None) -> IdentityVersion:
    """Show our mark again instead of a logo."""
    return _next(changed=Change.LOGO, at=at, by_id=by_id, logo_id=None)


def check_theme(tokens: Tokens) -> None:
    """Refuse a theme with a value that is none (`BadInput`) or with too little contrast (`FaintTheme`)."""
    try:
        theme_css(tokens)
        faint = faint_pairs(tokens)
    except BadThemeError as error:
        raise BadInput(str(error)) from None
    if faint:
        sentences: dict[str, str] = {}
        for pair in faint:
            name = f"{pair.mode}-{pair.foreground}"
            sentences[name] = " ".join(filter(None, (sentences.get(name), faint_sentence(pair))))
        raise FaintTheme(sentences)


def save_theme(*, tokens: Tokens, at: datetime, by_id: int | None) -> IdentityVersion:
    """Give every page and mail these colours, type and corners; refused where words could not be read."""
    check_theme(tokens)
    return _next(
        changed=Change.THEME, at=at, by_id=by_id, light=dict(tokens.light), dark=dict(tokens.dark), font=tokens.font,
        radius=tokens.radius,
    )  # fmt: skip


def reset_theme(*, at: datetime, by_id: int | None) -> IdentityVersion:
    """Return to the default theme; the logo stays."""
    return _next(changed=Change.THEME, at=at, by_id=by_id, light={}, dark={}, font="", radius=RADIUS)


def restore_theme(*, version: int, at: datetime, by_id: int | None) -> IdentityVersion:
    """Use the theme of an earlier version again, as the next version."""
    old = IdentityVersion.objects.filter(version=version).first()
    if old is None:
        raise NotFound(_("There is no such version."))
    tokens = Tokens(light=old.light, dark=old.dark, font=old.font, radius=old.radius)
    return save_theme(tokens=tokens, at=at, by_id=by_id)


def use_capabilities(*, open_ones: Collection[str], at: datetime, by_id: int | None) -> IdentityVersion:
    """Show the rooms of these capabilities and of no others; nothing in a closed one is lost."""
    if unknown := sorted(set(open_ones) - set(CAPABILITIES.names())):
        raise BadInput(_("There is no capability “%s”.") % unknown[0][:40], field="open")
    closed = [code for code in CAPABILITIES.names() if code not in open_ones]
    return _next(changed=Change.ROOMS, at=at, by_id=by_id, closed=closed)


def begin_as(*, starter_set: str, at: datetime, by_id: int | None) -> IdentityVersion:
    """Show the rooms that a kind of organization begins with."""
    if starter_set not in STARTER_SETS:
        raise BadInput(_("Choose one of the kinds of organization."), field="set")
    chosen = STARTER_SETS.get(starter_set).capabilities & set(CAPABILITIES.names())
    return use_capabilities(open_ones=chosen, at=at, by_id=by_id)
