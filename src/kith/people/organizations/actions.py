"""Writes of organizations and units."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.calendars.models import Calendar
from kith.people.organizations.facts import UnitMerged
from kith.people.organizations.models import Organization, OrganizationKind, Site, Unit
from kith.people.organizations.queries import company
from kith.people.persons.actions import check_zone
from kith.people.persons.models import Person

_COMPANY_LOCK = 0x636F6D70


def name_company(*, name: str) -> Organization:
    """Give the company its name, and found it where there is none yet."""
    said = _said(name, field="name")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_COMPANY_LOCK])
        ours = company()
        if ours is None:
            return Organization.objects.create(kind=OrganizationKind.OURS, name=said)
        ours.name = said
        ours.save(update_fields=["name"])
    return ours


def settle_company(*, country: str, currency: str) -> Organization:
    """Record in which country the company is and in which currency it counts."""
    ours = company()
    if ours is None:
        raise BadInput(_("Give the organization its name first."), field="name")
    ours.country, ours.currency = country, currency
    ours.save(update_fields=["country", "currency"])
    return ours


def open_entity(*, company: Organization, name: str, country: str, currency: str) -> Organization:
    """Return the legal entity of that name: a company of ours, or the company itself where the names are the same."""
    said = _said(name, field="entity")
    if said == company.name:
        return company
    known = {"kind": OrganizationKind.OURS, "parent": company, "name": said}
    found = Organization.objects.filter(**known).first()
    return found or Organization.objects.create(**known, country=country, currency=currency)


def open_site(
    *, organization: Organization, code: str, name: Text, country: str, city: str, zone: str, calendar: Calendar
) -> Site:
    """Open a place where people work; its code is known to nobody else."""
    if Site.objects.filter(code=code).exists():
        raise BadInput(_("There is a site “%s” already.") % code[:40], field="site_code")
    return Site.objects.create(
        organization=organization, code=code, name=name, country=country, city=city.strip()[:100],
        zone=check_zone(zone), calendar=calendar,
    )  # fmt: skip


def _said(name: str, *, field: str) -> str:
    said = " ".join(name.replace("\0", "").split())
    if not 1 <= len(said) <= 200:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("A name has 1 to 200 characters."), field=field)
    return said


def open_unit(
    *, organization: Organization, code: str, name: Text, parent: Unit | None = None, manager: Person | None = None
) -> Unit:
    """Open a unit under `parent` and give it its path."""
    with transaction.atomic():
        unit = Unit.objects.create(organization=organization, parent=parent, code=code, name=name, manager=manager)
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
    return unit


def merge_unit(*, unit: Unit, into: Unit, on: date, at: datetime, by_id: int | None) -> None:
    """Close a unit and move its people and the units below it into another."""
    if into.path.startswith(unit.path):
        raise BadInput(_("A unit cannot be merged into itself or a unit below it."), field="into")
    with transaction.atomic():
        kept = Unit.objects.select_for_update().get(pk=unit.pk)
        kept.closed_on, kept.merged_into = on, into
        kept.save(update_fields=["closed_on", "merged_into"])
        for child in Unit.objects.select_for_update().filter(path__startswith=kept.path).exclude(pk=kept.pk):
            if child.parent_id == kept.pk:
                child.parent = into
            child.path = into.path + child.path.removeprefix(kept.path)
            child.save(update_fields=["parent", "path"])
        kept.assignments.filter(until__isnull=True).update(unit=into)
        publish(UnitMerged(unit_id=kept.pk, into_id=into.pk), at=at, by_id=by_id)
