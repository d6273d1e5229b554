"""The screen of working hours."""

from datetime import timedelta

import pytest

from kith.kernel import clock
from kith.people.calendars.models import HoursVersion
from tests.access.make import client
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
OFFICE = {f"day{day}": "08:00-12:00, 13:00-17:00" for day in range(5)}


def test_hr_lets_other_hours_follow_from_a_day_on_and_takes_them_back() -> None:
    site = people.site()
    hr = client(people.employee(site=site), "hr")
    address = f"/admin/calendars/{site.calendar.code}/"
    assert "08:00–12:00, 13:00–17:00" in hr.get(address).content.decode()
    day = (clock.now() + timedelta(days=30)).date()
    wrong = hr.post(address, {**OFFICE, "valid_from": day.isoformat(), "day5": "9 to 5"})
    assert wrong.status_code == 422
    assert "is no span of hours" in wrong.content.decode()
    past = hr.post(address, {**OFFICE, "valid_from": clock.now().date().isoformat()})
    assert "at the earliest" in past.content.decode()
    assert not HoursVersion.objects.exists()
    assert hr.post(address, {**OFFICE, "valid_from": day.isoformat(), "day5": "8:00-12:00"}).status_code == 303
    assert HoursVersion.objects.get().intervals["5"] == [["08:00", "12:00"]]
    assert "Take it back" in hr.get(address).content.decode()
    assert site.calendar.code in hr.get("/admin/calendars/").content.decode()
    assert hr.post(f"{address}drop/", {"valid_from": "nonsense"}).status_code == 404
    assert hr.post(f"{address}drop/", {"valid_from": day.isoformat()}).status_code == 303
    assert not HoursVersion.objects.exists()
    assert hr.get("/admin/calendars/nothing/").status_code == 404


def test_nobody_else_changes_hours() -> None:
    site = people.site()
    worker = client(people.employee(site=site))
    assert worker.get("/admin/calendars/").status_code == 403
    assert worker.get(f"/admin/calendars/{site.calendar.code}/").status_code == 403
