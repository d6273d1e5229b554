"""Who holds which duty: the screen of administrators."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound
from kith.people.persons.models import Person
from kith.portal.shell.render import page
from kith.promises.duty import actions
from kith.promises.duty.forms import HolderForm
from kith.promises.duty.models import DutyRole
from kith.promises.duty.queries import known_codes
from kith.promises.duty.shelf import label_of

administrator = has_role("administrator")


def _page(
    request: PersonRequest, *, filled: forms.Form | None = None, code: str = "", status: int = 200
) -> HttpResponse:
    rows: list[dict[str, Any]] = []
    roles = {role.code: role for role in DutyRole.objects.prefetch_related("holders__person")}
    for known in known_codes():
        role = roles.get(known)
        rows.append(
            {
                "code": known,
                "label": label_of(known),
                "holders": [holder.person for holder in role.holders.all()] if role else [],
                "form": filled if filled is not None and known == code else HolderForm(prefix=known),
            }
        )
    return page(request, "promises/duty/desk.html", {"rows": rows}, status=status)


@allow(administrator)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Show every duty and who holds it."""
    return _page(request)


@allow(administrator)
@require_POST
def add(request: PersonRequest, code: str) -> HttpResponse:
    """Let a person hold a duty as well."""
    _known(code)
    form = HolderForm(request.POST, prefix=code)
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            actions.add_holder(code=code, person=person, at=clock.now(), by_id=request.person.pk)
        except BadInput as refusal:
            form.add_error("person", refusal.sentence)
        else:
            messages.success(request, _("%s holds this duty now.") % person.name)
            return HttpResponseRedirect("/desk/duties/", status=303)
    return _page(request, filled=form, code=code, status=422)


@allow(administrator)
@require_POST
def remove(request: PersonRequest, code: str) -> HttpResponse:
    """Let a person no longer hold a duty."""
    _known(code)
    try:
        public_id = UUID(request.POST.get("person", ""))
    except ValueError as error:
        raise BadInput(_("Say which person no longer holds this duty."), field="person") from error
    person = Person.objects.filter(public_id=public_id, duties__role__code=code).first()
    if person is None:
        raise NotFound(_("This person does not hold the duty."))
    actions.remove_holder(code=code, person=person, at=clock.now(), by_id=request.person.pk)
    messages.success(request, _("%s no longer holds this duty.") % person.name)
    return HttpResponseRedirect("/desk/duties/", status=303)


def _known(code: str) -> None:
    if code not in known_codes():
        raise NotFound(_("There is no such duty."))
