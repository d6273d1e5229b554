"""The desk of the audit."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.people.privacy.queries import meant
from kith.portal.audit.queries import LOOK, Asked, kinds, trail
from kith.portal.audit.words import LOOKED, sentence_of
from kith.portal.shell.render import page

NOBODY = -1
_FILTERS = ("person", "actor", "kind", "day")


def _who(key: str) -> int | None:
    """Return the key of the person a number or key means; that of nobody where it means none or several."""
    if not key:
        return None
    found = meant(key=key)
    return found[0].pk if len(found) == 1 else NOBODY


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _word(kind: str) -> str:
    return str(LOOKED[kind.removeprefix(LOOK)]) if kind.startswith(LOOK) else sentence_of(kind)


@allow(has_role("administrator"))
@require_safe
def audit(request: PersonRequest) -> HttpResponse:
    """Show who did or saw what, the latest first; nothing of what was written is shown."""
    given = {name: request.GET.get(name, "").strip()[:100].replace("\0", "") for name in _FILTERS}
    known = kinds()
    asked = Asked(
        _who(given["person"]),
        _who(given["actor"]),
        given["kind"] if given["kind"] in known else "",
        _day(given["day"]),
    )
    found = trail(asked=asked, cursor=request.GET.get("after", "")[:60], reader_id=request.person.pk)
    context = {
        "given": given,
        "kinds": [("", _("Everything")), *((kind, _word(kind)) for kind in known)],
        "words": {event.kind: _word(event.kind) for event in found.events},
        "trail": found,
        "unknown": [name for name in ("person", "actor") if _who(given[name]) == NOBODY],
        "next_url": "?" + urlencode({**given, "after": found.after}) if found.after else "",
    }
    return page(request, "portal/audit/audit.html", context)
