from datetime import timedelta

import pytest
from django.test import Client

from kith.kernel import clock
from kith.people.calendars.models import Absence
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
