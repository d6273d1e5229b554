"""Due work of the anonymous route: whoever answers is told in batches, hours later, so no minute stands anywhere."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.kernel.tasks import tick
from kith.voice.anonymous.models import Receipt
from kith.voice.anonymous.opening import open_box, stir
from kith.voice.anonymous.queries import untold
from kith.voice.ideas import telling
from kith.voice.ideas.queries import promise_of


@tick("voice.tell-anonymous", every=timedelta(hours=6))
def tell(at: datetime) -> None:
    """Tell those who owe answers that an idea without a name, or new words to one, wait for them."""
    with transaction.atomic():
        waiting = list(untold().select_for_update(of=("self",)))
        for receipt in waiting:
            promise = promise_of(receipt.idea)
            owner = promise.owner_id if promise is not None else receipt.idea.answered_by_id
            if owner is not None:
                telling.tell("idea-without-a-name", receipt.idea, at=at, to=[owner])
        Receipt.objects.filter(pk__in=[receipt.pk for receipt in waiting]).update(told=True)


@tick("voice.box", every=timedelta(minutes=10))
def box(at: datetime) -> None:
    """Open the box of ideas without a name when its hour has come, and stir what waits."""
    open_box(at=at)
    stir(at=at)
