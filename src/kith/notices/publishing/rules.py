"""Who may write and see notices, and what a notice must have before it may go out."""

from datetime import datetime

from django.utils.translation import gettext as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.notices.publishing.models import Notice, NoticeState, Severity

WRITERS = frozenset({"communications", "administrator"})


def may_write(roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles writes and publishes notices."""
    return bool(roles & WRITERS)


def missing_languages(title: Text, body: Text) -> list[str]:
    """Return our languages in which title or body is missing."""
    return [tag for tag in OUR_LANGUAGES if not (title.get(tag, "").strip() and body.get(tag, "").strip())]


def check_ready(notice: Notice, *, at: datetime) -> None:
    """Refuse, with the first reason, a notice that may not be published yet."""
    if notice.state != NoticeState.DRAFT:
        raise Refusal(_("This notice is published already."))
    if notice.rule is None and notice.segment is None:
        raise BadInput(_("Choose who must hear this."), field="segment")
    missing = missing_languages(notice.title, notice.body)
    if notice.severity == Severity.URGENT and missing:
        raise BadInput(
            _("An urgent notice needs its text in every language; missing: %s.") % ", ".join(missing), field="body"
        )
    if len(missing) == len(OUR_LANGUAGES):
        raise BadInput(_("Write a title and a text."), field="title")
    if notice.severity == Severity.URGENT and not notice.reason.strip():
        raise BadInput(_("Say why this is urgent."), field="reason")
    if notice.needs_acknowledgement and (notice.due_at is None or notice.due_at <= at):
        raise BadInput(_("Set a time in the future until which people acknowledge."), field="due_at")
