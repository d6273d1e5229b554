import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from kith.config.ground import copies, lock, postgres, state

AT = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
LATER = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)


@contextmanager
def home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with monkeypatch.context() as patched:
        patched.setenv("KITH_HOME", str(folder))
        for name in ("KITH_DATABASE_URL", "KITH_SECRET_KEY"):
            patched.delenv(name, raising=False)
        yield folder


def fill(folder: Path, *, people: int) -> None:
    """Make an organization: a table with awkward texts, a file, a secret."""
    with postgres.embedded(folder) as server, server.connect() as connection:
        state.write(migrations="abc", organization="empty")
        connection.execute("CREATE TABLE kernel_switch (name text PRIMARY KEY, since timestamptz NOT NULL)")
        connection.execute("CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL)")
        connection.execute(
            "INSERT INTO person SELECT n, 'Đặng 张 O''Neill\t\\.\n' || n FROM generate_series(1, %s) AS n", [people]
        )
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "photo.png").write_bytes(b"\x89PNG\x00" * 1000)
    (folder / "secret-key").write_text("s" * 60)


def people_in(folder: Path) -> tuple[object, ...] | None:
    with postgres.embedded(folder) as server, server.connect() as connection:
        return connection.execute("SELECT count(*), md5(string_agg(name, '|' ORDER BY id)) FROM person").fetchone()


def muted_since(folder: Path) -> tuple[object, ...] | None:
    with postgres.embedded(folder) as server, server.connect() as connection:
        return connection.execute("SELECT since FROM kernel_switch WHERE name = 'muted'").fetchone()


def test_a_backup_restored_elsewhere_holds_the_same_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.tar"
    with home(tmp_path / "one", monkeypatch) as one:
        fill(one, people=500)
        copies.backup(to=file, at=AT)
        before = people_in(one)
    assert file.stat().st_mode & 0o777 == 0o600
    with home(tmp_path / "two", monkeypatch) as two:
        manifest = copies.restore(source=file, replace=False, at=LATER)
        assert manifest["made_at"] == AT.isoformat()
        assert people_in(two) == before
        assert muted_since(two) == (LATER,)
        assert (two / "files" / "ab" / "photo.png").read_bytes() == b"\x89PNG\x00" * 1000
        assert (two / "secret-key").read_text() == "s" * 60
        with postgres.embedded(two):
            assert state.read() == {"migrations": "abc", "organization": "empty"}
        assert not [path.name for path in two.iterdir() if path.name.startswith("tmp")]


def test_an_organization_that_is_there_is_only_overwritten_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.tar"
    with home(tmp_path / "one", monkeypatch) as one:
        fill(one, people=3)
        copies.backup(to=file, at=AT)
    with home(tmp_path / "two", monkeypatch) as two:
        fill(two, people=7)
        (two / "files" / "own.txt").write_text("own")
        before = people_in(two)
        with pytest.raises(copies.CopyError, match="--replace"):
            copies.restore(source=file, replace=False, at=LATER)
        assert people_in(two) == before
        copies.restore(source=file, replace=True, at=LATER)
        assert people_in(two) != before
        assert not (two / "files" / "own.txt").exists()


def test_a_backup_spoilt_in_the_middle_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backup.tar"
    with home(tmp_path / "one", monkeypatch) as one:
        fill(one, people=50)
        monkeypatch.setattr(copies, "_MUTE", "SELECT no_such_function('{at}');\n")
        copies.backup(to=file, at=AT)
        before = people_in(one)
        with pytest.raises(copies.CopyError, match="no_such_function"):
            copies.restore(source=file, replace=True, at=LATER)
        assert people_in(one) == before
        assert muted_since(one) is None


def test_a_backup_is_never_written_over_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backup.tar"
    file.write_text("precious")
    with home(tmp_path / "one", monkeypatch), pytest.raises(copies.CopyError, match="exists already"):
        copies.backup(to=file, at=AT)
    assert file.read_text() == "precious"


def tar_with(path: Path, name: str, *, link: str = "") -> Path:
    with tarfile.open(path, "w") as tar:
        manifest = json.dumps({"format": copies.FORMAT, "kith": "0", "made_at": ""}).encode()
        for entry, content in (("manifest.json", manifest), (name, b"x")):
            info = tarfile.TarInfo(entry)
            info.size = len(content)
            if link and entry == name:
                info.type, info.linkname, info.size = tarfile.SYMTYPE, link, 0
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("name", "link"), [("../evil", ""), ("/etc/evil", ""), ("files/../../evil", ""), ("other", ""), ("files/l", "/etc")]
)
def test_a_tar_that_reaches_outside_is_refused(
    name: str, link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        home(tmp_path / "one", monkeypatch) as one,
        pytest.raises(copies.CopyError, match="no backup"),
    ):
        copies.restore(source=tar_with(tmp_path / "bad.tar", name, link=link), replace=False, at=LATER)
    assert not (tmp_path / "evil").exists()
    assert not (one / "files").exists()


def test_something_that_is_no_backup_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "noise").write_bytes(b"noise" * 1000)
    with home(tmp_path / "one", monkeypatch), pytest.raises(copies.CopyError, match="no backup"):
        copies.restore(source=tmp_path / "noise", replace=False, at=LATER)


def test_a_restore_under_a_running_kith_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backup.tar"
    with home(tmp_path / "one", monkeypatch) as one:
        fill(one, people=1)
        copies.backup(to=file, at=AT)
        with postgres.embedded(one), pytest.raises(lock.HomeInUseError):
            copies.restore(source=file, replace=True, at=LATER)


def test_a_backup_is_taken_from_a_running_kith(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with home(tmp_path / "one", monkeypatch) as one:
        fill(one, people=20)
        with postgres.embedded(one) as server:
            copies.backup(to=tmp_path / "backup.tar", at=AT)
            with psycopg.connect(server.url()) as connection:
                assert connection.execute("SELECT count(*) FROM person").fetchone() == (20,)
    with tarfile.open(tmp_path / "backup.tar") as tar:
        assert {"manifest.json", "database.sql.gz", "secret-key", "files/ab/photo.png"} <= set(tar.getnames())
