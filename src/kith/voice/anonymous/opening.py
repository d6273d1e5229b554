"""Opening the box: what was written without a name in a day comes out together, in an order that tells nothing.

Every instant kept is the Monday of the week. All rows of a day's words (ideas, promises, facts, filings, sayings) are
written in one transaction, in the order of random keys: beside whose rows they lie says only that day's opening.
"""

import logging
from datetime import datetime

from django.db import transaction

from kith.kernel.facts import publish
from kith.kernel.refusals import Refusal
from kith.voice.anonymous.actions import coarse
from kith.voice.anonymous.models import Receipt, Saying, Sealed, What
from kith.voice.campaigns.models import Campaign
from kith.voice.filings.chain import week_of
from kith.voice.ideas.actions import file_idea, new_idea, settle_rating
from kith.voice.ideas.facts import AnonymousIdeaSubmitted
from kith.voice.ideas.models import Category, Idea, IdeaState, Visibility
from kith.voice.ideas.owing import owe_answer, unit_of

WORKING_WEEK = 5
_log = logging.getLogger(__name__)


def open_box(*, at: datetime) -> int:
    """Take out everything whose opening has come; return how much. What cannot be taken out stays until next time."""
    taken = 0
    with transaction.atomic():
        for sealed in Sealed.objects.select_for_update().filter(opens_at__lte=at).order_by("what", "id"):
            try:
                with transaction.atomic():
                    _take_out(sealed, monday=coarse(at))
                    sealed.delete()
            except Refusal:
                _log.exception("something in the box of ideas without a name could not be taken out yet")
            else:
                taken += 1
    return taken


def stir(*, at: datetime) -> None:
    """Write everything that waits anew, in the order of its keys: no row keeps the mark of its own moment."""
    del at
    with transaction.atomic():
        waiting = list(Sealed.objects.select_for_update().order_by("id"))
        Sealed.objects.filter(pk__in=[each.pk for each in waiting]).delete()
        Sealed.objects.bulk_create(waiting)


def _take_out(sealed: Sealed, *, monday: datetime) -> None:
    if sealed.what == What.IDEA:
        _idea(sealed, monday=monday)
        return
    idea = Idea.objects.select_for_update(of=("self",)).get(receipt__secret=sealed.secret)
    if sealed.what == What.SAYING:
        Saying.objects.create(idea=idea, text=sealed.words["text"], week=week_of(monday))
        Receipt.objects.filter(idea=idea).update(told=False)
    elif idea.state != IdeaState.OPEN and idea.rated_at is None:
        settle_rating(idea, understood=sealed.words["understood"], stars=None, at=monday, by_id=None)


def _idea(sealed: Sealed, *, monday: datetime) -> None:
    """Make the idea; its clocks begin on its Monday and last a working week longer, for what it waited."""
    words = sealed.words
    idea = new_idea(
        title=words["title"],
        text=words["text"],
        category=Category(words["category"]),
        campaign=Campaign.objects.filter(pk=words["campaign"]).first(),
        at=monday,
    )
    idea.nonce, idea.visibility = words["nonce"], Visibility.OWNER
    idea.save()
    Receipt.objects.create(idea=idea, secret=sealed.secret)
    promise = owe_answer(idea, at=monday, by_id=None, more_days=WORKING_WEEK)
    idea.unit_id = unit_of(promise.owner_id, at=monday)
    idea.save(update_fields=["unit"])
    publish(AnonymousIdeaSubmitted(idea_id=idea.pk), at=monday)
    file_idea(idea, at=monday)
