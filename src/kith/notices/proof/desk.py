"""The desk's proof: exports, the after-action report, and a line manager's list of their own outstanding people."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, employee, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.exports.writers import csv_pieces
from kith.kernel.refusals import NotFound
from kith.notices.proof.queries import Receipt, my_outstanding, outstanding_people, receipts
from kith.notices.proof.report import report
from kith.notices.proof.signing import FORMAT, MOST_BYTES, Verdict, line, signed, verify
from kith.notices.publishing.models import Escalation, Notice
from kith.notices.publishing.queries import standing, visible_to
from kith.portal.shell.render import page

HEAD = (
    "person", "person_id", "state", "opened_at", "acknowledged_at", "language", "sha256", "via", "answer", "reason",
    "joined_at",
)  # fmt: skip
writers = has_role("communications", "administrator")
HOUR, MINUTE = 3600, 60


def _cells(receipt: Receipt) -> tuple[str, ...]:
    return (
        receipt.person,
        receipt.number,
        receipt.state.name.lower(),
        receipt.opened_at.isoformat() if receipt.opened_at else "",
        receipt.acknowledged_at.isoformat() if receipt.acknowledged_at else "",
        receipt.language,
        receipt.sha256,
        receipt.via,
        receipt.answer,
        receipt.remark,
        receipt.joined_at.isoformat() if receipt.joined_at else "",
    )


def _notice(request: PersonRequest, public_id: str) -> Notice:
    notice = visible_to(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if notice is None or notice.message_id is None:
        raise NotFound(_("There is no such notice."))
    return notice


@allow(writers, guards="notice")
@require_safe
def export(request: PersonRequest, public_id: str) -> StreamingHttpResponse:
    """Stream the proof of a notice as CSV, one line a recipient."""
    notice = _notice(request, public_id)
    pieces = csv_pieces(HEAD, (_cells(receipt) for receipt in receipts(notice)))
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="notice-{notice.public_id}.csv"'
    return answer


def _lines(notice: Notice, *, at: datetime) -> Iterator[bytes]:
    yield line(
        {
            "format": FORMAT,
            "notice": str(notice.public_id),
            "title": dict(notice.title),
            "drill": notice.drill,
            "version": notice.version,
            "published_at": notice.published_at.isoformat() if notice.published_at else "",
            "made_at": at.isoformat(),
        }
    )
    for receipt in receipts(notice):
        yield line(dict(zip(HEAD, _cells(receipt), strict=True)))


@allow(writers, guards="notice")
@require_safe
def export_signed(request: PersonRequest, public_id: str) -> StreamingHttpResponse:
    """Stream the proof of a notice as JSON Lines that this installation signs."""
    notice = _notice(request, public_id)
    answer = StreamingHttpResponse(signed(_lines(notice, at=clock.now())), content_type="application/jsonl")
    answer["Content-Disposition"] = f'attachment; filename="notice-{notice.public_id}.jsonl"'
    return answer


@allow(writers)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest) -> HttpResponse:
    """Say whether a proof that somebody holds is ours and whole; nothing of it is kept."""
    given = request.FILES.get("proof") if request.method == "POST" else None
    verdict: Verdict | None = None
    if given is not None and not isinstance(given, list) and given.size is not None:
        too_large = given.size > MOST_BYTES
        verdict = Verdict(is_ours=False, sentence=_("This file is too large.")) if too_large else verify(given)
    status = 422 if request.method == "POST" and (verdict is None or not verdict.is_ours) else 200
    return page(request, "notices/proof/check.html", {"verdict": verdict}, status=status)


def duration(took: timedelta | None) -> str:
    """Return a time span in words, to the minute, seconds below one; "–" for none."""
    if took is None:
        return "–"
    seconds = max(0, int(took.total_seconds()))
    if seconds < MINUTE:
        return ngettext("%(num)s second", "%(num)s seconds", seconds) % {"num": seconds}
    if seconds < HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", seconds // MINUTE) % {"num": seconds // MINUTE}
    hours, minutes = divmod(seconds // MINUTE, 60)
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


@allow(writers, guards="notice")
@require_safe
def after_action(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what to learn from a notice: times, ways, and who could not be reached."""
    notice = _notice(request, public_id)
    context = {
        "notice": notice,
        "report": report(notice),
        "standing": standing(notice, at=clock.now()),
        "duration": duration,
        "waves": notice.waves.order_by("step"),
    }
    return page(request, "notices/proof/report.html", context)


@allow(employee, guards="notice")
@require_safe
def mine(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a line manager (or the deputy the list went to) who of the manager's own people is outstanding.

    Those on duty to whom the ladder went see everybody outstanding.
    """
    notice = Notice.objects.select_related("message").filter(public_id=public_id, message__isnull=False).first()
    if notice is None:
        raise NotFound(_("There is no such notice."))
    day = clock.now().date()
    sent = list(Escalation.objects.filter(notice=notice, sent_to=request.person).select_related("manager"))
    lists = []
    managers = {one.manager for one in sent if one.manager is not None} | {request.person}
    for manager in sorted(managers, key=lambda person: person.sort_key):
        people = my_outstanding(notice, manager_id=manager.pk, day=day)
        if people or manager != request.person:
            lists.append((manager, people))
    on_duty = any(one.manager is None for one in sent)
    if not lists and not on_duty:
        raise NotFound(_("There is no such notice."))
    everybody = outstanding_people(notice) if on_duty else []
    context = {"notice": notice, "lists": lists, "on_duty": on_duty, "everybody": everybody}
    return page(request, "notices/proof/mine.html", context)
