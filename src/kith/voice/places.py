"""What voice puts into the frame: its place."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put("ideas", PlaceOffer("mine", _("Ideas"), "/ideas/", "lightbulb", lambda request: request.employed, order=40))
