"""Exports of notices: for writers all of them, for readers those that reached them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.kernel.languages import OUR_LANGUAGES
from kith.notices.publishing.models import Notice
from kith.notices.publishing.queries import delivered_to, visible_to

NOTICES = (
    "id", "state", "severity", *(f"title.{tag}" for tag in OUR_LANGUAGES), *(f"body.{tag}" for tag in OUR_LANGUAGES),
    "version", "needs_acknowledgement", "due_at", "created_at", "published_at", "withdrawn_at",
)  # fmt: skip


def _notices(asking: Asking) -> Iterator[Line]:
    found = Notice.objects.all()
    if asking.person_id is not None:
        at_desk = visible_to(person_id=asking.person_id, roles=asking.roles)
        found = Notice.objects.filter(pk__in=at_desk.values("pk")) | Notice.objects.filter(
            pk__in=delivered_to(person_id=asking.person_id).order_by().values("pk")
        )
    for notice in found.order_by("-id").iterator():
        texts = [text.get(tag) for text in (notice.title, notice.body) for tag in OUR_LANGUAGES]
        yield Line(
            (
                str(notice.public_id), notice.state, notice.severity, *texts, notice.version,
                notice.needs_acknowledgement, notice.due_at, notice.created_at, notice.published_at,
                notice.withdrawn_at,
            )
        )  # fmt: skip


EXPORTS.put("notices", ExportKind("notices", _("Notices"), NOTICES, lambda _asking: True, _notices))
