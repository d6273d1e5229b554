"""Row 20: whatever ends somebody's standing ends twenty sessions, their tokens and their streams within a second."""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from queue import Empty

import pytest
from django.conf import settings

from kith.access.apitokens.actions import issue_token
from kith.access.grants.actions import grant_role
from kith.access.logins.actions import deactivate_login, end_sessions, set_password
from kith.kernel import clock
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from tests.access import make as access
from tests.messaging.live.test_live import Reader
from tests.people import make as people
from tests.support import asking, served
from tests.support.asking import Asker

pytestmark = [pytest.mark.fault, pytest.mark.row(20)]
EACH = 20
LIMIT = 1.0  # seconds
FORGETFUL = """
import django
django.setup()
from kith.access.sessions import queries
queries._still_in = lambda *_who, **_given: True
from kith.messaging.live import hub
hub.still_signed_in = lambda *, digests, at: set(digests)
from kith.config.ground.child import main
main()
"""


def yesterday(person: Person) -> None:
    day = clock.local_date(clock.now(), person.zone) - timedelta(days=1)
    leave(person=person, on=day, at=clock.now(), by_id=None)


ENDINGS: dict[str, Callable[[Person], object]] = {
    "deactivated": lambda person: deactivate(person=person, at=clock.now(), by_id=None),
    "employment over": yesterday,
    "login closed": lambda person: deactivate_login(login=person.login, at=clock.now()),
    "new password": lambda person: set_password(login=person.login, password="another-corridor-77", at=clock.now()),
    "signed out everywhere": lambda person: end_sessions(login=person.login),
}


def key_of(asker: Asker) -> str:
    return asker.headers["Cookie"].rpartition(f"{settings.SESSION_COOKIE_NAME}=")[2]


def is_in(asker: Asker) -> bool:
    return asker.get("/me/sessions/").status == 200


def tokens_of(person: Person, number: int, address: str) -> list[Asker]:
    late = clock.now() + timedelta(days=1)
    made = [
        issue_token(person=person, name=f"till {n}", scopes=("read",), expires_at=late, at=clock.now())
        for n in range(number)
    ]
    return [asking.program(address, token) for token in made]


def speaks(program: Asker) -> bool:
    return program.get("/api/v1/me").status == 200


def has_ended(reader: Reader) -> bool:
    """Say whether a stream is closed; what it said before is passed over."""
    while True:
        try:
            if reader.lines.get_nowait() is None:
                return True
        except Empty:
            return False


def someone() -> Person:
    person = people.employee()
    access.login(person)
    return person


def alive_after(
    end: Callable[[Person], object], person: Person, address: str, *, patience: float
) -> tuple[int, int, int, float]:
    """End a person's standing; return how many sessions, tokens and streams live on, and when the last stream ended."""
    browsers = [asking.browser(address, person) for _ in range(EACH)]
    programs = tokens_of(person, EACH, address)
    with ExitStack() as stack:
        readers = [Reader(address, key_of(each)) for each in browsers]
        for reader in readers:
            stack.callback(reader.close)
        assert all(reader.until("id:") for reader in readers)
        assert all(map(is_in, browsers))
        assert all(map(speaks, programs))
        end(person)
        begun = time.monotonic()
        open_still = list(readers)
        while open_still and time.monotonic() - begun < patience:
            open_still = [reader for reader in open_still if not has_ended(reader)]
            time.sleep(0.005)
        took = time.monotonic() - begun
    return sum(map(is_in, browsers)), sum(map(speaks, programs)), len(open_still), took


@pytest.mark.alone
def test_every_ending_kills_all_sessions_tokens_and_streams_within_a_second(
    address: str, measured: Callable[[str, str, str], None]
) -> None:
    other = asking.browser(address, someone())
    found = {name: alive_after(end, someone(), address, patience=5) for name, end in ENDINGS.items()}
    slowest = max(took for *_alive, took in found.values())
    measured(
        f"{len(ENDINGS)} endings over HTTP, {EACH} sessions, tokens and streams each", "0 live on, streams closed < 1 s",
        f"{sum(sum(alive[:3]) for alive in found.values())} live on, slowest {slowest:.2f} s",
    )  # fmt: skip
    assert {name: alive[:3] for name, alive in found.items()} == dict.fromkeys(ENDINGS, (0, 0, 0))
    assert slowest < LIMIT
    assert is_in(other)


def test_a_change_of_roles_gives_every_session_a_new_key_and_the_old_one_dies(address: str) -> None:
    person = someone()
    browsers = [asking.browser(address, person) for _ in range(EACH)]
    assert all(map(is_in, browsers))
    grant_role(person=person, role="hr", at=clock.now())
    given = [each.get("/me/sessions/").headers.get_all("Set-Cookie", []) for each in browsers]
    keys = {cookie for cookies in given for cookie in cookies if cookie.startswith(settings.SESSION_COOKIE_NAME)}
    assert len(keys) == EACH
    assert not any(map(is_in, browsers))


def test_the_control_without_the_look_at_the_standing_all_live_on(database_url: str) -> None:
    with served.serving(database_url, command=[sys.executable, "-c", FORGETFUL]) as where:
        sessions, _tokens, streams, _took = alive_after(ENDINGS["new password"], someone(), where, patience=1.5)
    assert (sessions, streams) == (EACH, EACH)
