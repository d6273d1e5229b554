"""The tables of notices."""

from kith.notices.board.models import MusterLink
from kith.notices.publishing.models import Approval, Escalation, Notice, NoticeVersion, Wave
from kith.notices.rulebook.models import Rulebook

__all__ = ["Approval", "Escalation", "MusterLink", "Notice", "NoticeVersion", "Rulebook", "Wave"]
