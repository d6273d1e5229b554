"""Row 6: a card number typed into any text is kept nowhere, and no page asks for one."""

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kith.access.apitokens.actions import issue_token
from kith.config.demo.actions import ensure_demo
from kith.config.ground import postgres
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.messaging.deliveries.models import Message
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.people.persons.models import Person
from kith.promises.duty.actions import set_holders
from kith.support.requests.models import ServiceRequest
from kith.voice.anonymous.limits import WRITING
from kith.voice.ideas.models import Comment, Idea
from tests.access import make as access
from tests.people import make as people
from tests.people.make import AT
from tests.portal.preferences.test_me import profile
from tests.support.crawling import crawl
from tests.support.databases import TestServer
from tests.voice.make import house

pytestmark = [pytest.mark.fault, pytest.mark.row(6), pytest.mark.django_db(transaction=True)]
NUMBER = "4111111111111111"
TYPED = ["4111 1111 1111 1111", "4111-1111-1111-1111", NUMBER, "4111\u00a01111\u00a01111\u00a01111"]
WORDS = [f"My card {typed} please" for typed in TYPED]
DOOR = "kith.portal.shell.cards.CardsMiddleware"
GAPS = re.compile("[ \u00a0.-]")
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>", re.IGNORECASE)
ASKS = re.compile(r"autocomplete=[\"']?cc-|(?:name|id)=[\"'](?:id_)?(?:card|cvv|cvc|pan\b|cc[-_])", re.IGNORECASE)
FORM = re.compile(r"<form\b[^>]*\baction=[\"']([^\"']*)", re.IGNORECASE)


def type_it_everywhere(person: Person) -> list[int]:
    """Type a card number into forms and into the API, let everything be told and mailed; return the statuses."""
    WRITING.forget()
    set_holders(code="support", persons=[people.employee()], at=AT, by_id=None)
    browser, nameless = access.client(person), Client()
    answers = [browser.post("/support/new/", {"topic": "order", "title": WORDS[0], "text": WORDS[1]})]
    answers.append(browser.post(f"/support/{ServiceRequest.objects.get().public_id}/say/", {"text": WORDS[2]}))
    answers.append(browser.post("/ideas/new/", {"title": WORDS[3], "text": WORDS[0], "anyway": "1"}))
    answers.append(browser.post(f"/ideas/{Idea.objects.get().public_id}/comment/", {"text": WORDS[1]}))
    answers.append(nameless.post("/ideas/anonymous/", {"title": WORDS[2], "text": WORDS[3]}))
    answers.append(browser.post("/me/", profile(preferred_name=TYPED[0])))
    at = clock.now()
    token = issue_token(
        person=person, name="till", scopes=("read", "write"), expires_at=at + timedelta(days=1), at=at
    )  # fmt: skip
    for path, topic in (("/api/v1/requests", {"topic": "other"}), ("/api/v1/ideas", {})):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": path}
        body = {**topic, "title": WORDS[0], "text": WORDS[1]}
        answers.append(nameless.post(path, body, content_type="application/json", headers=headers))
    tell_all(at=at)
    for message in Message.objects.all():
        make_mails(message_id=message.pk, after=0, upto=Person.objects.latest("pk").pk, at=at)
    return [answer.status_code for answer in answers]


def kept(server: TestServer) -> int:
    """Return how often the number stands in a dump of the database, gaps or not."""
    command = [postgres.binary("pg_dump"), "-h", server.socket, "-U", postgres.USER, "--data-only"]
    name = str(connection.settings_dict["NAME"])
    dump = subprocess.run([*command, name], check=True, capture_output=True, text=True).stdout
    return GAPS.sub("", dump).count(NUMBER)


def test_a_card_number_typed_into_any_text_is_kept_nowhere(
    test_server: TestServer, measured: Callable[[str, str, str], None]
) -> None:
    person = house().workers[0]
    statuses = type_it_everywhere(person)
    found = kept(test_server)
    measured("A card number typed into texts", "0 kept", f"{found} kept of {len(statuses)} forms and commands")
    assert set(statuses) <= {200, 201, 302}
    assert (ServiceRequest.objects.count(), Comment.objects.count()) == (2, 1)
    assert Idea.objects.count() >= 2  # what comes without a name may wait before it is one
    assert MailOut.objects.exists()
    assert ServiceRequest.objects.earliest("pk").title == "My card •••• •••• •••• 1111 please"
    person.refresh_from_db()
    assert person.preferred_name == "•••• •••• •••• 1111"
    assert found == 0


def test_the_control_without_the_door_it_is_kept(test_server: TestServer, settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != DOOR]
    type_it_everywhere(house().workers[0])
    assert kept(test_server) > 5


def test_a_password_stays_what_it_is() -> None:
    person = house().workers[0]
    access.login(person, password=NUMBER)
    answer = Client().post("/sign-in/", {"username": person.login.username, "password": NUMBER})
    assert answer.status_code == 303


def stays_here(policy: str) -> bool:
    """Say whether a page's policy lets no form lead elsewhere; in a sandbox forms lead nowhere."""
    rules = {name: words for name, *words in (rule.split() for rule in policy.split(";") if rule.strip())}
    return rules.get("form-action") in (["'self'"], ["'none'"]) or "allow-forms" not in rules.get(
        "sandbox", ["allow-forms"]
    )


def test_no_page_asks_for_a_card_and_forms_go_nowhere_else(measured: Callable[[str, str, str], None]) -> None:
    ensure_demo(people=40, at=clock.now())
    kinds, asking, leading = set(), set(), set()
    for name in ("", "Nguyễn Thị Lan", "Emily Clark", "Sam Rivera"):
        browser = access.client(Person.objects.get(full_name=name) if name else None)
        for route, address, answer in crawl(browser.get):
            kinds.add(route)
            asking |= {(address, field) for field in FIELD.findall(answer.text) if ASKS.search(field)}
            leading |= {(address, to) for to in FORM.findall(answer.text) if not to.startswith(("/", "?", "#")) and to}
            if not stays_here(answer["Content-Security-Policy"]):
                leading.add((address, "no form-action"))
    measured("Pages that ask for a card", "0", f"{len(asking)} on {len(kinds)} kinds of pages")
    assert len(kinds) > 60
    assert (asking, leading) == (set(), set())


def test_the_control_the_look_sees_a_card_field() -> None:
    assert ASKS.search('<input name="cardnumber" autocomplete="off">')
    assert ASKS.search("<input autocomplete=cc-number>")
    assert not ASKS.search('<input name="discard">')
