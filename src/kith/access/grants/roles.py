"""The shelf of roles. No role implies another; capabilities may put more on it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry

ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Role:
    """What somebody may be entrusted with: its code, its name, and a sentence on what it opens."""

    code: str
    label: StrOrPromise
    opens: StrOrPromise = ""


ROLES: Registry[Role] = Registry("access.roles")

for _role in (
    Role(ADMINISTRATOR, _("Administrator"), _("Settings, definitions, roles and registered devices.")),
    Role("communications", _("Communications"), _("Notices, news and campaigns.")),
    Role("hr", _("Human resources"), _("People, employment, time and benefits.")),
    Role("shop", _("Shop"), _("Products, prices, orders and stock.")),
    Role("agent", _("Support agent"), _("Requests of customers and colleagues.")),
    Role("finance", _("Finance"), _("Bills, payments and payroll deductions.")),
    Role("leadership", _("Leadership"), _("Figures of the whole organization.")),
    Role("importer", _("Importer"), _("Imports and their corrections.")),
):
    ROLES.put(_role.code, _role)
