"""What every test may ask for: a database of this session, cloned from a migrated template on a real PostgreSQL."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from kith.config.checking import steps
from kith.notices.bars import MEMORY as DRILLS
from kith.portal.organization import identity
from kith.portal.shell.frame import Identity
from tests.support import served
from tests.support.databases import TestServer, digest_of_tables, name_of_clone, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.plugin import DjangoDbBlocker

CHECKOUT = Path(__file__).resolve().parents[1]
if not os.environ.get("KITH_SEARCH"):  # a check is the same every time; to look for more: KITH_SEARCH=1
    hypothesis_settings.register_profile("same", derandomize=True, database=None)
    hypothesis_settings.load_profile("same")


@pytest.fixture(autouse=True)
def an_organization() -> None:
    """Let every page know whose it is and that no drill runs; tests of either begin without that."""
    identity.keep(Identity("Kith"), seconds=3600)
    DRILLS.keep([], seconds=3600)


@pytest.fixture(scope="session")
def test_server() -> Iterator[TestServer]:
    """Yield the tests' PostgreSQL, shared with other sessions on this checkout."""
    with running(CHECKOUT / "var" / "test" / "server") as server:
        yield server


@pytest.fixture(scope="session")
def django_db_setup(
    test_server: TestServer,
    django_test_environment: None,
    django_db_blocker: "DjangoDbBlocker",
) -> Iterator[None]:
    """Point Django at a clone of the template; a test with real transactions leaves a new clone behind."""
    name = name_of_clone(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    with django_db_blocker.unblock():
        with test_server.template(digest_of_tables()) as (filled, is_new):
            template = filled.removeprefix("building_")
            if is_new:
                _use(filled, server=test_server)
                call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
                connections.close_all()
        test_server.clone(name, template=template)
        _use(name, server=test_server)
    flush = TransactionTestCase._fixture_teardown

    def renew(_case: TransactionTestCase) -> None:
        connections.close_all()
        test_server.clone(name, template=template)

    TransactionTestCase._fixture_teardown = renew
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        connections.close_all()
    test_server.drop(name)


@pytest.fixture
def database_url(test_server: TestServer, transactional_db: None) -> str:
    """Return the address of this session's database, for processes a test starts; what they commit goes with the test."""
    return test_server.url(str(connections["default"].settings_dict["NAME"]))


def _use(name: str, *, server: TestServer) -> None:
    connections.close_all()
    for known in (settings.DATABASES["default"], connections["default"].settings_dict):
        known.update(NAME=name, HOST=server.socket, PORT="", USER="kith", PASSWORD="")


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: "SettingsWrapper") -> None:
    """Let every test's uploaded files lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def address(database_url: str) -> Iterator[str]:
    """Yield the address of a real web process on this test's database, as `kith serve` runs it; no worker."""
    with served.serving(database_url) as where:
        yield where


@pytest.fixture
def demo_address(database_url: str) -> Iterator[str]:
    """Yield the address of a real web process that shows the demo's bar and its one-click sign-in."""
    more = {"KITH_DEMO": "1", "KITH_DEMO_OPEN": "1", "KITH_SECRET_KEY": settings.SECRET_KEY}  # our links are its links
    with served.serving(database_url, more=more) as where:
        yield where


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Yield Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (only browser tests wait for it)

    path = steps.chromium()
    if path is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    """Yield a fresh page of a fresh context: no cookies, 1280 by 800."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def check_size() -> str:
    """Return how large faults are to be: `quick`, `small` (the default) or `full` (their stated size)."""
    return os.environ.get("KITH_CHECK_SIZE", "small")


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str, str, str], None]:
    """Return what takes down (fault, promised figure, measured figure); `kith check --full` makes a page of them.

    The test's mark `row(n)` says which row of docs/reliability.md the figure belongs to.
    """
    rows = [number for mark in request.node.iter_markers("row") for number in mark.args]

    def take_down(name: str, promised: str, figure: str) -> None:
        path = os.environ.get("KITH_MEASURED")
        if path:
            with Path(path).open("a") as file:
                line = {"rows": rows, "name": name, "promised": promised, "figure": figure}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")

    return take_down
