"""What reaches me, and when: one page, without a script; each message says why it came as it did."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.messaging.consents.models import Consent, Reach
from kith.messaging.consents.queries import CLASSES, REASONS
from kith.messaging.deliveries import arbiter
from kith.messaging.deliveries.models import MessageClass, Severity
from tests.access import make as access
from tests.messaging import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
URL = "/me/notifications/"
NIGHT, NOON = datetime(2026, 11, 25, 18, tzinfo=UTC), datetime(2026, 11, 25, 5, tzinfo=UTC)
ALL = {"day_begins": "7", "day_ends": "21", "service": "on", "survey": "on", "marketing": "on"}


def test_everything_is_chosen_on_one_page_and_stands_there_again() -> None:
    lan = people.employee("Lan")
    browser = access.client(lan)
    assert browser.post(URL, {"day_begins": "9", "day_ends": "17", "survey": "on"})["Location"] == URL
    kept = Reach.objects.get(person=lan)
    assert (kept.day_begins, kept.day_ends, kept.service_by_mail) == (9, 17, False)
    said = dict(Consent.objects.values_list("message_class", "given"))
    assert said == {"survey": True, "marketing": False}
    text = browser.get(URL).text
    assert re.search(r'<option value="9" selected', text)
    assert re.search(r'name="survey"[^>]* checked', text)
    assert not re.search(r'name="(service|marketing)"[^>]* checked', text)


def test_saving_again_says_nothing_new() -> None:
    browser = access.client(people.employee())
    browser.post(URL, ALL)
    before = list(Consent.objects.values_list("message_class", "at"))
    browser.post(URL, ALL)
    assert list(Consent.objects.values_list("message_class", "at")) == before
    assert Reach.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"day_begins": "12", "day_ends": "14"}, {"day_begins": "x"}, {"day_ends": "25"}, {"day_begins": ""},
     {"day_begins": "20", "day_ends": "6"}],
)  # fmt: skip
def test_wrong_hours_change_nothing_and_keep_what_was_typed(wrong: dict[str, str]) -> None:
    lan = people.employee()
    answer = access.client(lan).post(URL, {**ALL, **wrong})
    assert answer.status_code == 422
    assert not Reach.objects.exists()
    assert not Consent.objects.exists()
    assert re.search(r'name="service"[^>]* checked', answer.text)


def test_each_message_says_why_it_came_as_it_did() -> None:
    lan, silent = people.employee("Lan"), people.employee("Minh", mailbox="")
    make.message([lan, silent], at=NOON, message_class=MessageClass.SERVICE)
    make.message([lan], at=NIGHT, message_class=MessageClass.SERVICE)
    make.message([lan], at=NIGHT, message_class=MessageClass.SAFETY, severity=Severity.URGENT)
    text = access.client(lan).get(URL).text
    for reason in ("direct", "hours", "breakthrough"):
        assert str(REASONS[reason]) in text
    assert text.count("Inbox and mail") == 3
    assert "knows no other way to you" in access.client(silent).get(URL).text


def test_every_class_and_every_reason_of_the_arbiter_has_words() -> None:
    assert set(CLASSES) == set(MessageClass)
    told = arbiter.__doc__ or ""
    assert set(re.findall(r"`([a-z-]+)`", told)) == set(REASONS)


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_many() -> None:
    lan = people.employee()
    browser: Any = access.client(lan)
    counts = []
    for _each in range(2):
        for _more in range(1 if not counts else 4):
            make.message([lan])
        with CaptureQueriesContext(connection) as asked:
            browser.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert access.client().get(URL)["Location"].startswith("/sign-in/")
