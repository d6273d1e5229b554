"""Backup and restore: the database and the files in one tar, and a restored copy that sends nothing.

A backup holds `manifest.json`, `database.sql.gz` (pg_dump's script), `files/…` and, where it was made by Kith,
`secret-key`. The database is dumped first, so every file it names is in the tar. It holds everything about
everybody: it is written readable by its owner only.
"""

import gzip
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kith.config import environment
from kith.config.ground import postgres, starting, state

FORMAT = 1
_MANIFEST, _DUMP, _KEY, _FILES = "manifest.json", "database.sql.gz", "secret-key", "files"
_MUTE = "INSERT INTO kernel_switch (name, since) VALUES ('muted', '{at}') ON CONFLICT DO NOTHING;\n"
_HEAD = 60  # lines before the first object, where settings unknown to older servers stand


class CopyError(Exception):
    """A backup or restore is refused or failed; nothing was changed, and the sentence says why."""


def backup(*, to: Path, at: datetime) -> int:
    """Write a backup of the running or resting Kith to the new file `to`; return its size in bytes."""
    if to.exists():
        raise CopyError(f"{to} exists already; choose another name.")
    if not to.parent.is_dir():
        raise CopyError(f"{to.parent} is no folder.")
    draft = to.with_name(to.name + ".partial")
    home = environment.home()
    try:
        with tempfile.TemporaryDirectory(dir=to.parent) as folder, starting.database():
            known = starting.known_state()
            dump = Path(folder) / _DUMP
            _run([postgres.binary("pg_dump"), "--no-owner", "--no-privileges", "--compress=gzip:5", "-f", str(dump)])
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _pack(file, dump=dump, home=home, manifest=_manifest(known, at=at))
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
    return to.stat().st_size


def _manifest(known: state.State, *, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kith": version("kith"),
        "made_at": at.isoformat(),
        "migrations": known.get(state.MIGRATIONS, ""),
    }


def _pack(file: IO[bytes], *, dump: Path, home: Path, manifest: dict[str, Any]) -> None:
    with tarfile.open(fileobj=file, mode="w") as tar:
        content = json.dumps(manifest, indent=1).encode()
        entry = tarfile.TarInfo(_MANIFEST)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
        tar.add(dump, _DUMP)
        if (home / _KEY).exists() and not os.environ.get("KITH_SECRET_KEY"):
            tar.add(home / _KEY, _KEY)
        if (home / _FILES).is_dir():
            tar.add(home / _FILES, _FILES)
        file.flush()
    os.fsync(file.fileno())


def restore(*, source: Path, replace: bool, at: datetime) -> dict[str, Any]:
    """Put a backup in place of this Kith's database and files, muted; return its manifest.

    The database changes in one transaction that also mutes it. An organization that is there already is only
    overwritten with `replace`. Refused while a Kith runs on this home.
    """
    environment.check()
    home = environment.home()
    with ExitStack() as stack:
        if environment.is_embedded():
            stack.enter_context(postgres.embedded(home))
        if starting.known_state() and not replace:
            raise CopyError("There is an organization here already; --replace overwrites it.")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=home)))
        manifest = _unpack(source, folder=folder)
        _load(folder / _DUMP, at=at)
        if (folder / _KEY).exists() and not os.environ.get("KITH_SECRET_KEY"):
            (folder / _KEY).chmod(0o600)
            (folder / _KEY).replace(home / _KEY)
        (folder / _FILES).mkdir(exist_ok=True)
        if (home / _FILES).exists():
            (home / _FILES).rename(folder / "replaced")
        (folder / _FILES).rename(home / _FILES)
    return manifest


def _unpack(source: Path, *, folder: Path) -> dict[str, Any]:
    """Write the tar's files into `folder`, refusing anything a backup does not hold, and return the manifest."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                _take(tar, member, folder=folder)
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise CopyError(f"{source} is no backup of Kith ({error}).") from None
    if manifest.get("format") != FORMAT or not (folder / _DUMP).exists():
        raise CopyError(f"{source} is no backup this version can read; restore it with Kith {manifest.get('kith')}.")
    return manifest


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, *, folder: Path) -> None:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in {_MANIFEST, _DUMP, _KEY, _FILES}:
        raise ValueError(f"it holds {member.name!r}")
    target = folder / path
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    content = tar.extractfile(member) if member.isfile() else None
    if content is None:
        raise ValueError(f"{member.name!r} is no plain file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file, 1_048_576)


def _load(dump: Path, *, at: datetime) -> None:
    """Replace everything in the database by the dump, muted, in one transaction."""
    command = [postgres.binary("psql"), "-X", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", "--single-transaction"]
    with _psql(command) as script:
        script.write(b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        with gzip.open(dump, "rb") as lines:
            for _ in range(_HEAD):
                line = lines.readline()
                if not line.startswith(b"SET transaction_timeout"):  # unknown before PostgreSQL 17, and the default
                    script.write(line)
            shutil.copyfileobj(lines, script, 1_048_576)
        script.write(b"\nSET search_path = public;\n" + _MUTE.format(at=at.isoformat()).encode())


@contextmanager
def _psql(command: list[str]) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, env=_address(), stdin=subprocess.PIPE, stderr=errors)  # noqa: S603
        assert process.stdin is not None  # noqa: S101  (a pipe was asked for)
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # psql says why below
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines() or ["psql failed"]
            reason = next((line for line in said if "ERROR" in line or "FATAL" in line), said[-1])
            raise CopyError(f"The backup cannot be loaded: {reason}")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, env=_address(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise CopyError(
            f"The database cannot be dumped: {(done.stderr.strip().splitlines() or ['pg_dump failed'])[-1]}"
        )


def _address() -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs find the database; no password on a command line."""
    at = environment.database()
    wanted = {"PGHOST": at.host, "PGPORT": at.port, "PGDATABASE": at.name, "PGUSER": at.user, "PGPASSWORD": at.password}
    return {**os.environ, **{name: value for name, value in wanted.items() if value}}
