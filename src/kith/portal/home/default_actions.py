"""Writes of an audience's default home."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotFound
from kith.people.segments.models import Segment
from kith.portal.home.cards import FAMILIES
from kith.portal.home.facts import HomeDefaultChanged
from kith.portal.home.models import HomeDefault

SHOWN, HIDDEN, PINNED = "shown", "hidden", "pinned"
WISHES = (SHOWN, HIDDEN, PINNED)


def open_default(*, segment: Segment | None, at: datetime, by_id: int) -> HomeDefault:
    """Give an audience (None: the whole organization) a home of its own; `BadInput` the second time."""
    try:
        with transaction.atomic():
            made = HomeDefault.objects.create(segment=segment, changed_at=at, changed_by_id=by_id)
            publish(HomeDefaultChanged(home_default_id=made.pk), at=at, by_id=by_id)
    except IntegrityError as error:
        raise BadInput(_("This audience has a home of its own already."), field="segment") from error
    return made


def arrange_default(
    *, key: int, order: Sequence[str], wishes: Mapping[str, str], at: datetime, by_id: int
) -> HomeDefault:
    """Save which families of cards an audience sees, in which order, and which are pinned or hidden."""
    if set(order) != set(FAMILIES.names()) or len(order) != len(set(order)):
        raise BadInput(_("Name each card once."), field="order")
    if any(wish not in WISHES for wish in wishes.values()):
        raise BadInput(_("A card is shown, hidden or pinned."), field="wish")
    with transaction.atomic():
        kept = HomeDefault.objects.select_for_update().filter(pk=key).first()
        if kept is None:
            raise NotFound(_("There is no such home."))
        kept.order = list(order)
        kept.hidden = [name for name in order if wishes.get(name) == HIDDEN]
        kept.pinned = [name for name in order if wishes.get(name) == PINNED]
        kept.changed_at, kept.changed_by_id = at, by_id
        kept.save(update_fields=["order", "hidden", "pinned", "changed_at", "changed_by_id"])
        publish(HomeDefaultChanged(home_default_id=kept.pk), at=at, by_id=by_id)
    return kept


def close_default(*, key: int, at: datetime, by_id: int) -> None:
    """Take an audience's own home away; its people see the next one that counts for them."""
    with transaction.atomic():
        if HomeDefault.objects.filter(pk=key).delete()[0]:
            publish(HomeDefaultChanged(home_default_id=key), at=at, by_id=by_id)
