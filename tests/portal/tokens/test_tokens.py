"""Tokens for programs: made for oneself, shown once, ended by any administrator."""

import re
from datetime import timedelta

import pytest

from kith.access.apitokens.actions import issue_token
from kith.access.apitokens.models import ApiToken
from kith.access.apitokens.queries import bearer_of
from kith.kernel import clock
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
URL = "/admin/tokens/"
ASKED = {"name": "Payroll export", "scopes": ["read"], "days": "30"}


def test_a_token_is_shown_once_and_works_for_whoever_made_it() -> None:
    mai = people.employee("Mai")
    browser = make.client(mai, "administrator")
    answer = browser.post(URL, ASKED)
    assert answer["Cache-Control"] == "no-store, private"
    found = re.search(r"kith_[\w-]{43}", answer.text)
    assert found is not None
    bearer = bearer_of(token=found[0], at=clock.now())
    assert bearer is not None
    assert (bearer.standing.person.pk, bearer.scopes) == (mai.pk, frozenset({"read"}))
    again = browser.get(URL).text
    assert found[0] not in again
    assert "Payroll export" in again
    assert found[0] not in str(vars(ApiToken.objects.get()))


def test_no_screen_makes_a_token_for_somebody_else() -> None:
    mai, lan = people.employee("Mai"), people.employee("Lan")
    make.client(mai, "administrator").post(URL, {**ASKED, "person": str(lan.pk), "person_id": str(lan.pk)})
    assert list(ApiToken.objects.values_list("person_id", flat=True)) == [mai.pk]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 101}, {"scopes": []}, {"scopes": ["everything"]}, {"days": "0"}, {"days": "366"},
     {"days": "soon"}, {"name": "\0"}],
)  # fmt: skip
def test_wrong_input_makes_none_and_keeps_what_was_typed(wrong: dict[str, object]) -> None:
    answer = make.client(people.employee(), "administrator").post(URL, {**ASKED, **wrong})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_an_administrator_ends_anybodys_token_at_once() -> None:
    lan, at = people.employee("Lan"), clock.now()
    token = issue_token(person=lan, name="Lan's", scopes=["read"], expires_at=at + timedelta(days=9), at=at)
    browser = make.client(people.employee("Mai"), "administrator")
    assert "Lan" in browser.get(URL).text
    row = ApiToken.objects.get()
    assert browser.post(f"{URL}{row.public_id}/revoke/")["Location"] == URL
    assert bearer_of(token=token, at=clock.now()) is None
    assert browser.post(f"{URL}{row.public_id}/revoke/").status_code == 404
    assert "No program has a token" in browser.get(URL).text


def test_an_expired_token_stands_there_no_more() -> None:
    at = clock.now() - timedelta(days=9)
    issue_token(person=people.employee(), name="Old", scopes=["read"], expires_at=at + timedelta(days=1), at=at)
    assert "Old" not in make.client(people.employee(), "administrator").get(URL).text


def test_only_administrators_come_here() -> None:
    assert make.client(people.employee(), "hr", "finance").get(URL).status_code == 403
    assert make.client(people.employee(), "hr").post(URL, ASKED).status_code == 403
    assert make.client().post(URL, ASKED)["Location"].startswith("/sign-in/")
