"""Anybody who holds a receipt may ask what it proves."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, anyone
from kith.kernel.refusals import BadInput
from kith.portal.shell.render import page
from kith.voice.filings.queries import verdict

_HEX = re.compile(r"[0-9a-f]{64}\Z")


@allow(anyone)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Say what a filing receipt (`digest`, and its `signature` if at hand) proves; `format=json` for programs."""
    digest = request.GET.get("digest", "").strip().lower()
    signed_with = request.GET.get("signature", "").strip().lower()
    for field, given in (("digest", digest), ("signature", signed_with)):
        if given and not _HEX.match(given):
            raise BadInput(_("A filing receipt has 64 digits from 0 to 9 and letters from a to f."), field=field)
    found = verdict(digest=digest, signed_with=signed_with) if digest else None
    if found is not None and request.GET.get("format") == "json":
        entry = found.entry
        return JsonResponse(
            {
                "digest": digest,
                "found": entry is not None,
                "holds": found.holds,
                "signed": found.signed,
                "number": entry.number if entry else None,
                "week": entry.week.isoformat() if entry else None,
                "content": entry.content if entry else None,
                "previous": entry.prev if entry else None,
            }
        )
    context = {"found": found, "digest": digest, "signature": signed_with}
    return page(request, "voice/filings/check.html", context)
