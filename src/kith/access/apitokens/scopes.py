"""The shelf of scopes: what a bearer token may be limited to. A token never allows more than its person may."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry

SCOPES: Registry[StrOrPromise] = Registry("access.scopes")
SCOPES.put("read", _("Read what the person may see"))
SCOPES.put("write", _("Act for the person"))
SCOPES.put("operate", _("Read the figures that operators need"))
