"""Due work of voice: what is owed about ideas is owed, however their rows came to be."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.kernel.tasks import tick
from kith.voice.ideas.comparing import signals_of
from kith.voice.ideas.models import TO_DO, Idea, IdeaState
from kith.voice.ideas.owing import owe_answer, owe_doing
from kith.voice.ideas.unowed import unowed

LOOKED_AT = 2000


@tick("voice.owe", every=timedelta(hours=1))
def owe(at: datetime) -> None:
    """Let somebody owe the answer or the doing of ideas about which nothing is owed, as those of an earlier version."""
    for key in [idea.pk for idea in unowed()]:
        with transaction.atomic():
            idea = Idea.objects.select_for_update(of=("self",)).select_related("answered_by").get(pk=key)
            if idea.state == IdeaState.OPEN:
                owe_answer(idea, at=at, by_id=None, read=idea.received_at is None)
            elif idea.state in TO_DO and idea.answered_by is not None:
                owe_doing(idea, doer=idea.answered_by, until=None, at=at, by_id=None)


@tick("voice.signals", every=timedelta(hours=1))
def look_at_ideas(at: datetime) -> None:
    """Say what ideas of an earlier version are about, so that similar ones are found."""
    del at
    for idea in Idea.objects.filter(signals=None).order_by("-id").only("title", "text")[:LOOKED_AT]:
        said = signals_of(title=idea.title, text=idea.text)
        Idea.objects.filter(pk=idea.pk).update(signals=said)
