"""Mine: telling of a child that was born, and having it forgotten."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.care.kin import actions, queries
from kith.care.kin.forms import ChildForm
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def children(request: PersonRequest) -> HttpResponse:
    """List the children I told of; a POST tells of one."""
    form = ChildForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_of(person=request.person, **form.cleaned_data, at=clock.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Thank you for telling us. All the best for you all."))
            return HttpResponseRedirect(reverse("my-children"))
    context = {"form": form, "children": list(queries.visible_to(person_id=request.person.pk))}
    return page(request, "care/kin/children.html", context, status=422 if form.errors else 200)


@allow(signed_in, guards="child")
@require_POST
def forget(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Have a child forgotten."""
    found = queries.visible_to(person_id=request.person.pk).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    actions.forget(child=found)
    messages.success(request, _("Forgotten."))
    return HttpResponseRedirect(reverse("my-children"))
