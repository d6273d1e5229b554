import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kith.config.ground import lock, postgres, processes

HOLD = """
import sys, time
from pathlib import Path
from kith.config.ground import postgres
with postgres.embedded(Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    time.sleep(60)
"""


def hold(home: Path) -> tuple["subprocess.Popen[str]", int]:
    """Run a server in a process of its own, as a supervisor does; return the process and the postmaster's number."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    return holder, int(holder.stdout.readline())


def test_what_was_committed_is_there_after_the_supervisor_is_killed(tmp_path: Path) -> None:
    holder, postmaster = hold(tmp_path)
    other = postgres.Server.__new__(postgres.Server)
    other.home, other.socket = tmp_path, postgres.socket_folder(tmp_path)
    with other.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    holder.kill()
    holder.wait()
    assert processes.wait_until(lambda: not processes.is_alive(postmaster), seconds=10), "PostgreSQL outlived us"
    with postgres.embedded(tmp_path) as server, server.connect() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_killed_postmaster_starts_again_with_everything_committed(tmp_path: Path) -> None:
    with postgres.embedded(tmp_path) as server:
        for number in range(3):
            with server.connect() as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS rounds (n int)")
                connection.execute("INSERT INTO rounds VALUES (%s)", [number])
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            assert processes.wait_until(lambda: server.pid is None, seconds=5)
            server.start()
        with server.connect() as connection:
            assert connection.execute("SELECT array_agg(n ORDER BY n) FROM rounds").fetchone() == ([0, 1, 2],)


def test_a_second_start_on_the_same_home_is_refused_and_names_the_first(tmp_path: Path) -> None:
    holder, _ = hold(tmp_path)
    try:
        with pytest.raises(lock.HomeInUseError, match=str(holder.pid)), postgres.embedded(tmp_path):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_a_start_waits_for_the_database_of_a_killed_supervisor(tmp_path: Path) -> None:
    holder, _ = hold(tmp_path)
    holder.kill()
    holder.wait()
    with postgres.embedded(tmp_path) as server:
        assert server.pid is not None


def test_a_home_too_deep_for_a_socket_gets_a_short_private_folder(tmp_path: Path) -> None:
    home = tmp_path / ("deep" * 30)
    with postgres.embedded(home) as server:
        assert len(str(server.socket)) <= postgres.LONGEST_SOCKET
        assert (home / "socket").read_text() == str(server.socket)
        assert server.socket.stat().st_mode & 0o777 == 0o700
        with server.connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    server.socket.rmdir()


def test_a_stale_pid_file_with_somebody_elses_number_does_not_stop_a_start(tmp_path: Path) -> None:
    with postgres.embedded(tmp_path) as server:
        lines = (server.data / "postmaster.pid").read_text().splitlines()
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        (tmp_path / "pg18" / "postmaster.pid").write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        with postgres.embedded(tmp_path) as server, server.connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_spoilt_data_folder_is_told_in_one_sentence_with_its_log(tmp_path: Path) -> None:
    with postgres.embedded(tmp_path):
        pass
    (tmp_path / "pg18" / "global" / "pg_control").unlink()
    with pytest.raises(postgres.DatabaseDownError, match=r"postgres\.log"), postgres.embedded(tmp_path):
        pass


def test_only_the_socket_is_listened_on_and_with_the_settings_that_keep_commits(tmp_path: Path) -> None:
    with postgres.embedded(tmp_path) as server, server.connect() as connection:
        names = ["listen_addresses", "fsync", "synchronous_commit", "full_page_writes", "unix_socket_permissions"]
        shown = {name: connection.execute("SELECT current_setting(%s)", [name]).fetchone() for name in names}
    assert shown == {
        "listen_addresses": ("",),
        "fsync": ("on",),
        "synchronous_commit": ("on",),
        "full_page_writes": ("on",),
        "unix_socket_permissions": ("0700",),
    }
