"""Rows 39 and 40: what a production start is like without anybody having thought of anything, and what it stands on."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from kith.access.logins.models import Login
from tests.access import make as access
from tests.people import make as people
from tests.support import served

ROOT = Path(__file__).resolve().parents[2]


def checked(home: Path, *, url: str, settings: str = "kith.config.settings") -> "subprocess.CompletedProcess[str]":
    environ = served.environment("postgresql://nobody@/none?host=/nowhere", home=home, more={"KITH_URL": url})
    environ["DJANGO_SETTINGS_MODULE"] = settings
    environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of the tests' own settings
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.fault
@pytest.mark.row(39)
def test_the_documented_production_start_passes_djangos_own_check(tmp_path: Path) -> None:
    home = tmp_path / "one"
    home.mkdir()
    done = checked(home, url="https://kith.example")
    assert done.returncode == 0, done.stderr


@pytest.mark.fault
@pytest.mark.row(39)
def test_the_control_without_https_the_check_warns(tmp_path: Path) -> None:
    home = tmp_path / "one"
    home.mkdir()
    done = checked(home, url="http://kith.example")
    assert done.returncode == 1
    assert {"security.W004", "security.W016"} <= set(re.findall(r"security\.W\d+", done.stderr))


@pytest.mark.fault
@pytest.mark.row(39)
def test_two_fresh_installations_share_no_key(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir()
        checked(home, url="https://kith.example")
        key = home / "secret-key"
        keys.append(key.read_text())
        assert key.stat().st_mode & 0o077 == 0
    assert len(set(keys)) == 2
    assert min(map(len, keys)) >= 50


@pytest.mark.row(39)
@pytest.mark.django_db
def test_an_empty_database_has_no_account() -> None:
    assert Login.objects.count() == 0


@pytest.mark.row(39)
@pytest.mark.django_db
@pytest.mark.urls("kith.config.urls")
def test_a_signed_in_page_is_not_kept_and_an_error_shows_nothing_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = access.client(people.employee(language="en"))
    browser.raise_request_exception = False
    page = browser.get("/me/")
    assert "no-store" in page["Cache-Control"]
    assert (page["X-Content-Type-Options"], page["X-Frame-Options"]) == ("nosniff", "DENY")

    def fails(*_args: object, **_given: object) -> None:
        raise RuntimeError("canary-of-an-error")

    monkeypatch.setattr("kith.portal.indexes.views.page", fails)
    broken: Client = browser
    answer = broken.get("/help/")
    assert answer.status_code == 500
    assert "canary-of-an-error" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.row(40)
def test_every_part_is_pinned_with_its_hash_and_django_is_new_enough() -> None:
    parts = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    loose = [
        part["name"]
        for part in parts
        if "registry" in part["source"]
        and not all("hash" in file for file in [*part.get("wheels", []), *([part["sdist"]] if "sdist" in part else [])])
    ]
    assert loose == []
    version = next(part["version"] for part in parts if part["name"] == "django")
    assert tuple(map(int, version.split("."))) >= (5, 2, 19)


def test_no_page_asks_browsers_to_say_nothing_about_where_a_post_comes_from() -> None:
    """A page with the referrer policy “no-referrer” posts with the origin “null”, which is refused."""
    assert settings.SECURE_REFERRER_POLICY == "same-origin"
    written = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".html", ".ts"}]
    said = [path.name for path in written if "no-referrer" in path.read_text(errors="replace")]
    assert said == ["sealed.py"], "only where it is explained"
