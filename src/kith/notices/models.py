"""The tables of notices."""

from kith.notices.publishing.models import Escalation, Notice, NoticeVersion

__all__ = ["Escalation", "Notice", "NoticeVersion"]
