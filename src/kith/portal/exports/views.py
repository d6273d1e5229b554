"""The address of exports: `/exports/<kind>/?format=csv`, with the filters of the list it stands beside."""

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.exports.actions import export, find, format_of
from kith.kernel.exports.kinds import EXPORTS
from kith.kernel.exports.writers import CONTENT_TYPES
from kith.kernel.refusals import BadInput, NotFound
from kith.portal.exports.asking import keeps_looks, of_request
from kith.portal.shell.render import page


@allow(signed_in)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List what can be taken out by the reader."""
    asking = of_request(request, at=clock.now())
    return page(request, "portal/exports/listing.html", {"kinds": [kind for kind in EXPORTS if kind.may(asking)]})


@allow(signed_in)
@require_safe
def download(request: PersonRequest, kind: str) -> StreamingHttpResponse:
    """Stream what the reader may see of a kind; it is recorded whose data went out."""
    try:
        found = find(kind)
    except BadInput as error:
        raise NotFound(_("There is no such export.")) from error
    as_ = format_of(request.GET.get("format", "csv"))
    asking = of_request(request, at=clock.now())
    pieces = export(kind=found, asking=asking, as_=as_, seen=keeps_looks(asking, by_id=request.person.pk))
    answer = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[as_])
    answer["Content-Disposition"] = f'attachment; filename="{found.name}-{asking.day.isoformat()}.{as_.value}"'
    return answer
