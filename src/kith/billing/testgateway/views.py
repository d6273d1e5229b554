"""The test gateway's own page, and the receiver of its webhooks."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.billing.payments.models import Payment
from kith.billing.testgateway import actions
from kith.billing.testgateway.events import BadEventError
from kith.billing.testgateway.signing import BadSignatureError
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound
from kith.portal.shell.render import page

LARGEST_BODY = 10_000


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def gateway(request: Request, public_id: str) -> HttpResponse:
    """Play the provider: show what is to be paid; POST pays or gives up, and goes back to where one came from."""
    actions.secret()
    payment = Payment.objects.select_related("organization").filter(public_id=public_id, method=actions.NAME).first()
    if payment is None:
        raise NotFound(_("There is no such payment."))
    if request.method == "POST":
        actions.play(payment=payment, pays=request.POST.get("answer") == "pay", at=clock.now())
        return redirect(payment.return_url or "/")
    context = {"payment": payment, "amount": Money(payment.amount, payment.currency)}
    return page(request, "billing/testgateway/pay.html", context)


@csrf_exempt
@allow(anyone)
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Receive a signed event: 200 also for a repeated one, 401 for a bad signature, 400 for what is no event."""
    if len(request.body) > LARGEST_BODY:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        event = actions.receive_webhook(
            headers={name.lower(): value for name, value in request.headers.items()},
            body=request.body,
            at=clock.now(),
        )
    except BadSignatureError as error:
        return JsonResponse({"error": str(error)}, status=401)
    except BadEventError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"outcome": event.outcome})
