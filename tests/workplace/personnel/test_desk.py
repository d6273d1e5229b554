from datetime import timedelta

import pytest
from django.test import Client

from kith.kernel import clock
from kith.people.calendars.actions import set_deputies
from kith.people.calendars.models import Absence
from kith.people.calendars.queries import deputies_of
from kith.people.ties.queries import placement
from tests.access import make as access
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


@pytest.fixture
def hr() -> Client:
    return access.client(people.employee("Ha"), "hr")


def test_hr_records_an_absence_and_refuses_one_that_ends_before_it_begins(hr: Client) -> None:
    lan = people.employee("Lan")
    url = f"/desk/people/{lan.public_id}/"
    bad = hr.post(url, {"part": "absence", "since": "2026-12-05", "until": "2026-12-01"})
    assert bad.status_code == 422
    assert Absence.objects.count() == 0
    assert hr.post(url, {"part": "absence", "since": "2026-12-01", "until": "2026-12-05"}).status_code == 302
    assert Absence.objects.get().person == lan


def test_leaving_and_the_end_of_service(hr: Client) -> None:
    lan = people.employee("Lan")
    theirs = access.client(lan)
    yesterday = clock.now().date() - timedelta(days=1)
    assert theirs.get("/inbox/").status_code == 200
    assert hr.post(f"/desk/people/{lan.public_id}/end/").status_code == 302
    assert theirs.get("/inbox/").status_code == 302
    minh = people.employee("Minh")
    answer = hr.post(f"/desk/people/{minh.public_id}/", {"part": "leaving", "on": yesterday.isoformat()})
    assert answer.status_code == 302
    assert minh.ties.get().until == yesterday


def test_nobody_ends_their_own_service_and_others_have_no_desk() -> None:
    ha = people.employee("Ha")
    mine = access.client(ha, "hr")
    assert mine.post(f"/desk/people/{ha.public_id}/end/").status_code == 409
    assert access.client(people.employee()).get("/desk/people/").status_code == 403


def test_the_list_costs_the_same_for_one_and_three(hr: Client) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    counts = []
    for number in (1, 2):
        for _ in range(number):
            people.employee()
        with CaptureQueriesContext(connection) as captured:
            hr.get("/desk/people/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_move_and_deputies_are_recorded_and_bad_ones_refused(hr: Client) -> None:
    unit = people.unit()
    site = people.site(organization=unit.organization)
    other = people.unit(organization=unit.organization)
    foreign = people.unit()
    lan, minh = (people.employee(name, unit=unit, site=site) for name in ("Lan", "Minh"))
    url, day = f"/desk/people/{lan.public_id}/", clock.now().date()
    asked = {"part": "move", "unit": other.pk, "site": site.pk, "title": "Lead", "since": day.isoformat()}
    assert hr.post(url, {**asked, "unit": foreign.pk}).status_code == 422
    assert hr.post(url, {**asked, "since": "2019-01-01"}).status_code == 422
    assert hr.post(url, asked).status_code == 302
    place = placement(person_id=lan.pk, day=day)
    assert place is not None
    assert (place.unit, place.title, place.since) == (other, "Lead", day)
    stands_in = {"part": "deputies", "other": minh.mailbox}
    assert hr.post(url, {**stands_in, "other": lan.mailbox}).status_code == 422
    assert hr.post(url, {**stands_in, "other": people.customer().mailbox}).status_code == 422
    assert deputies_of(person_id=lan.pk) == []
    assert hr.post(url, stands_in).status_code == 302
    assert deputies_of(person_id=lan.pk) == [minh]


def test_i_see_my_absences_and_who_stands_in(hr: Client) -> None:
    unit = people.unit()
    site = people.site(organization=unit.organization)
    lan, minh = (people.employee(name, unit=unit, site=site) for name in ("Lan", "Minh"))
    set_deputies(person=lan, deputies=[minh])
    hr.post(f"/desk/people/{lan.public_id}/", {"part": "absence", "since": "2030-12-02", "until": "2030-12-05"})
    mine = access.client(lan)
    shown = mine.get("/absences/").content.decode()
    assert "2030" in shown
    assert minh.full_name in shown
    assert "/me/deputies/" in shown
    assert "2030" not in access.client(minh).get("/absences/").content.decode()
    assert mine.post("/absences/", {"first": str(minh.public_id)}).status_code == 405
    assert access.client(people.customer()).get("/absences/").status_code == 403
    assert hr.get("/desk/people/00000000-0000-0000-0000-000000000007/").status_code == 404
