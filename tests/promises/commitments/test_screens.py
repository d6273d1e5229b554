"""The screens of promises: mine, the desk, the wall, steering one of them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described, Subject
from kith.people.persons.models import Person
from kith.portal.shell.render import text_of
from kith.promises.commitments.actions import keep, pause
from kith.promises.commitments.models import Promise, State
from kith.promises.debts import DEBTS, Debt
from kith.promises.duty.actions import set_holders
from kith.promises.home import MyPromises
from tests.access.make import client
from tests.people import make as people
from tests.promises.make import ANSWER, again, firm, hours, promise

pytestmark = pytest.mark.django_db
SECRET = "Lay-offs in May"


class Secrets:
    """Subjects of the kind `test-secret`; only the person named may know them."""

    may: int | None = None

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        return {key: Described(f"{SECRET} {key}", f"/secrets/{key}/") for key in ids if person_id == self.may}


SECRETS = SUBJECTS.get("test-secret") if "test-secret" in SUBJECTS else SUBJECTS.put("test-secret", Secrets())


class Notices:
    """A keeper of debts: one notice to acknowledge, by one person."""

    person_id = 0

    def owed_by(self, *, person_id: int, at: datetime) -> list[Debt]:
        if person_id != self.person_id:
            return []
        return [Debt("n1", "Acknowledge the fire drill", "/notices/1/", at + timedelta(minutes=30), at)]


def text(browser: Client, address: str, *, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def owes(person: Person, **given: object) -> Promise:
    return promise(person, at=clock.now(), **given)


def test_mine_shows_what_i_owe_by_due_time_with_debts_and_what_i_wait_for() -> None:
    here = firm()
    later, soon = (
        owes(here.ann, within=hours(40)),
        owes(here.ann, due_at=clock.now() + hours(2), waiting_person_id=here.dung.pk),
    )
    Notices.person_id = here.ann.pk
    DEBTS.put("test-notices", Notices())
    try:
        page = text(client(here.ann), "/promises/")
    finally:
        del DEBTS._things["test-notices"]
    assert (
        page.index("Acknowledge the fire drill")
        < page.index(f"/promises/{soon.public_id}/")
        < page.index(f"/promises/{later.public_id}/")
    )
    assert "Dung is waiting" in page
    waiting = text(client(here.dung), "/promises/")
    assert "Ann owes it" in waiting
    assert "You owe nothing to anybody." in waiting


def test_what_a_reader_may_not_know_of_the_subject_is_not_shown() -> None:
    here = firm()
    SECRETS.may = here.ann.pk
    made = owes(here.ann, subject=Subject("test-secret", 3), waiting_person_id=here.dung.pk)
    assert f"{SECRET} 3" in text(client(here.ann), f"/promises/{made.public_id}/")
    assert "/secrets/3/" in text(client(here.ann), "/promises/")
    for address in ("/promises/", f"/promises/{made.public_id}/"):
        page = text(client(here.dung), address)
        assert SECRET not in page
        assert "Answer" in page


def test_somebody_elses_promise_is_not_there() -> None:
    here = firm()
    made = owes(here.ann)
    stranger = client(people.employee())
    foreign = stranger.get(f"/promises/{made.public_id}/")
    missing = stranger.get("/promises/00000000-0000-4000-8000-000000000000/")
    assert foreign.status_code == missing.status_code == 404
    for verb in ("pass-on", "extend", "pause", "resume", "withdraw"):
        assert stranger.post(f"/desk/promises/{made.public_id}/{verb}/").status_code == 404
        assert client().post(f"/desk/promises/{made.public_id}/{verb}/").status_code == 302
    assert str(made.public_id) not in text(stranger, "/desk/promises/")
    assert again(made).state == State.OPEN


def test_whoever_waits_sees_it_but_does_not_steer_it() -> None:
    here = firm()
    made = owes(here.ann, waiting_person_id=here.bao.pk)
    browser = client(here.bao, "leadership")
    assert "Pass it on" not in text(browser, f"/promises/{made.public_id}/")
    assert browser.post(f"/desk/promises/{made.public_id}/withdraw/", {"withdraw-reason": "x"}).status_code == 403


def test_passing_on_by_choice_or_by_number() -> None:
    here = firm()
    made = owes(here.ann)
    browser = client(here.mai)
    page = text(browser, f"/promises/{made.public_id}/")
    assert str(here.dung.public_id) in page
    assert str(here.ann.public_id) not in page
    act = f"/desk/promises/{made.public_id}/pass-on/"
    refused = browser.post(act, {"pass-on-to": "", "pass-on-other": "", "pass-on-reason": "He knows"})
    assert refused.status_code == 422
    assert "Choose one person" in refused.content.decode()
    assert "He knows" in refused.content.decode()
    assert (
        "Nobody has this mailbox" in browser.post(act, {"pass-on-other": "E0", "pass-on-reason": "x"}).content.decode()
    )
    done = browser.post(act, {"pass-on-to": str(here.dung.public_id), "pass-on-reason": "He knows"}, follow=True)
    assert "Dung owns it now." in done.content.decode()
    assert "He knows" in done.content.decode()
    number = here.ann.ties.get().number
    assert browser.post(act, {"pass-on-other": number, "pass-on-reason": "Back"}).status_code == 403
    assert client(here.dung).post(act, {"pass-on-other": number, "pass-on-reason": "Back"}).status_code == 303
    assert again(made).chain == [here.ann.pk, here.dung.pk, here.ann.pk]


def test_extending_once_pausing_resuming_withdrawing() -> None:
    here = firm()
    made = owes(here.ann)
    browser, base = client(here.ann), f"/desk/promises/{made.public_id}"
    day = (clock.now() + timedelta(days=30)).date()
    assert browser.post(f"{base}/pause/", {"pause-until": day, "pause-reason": "A part is missing"}).status_code == 303
    assert again(made).state == State.PAUSED
    page = text(browser, f"/promises/{made.public_id}/")
    assert "A part is missing" in page
    assert "Let the clock go on" in page
    assert browser.post(f"{base}/resume/").status_code == 303
    assert browser.post(f"{base}/resume/").status_code == 409
    given = {"extend-until": day, "extend-reason": "Still to be measured"}
    assert browser.post(f"{base}/extend/", given).status_code == 303
    again_later = browser.post(f"{base}/extend/", {**given, "extend-until": day + timedelta(days=3)})
    assert again_later.status_code == 409
    assert "can be extended once" in again_later.content.decode()
    assert "It takes longer" in text(browser, f"/promises/{made.public_id}/")
    assert browser.post(f"{base}/withdraw/", {"withdraw-reason": ""}).status_code == 422
    assert browser.post(f"{base}/withdraw/", {"withdraw-reason": "Not needed"}).status_code == 303
    assert again(made).state == State.WITHDRAWN
    assert "Pass it on" not in text(browser, f"/promises/{made.public_id}/")
    assert browser.get(f"{base}/withdraw/").status_code == 405


def test_the_desk_lists_by_state_and_kind_page_by_page() -> None:
    here = firm()
    old = [promise(here.ann, at=clock.now() - timedelta(days=30 + n)) for n in range(3)]
    fresh = owes(here.ann)
    paused = owes(here.ann)
    pause(paused, next_check_at=clock.now() + hours(9), reason="x", at=clock.now(), by_id=None)
    keep(old[0], proof="done", at=clock.now(), by_id=None)
    browser = client(here.mai)

    def listed(query: str) -> set[Promise]:
        page = text(browser, f"/desk/promises/{query}")
        return {p for p in Promise.objects.all() if f"/promises/{p.public_id}/" in page}

    assert listed("") == {*old[1:], fresh, paused}
    assert listed("?tab=overdue") == {*old[1:]}
    assert listed("?tab=paused") == {paused}
    assert listed("?tab=settled") == {old[0]}
    assert listed(f"?tab=open&kind={ANSWER}&unit={here.production.public_id}") == {*old[1:], fresh, paused}
    assert listed(f"?unit={here.head_office.public_id}") == set()
    for wrong in ("?tab=all", "?kind=x", "?unit=1", "?after=1"):
        assert browser.get(f"/desk/promises/{wrong}").status_code == 400


def test_every_promise_stands_on_exactly_one_page() -> None:
    here = firm()
    due = clock.now() + hours(5)
    for n in range(103):
        Promise.objects.create(
            kind=ANSWER, subject=f"idea:{n}", owner=here.ann, duty_role="test-desk", chain=[here.ann.pk], opened_at=clock.now(),
            first_due_at=due, due_at=due, next_check_at=due,
        )  # fmt: skip
    browser, seen, address = client(here.ann), [], "/desk/promises/"
    for _ in range(3):
        page = text(browser, address)
        seen.append({p.pk for p in Promise.objects.all() if f"/promises/{p.public_id}/" in page})
        address = "/desk/promises/?tab=open&after=" + page.partition('href="?tab=open&amp;after=')[2].partition('"')[0]
    assert [len(page) for page in seen] == [50, 50, 3]
    assert len(set.union(*seen)) == 103


@pytest.mark.parametrize("address", ["/promises/", "/desk/promises/", "/desk/unanswered/"])
def test_a_list_of_three_costs_as_many_queries_as_a_list_of_one(address: str) -> None:
    here = firm()
    browser = client(here.ann)
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            owes(here.ann, waiting_person_id=here.dung.pk)
            owes(here.dung, waiting_person_id=here.ann.pk)
        text(browser, address)
        with CaptureQueriesContext(connection) as found:
            text(browser, address)
        numbers.append(len(found))
    assert numbers[0] == numbers[1]


def test_the_wall_is_open_to_everybody_employed() -> None:
    here = firm()
    promise(here.ann, at=clock.now() - timedelta(days=12))
    page = text(client(people.employee()), "/desk/unanswered/")
    assert str(here.production.name) in page
    assert ">12<" in page.replace(" ", "")
    assert client(people.customer()).get("/desk/unanswered/").status_code == 403


def test_home_gets_a_card_for_what_i_owe_and_one_for_what_i_wait_for() -> None:
    here = firm()
    at = clock.now()
    assert MyPromises().cards(person=here.ann, roles=frozenset(), at=at) == []
    for n in range(7):
        owes(here.ann, within=hours(8 + n))
    owes(here.dung, waiting_person_id=here.ann.pk)
    owed, awaited = MyPromises().cards(person=here.ann, roles=frozenset(), at=at)
    assert (owed.key, awaited.key) == ("promises.owed", "promises.awaited")
    assert (len(owed.context["lines"]), owed.context["more"]) == (5, 2)
    assert owed.due_at == Promise.objects.filter(owner=here.ann).order_by("due_at")[0].due_at
    assert [row.promise.owner for row in awaited.context["rows"]] == [here.dung]
    assert "2 more" in text_of(owed.template, owed.context)
    assert "waiting since today" in text_of(awaited.template, awaited.context)


def test_duties_are_named_by_administrators_and_never_empty() -> None:
    here = firm()
    browser = client(here.dung)
    set_holders(code="test-desk", persons=[here.mai], at=clock.now(), by_id=None)
    page = text(browser, "/desk/duties/")
    assert "Mai" in page
    number = here.ann.ties.get().number
    assert browser.post("/desk/duties/test-desk/add/", {"test-desk-person": number}).status_code == 303
    assert browser.post("/desk/duties/test-desk/add/", {"test-desk-person": "nobody@x.example"}).status_code == 422
    assert browser.post("/desk/duties/nonsense/add/", {"nonsense-person": number}).status_code == 404
    for person, status in ((here.mai, 303), (here.mai, 404), (here.ann, 409)):
        assert browser.post("/desk/duties/test-desk/remove/", {"person": str(person.public_id)}).status_code == status
    assert browser.post("/desk/duties/test-desk/remove/", {"person": "x"}).status_code == 400
    assert client(here.mai).get("/desk/duties/").status_code == 403
