"""The tables of voice."""

from kith.voice.anonymous.models import Receipt, Saying, Sealed
from kith.voice.campaigns.models import Campaign, Limit, Terms
from kith.voice.filings.models import Filing
from kith.voice.ideas.models import Attachment, Comment, Idea, Vote
from kith.voice.ratings.models import Rating

__all__ = [
    "Attachment", "Campaign", "Comment", "Filing", "Idea", "Limit", "Rating", "Receipt", "Saying", "Sealed",
    "Terms", "Vote",
]  # fmt: skip
