"""Writes of webhooks: add, roll the secret, pause, resume, remove, send a test; stop one that fails for too long."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.grants.queries import holders
from kith.access.grants.roles import ADMINISTRATOR
from kith.kernel import outbound
from kith.kernel.facts import publish
from kith.kernel.facts.sequencing import number_facts
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.messaging.webhooks import signing
from kith.messaging.webhooks.facts import WebhookAdded, WebhookRemoved, WebhookSecretRolled, WebhookStateChanged
from kith.messaging.webhooks.models import Endpoint, EndpointState, Sending, SendingState
from kith.messaging.webhooks.queries import TEST, endpoints, known_kinds, last_position
from kith.messaging.wording.actions import send_wording
from kith.people.persons.models import Person

MOST = 50
OVERLAP = timedelta(days=1)
LONGEST_LABEL = 100


def _checked(url: str) -> None:
    """Refuse an address we do not ask, without asking it; one without a name yet may be added."""
    try:
        outbound.look_at(url)
    except outbound.UnreachableError as error:
        raise BadInput(str(error), field="url") from error


def add(*, url: str, label: str, kinds: Collection[str], by: Person, at: datetime) -> tuple[Endpoint, str]:
    """Tell facts of some kinds (none given: of all) to `url` from now on; return the row, and the secret this once.

    Not inside a transaction: the name in the address is looked up.
    """
    words = " ".join(label.split())
    if not 1 <= len(words) <= LONGEST_LABEL or "\0" in words:
        raise BadInput(_("A webhook has a name of 1 to 100 characters."), field="label")
    if strange := sorted(set(kinds) - set(known_kinds())):
        raise BadInput(_("There is no kind of fact “%s”.") % strange[0][:80], field="kinds")
    _checked(url)
    secret = signing.new_secret()
    number_facts()  # what happened before is not told
    with transaction.atomic():
        if endpoints().count() >= MOST:
            raise Refusal(_("There are %s webhooks; remove one first.") % MOST)
        made = Endpoint.objects.create(
            url=url, label=words, kinds=sorted(set(kinds)), secret=secret, position=last_position(), created_at=at,
            created_by_id=by.pk,
        )  # fmt: skip
        publish(WebhookAdded(endpoint_id=made.pk), at=at, by_id=by.pk)
    return made, secret


def _locked(public_id: UUID) -> Endpoint:
    found = endpoints().select_for_update().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such webhook."))
    return found


def roll_secret(*, public_id: UUID, by: Person, at: datetime) -> str:
    """Return a new secret, shown this once; for a day the old one signs too, so that the receiver can change over."""
    secret = signing.new_secret()
    with transaction.atomic():
        kept = _locked(public_id)
        kept.previous_secret, kept.previous_until, kept.secret = kept.secret, at + OVERLAP, secret
        kept.save(update_fields=["previous_secret", "previous_until", "secret"])
        publish(WebhookSecretRolled(endpoint_id=kept.pk), at=at, by_id=by.pk)
    return secret


def pause(*, public_id: UUID, by: Person, at: datetime) -> Endpoint:
    """Send nothing more until somebody resumes; facts go on being kept for it."""
    with transaction.atomic():
        kept = _locked(public_id)
        if kept.state == EndpointState.ACTIVE:
            _change(kept, EndpointState.PAUSED, at=at, by_id=by.pk)
    return kept


def resume(*, public_id: UUID, by: Person, at: datetime) -> Endpoint:
    """Send again: what waited or was given up since it failed goes first, then what happened meanwhile."""
    with transaction.atomic():
        kept = _locked(public_id)
        if kept.state != EndpointState.ACTIVE:
            if kept.failing_since is not None:
                lost = kept.sendings.filter(state=SendingState.FAILED, tried_at__gte=kept.failing_since)
                lost.update(state=SendingState.WAITING, attempts=0)
            kept.failing_since, kept.failures, kept.next_try = None, 0, None
            kept.save(update_fields=["failing_since", "failures", "next_try"])
            _change(kept, EndpointState.ACTIVE, at=at, by_id=by.pk)
            kept.sendings.filter(state=SendingState.WAITING).update(next_try=at)
    return kept


def _change(kept: Endpoint, state: EndpointState, *, at: datetime, by_id: int | None) -> None:
    kept.state = state
    kept.save(update_fields=["state"])
    publish(WebhookStateChanged(endpoint_id=kept.pk, state=state.value), at=at, by_id=by_id)


def remove(*, public_id: UUID, by: Person, at: datetime) -> None:
    """Tell an address nothing more; its secrets are forgotten, its last tries stay for a while."""
    with transaction.atomic():
        kept = _locked(public_id)
        kept.removed_at, kept.secret, kept.previous_secret = at, "", ""
        kept.save(update_fields=["removed_at", "secret", "previous_secret"])
        kept.sendings.filter(state=SendingState.WAITING).update(state=SendingState.DROPPED)
        publish(WebhookRemoved(endpoint_id=kept.pk), at=at, by_id=by.pk)


def send_test(*, public_id: UUID, at: datetime) -> Sending:
    """Let a test be sent; it says of what kind it is and holds nothing else."""
    with transaction.atomic():
        kept = _locked(public_id)
        if kept.state != EndpointState.ACTIVE:
            raise Refusal(_("This webhook is paused; resume it first."))
        return Sending.objects.create(endpoint=kept, kind=TEST, next_try=at, created_at=at)


def stop(*, endpoint_id: int, at: datetime) -> None:
    """Stop a webhook that failed for too long, and tell the administrators so in a sentence; a second call is none."""
    with transaction.atomic():
        kept = endpoints().select_for_update().filter(pk=endpoint_id, state=EndpointState.ACTIVE).first()
        if kept is None:
            return
        _change(kept, EndpointState.STOPPED, at=at, by_id=None)
        people = holders(roles=[ADMINISTRATOR], at=at).values_list("id", flat=True)
        send_wording(
            code="messaging.webhook-stopped", to=list(people), at=at, values={"label": kept.label},
            link=f"/admin/webhooks/{kept.public_id}/", dedupe_key=f"webhook-stopped:{kept.pk}:{at.isoformat()}",
        )  # fmt: skip
