"""People and accounts: one person added, let in, entrusted with roles; nobody entrusts themselves."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kith.access.couriers import COURIERS
from kith.access.grants.models import Grant
from kith.access.grants.queries import roles_of
from kith.access.kiosks.queries import has_pin
from kith.access.logins.models import Login
from kith.kernel import clock
from kith.kernel.facts.models import Fact
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from kith.people.ties.queries import placement
from kith.portal.members.inviting import let_these_in
from kith.portal.members.queries import to_invite
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
NEW = "/admin/people/new/"


class Recording:
    """A courier that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send(self, **given: Any) -> bool:
        self.sent.append(given)
        return True


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Recording:
    recording = Recording()
    monkeypatch.setattr(COURIERS, "_things", {"recording": recording})
    return recording


@pytest.fixture
def ha() -> Client:
    return make.client(people.employee("Hà"), "hr")


@pytest.fixture
def sam() -> Client:
    return make.client(people.employee("Sam"), "administrator")


def asked(**given: Any) -> dict[str, Any]:
    here = people.site()
    unit = people.unit(organization=here.organization)
    return {
        "full_name": "Trịnh Thị Sen", "language": "vi", "kind": "employee", "unit": unit.pk, "site": here.pk,
        "title": "Đóng gói", "number": "S900", "since": "2026-11-02", "lets_in": "on", **given,
    }  # fmt: skip


def test_a_person_without_a_mailbox_is_added_and_the_pin_is_shown_once(ha: Client) -> None:
    answer = ha.post(NEW, asked())
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    sen = Person.objects.get(full_name="Trịnh Thị Sen")
    place = placement(person_id=sen.pk, day=date(2026, 11, 3))
    assert place is not None
    assert (place.title, place.tie.number, sen.language, sen.zone) == ("Đóng gói", "S900", "vi", "Asia/Ho_Chi_Minh")
    pin = re.search(r"<dd[^>]*>\s*(\d{6})\s*</dd>", answer.text)
    assert pin is not None
    kept = ha.get(f"/admin/people/{sen.public_id}/").text
    assert pin[1] not in kept
    _device, browser = make.kiosk()
    assert browser.post("/kiosk/", {"number": "S900", "pin": pin[1]}).status_code in {200, 302, 303}
    assert "Trịnh Thị Sen" in browser.get("/me/").text


def test_a_person_with_a_mailbox_gets_a_mail(ha: Client, mails: Recording) -> None:
    assert ha.post(NEW, asked(mailbox="Sen@Example.com")).status_code == 303
    sen = Person.objects.get(full_name="Trịnh Thị Sen")
    assert [(mail["person_id"], mail["address"]) for mail in mails.sent] == [(sen.pk, "sen@example.com")]
    assert Login.objects.get(person=sen).username == "sen@example.com"


def test_everything_is_recorded_with_who_did_it(ha: Client, mails: Recording) -> None:
    ha.post(NEW, asked(mailbox="sen@example.com"))
    by = Person.objects.get(full_name="Hà")
    names = {fact.kind for fact in Fact.objects.filter(by_id=by.pk)}
    assert {"people.PersonRegistered", "people.EmployeeHired", "access.LoginCreated"} <= names
    assert mails.sent


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name": " "}, "This field is required."),
        ({"unit": ""}, "This field is required."),
        ({"since": "soon"}, "Enter a valid date."),
        ({"number": ""}, "Give a mailbox or a personnel number"),
        ({"mailbox": "nobody"}, "Enter a valid email address."),
    ],
)
def test_wrong_input_adds_nobody(ha: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = ha.post(NEW, asked(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Person.objects.filter(full_name="Trịnh Thị Sen").exists()


def test_a_known_mailbox_and_a_taken_number_are_refused_by_name(ha: Client) -> None:
    lan = people.employee("Lan", mailbox="lan@example.com")
    answer = ha.post(NEW, asked(mailbox="LAN@example.com"))
    assert "Lan has this mailbox already." in answer.text
    assert answer.status_code == 422
    tie = Tie.objects.get(person=lan)
    place = placement(person_id=lan.pk, day=date(2026, 11, 3))
    assert place is not None
    taken = asked(number=tie.number, unit=place.unit_id, site=place.site_id)
    assert f"The personnel number {tie.number} is taken." in ha.post(NEW, taken).text


def test_only_an_administrator_gives_roles_even_to_somebody_new(ha: Client, sam: Client, mails: Recording) -> None:
    ha.post(NEW, asked(mailbox="sen@example.com", roles="administrator"))
    sen = Person.objects.get(full_name="Trịnh Thị Sen")
    assert not Grant.objects.filter(person=sen).exists()
    assert ha.post(f"/admin/people/{sen.public_id}/roles/give/", {"role": "shop"}).status_code == 403
    sam.post(NEW, asked(full_name="Mai", mailbox="mai@example.com", number="S901", roles=["shop", "finance"]))
    mai = Person.objects.get(full_name="Mai")
    assert roles_of(person_id=mai.pk, at=clock.now()) == {"shop", "finance"}
    assert len(mails.sent) == 2


def test_a_role_is_given_and_taken_and_nobody_gives_one_to_themselves(sam: Client) -> None:
    lan, me = people.employee("Lan"), Person.objects.get(full_name="Sam")
    page = f"/admin/people/{lan.public_id}/"
    assert sam.post(f"{page}roles/give/", {"role": "hr"}).status_code == 303
    assert roles_of(person_id=lan.pk, at=clock.now()) == {"hr"}
    assert Grant.objects.get(person=lan).granted_by == me
    assert sam.post(f"{page}roles/take/", {"role": "hr"}).status_code == 303
    assert roles_of(person_id=lan.pk, at=clock.now()) == frozenset()
    mine = f"/admin/people/{me.public_id}/"
    assert sam.post(f"{mine}roles/give/", {"role": "hr"}).status_code == 403
    assert sam.post(f"{mine}roles/take/", {"role": "administrator"}).status_code == 409
    assert roles_of(person_id=me.pk, at=clock.now()) == {"administrator"}


def test_no_pin_opens_what_a_role_opens(ha: Client) -> None:
    lan, anna = people.employee("Lan"), people.employee("Anna")
    make.login(lan)
    make.login(anna)
    make.grant(anna, "communications")
    assert ha.post(f"/admin/people/{anna.public_id}/account/", {"do": "pin"}).status_code == 403
    assert not has_pin(login_id=Login.objects.get(person=anna).pk)
    me = Person.objects.get(full_name="Hà")
    assert ha.post(f"/admin/people/{me.public_id}/account/", {"do": "pin"}).status_code == 403
    assert ha.post(f"/admin/people/{lan.public_id}/account/", {"do": "pin"}).status_code == 200
    assert has_pin(login_id=Login.objects.get(person=lan).pk)


def test_an_account_is_closed_and_opened_by_administrators_only(ha: Client, sam: Client) -> None:
    lan = people.employee("Lan")
    make.login(lan)
    page = f"/admin/people/{lan.public_id}/close/"
    assert ha.post(page).status_code == 403
    sam.post(page)
    assert not Login.objects.get(person=lan).active
    sam.post(page)
    assert Login.objects.get(person=lan).active


def test_everybody_with_a_mailbox_is_let_in_once(ha: Client, mails: Recording) -> None:
    by = Person.objects.get(full_name="Hà")
    lan, minh = people.employee("Lan"), people.employee("Minh", mailbox="")
    day = clock.now().date()
    assert [person.pk for person in to_invite(day=day)] == [lan.pk]
    assert "1 employee has a mailbox and no account yet." in ha.get("/admin/people/").text
    for _twice in range(2):
        let_these_in.run(ids=[lan.pk, minh.pk], by_id=by.pk)
    assert [mail["person_id"] for mail in mails.sent] == [lan.pk]
    assert not to_invite(day=day).exists()


@pytest.mark.parametrize("path", ["/admin/people/", NEW])
def test_others_do_not_come_in(path: str) -> None:
    assert make.client(people.employee("Lan"), "communications").get(path).status_code == 403
    assert make.client().get(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(number: int, ha: Client, django_assert_num_queries: Any) -> None:
    for _one in range(number):
        make.grant(people.employee(), "shop")
    ha.get("/admin/people/")
    with django_assert_num_queries(5):
        ha.get("/admin/people/")
