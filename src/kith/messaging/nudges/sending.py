"""Sending nudges: lease, send outside of any transaction, mark. What fails is tried again for a day, then by name."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kith.kernel.switches import is_muted
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.models import Channel
from kith.messaging.deliveries.rerouting import take_next_channel
from kith.messaging.nudges import push, sms
from kith.messaging.nudges.models import Nudge, NudgeState, PushDevice

BATCH = 20
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 12


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: half a minute, doubling, at most four hours."""
    return min(timedelta(seconds=30 * 2 ** max(attempts - 1, 0)), timedelta(hours=4))


def lease(*, at: datetime) -> list[Nudge]:
    """Take the next nudges, urgent ones first; those whose class was refused meanwhile are dropped."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at) | Q(leased_until__gt=at + 2 * LEASE)
    with transaction.atomic():
        found = list(
            Nudge.objects.filter(free, state=NudgeState.WAITING, next_try__lte=at)
            .select_for_update(skip_locked=True)
            .order_by("-urgent", "next_try", "id")[:BATCH]
        )
        asked = [nudge for nudge in found if nudge.message_class in REFUSABLE]
        refused = set(
            Consent.objects.filter(person_id__in=[nudge.person_id for nudge in asked], given=False).values_list(
                "person_id", "message_class"
            )
        )
        dropped = {nudge.pk for nudge in asked if (nudge.person_id, nudge.message_class) in refused}
        Nudge.objects.filter(pk__in=dropped).update(state=NudgeState.DROPPED)
        nudges = [nudge for nudge in found if nudge.pk not in dropped]
        Nudge.objects.filter(pk__in=[nudge.pk for nudge in nudges]).update(leased_until=at + LEASE)
    return nudges


def send_batch(*, at: datetime) -> int:
    """Send the next nudges; return how many were tried, 0 when nothing may or can go."""
    if is_muted():
        return 0
    nudges = lease(at=at)
    for nudge in nudges:
        _send_one(nudge, at=at)
    return len(nudges)


def _send_one(nudge: Nudge, *, at: datetime) -> None:
    try:
        if nudge.channel == Channel.SMS:
            sms.send(to=nudge.number, text=nudge.text, key=str(nudge.public_id))
        else:
            _push(nudge, at=at)
    except push.GoneError as error:
        _gone(nudge, str(error), at=at)
    except sms.LaterError as error:
        _later(nudge, str(error), at=at)
    except Exception as error:  # noqa: BLE001  (one bad nudge must not hold up the others, whatever is wrong with it)
        _mark(nudge, NudgeState.FAILED, error=str(error))
        _next(nudge, at=at)
    else:
        Nudge.objects.filter(pk=nudge.pk).update(
            state=NudgeState.SENT, sent_at=at, attempts=nudge.attempts + 1, leased_until=None, error=""
        )


def _push(nudge: Nudge, *, at: datetime) -> None:
    device = PushDevice.objects.filter(pk=nudge.device_id or 0, person_id=nudge.person_id).first()
    if device is None:
        raise push.GoneError("removed")
    push.send(nudge=nudge, device=device, at=at)
    PushDevice.objects.filter(pk=device.pk).update(reached_at=at)


def _gone(nudge: Nudge, error: str, *, at: datetime) -> None:
    """Forget a device that takes no more pushes; the message takes the next way where that was the last one."""
    PushDevice.objects.filter(pk=nudge.device_id or 0).delete()
    _mark(nudge, NudgeState.DROPPED, error=error)
    _next(nudge, at=at)


def _later(nudge: Nudge, error: str, *, at: datetime) -> None:
    attempts = nudge.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        _mark(nudge, NudgeState.FAILED, error=error)
        _next(nudge, at=at)
        return
    Nudge.objects.filter(pk=nudge.pk).update(
        attempts=attempts, next_try=at + wait_after(attempts), leased_until=None, error=error.replace("\0", "")[:300]
    )


def _mark(nudge: Nudge, state: NudgeState, *, error: str) -> None:
    Nudge.objects.filter(pk=nudge.pk).update(
        state=state, attempts=nudge.attempts + 1, leased_until=None, error=error.replace("\0", "")[:300]
    )


def _next(nudge: Nudge, *, at: datetime) -> None:
    """Take the next channel unless another nudge of the same delivery still may arrive."""
    if nudge.delivery_id is None:
        return
    alive = Nudge.objects.filter(
        delivery_id=nudge.delivery_id, channel=nudge.channel, state__in=[NudgeState.WAITING, NudgeState.SENT]
    )
    if not alive.exists():
        take_next_channel(delivery_id=nudge.delivery_id, at=at, failed=Channel(nudge.channel))
