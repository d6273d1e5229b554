"""Payment processes shaped by the business: shown, and saved as a new version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.billing.processes.actions import save_process
from kith.billing.processes.forms import ROWS, StepFormSet, initial_of
from kith.billing.processes.models import PaymentProcess
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page

bookkeeper = has_role("finance", "administrator")


@allow(bookkeeper)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Show the processes in use."""
    rows = list(PaymentProcess.objects.filter(is_current=True).order_by("code"))
    return page(request, "billing/processes/list.html", {"rows": rows})


@allow(bookkeeper)
@require_http_methods(["GET", "HEAD", "POST"])
def process(request: PersonRequest, code: str) -> HttpResponse:
    """Show a process with its earlier versions; POST saves the next version."""
    found = PaymentProcess.objects.filter(code=code, is_current=True).first()
    if found is None:
        raise NotFound(_("There is no such payment process."))
    forms = StepFormSet(request.POST or None, initial=initial_of(found))
    sentence, status = "", 200
    if request.method == "POST":
        if forms.is_valid():
            steps = [step for form in forms if (step := form.step()) is not None]
            try:
                saved = save_process(
                    code=code, name=found.name, currency=found.currency, steps=steps, at=clock.now(),
                    by_id=request.person.pk,
                )  # fmt: skip
            except Refusal as refusal:
                sentence, status = refusal.sentence, refusal.status
            else:
                messages.success(request, _("Version %s is in use now.") % saved.version)
                return redirect("payment-process", code)
        else:
            status = 400
    versions = PaymentProcess.objects.filter(code=code).order_by("-version")
    context = {"process": found, "forms": forms, "versions": versions, "sentence": sentence, "rows": ROWS}
    return page(request, "billing/processes/process.html", context, status=status)
