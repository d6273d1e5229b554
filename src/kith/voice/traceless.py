"""What voice puts on access's shelf of addresses that leave no trace."""

from kith.access.traceless import TRACELESS

TRACELESS.put("ideas-anonymous", "/ideas/anonymous/")
