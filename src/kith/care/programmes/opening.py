"""Which programme and draft a request may open, for the desks of care."""

from django.utils.translation import gettext as _

from kith.access.policies import has_role
from kith.access.requests import PersonRequest
from kith.care.programmes import queries
from kith.care.programmes.models import Programme, ProgrammeVersion
from kith.kernel.refusals import NotFound

carers = has_role("hr", "administrator", "shop")


def programme_of(request: PersonRequest, code: str) -> Programme:
    """Return a programme that whoever asks keeps."""
    found = queries.visible_to(roles=request.roles).filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such programme."))
    return found


def draft_of(programme: Programme) -> ProgrammeVersion:
    """Return the version that is being written or looked at; `NotFound` where there is none."""
    found = queries.draft_of(programme)
    if found is None:
        raise NotFound(_("Nothing is being drafted for this programme."))
    return found
