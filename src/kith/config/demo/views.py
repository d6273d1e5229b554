"""The demo's bar: change person in one click, move the clock, see what was sent, begin anew, open the next story."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kith.access.logins.models import Login
from kith.access.policies import Policy, allow
from kith.access.requests import Request
from kith.access.sessions.actions import sign_in, sign_out
from kith.config import environment
from kith.config.demo.actions import reset
from kith.config.demo.cast import CAST, by_key, username
from kith.config.demo.moving import moved
from kith.config.demo.steps import STORIES
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound
from kith.kernel.tasks.running import enqueue_due
from kith.people.models import Tie
from kith.portal.shell.render import page
from kith.portal.signin.answers import next_path

demo_only = Policy(
    "demo",
    gettext_lazy("Whoever sits at this machine, in a demo."),
    lambda _request: settings.KITH_DEMO and environment.demo_open(),
    after_sign_in=False,
)
MOVES = {"hour": 3600, "day": 86_400, "week": 7 * 86_400}


@allow(demo_only)
@require_safe
def stage(request: Request) -> HttpResponse:
    """Show the people one can be, and the stories."""
    return page(request, "config/demo/stage.html", {"cast": CAST, "stories": STORIES, "now": clock.now()})


@allow(demo_only)
@require_POST
def become(request: Request) -> HttpResponse:
    """Sign in as a person of the cast and open the page of a story, home without one."""
    role = by_key(request.POST.get("person", ""))
    login = role and Login.objects.select_related("person").filter(username=username(role).lower()).first()
    if not login:
        raise NotFound(_("There is no such person in the demo."))
    sign_out(request)
    sign_in(request, login=login, at=clock.now())
    return HttpResponseRedirect(next_path(request))


@allow(demo_only)
@require_POST
def move_clock(request: Request) -> HttpResponse:
    """Move the clock of every process on by an hour, a day or a week; what is due then runs at once."""
    by = MOVES.get(request.POST.get("by", ""))
    file = environment.clock_file()
    if by is None or file is None:
        raise BadInput(_("The clock moves by an hour, a day or a week."), field="by")
    known = file.read_text() if file.exists() else ""
    Path(file).write_text(moved(known, seconds=by))
    enqueue_due()
    return HttpResponseRedirect("/demo/")


@allow(demo_only)
@require_POST
def begin_anew(request: Request) -> HttpResponse:
    """Forget everything that was done in the demo and generate it anew."""
    size = Tie.objects.filter(kind="employee", number__startswith="S1").count() or 300
    sign_out(request)
    file = environment.clock_file()
    if file is not None and file.exists():
        file.write_text("")
    reset(size=size, at=clock.now())
    return HttpResponseRedirect("/demo/")
