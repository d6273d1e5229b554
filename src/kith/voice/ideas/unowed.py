"""Ideas about which nothing is owed although something should be: there are none, and an invariant says so."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kith.promises.commitments.models import UNSETTLED, Promise
from kith.voice.ideas.kinds import ANSWER, DO
from kith.voice.ideas.models import TO_DO, Idea, IdeaState


def unowed() -> QuerySet[Idea]:
    """Return the open ideas whose answer nobody owes, and the accepted ones that nobody owes to do, oldest first.

    A merged idea is done with its root.
    """
    subject = Concat(Value("idea:"), Cast(OuterRef("pk"), CharField()))
    owed = Promise.objects.filter(state__in=UNSETTLED, subject=subject)
    return Idea.objects.filter(
        Q(state=IdeaState.OPEN) & ~Exists(owed.filter(kind=ANSWER))
        | Q(state__in=TO_DO, merged_into=None) & ~Exists(owed.filter(kind=DO))
    ).order_by("id")
