"""Programmes written on screen, by one person and looked at by another; sensitive times, wishes and errands."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kith.care.errands.models import Errand
from kith.care.kin.models import Child
from kith.care.mutes.models import Mute
from kith.care.preferences.actions import say
from kith.care.preferences.models import Preference, PreferenceKind, Wishes
from kith.care.programmes import actions
from kith.care.programmes.models import Programme, Run
from kith.care.terms.models import Term
from kith.kernel import clock
from kith.kernel.languages import OUR_LANGUAGES
from tests.access import make as access
from tests.care import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def typed(name: str, words: str) -> dict[str, str]:
    return {f"{name}_{tag}": words for tag in OUR_LANGUAGES}


def new(client: Client, moment: str = "joining-day") -> Programme:
    answer = client.post("/desk/care/new/", {"moment": moment, **typed("name", "First month")})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Programme.objects.get(code="first-month")


@pytest.fixture
def ha(db: None) -> Client:
    return access.client(people.employee("Hà"), "hr")


def test_hr_writes_rehearses_and_another_one_releases(ha: Client) -> None:
    lan = people.employee("Lan", since=clock.now().date(), zone="UTC", language="vi")
    code = new(ha).code
    base = f"/desk/care/{code}/"
    greeting = {**typed("title", "Welcome, {name}"), **typed("body", "Day {days}.")}
    bad = ha.post(f"{base}draft/steps/?kindness=greet", {**greeting, "title_en": "Hi {salary}"})
    assert bad.status_code == 422
    assert b"There is no placeholder {salary}" in bad.content
    seen = ha.post(f"{base}draft/steps/?kindness=greet", {**greeting, "preview": "yes", "reader": lan.mailbox})
    assert b"Welcome, Lan" in seen.content
    assert ha.post(f"{base}draft/steps/?kindness=wait", {"days": "3", "unit": "working-days"}).status_code == 302
    assert ha.post(f"{base}draft/steps/?kindness=greet", greeting).status_code == 302
    assert ha.post(f"{base}draft/steps/1/move/", {"to": "up"}).status_code == 302
    form = {
        "on_free_day": "next",
        "save": "yes",
        "audience": "employees",
        "hour": "0",
        "period": "year",
        "tie": "employee",
        "number": "30",
    }
    assert ha.post(f"{base}draft/", form).status_code == 302
    wrong = ha.post(f"{base}draft/", {"ask": "yes"})
    assert b"After the last wait nothing happens" in wrong.content
    assert ha.post(f"{base}draft/steps/1/move/", {"to": "away"}).status_code == 302
    assert ha.get(f"{base}draft/").status_code == 200
    seen = ha.get(f"{base}rehearsal/", {"months": "2"})
    assert b"Lan" in seen.content
    assert b"day 30 with us" in seen.content
    assert ha.get(f"{base}rehearsal/", {"months": "13"}).status_code == 400
    assert ha.post(f"{base}draft/", {"ask": "yes"}).status_code == 302
    assert ha.post(f"{base}review/", {"answer": "release"}).status_code == 403
    minh = access.client(people.employee("Minh"), "hr")
    assert b"waits for a second person" in minh.get(base).content
    assert minh.post(f"{base}review/", {"answer": "release"}).status_code == 302
    made = Programme.objects.get(code=code)
    assert made.is_active
    assert made.current is not None
    assert [step["kindness"] for step in made.current.steps] == ["greet"]
    assert b"On" in ha.get("/desk/care/").content


def test_sent_back_with_a_word_and_begun_anew(ha: Client) -> None:
    base = f"/desk/care/{new(ha).code}/"
    ha.post(f"{base}draft/steps/?kindness=greet", {**typed("title", "Hi"), **typed("body", "You")})
    ha.post(f"{base}draft/", {"ask": "yes"})
    minh = access.client(people.employee(), "administrator")
    minh.post(f"{base}review/", {"answer": "back", "note": "Too short"})
    assert b"Too short" in ha.get(base).content


def test_people_inside_are_asked_about_and_stopped(ha: Client) -> None:
    programme = make.programme("joining-day", {"tie": "employee", "number": 1}, [make.wait(5), make.greet()])
    people.employee(since=date(2027, 3, 1), zone="UTC")
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    actions.begin_due(at=at)
    actions.do_due(at=at)
    base = f"/desk/care/{programme.code}/"
    assert b"1 person is inside now" in ha.get(base).content
    assert ha.post(f"{base}switch/", {"to": "pause", "inside": "burn"}).status_code == 400
    ha.post(f"{base}switch/", {"to": "pause", "inside": "stop"})
    programme.refresh_from_db()
    assert (programme.is_active, Run.objects.get().outcome) == (False, "stopped")


def test_a_shop_manager_keeps_only_programmes_of_the_shop(ha: Client) -> None:
    base = f"/desk/care/{new(ha).code}/"
    shop = access.client(people.employee(), "shop")
    assert shop.get("/desk/care/").status_code == 200
    for path in (base, f"{base}draft/", f"{base}rehearsal/"):
        assert shop.get(path).status_code == 404
    answer = shop.post("/desk/care/new/", {"moment": "regular", **typed("name", "Tea time")})
    assert answer.status_code == 302
    assert Programme.objects.get(code="tea-time").keeper == "shop"
    assert shop.get("/desk/care/quiet/").status_code == 403


def test_a_sensitive_time_is_recorded_by_hr_and_shown_nowhere_else(ha: Client) -> None:
    lan = people.employee("Lan")
    today = clock.now().date()
    days = {"since": today.isoformat(), "until": (today + timedelta(days=9)).isoformat()}
    assert ha.post("/desk/care/quiet/", {**days, "person": "nobody@example.com"}).status_code == 422
    bad = ha.post("/desk/care/quiet/", {"person": lan.mailbox, "since": days["until"], "until": days["since"]})
    assert b"The last day lies before the first." in bad.content
    assert ha.post("/desk/care/quiet/", {**days, "person": lan.mailbox}).status_code == 302
    assert b"Lan" in ha.get("/desk/care/quiet/").content
    assert access.client(people.employee(), "administrator").get("/desk/care/quiet/").status_code == 403
    recorded = Mute.objects.get()
    assert ha.post(f"/desk/care/quiet/{recorded.public_id}/end/").status_code == 302
    assert not Mute.objects.exists()


def test_wishes_are_the_persons_own_expire_and_are_asked_again() -> None:
    lan = people.employee("Lan", zone="UTC")
    client = access.client(lan)
    said = {"like": "tea, music", "dislike": "", "allergy": "nuts", "size": "M", "charity": "", "hour": "18"}
    assert client.post("/me/care/", {**said, "hour": "3"}).status_code == 422
    assert client.post("/me/care/", said).status_code == 302
    assert Wishes.objects.get().hour == 18
    assert b"tea, music" in client.get("/me/care/").content
    say(person=lan, said={PreferenceKind.LIKE: ["tea"]}, day=clock.now().date() - timedelta(days=340))
    assert b"Is what you like still right?" in client.get("/").content
    client.post("/me/care/answer/", {"answer": "still"})
    assert Preference.objects.filter(expires_on__gt=clock.now().date() + timedelta(days=360)).count() == 3
    assert b"Is what you like still right?" not in client.get("/").content
    client.post("/me/care/answer/", {"answer": "refuse"})
    assert not Preference.objects.exists()
    assert b"I want them again" in client.get("/me/care/").content
    client.post("/me/care/answer/", {"answer": "welcome"})
    assert Wishes.objects.get().refused_at is None


def test_an_errand_is_done_by_its_owner_and_seen_by_nobody_else() -> None:
    boss = people.employee("Boss")
    access.grant(boss, "administrator")
    programme: dict[str, Any] = {"tie": "employee", "number": 1}
    make.programme("joining-day", programme, [make.call()])
    people.employee("Lan", since=date(2027, 3, 1), zone="UTC", manager=boss)
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    actions.begin_due(at=at)
    actions.do_due(at=at)
    path = f"/errands/{Errand.objects.get().public_id}/"
    assert access.client(people.employee()).get(path).status_code == 404
    client = access.client(boss)
    assert b"Call Lan" in client.get(path).content
    assert client.post(path, {"note": " "}).status_code == 422
    assert client.post(path, {"note": "She is fine"}).status_code == 302
    assert b"She is fine" in client.get(path).content


def test_a_question_is_written_read_as_a_tree_and_changed_on_screen(ha: Client) -> None:
    base = f"/desk/care/{new(ha).code}/"
    greeting = {**typed("title", "Welcome"), **typed("body", "Hello"), "asks": "well"}
    call = {"owner": "line-manager", "hours": "8", **typed("words", "Call {name}")}
    steps = f"{base}draft/steps/"
    assert ha.post(f"{steps}?kindness=greet", greeting).status_code == 302
    assert ha.post(f"{steps}?kindness=wait", {"days": "3", "unit": "days"}).status_code == 302
    assert ha.post(f"{steps}?kindness=branch", {"if": "segment", "segment": ""}).status_code == 422
    assert ha.post(f"{steps}?kindness=branch", {"if": "answered-bad"}).status_code == 302
    assert ha.post(f"{steps}?kindness=call&into=2&side=yes", call).status_code == 302
    assert ha.post(f"{steps}?kindness=end&into=2&side=no").status_code == 302
    assert ha.post(f"{steps}?kindness=call&into=1&side=yes", call).status_code == 422
    assert ha.post(f"{steps}?kindness=call&into=2&side=maybe", call).status_code == 400
    assert ha.post(f"{steps}?kindness=task", call).status_code == 302
    shown = ha.get(f"{base}draft/").content.decode()
    assert "if they answered that something is missing" in shown
    assert "Add a step here" in shown
    assert ha.post(f"{steps}2/", {"if": "answered"}).status_code == 302
    assert ha.post(f"{steps}3/move/", {"to": "away"}).status_code == 302
    assert ha.get(f"{base}rehearsal/", {"months": "1"}).status_code == 200
    assert ha.post(f"{base}draft/", {"ask": "yes"}).status_code == 302
    minh = access.client(people.employee("Minh"), "hr")
    assert minh.post(f"{base}review/", {"answer": "release"}).status_code == 302
    version = Programme.objects.get().current
    assert version is not None
    question = version.steps[2]
    assert (question["if"], question["yes"], question["no"]) == ("answered", [], [{"kindness": "end"}])
    assert b"goes straight on" in minh.get(base).content


def test_dates_and_children_have_their_screens(ha: Client) -> None:
    lan = people.employee("Lan", zone="UTC")
    today = clock.now().date()
    term = {"person": lan.mailbox, "kind": "contract", "ends_on": (today + timedelta(days=90)).isoformat()}
    assert ha.post("/desk/care/dates/", {**term, "ends_on": today.replace(year=2000).isoformat()}).status_code == 422
    assert ha.post("/desk/care/dates/", term).status_code == 302
    assert b"Contract" in ha.get("/desk/care/dates/").content
    assert access.client(people.employee(), "shop").get("/desk/care/dates/").status_code == 403
    client = access.client(lan)
    assert client.post("/me/care/children/", {"born_on": today.isoformat(), "name": "An"}).status_code == 422
    told = {"born_on": today.isoformat(), "name": "An", "consents": "on"}
    assert client.post("/me/care/children/", told).status_code == 302
    child, recorded = Child.objects.get(), Term.objects.get()
    assert b"An" in client.get("/me/care/children/").content
    assert access.client(people.employee()).post(f"/me/care/children/{child.public_id}/forget/").status_code == 404
    assert client.post(f"/me/care/children/{child.public_id}/forget/").status_code == 302
    assert ha.post(f"/desk/care/dates/{recorded.public_id}/strike/").status_code == 302
    assert not Child.objects.exists()
    assert not Term.objects.exists()
