import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from kith.config.ground import processes
from tests.support import served

WORKER = """
import os, sys, time
from kith.config.ground import child
from kith.kernel.tasks import Queue, task

@task("test.note")
def note(*, path, seconds, then=""):
    with open(path, "a") as file:
        file.write("begun\\n")
    time.sleep(seconds)
    if then:
        from django.db import transaction
        from procrastinate.contrib.django import app
        try:
            with transaction.atomic():
                app.configure_task("test.note", queue="default").defer(path=then, seconds=0)
                raise ValueError
        except ValueError:
            pass
    with open(path, "a") as file:
        file.write("done\\n")

child.main()
"""


@contextmanager
def worker(database_url: str, *, home: Path) -> "Iterator[subprocess.Popen[bytes]]":
    environ = served.environment(database_url, home=home)
    environ["DJANGO_SETTINGS_MODULE"] = os.environ["DJANGO_SETTINGS_MODULE"].replace(
        "tests.settings", "kith.config.settings"
    )
    with served.running([sys.executable, "-c", WORKER, "work"], environ=environ) as process:
        yield process


def defer(path: Path, *, seconds: float = 0, queue: str = "default", then: str = "") -> None:
    app.configure_task("test.note", queue=queue).defer(path=str(path), seconds=seconds, then=then)


def lines(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return int(cursor.fetchone()[0])


def test_a_job_is_run_once_and_one_of_a_rolled_back_change_never(database_url: str, tmp_path: Path) -> None:
    with transaction.atomic():
        defer(tmp_path / "never")
        transaction.set_rollback(True)
    defer(tmp_path / "once")
    with worker(database_url, home=tmp_path / "home"):
        assert processes.wait_until(lambda: lines(tmp_path / "once") == ["begun", "done"], seconds=120)
        defer(tmp_path / "again")
        assert processes.wait_until(lambda: lines(tmp_path / "again") == ["begun", "done"], seconds=60)
    assert lines(tmp_path / "once") == ["begun", "done"]
    assert lines(tmp_path / "never") == []


def test_a_job_enqueued_by_a_job_goes_with_its_transaction(database_url: str, tmp_path: Path) -> None:
    defer(tmp_path / "outer", then=str(tmp_path / "inner"))
    with worker(database_url, home=tmp_path / "home"):
        assert processes.wait_until(lambda: lines(tmp_path / "outer") == ["begun", "done"], seconds=120)
        defer(tmp_path / "later")
        assert processes.wait_until(lambda: lines(tmp_path / "later") == ["begun", "done"], seconds=60)
    assert lines(tmp_path / "inner") == []


def test_the_jobs_of_a_killed_worker_are_taken_back_by_the_next_in_its_place(database_url: str, tmp_path: Path) -> None:
    defer(tmp_path / "job", seconds=3)
    with worker(database_url, home=tmp_path / "home") as first:
        assert processes.wait_until(lambda: lines(tmp_path / "job") == ["begun"], seconds=120)
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(database_url, home=tmp_path / "home"):
        assert processes.wait_until(lambda: lines(tmp_path / "job").count("begun") == 2, seconds=60)
        assert processes.wait_until(lambda: lines(tmp_path / "job")[-1] == "done", seconds=60)
        assert workers() == 2, "the dead worker's rows are gone, the living one has a row a lane"


@pytest.mark.fault
def test_another_machine_takes_the_jobs_of_a_silent_one_after_its_heartbeats_stop(
    database_url: str, tmp_path: Path
) -> None:
    defer(tmp_path / "job", seconds=3)
    with worker(database_url, home=tmp_path / "one") as first:
        assert processes.wait_until(lambda: lines(tmp_path / "job") == ["begun"], seconds=120)
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(database_url, home=tmp_path / "two"):
        assert processes.wait_until(lambda: lines(tmp_path / "job").count("begun") == 2, seconds=120)


def test_an_urgent_job_does_not_wait_for_busy_lanes(database_url: str, tmp_path: Path) -> None:
    for number in range(8):
        defer(tmp_path / f"slow{number}", seconds=4)
    with worker(database_url, home=tmp_path / "home"):
        assert processes.wait_until(lambda: len(list(tmp_path.glob("slow*"))) == 3, seconds=120)
        defer(tmp_path / "urgent", queue="urgent")
        assert processes.wait_until(lambda: lines(tmp_path / "urgent") == ["begun", "done"], seconds=2)
        assert len(list(tmp_path.glob("slow*"))) == 3


def test_a_stopped_worker_ends_its_job_first_and_leaves_no_row(database_url: str, tmp_path: Path) -> None:
    defer(tmp_path / "job", seconds=2)
    with worker(database_url, home=tmp_path / "home") as process:
        assert processes.wait_until(lambda: lines(tmp_path / "job") == ["begun"], seconds=120)
        process.terminate()
        assert process.wait(timeout=15) == 0
    assert lines(tmp_path / "job") == ["begun", "done"]
    assert workers() == 0
