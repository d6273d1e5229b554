"""The desk's proof: the export, and a line manager's list of their own outstanding people."""

import csv
import io
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, employee, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.imports.neutral import neutralise
from kith.kernel.refusals import NotFound
from kith.notices.proof.queries import Receipt, my_outstanding, receipts
from kith.notices.publishing.models import Escalation, Notice
from kith.notices.publishing.queries import visible_to
from kith.portal.shell.render import page

HEAD = ("person", "person_id", "state", "opened_at", "acknowledged_at", "language", "sha256", "via")


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([neutralise(cell) for cell in cells])
    return out.getvalue()


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
    )


def _lines(notice: Notice) -> Iterator[str]:
    yield "\ufeff" + _line(HEAD)
    for receipt in receipts(notice):
        yield _line(_cells(receipt))


@allow(has_role("communications", "administrator"), guards="notice")
@require_safe
def export(request: PersonRequest, public_id: str) -> StreamingHttpResponse:
    """Stream the proof of a notice as CSV, one line a recipient."""
    notice = visible_to(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if notice is None:
        raise NotFound(_("There is no such notice."))
    answer = StreamingHttpResponse(_lines(notice), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="notice-{notice.public_id}.csv"'
    return answer


@allow(employee, guards="notice")
@require_safe
def mine(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a line manager (or the deputy the list went to) who of the manager's own people is outstanding."""
    notice = Notice.objects.filter(public_id=public_id, message__isnull=False).first()
    if notice is None:
        raise NotFound(_("There is no such notice."))
    day = clock.now().date()
    lists = []
    mine_too = Escalation.objects.filter(notice=notice, sent_to=request.person).select_related("manager")
    managers = {escalation.manager for escalation in mine_too} | {request.person}
    for manager in sorted(managers, key=lambda person: person.sort_key):
        people = my_outstanding(notice, manager_id=manager.pk, day=day)
        if people or manager != request.person:
            lists.append((manager, people))
    if not lists:
        raise NotFound(_("There is no such notice."))
    return page(request, "notices/proof/mine.html", {"notice": notice, "lists": lists})
