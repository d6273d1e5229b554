"""What support gives to promises: the kind "request" and its duty."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kith.promises.kinds import DUTIES, KINDS, Duty, PromiseKind
from kith.support.requests.queries import DUTY, KIND

DUTIES.put(DUTY, Duty(DUTY, _("Requests of customers and colleagues")))
KINDS.put(KIND, PromiseKind(KIND, _("Answer to a request"), duty_role=DUTY, within=timedelta(hours=16)))
