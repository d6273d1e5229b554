"""What voice gives to promises: the kind “idea” and the duty that ends its chain."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kith.promises.kinds import DUTIES, KINDS, Duty, PromiseKind

DUTIES.put("ideas", Duty("ideas", _("Ideas nobody owns")))
KINDS.put("idea", PromiseKind("idea", _("Answer to an idea"), duty_role="ideas", within=timedelta(hours=14 * 8)))
