"""What imports put into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.imports.rules import may_import
from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "imports",
    PlaceOffer(
        door="admin",
        label=_("Imports"),
        prefix="/admin/imports/",
        icon="upload",
        may_enter=lambda request: request.person is not None and may_import(request.roles),
        order=60,
    ),
)
