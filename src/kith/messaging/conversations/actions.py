"""What others do with conversations: begin them, write in them, follow them."""

from kith.messaging.conversations.handovers import acknowledge, hand_over
from kith.messaging.conversations.membership import add, block, leave, notify, remove, rename, show_reading, unblock
from kith.messaging.conversations.moderation import decide, report
from kith.messaging.conversations.rosters import sync, sync_all
from kith.messaging.conversations.saying import Words, edit, look_in, mark_read, mark_unread, say, withdraw
from kith.messaging.conversations.starting import ask, group, roster, with_colleague
from kith.messaging.conversations.turning import turn

__all__ = [
    "Words",
    "acknowledge",
    "add",
    "ask",
    "block",
    "decide",
    "edit",
    "group",
    "hand_over",
    "leave",
    "look_in",
    "mark_read",
    "mark_unread",
    "notify",
    "remove",
    "rename",
    "report",
    "roster",
    "say",
    "show_reading",
    "sync",
    "sync_all",
    "turn",
    "unblock",
    "with_colleague",
    "withdraw",
]
