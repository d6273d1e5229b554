"""Reads of organizations, units and sites."""

from kith.people.organizations.models import Organization, OrganizationKind


def company() -> Organization | None:
    """Return the company itself: ours, without a parent; the oldest if there are several."""
    return Organization.objects.filter(kind=OrganizationKind.OURS, parent__isnull=True).order_by("id").first()
