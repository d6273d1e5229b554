"""Everything kept on me: whole, about me only, as a file too; and who looked at it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.access.looks.actions import looked
from kith.access.looks.models import Look, What
from kith.access.sessions.actions import open_session
from kith.kernel import clock
from kith.kernel.facts.models import Fact
from kith.people.calendars.models import Absence
from kith.people.persons.models import Person
from kith.people.privacy.shelf import HOLDINGS
from tests.access import make
from tests.people import make as people
from tests.people.make import AT
from tests.people.privacy import life

pytestmark = pytest.mark.django_db


def archive(browser: Client) -> zipfile.ZipFile:
    answer = browser.post("/me/privacy/download/")
    assert answer["Content-Disposition"].startswith('attachment; filename="kept-on-me-')
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_page_shows_it_in_words_and_nothing_of_others() -> None:
    other = life.boss()
    person = life.life(other)
    text = make.client(person).get("/me/privacy/").text
    for word in (
        life.MAILBOX,
        life.PHONE,
        "Kanari machinist",
        "Kanari title",
        "Kanaristraße 1",
        "Kanari question",
        "kanari tea",
        "Petra Leiter",
    ):
        assert word in text, word
    assert "Who looked at my data" in text
    stranger = make.client(people.employee("Somebody Else")).get("/me/privacy/").text
    assert "anari" not in stranger
    assert life.PHONE not in stranger


def test_the_file_holds_every_canary_and_the_bills() -> None:
    person = life.life(life.boss())
    canaries = life.sow(person)
    found = archive(make.client(person))
    whole = found.read("everything.json").decode()
    assert {name for name, canary in canaries.items() if canary not in whole} == set()
    kept = json.loads(whole)["holdings"]
    assert kept["people.who"]["kept"]["people.person"]["rows"][0]["public_id"] == str(person.public_id)
    bills = [name for name in found.namelist() if name.startswith("files/bills/")]
    assert bills == kept["billing.bills"]["files"]
    assert all(found.read(name).startswith(b"%PDF") for name in bills)
    assert Fact.objects.filter(kind="people.PersonDataTaken", by_id=person.pk).count() == 1


def test_the_file_is_not_given_out_at_a_shared_device() -> None:
    person = people.employee()
    device, browser = make.kiosk()
    key = open_session(login=make.login_of(person), at=clock.now(), kiosk=device)
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    assert browser.post("/me/privacy/download/").status_code == 403


def test_many_rows_cost_no_more_questions_than_one() -> None:
    numbers = []
    for rows in (1, 30):
        person = people.employee(f"With {rows}")
        browser = make.client(person)
        for n in range(rows):
            Absence.objects.create(
                person=person, since=AT.date() + timedelta(days=n), until=AT.date() + timedelta(days=n), recorded_at=AT
            )
            looked(person_ids=[person.pk], by_id=people.person().pk, what=What.PROFILE, at=AT)
        browser.get("/me/privacy/")
        with CaptureQueriesContext(connection) as asked:
            text = browser.get("/me/privacy/").text
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
    assert "10 more stand in the download." in text


def test_whoever_opens_my_pages_is_named_there_and_i_am_not() -> None:
    lan, colleague, hr = people.employee("Trần Lan"), people.employee("Curious Carl"), people.employee("Hr Hanna")
    make.client(colleague).get(f"/people/{lan.public_id}/")
    make.client(hr, "hr").get(f"/desk/people/{lan.public_id}/")
    mine = make.client(lan)
    mine.get(f"/people/{lan.public_id}/")
    assert [(look.by_id, look.what) for look in Look.objects.order_by("id")] == [
        (colleague.pk, "profile"), (hr.pk, "personnel"),
    ]  # fmt: skip
    text = mine.get("/me/privacy/").text
    assert all(word in text for word in ("Curious Carl", "Hr Hanna", "Looked at the page of the HR desk"))


def test_a_missing_person_leaves_no_look() -> None:
    customer = people.customer()
    make.client(people.employee("Carl")).get(f"/people/{customer.public_id}/")
    assert not Look.objects.exists()


def test_the_privacy_page_says_of_every_holding_how_long() -> None:
    text = Client().get("/privacy/").text
    sentences = [str(one.sentence) for holding in HOLDINGS for one in holding.retentions]
    assert len(sentences) > 12
    assert [sentence for sentence in sentences if sentence.replace("'", "&#39;") not in text] == []


def test_visitors_sign_in_first_and_nobody_is_erased_by_a_look() -> None:
    assert Client().get("/me/privacy/")["Location"].startswith("/sign-in/")
    assert Client().post("/me/privacy/download/")["Location"].startswith("/sign-in/")
    lan = people.employee("Trần Lan")
    assert make.client(lan).get("/me/privacy/erasure/").status_code == 405
    assert Person.objects.get(pk=lan.pk).erased_at is None
