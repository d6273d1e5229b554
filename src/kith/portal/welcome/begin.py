"""The steps that portal itself knows, on their shelf; what upper floors add is put there by config."""

from django.utils.translation import gettext_lazy as _

from kith.access.grants.models import Grant
from kith.access.grants.roles import ADMINISTRATOR
from kith.people.organizations.models import Organization, OrganizationKind, Site
from kith.people.ties.models import Tie, TieKind
from kith.portal.organization.models import Change, IdentityVersion
from kith.portal.welcome import cards, linked
from kith.portal.welcome.steps import STEPS, Step

__all__ = ["cards", "linked"]

_COMPANY = Organization.objects.filter(kind=OrganizationKind.OURS, parent=None)

STEPS.put(
    "name",
    Step(
        _("Name"),
        _("What do people call your organization?"),
        _COMPANY.all,
        order=10,
        before_anyone=True,
        optional=False,
    ),
)
STEPS.put(
    "languages",
    Step(
        _("Languages"),
        _("Everyone reads Kith in their own language. Which do you offer, and which comes first?"),
        lambda: IdentityVersion.objects.filter(changed=Change.LANGUAGES),
        order=20,
        before_anyone=True,
    ),
)
STEPS.put(
    "place",
    Step(
        _("Country and time"),
        _("Where is the organization at home?"),
        lambda: _COMPANY.exclude(country=""),
        order=30,
        before_anyone=True,
        optional=False,
    ),
)
STEPS.put(
    "logo",
    Step(
        _("Logo"),
        _("It stands at the top of every page."),
        lambda: IdentityVersion.objects.filter(logo__isnull=False),
        order=40,
        before_anyone=True,
    ),
)
STEPS.put(
    "administrator",
    Step(
        _("First administrator"),
        _("Who looks after Kith? From then on the address you came by is worth nothing: you sign in."),
        lambda: Grant.objects.filter(role=ADMINISTRATOR),
        order=50,
        before_anyone=True,
        optional=False,
    ),
)
STEPS.put(
    "site",
    Step(
        _("First unit and site"),
        _("Where do people belong and work, and on which days? Due times and quiet hours follow from it."),
        Site.objects.all,
        order=60,
        optional=False,
    ),
)
STEPS.put(
    "rooms",
    Step(
        _("Rooms in use"),
        _("Begin with what you need. Everything can be opened later, and nothing in a closed room is lost."),
        lambda: IdentityVersion.objects.filter(changed=Change.ROOMS),
        order=70,
    ),
)
STEPS.put(
    "people",
    Step(
        _("People"),
        _("Bring everyone in with a file: a table from your HR system or one you write by hand."),
        lambda: Tie.objects.filter(kind=TieKind.EMPLOYEE).order_by("id")[1:2],
        order=80,
    ),
)
STEPS.put(
    "mail",
    Step(
        _("Mail"),
        _("Does mail from Kith arrive? Send one to yourself and open its link."),
        lambda: Grant.objects.filter(role=ADMINISTRATOR, person__mailbox_proven_at__isnull=False),
        order=90,
    ),
)
