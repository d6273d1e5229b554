"""What voice puts on the ledger's shelf: points of recognition."""

from django.utils.translation import gettext_lazy as _

from kith.ledger.lots.kinds import KINDS, Kind, LedgerUnit
from kith.voice.ideas.kinds import POINTS

KINDS.put(POINTS, Kind(POINTS, _("Points of recognition"), LedgerUnit.POINTS))
