"""A second person: asked above the urgency budget and for a correction that keeps acknowledgements; never oneself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.grants.queries import holders
from kith.kernel.facts import publish as publish_fact
from kith.kernel.refusals import NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.wording.actions import send_wording
from kith.notices.publishing import actions
from kith.notices.publishing.facts import ApprovalAsked, ApprovalDecided
from kith.notices.publishing.models import Approval, ApprovalKind, Notice
from kith.notices.publishing.rules import APPROVERS, check_ready
from kith.notices.rulebook.queries import current
from kith.people.persons.models import Person


def ask_to_publish(*, notice: Notice, by: Person, at: datetime) -> Approval:
    """Ask a second person for an urgent notice above the budget; the notice must be ready to go out."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update(of=("self",)).select_related("segment").get(pk=notice.pk)
        check_ready(kept, book=current(), at=at)
        return _ask(kept, kind=ApprovalKind.URGENT, payload={"sha256": actions.fingerprint(kept)}, by=by, at=at)


def ask_to_correct(*, notice: Notice, title: Text, body: Text, by: Person, at: datetime) -> Approval:
    """Ask a second person for a correction of wording that keeps acknowledgements."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        title, body = actions.checked_amendment(kept, title=title, body=body)
        payload = {"title": dict(title), "body": dict(body), "version": kept.version}
        return _ask(kept, kind=ApprovalKind.EDITORIAL, payload=payload, by=by, at=at)


def _ask(notice: Notice, *, kind: ApprovalKind, payload: dict[str, object], by: Person, at: datetime) -> Approval:
    if Approval.objects.filter(notice=notice, kind=kind, granted__isnull=True).exists():
        raise Refusal(_("A second person has been asked already and has not answered yet."))
    asked = Approval.objects.create(notice=notice, kind=kind, payload=payload, asked_by=by, asked_at=at)
    others = holders(roles=sorted(APPROVERS), at=at).exclude(pk=by.pk)
    send_wording(
        code="notices.approval-asked",
        to=list(others.values_list("id", flat=True)),
        at=at,
        values={"title": notice.title, "name": by.name},
        about=Subject("notice", notice.pk),
        link=f"/desk/notices/approvals/{asked.public_id}/",
        dedupe_key=f"notice-approval:{asked.pk}",
    )
    publish_fact(ApprovalAsked(notice_id=notice.pk, approval_id=asked.pk), at=at, by_id=by.pk)
    return asked


def decide(*, approval: Approval, granted: bool, by: Person, at: datetime, why: str = "") -> Approval:
    """Say yes or no as the second person; a yes publishes or releases at once, in the name of who asked.

    `NotAllowed` for who asked; `Refusal` when it was decided already or the text is another now. A no needs words.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=("self",)).select_related("segment").get(pk=approval.notice_id)
        kept = Approval.objects.select_for_update().get(pk=approval.pk)
        if kept.asked_by_id == by.pk:
            raise NotAllowed(_("You asked for this yourself: another person must decide."))
        if kept.granted is not None:
            raise Refusal(_("This has been decided already."))
        if not granted and not why.strip():
            raise Refusal(_("Say why not."), field="why", status=400)
        if granted:
            _do(kept, notice, by=by, at=at)
        kept.granted, kept.decided_by, kept.decided_at, kept.why = granted, by, at, why.strip()[:300]
        kept.save(update_fields=["granted", "decided_by", "decided_at", "why"])
        fact = ApprovalDecided(notice_id=notice.pk, approval_id=kept.pk, granted=granted)
        publish_fact(fact, at=at, by_id=by.pk)
    if not granted:
        _tell(kept, notice, at=at)
    return kept


def _do(approval: Approval, notice: Notice, *, by: Person, at: datetime) -> None:
    if approval.kind == ApprovalKind.URGENT:
        if approval.payload["sha256"] != actions.fingerprint(notice):
            raise Refusal(_("The text is another one than you were asked about."))
        actions.publish(notice=notice, by=approval.asked_by, approved_by=by, at=at)
        return
    if approval.payload["version"] != notice.version:
        raise Refusal(_("The text is another one than you were asked about."))
    actions.amend(
        notice=notice,
        title=Text(approval.payload["title"]),
        body=Text(approval.payload["body"]),
        editorial=True,
        by=approval.asked_by,
        approved_by=by,
        at=at,
    )


def _tell(approval: Approval, notice: Notice, *, at: datetime) -> None:
    send_wording(
        code="notices.approval-refused",
        to=[approval.asked_by_id],
        at=at,
        values={"title": notice.title, "why": approval.why},
        about=Subject("notice", notice.pk),
        link=f"/desk/notices/{notice.public_id}/",
        dedupe_key=f"notice-approval-refused:{approval.pk}",
    )
