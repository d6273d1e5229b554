"""What voice does when something happened: the search learns of new ideas and answers."""

from collections.abc import Sequence

from kith.kernel.facts import Told, listens
from kith.portal.search.actions import reindex
from kith.voice.ideas.facts import IdeaAnswered, IdeaSubmitted


@listens(IdeaSubmitted, name="voice.index-submitted")
def submitted(told: Sequence[Told[IdeaSubmitted]]) -> None:
    """Index new ideas."""
    reindex(kind="idea", ids={each.fact.idea_id for each in told})


@listens(IdeaAnswered, name="voice.index-answered")
def answered(told: Sequence[Told[IdeaAnswered]]) -> None:
    """Index answers."""
    reindex(kind="idea", ids={each.fact.idea_id for each in told})
