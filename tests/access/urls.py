"""Addresses for tests of sessions and policies: one view per policy."""

from django.http import HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from kith.access import policies
from kith.access.apitokens.auth import BearerToken
from kith.access.policies import allow, allow_patterns
from kith.access.requests import PersonRequest, Request

api = NinjaAPI(auth=BearerToken(), openapi_url=None, docs_url=None, urls_namespace="tests")


@api.get("/who")
@allow(policies.signed_in)
def api_who(request: PersonRequest) -> dict[str, object]:
    return {"person": request.person.pk, "roles": sorted(request.roles)}


@api.post("/act", auth=BearerToken("write"))
@allow(policies.has_role("hr"), guards="person")
def api_act(request: PersonRequest) -> dict[str, object]:
    return {"by": request.person.pk}


@allow(policies.anyone)
def who(request: Request) -> JsonResponse:
    return JsonResponse(
        {
            "person": request.person.pk if request.person else None,
            "roles": sorted(request.roles),
            "employed": request.employed,
            "manages": request.manages,
            "kiosk": request.kiosk.pk if request.kiosk else None,
            "basket": request.session.get("basket"),
        }
    )


@allow(policies.anyone)
def plain(_request: Request) -> HttpResponse:
    return HttpResponse("plain")


@allow(policies.anyone)
def fill(request: Request) -> HttpResponse:
    request.session["basket"] = [1, 2]
    return HttpResponse("kept")


def _behind(policy: policies.Policy) -> object:
    @allow(policy)
    def view(_request: Request) -> HttpResponse:
        return HttpResponse("inside")

    return view


@csrf_exempt
@allow(policies.anyone)
def webhook(request: Request) -> JsonResponse:
    return JsonResponse({"person": request.person.pk if request.person else None})


api_patterns, api_name, api_namespace = api.urls
urlpatterns = [
    path("who/", who),
    path("plain/", plain),
    path("fill/", fill),
    path("in/", _behind(policies.signed_in)),
    path("employee/", _behind(policies.employee)),
    path("manager/", _behind(policies.manager)),
    path("hr/", _behind(policies.has_role("hr"))),
    path("hr-or-manager/", _behind(policies.any_of(policies.has_role("hr"), policies.manager))),
    path("kiosk-only/", _behind(policies.kiosk)),
    path("operator/", _behind(policies.operator)),
    path("webhook/", webhook),
    path("api/v1/", (allow_patterns(policies.anyone, api_patterns), api_name, api_namespace)),
    path("", include("kith.config.urls")),  # the frame of a refusal's page links to real addresses
]
