from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kith.config import environment
from kith.config.environment import WrongSettingError


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("KITH_SECRET_KEY", "short", environment.secret_key),
        ("KITH_DATABASE_URL", "mysql://host/kith", environment.database),
        ("KITH_DATABASE_URL", "postgresql://host", environment.database),
        ("KITH_DATABASE_URL", "postgresql://host:port/kith", environment.database),
        ("KITH_EMAIL_URL", "mail.example.com", environment.mail),
        ("KITH_EMAIL_URL", "smtp://", environment.mail),
        ("KITH_EMAIL_URL", "smtp://host:99999", environment.mail),
        ("KITH_URL", "people.example.com", environment.url),
        ("KITH_URL", "ftp://people.example.com", environment.url),
        ("KITH_URL", "https://people.example.com/kith", environment.url),
        ("KITH_URL", "https://people.example.com:x", environment.url),
        ("KITH_PROXIES", "10.0.0.1, the proxy", environment.proxies),
    ],
)
def test_a_wrong_setting_is_named(
    name: str, value: str, read: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettingError, match=name):
        read()


def test_a_database_address_is_read_with_everything_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_DATABASE_URL", "postgresql://us%40er:pa%2Fss@db.example.com:5433/na%20me")
    found = environment.database()
    assert found == environment.DatabaseAddress(
        host="db.example.com", port="5433", name="na me", user="us@er", password="pa/ss"
    )


@pytest.mark.parametrize("folder", ["plain", "with & and = and %20", "Đặt tên 中文"])
def test_the_embedded_server_is_found_in_a_home_of_any_name(
    folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / folder
    home.mkdir()
    monkeypatch.setenv("KITH_HOME", str(home))
    monkeypatch.delenv("KITH_DATABASE_URL", raising=False)
    assert environment.database().host == str(home / "run")
    (home / "socket").write_text("/tmp/short & odd")
    assert environment.database().host == "/tmp/short & odd"


def test_the_secret_is_made_once_and_readable_by_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "new"))
    monkeypatch.delenv("KITH_SECRET_KEY", raising=False)
    first = environment.secret_key()
    assert len(first) >= 50
    assert environment.secret_key() == first
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret-key"]


def test_two_fresh_homes_have_different_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KITH_SECRET_KEY", raising=False)
    secrets = set()
    for name in "ab":
        monkeypatch.setenv("KITH_HOME", str(tmp_path / name))
        secrets.add(environment.secret_key())
    assert len(secrets) == 2


def test_mail_over_tls_has_its_own_scheme_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_EMAIL_URL", "smtps://user:p%40ss@mail.example.com")
    assert environment.mail() == environment.MailAddress(
        host="mail.example.com", port=465, user="user", password="p@ss", tls=True
    )


def test_a_home_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(WrongSettingError, match="KITH_HOME"):
        environment.check()


def test_no_proxy_is_believed_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KITH_PROXIES", raising=False)
    assert environment.proxies() == []
    monkeypatch.setenv("KITH_PROXIES", "10.0.0.1, 192.168.0.0/24")
    assert environment.proxies() == ["10.0.0.1", "192.168.0.0/24"]
