"""The bar above every page of a demo."""

from django.conf import settings
from django.template.loader import render_to_string

from kith.access.requests import Request
from kith.config import environment
from kith.config.demo.cast import OPENING, by_key
from kith.kernel import clock
from kith.portal.shell.frame import BARS


def bar(request: Request) -> str:
    """Return the bar's HTML, "" where it must not be."""
    if not (settings.KITH_DEMO and environment.demo_open()):
        return ""
    people = [role for role in map(by_key, OPENING) if role is not None]
    context = {"people": people, "now": clock.now(), "me": request.person}
    return render_to_string("config/demo/bar.html", context, request=request)


BARS.put("demo", bar)
