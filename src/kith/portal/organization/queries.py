"""Reads of the organization's identity."""

from django.db.models import QuerySet

from kith.people.persons.models import Person
from kith.portal.organization.models import IdentityVersion, Logo
from kith.portal.shell.theme import RADIUS, Tokens


def newest() -> IdentityVersion | None:
    """Return the version that counts, with its logo's name but not its bytes; None before anything was said."""
    found = IdentityVersion.objects.select_related("logo").defer("logo__png").order_by("-version")
    return found.first()


def history(*, changed: str = "") -> QuerySet[IdentityVersion]:
    """Return versions, newest first; of one kind of change only where `changed` names it."""
    found = IdentityVersion.objects.order_by("-version")
    return found.filter(changed=changed) if changed else found


def tokens_of(version: IdentityVersion | None) -> Tokens:
    """Return a version's theme; the default one where it has none."""
    if version is None:
        return Tokens()
    return Tokens(light=version.light, dark=version.dark, font=version.font, radius=version.radius)


def has_theme(version: IdentityVersion) -> bool:
    """Say whether a version's theme differs from the default."""
    return bool(version.light or version.dark or version.font or version.radius != RADIUS)


def logo_bytes(*, sha256: str) -> bytes | None:
    """Return a logo's PNG, None where there is none of that digest."""
    found = Logo.objects.filter(sha256=sha256).values_list("png", flat=True).first()
    return None if found is None else bytes(found)


def names_of(versions: list[IdentityVersion]) -> dict[int, str]:
    """Return who made the versions, by key of the person."""
    ids = {version.by_id for version in versions if version.by_id}
    return {person.pk: person.name for person in Person.objects.filter(pk__in=ids)}
