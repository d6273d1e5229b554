"""From a notice to its alert: each released version replaces those before it, a withdrawal takes the last back."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kith.kernel.languages import django_code
from kith.kernel.refusals import NotFound
from kith.notices.cap.document import Alert, Info, Reference
from kith.notices.publishing.models import Notice, NoticeState, NoticeVersion
from kith.notices.publishing.saying import said
from kith.notices.severities import Severity
from kith.people.organizations.queries import company

URGENCY = {Severity.URGENT: "Immediate", Severity.IMPORTANT: "Expected", Severity.NEWS: "Future"}
GRAVITY = {Severity.URGENT: "Severe", Severity.IMPORTANT: "Moderate", Severity.NEWS: "Minor"}


def _sender() -> str:
    return f"notices@{urlsplit(settings.KITH_URL).hostname or 'localhost'}"


def _identifier(notice: Notice, version: int, *, cancelled: bool = False) -> str:
    return f"{notice.public_id}.{version}{'.cancel' if cancelled else ''}"


def alert_of(notice: Notice) -> Alert:
    """Return the alert of a published or withdrawn notice as it stands; `NotFound` for a draft. Two queries."""
    versions = list(NoticeVersion.objects.filter(notice=notice).order_by("version"))
    if not versions or notice.published_at is None:
        raise NotFound(_("There is no such notice."))
    newest = versions[-1]
    cancelled = notice.state == NoticeState.WITHDRAWN and notice.withdrawn_at is not None
    earlier = versions if cancelled else versions[:-1]
    ours = company()
    with override("en"):
        restriction = _("For people of %s only.") % (ours.name if ours else "Kith")
        note = _("This is a drill. Nothing has happened.") if notice.drill else ""
    return Alert(
        identifier=_identifier(notice, newest.version, cancelled=cancelled),
        sender=_sender(),
        sent=(notice.withdrawn_at if cancelled else None) or newest.released_at,
        status="Exercise" if notice.drill else "Actual",
        msg_type="Cancel" if cancelled else "Update" if earlier else "Alert",
        restriction=restriction,
        note=note,
        references=tuple(Reference(_sender(), _identifier(notice, each.version), each.released_at) for each in earlier),
        infos=tuple(_info(notice, newest, tag, ours.name if ours else "Kith") for tag in newest.title),
    )


def _info(notice: Notice, version: NoticeVersion, tag: str, sender_name: str) -> Info:
    severity = Severity(notice.severity)
    options = [option["label"].get(tag) or option["label"].get("en", "") for option in notice.options]
    with override(django_code(tag)):
        event = str(notice.get_category_display())
        instruction = _("Answer: %s") % " / ".join(options) if options else ""
    return Info(
        language=tag,
        category=notice.category,
        event=event,
        response_type="Execute" if severity == Severity.URGENT else "Monitor",
        urgency=URGENCY[severity],
        severity=GRAVITY[severity],
        certainty=notice.certainty,
        expires=notice.expires_at,
        sender_name=sender_name,
        headline=said(notice, version.title).get(tag, ""),
        description=said(notice, version.body, line=True).get(tag, ""),
        instruction=instruction,
        web=f"{settings.KITH_URL}/notices/{notice.public_id}/",
        parameters=(("kith:version", str(version.version)),),
    )
