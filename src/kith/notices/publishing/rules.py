"""Who may write and see notices, and what a notice must have before it may go out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.notices.publishing.models import Notice, NoticeState
from kith.notices.rulebook.book import Book
from kith.notices.severities import Severity, at_least

WRITERS = frozenset({"communications", "administrator"})
APPROVERS = WRITERS | {"leadership"}
FEWEST_OPTIONS, MOST_OPTIONS, MAX_LABEL = 2, 5, 60
OPTION_KINDS = ("safe", "help", "other")


def may_write(roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles writes and publishes notices."""
    return bool(roles & WRITERS)


def may_approve(roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles may be the second person that a notice needs."""
    return bool(roles & APPROVERS)


def missing_languages(title: Text, body: Text, options: Sequence[dict[str, Any]] = ()) -> list[str]:
    """Return our languages in which title, body or an answer is missing."""
    needed = [title, body, *(Text(option["label"]) for option in options)]
    return [tag for tag in OUR_LANGUAGES if not all(words.get(tag, "").strip() for words in needed)]


def checked_options(options: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answers offered as they are kept; none at all, or two to five."""
    kept = []
    for option in options:
        label = {tag: words.strip() for tag, words in dict(option.get("label") or {}).items() if words.strip()}
        if not label:
            continue
        if option.get("kind") not in OPTION_KINDS or any(len(words) > MAX_LABEL for words in label.values()):
            raise BadInput(_("An answer has at most %d characters.") % MAX_LABEL, field="options")
        kept.append({"kind": option["kind"], "label": label})
    if kept and not FEWEST_OPTIONS <= len(kept) <= MOST_OPTIONS:
        raise BadInput(_("Offer two to five answers, or none."), field="options")
    return kept


def check_ready(notice: Notice, *, book: Book, at: datetime) -> None:
    """Refuse, with the first reason, a notice that may not be published yet."""
    if notice.state != NoticeState.DRAFT:
        raise Refusal(_("This notice is published already."))
    if notice.rule is None and notice.segment is None:
        raise BadInput(_("Choose who must hear this."), field="segment")
    missing = missing_languages(notice.title, notice.body, notice.options)
    if at_least(notice.severity, book.translated_from) and missing:
        raise BadInput(_needs_languages(notice) % ", ".join(missing), field="body")
    if not any(notice.title.get(tag) and notice.body.get(tag) for tag in notice.title):
        raise BadInput(_("Write a title and a text."), field="title")
    for option in notice.options:
        if not set(notice.title) <= set(option["label"]):
            raise BadInput(_("Every answer needs the languages of the title."), field="options")
    if notice.severity == Severity.URGENT and not notice.reason.strip():
        raise BadInput(_("Say why this is urgent."), field="reason")
    _check_times(notice, at=at)


def _needs_languages(notice: Notice) -> str:
    if notice.severity == Severity.URGENT:
        return _("An urgent notice needs its text in every language; missing: %s.")
    return _("A notice of this severity needs its text in every language; missing: %s.")


def _check_times(notice: Notice, *, at: datetime) -> None:
    if notice.needs_acknowledgement and (notice.due_at is None or notice.due_at <= at):
        raise BadInput(_("Set a time in the future until which people acknowledge."), field="due_at")
    last = notice.due_at or at
    if notice.expires_at is not None and (notice.expires_at < last or notice.expires_at <= at):
        raise BadInput(_("It cannot end before its due time."), field="expires_at")
    if notice.options and not notice.needs_acknowledgement:
        raise BadInput(_("Answers can be given only where everyone acknowledges."), field="options")
