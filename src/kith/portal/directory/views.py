"""Colleagues: list, page and portrait."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, anyone, signed_in
from kith.access.requests import PersonRequest, Request
from kith.kernel import clock
from kith.kernel.drawings.portrait import portrait as drawn
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.people.calendars.queries import deputies_of, is_absent
from kith.people.organizations.models import Site
from kith.people.persons.by_name import cursor
from kith.people.persons.models import BirthdayVisibility, Person
from kith.people.privacy.queries import KEEPERS
from kith.people.ties.queries import managers_of, placement
from kith.portal.directory.queries import listed, visible_to
from kith.portal.panels.shelf import panels_for
from kith.portal.shell.render import page

PAGE = 40


@allow(signed_in)
@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """List colleagues by name."""
    day = clock.now().date()
    words, site, after = (request.GET.get(name, "")[:300].replace("\0", "") for name in ("q", "site", "after"))
    language = get_language() or "en"
    found = list(listed(person_id=request.person.pk, day=day, words=words, site=site, after=after)[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "people": shown,
        "words": words,
        "site": site,
        "sites": [
            ("", _("Every site")),
            *((s.code, s.name.in_language(language)) for s in Site.objects.order_by("code")),
        ],
        "after": cursor(shown[-1]) if len(found) > PAGE else "",
        "may_export": bool(request.roles & KEEPERS),
    }
    return page(request, "portal/directory/people.html", context)


def _visible(request: PersonRequest, public_id: UUID) -> Person:
    day = clock.now().date()
    person = visible_to(person_id=request.person.pk, day=day).filter(public_id=public_id).first()
    if person is None:
        raise NotFound(_("There is no such person."))
    return person


@allow(signed_in, guards="person")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a colleague: what they do, where, for whom, and who stands in."""
    person, at = _visible(request, public_id), clock.now()
    looked(person_ids=[person.pk], by_id=request.person.pk, what=What.PROFILE, at=at)
    manager_id = managers_of(person_ids=[person.pk], day=at.date()).get(person.pk)
    shows_birthday = person.birthday_visibility == BirthdayVisibility.ALL and person.birth_month is not None
    context = {
        "colleague": person,
        "place": placement(person_id=person.pk, day=at.date()),
        "manager": Person.objects.filter(pk=manager_id).first() if manager_id else None,
        "deputies": deputies_of(person_id=person.pk),
        "away": is_absent(person_id=person.pk, at=at),
        "birthday": f"{person.birth_day}. {person.birth_month}." if shows_birthday else "",
        "panels": panels_for(request=request, subject=Subject("person", person.pk)),
        "their_time": timezone.localtime(at, ZoneInfo(person.zone)).strftime("%H:%M"),
    }
    return page(request, "portal/directory/one.html", context)


@allow(anyone, guards="portrait")
@require_safe
def portrait(request: Request, public_id: UUID) -> HttpResponse:
    """Draw a portrait from the key in the address alone; it tells nothing of the person."""
    del request
    answer = HttpResponse(drawn(seed=str(public_id), initials=""), content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
