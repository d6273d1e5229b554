"""The set-up: its address is worth nothing once anybody was administrator, whoever tries how often at once."""

import threading
from datetime import date, time
from typing import Any

import pytest
from django.db import close_old_connections, connection

from kith.access.grants.actions import grant_role
from kith.access.grants.models import Grant
from kith.access.logins.models import Login
from kith.kernel.facts.models import Fact
from kith.kernel.refusals import BadInput, Refusal
from kith.people.calendars.models import Holiday
from kith.people.organizations.models import Organization, Site, Unit
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.people.segments.queries import count
from kith.people.ties.queries import is_employee
from kith.portal.organization import actions as organization
from kith.portal.welcome import actions, queries
from kith.portal.welcome.actions import FirstPlace, TooLate
from kith.portal.welcome.keys import is_token, token_of
from kith.portal.welcome.models import Setup
from tests.access import make as access
from tests.people import make as people
from tests.portal.welcome import make

DAY = date(2026, 11, 25)


@pytest.mark.django_db
def test_beginning_twice_gives_the_same_address() -> None:
    first = actions.begin(at=people.AT)
    assert first == actions.begin(at=people.AT) == queries.address()
    assert len(first.rstrip("/").rpartition("/")[2]) == 40
    assert Setup.objects.count() == 1


@pytest.mark.django_db
def test_the_token_is_kept_nowhere_and_belongs_to_one_nonce() -> None:
    token = make.begun()
    row = Setup.objects.get()
    assert token not in str(vars(row))
    assert is_token(token, row.nonce)
    for wrong in ("", token[:-1], token[:-1] + ("0" if token[-1] != "0" else "1"), token_of("other"), token.upper()):
        assert not is_token(wrong, row.nonce)


@pytest.mark.django_db
def test_the_first_administrator_signs_in_with_argon2_and_the_roles_asked_for() -> None:
    login = make.found(make.begun())
    person = login.person
    roles = set(Grant.objects.filter(person=person).values_list("role", flat=True))
    assert roles == {"administrator", "communications", "hr"}
    assert login.password.startswith("argon2") or login.password.startswith("md5")  # tests hash quickly
    assert (login.username, person.mailbox, person.language) == ("mai@example.org", "mai@example.org", "vi")
    assert Fact.objects.filter(kind="portal.OrganizationFounded", by_id=person.pk).count() == 1


@pytest.mark.django_db
def test_a_personnel_number_signs_in_with_or_without_a_mailbox() -> None:
    login = make.found(make.begun(), username="E0001", mailbox="Mai@Example.org")
    assert (login.username, login.person.mailbox) == ("e0001", "mai@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"password": "short"}, "password"), ({"password": "password123"}, "password"),
        ({"full_name": "  "}, "full_name"), ({"username": "mai tran"}, "username"), ({"username": ""}, "username"),
        ({"username": "mai@"}, "username"), ({"mailbox": "no mail"}, "mailbox"), ({"zone": "Mars/Crater"}, "zone"),
    ],
)  # fmt: skip
def test_wrong_input_makes_nobody_and_leaves_the_address_open(given: dict[str, Any], field: str) -> None:
    token = make.begun()
    with pytest.raises(BadInput) as refused:
        make.found(token, **given)
    assert refused.value.field == field
    assert not Person.objects.exists()
    assert queries.open_by(token=token) is not None


@pytest.mark.django_db
def test_the_address_dies_with_the_first_administrator() -> None:
    token = make.begun()
    make.found(token)
    assert queries.open_by(token=token) is None
    assert queries.address() == ""
    assert actions.begin(at=people.AT) == ""
    with pytest.raises(TooLate):
        make.found(token, username="eve@example.org")
    with pytest.raises(TooLate):
        actions.opened(token)
    assert Login.objects.count() == 1


@pytest.mark.django_db
def test_an_administrator_made_at_the_command_line_closes_it_too_and_for_ever() -> None:
    token = make.begun()
    lan, minh = access.login(people.person()).person, access.login(people.person()).person
    grant_role(person=lan, role="administrator", at=people.AT)
    assert queries.open_by(token=token) is None
    Grant.objects.filter(person=lan).update(until=people.AT)  # even where nobody holds the role any more
    assert queries.open_by(token=token) is None
    with pytest.raises(TooLate):
        make.found(token)
    assert not Grant.objects.filter(person=minh).exists()


@pytest.mark.django_db
def test_a_role_other_than_administrator_does_not_close_it() -> None:
    token = make.begun()
    access.grant(people.person(), "hr")
    assert queries.open_by(token=token) is not None


@pytest.mark.django_db
def test_only_one_set_up_can_be() -> None:
    make.begun()
    with pytest.raises(Exception, match="setup_is_one"):
        Setup.objects.create(pk=2, nonce="x", begun_at=people.AT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_of_eight_who_try_at_once_one_becomes_administrator(turn: int) -> None:
    del turn
    token = make.begun()
    together = threading.Barrier(8)
    outcome: list[str] = []

    def attempt(number: int) -> None:
        together.wait()
        try:
            login = make.found(token, username=f"p{number}@example.org", full_name=f"Person {number}")
            outcome.append(login.username)
        except TooLate:
            outcome.append("late")
        except Refusal as refusal:
            outcome.append(f"refused: {refusal.sentence}")
        finally:
            connection.close()
            close_old_connections()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    winners = [each for each in outcome if "@" in each]
    assert len(outcome) == 8
    assert len(winners) == 1, outcome
    assert outcome.count("late") == 7, outcome
    assert Grant.objects.filter(role="administrator").count() == 1
    assert list(Person.objects.values_list("mailbox", flat=True)) == winners
    assert Login.objects.get().username == winners[0]


def place(**given: Any) -> FirstPlace:
    known: dict[str, Any] = {
        "entity": "Bamboo JSC", "unit": "Bamboo", "unit_code": "MAIN", "site": "Huế", "site_code": "VN-1",
        "city": "Huế", "country": "VN", "zone": "Asia/Ho_Chi_Minh", "days": [0, 1, 2, 3, 4], "begins": time(8),
        "ends": time(17),
    }  # fmt: skip
    return FirstPlace(**{**known, **given})


@pytest.fixture
def mai(db: None) -> Person:
    del db
    token = make.begun()
    organization.rename(name="Bamboo", at=people.AT, by_id=None)
    return make.found(token).person  # type: ignore[no-any-return]


def test_the_first_place_has_a_calendar_with_the_countrys_holidays_and_somebody_to_write_to(mai: Person) -> None:
    site = actions.open_place(place=place(), by=mai, day=DAY, at=people.AT)
    assert site.calendar.intervals == {str(day): [["08:00", "17:00"]] for day in range(5)}
    feast = Holiday.objects.get(calendar=site.calendar, date=date(2027, 9, 2))
    assert feast.name["vi"] == "Quốc khánh"
    assert set(feast.name) >= {"vi", "en"}
    assert {each.year for each in Holiday.objects.values_list("date", flat=True)} == {2025, 2026, 2027, 2028}
    entity = Organization.objects.get(name="Bamboo JSC")
    assert (entity.parent is not None and entity.parent.name, entity.currency) == ("Bamboo", "VND")
    assert is_employee(person_id=mai.pk, day=DAY)
    assert site.name == {"vi": "Huế"}  # in the language of who typed it
    assert Unit.objects.get().path == f"/{Unit.objects.get().pk}/"
    assert count(rule=Segment.objects.get(code="employees").rule, day=DAY) == 1


def test_the_company_itself_may_be_the_legal_entity(mai: Person) -> None:
    site = actions.open_place(place=place(entity="Bamboo"), by=mai, day=DAY, at=people.AT)
    assert site.organization.parent is None
    assert Organization.objects.count() == 1


def test_a_second_site_employs_nobody_anew_and_makes_no_second_segment(mai: Person) -> None:
    actions.open_place(place=place(), by=mai, day=DAY, at=people.AT)
    actions.open_place(place=place(site_code="VN-2", unit_code="U2"), by=mai, day=DAY, at=people.AT)
    assert (Site.objects.count(), mai.ties.count(), Segment.objects.count(), Organization.objects.count()) == (
        2,
        1,
        1,
        2,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [({"ends": time(8)}, "ends"), ({"entity": " "}, "entity"), ({"zone": "Nowhere"}, "zone"),
     ({"unit_code": "TAKEN"}, "unit_code"), ({"site_code": "TAKEN"}, "site_code")],
)  # fmt: skip
def test_a_wrong_place_opens_nothing(mai: Person, given: dict[str, Any], field: str) -> None:
    people.unit(code="TAKEN")
    people.calendar(code="TAKEN")
    before = Organization.objects.count()
    with pytest.raises(BadInput) as refused:
        actions.open_place(place=place(**given), by=mai, day=DAY, at=people.AT)
    assert refused.value.field == field
    assert (Site.objects.count(), Organization.objects.count(), mai.ties.count()) == (0, before, 0)


def test_a_country_whose_holidays_nobody_knows_has_an_empty_calendar(mai: Person) -> None:
    site = actions.open_place(place=place(country="FK", zone="Atlantic/Stanley"), by=mai, day=DAY, at=people.AT)
    assert site.calendar.country == "FK"


def test_only_optional_steps_are_done_without(mai: Person) -> None:
    del mai
    actions.skip(key="logo")
    actions.skip(key="logo")
    assert Setup.objects.get().skipped == ["logo"]
    for key in ("name", "administrator", "site", "sauna"):
        with pytest.raises(BadInput):
            actions.skip(key=key)


def test_the_standing_of_every_step_is_one_query(mai: Person, django_assert_num_queries: Any) -> None:
    del mai
    with django_assert_num_queries(1):
        found = {each.key: each.done for each in queries.standings()}
    assert found == {
        "name": True, "languages": False, "place": False, "logo": False, "administrator": True, "site": False,
        "rooms": False, "people": False, "mail": False, "notice": False,
    }  # fmt: skip
