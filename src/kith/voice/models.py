"""The tables of voice."""

from kith.voice.ideas.models import Comment, Idea, Vote
from kith.voice.ratings.models import Rating

__all__ = ["Comment", "Idea", "Rating", "Vote"]
