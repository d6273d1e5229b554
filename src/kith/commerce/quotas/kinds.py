"""The kind of value that staff quotas are."""

from django.utils.translation import gettext_lazy as _

from kith.ledger.lots.kinds import KINDS, Kind

STAFF_QUOTA = "staff-quota"

KINDS.put(STAFF_QUOTA, Kind(STAFF_QUOTA, _("Staff purchase quota"), "units"))
