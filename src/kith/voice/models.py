"""The tables of voice."""

from kith.voice.ideas.models import Comment, Idea, Vote

__all__ = ["Comment", "Idea", "Vote"]
