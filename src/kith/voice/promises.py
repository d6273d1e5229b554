"""What voice gives to promises: its kinds, and the duty that ends their chain."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kith.promises.kinds import DUTIES, KINDS, Duty, PromiseKind
from kith.voice.ideas.kinds import ANSWER, DO, DUTY, READ

DUTIES.put(DUTY, Duty(DUTY, _("Ideas nobody owns")))
for _kind in (
    PromiseKind(ANSWER, _("Answer to an idea"), DUTY, within=timedelta(hours=90 * 8), withdrawable=False),
    PromiseKind(READ, _("Reading an idea"), DUTY, within=timedelta(hours=7 * 8), quiet=True, withdrawable=False),
    PromiseKind(DO, _("Putting an idea into practice"), DUTY, within=timedelta(hours=60 * 8), withdrawable=False),
):
    KINDS.put(_kind.code, _kind)
