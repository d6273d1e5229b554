import pytest
from django.db import connection
from django.test import Client, override_settings
from procrastinate.contrib.django import app

from kith.access.policies import operator
from kith.config.ground import state
from kith.config.health import probes, queues, views
from kith.kernel import clock, switches

pytestmark = pytest.mark.django_db


def defer(queue: str, *, seconds_ago: int = 0, in_future: bool = False) -> None:
    job = app.configure_task("test.none", queue=queue).defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - make_interval(secs => %s) WHERE job_id = %s", [seconds_ago, job]
        )
        if in_future:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 h' WHERE id = %s", [job])


def beat(*, seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_the_backlog_counts_only_what_could_run_now_by_queue_and_age() -> None:
    defer("bulk", seconds_ago=90)
    defer("bulk", seconds_ago=10)
    defer("urgent", in_future=True)
    assert queues.backlog() == [queues.Backlog(queue="bulk", waiting=2, oldest_seconds=90.0)]


def test_only_workers_with_a_fresh_heartbeat_are_alive() -> None:
    beat(seconds_ago=5)
    beat(seconds_ago=120)
    assert queues.workers_alive() == 1


@pytest.mark.parametrize(
    ("beats", "waited", "rests", "is_well"),
    [(True, 10, False, True), (False, 0, False, False), (True, 400, False, False), (False, 400, True, True)],
)
def test_workers_are_well_when_they_live_and_keep_up(beats: bool, waited: int, rests: bool, is_well: bool) -> None:  # noqa: FBT001
    if beats:
        beat(seconds_ago=1)
    defer("default", seconds_ago=waited)
    assert probes.jobs(rests=rests).is_well is is_well


def test_a_muted_copy_says_so() -> None:
    switches.mute(at=clock.now())
    assert "kith unmute" in probes.muted().sentence


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "LEAST_ROOM", 10**18)
    found = probes.room()
    assert not found.is_well
    assert found.sentence.startswith("The disk is full")


def test_a_mail_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_EMAIL_URL", "smtp://127.0.0.1:9")
    found = probes.mail()
    assert (found.is_well, "127.0.0.1:9" in found.sentence) == (False, True)


@pytest.fixture
def on_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what looks beside Django look at the test's database too."""
    chosen = connection.settings_dict
    monkeypatch.setenv("KITH_DATABASE_URL", f"postgresql://kith@/{chosen['NAME']}?host={chosen['HOST']}")


@pytest.mark.urls("kith.config.health.urls")
@override_settings(ALLOWED_HOSTS=["testserver"])
@pytest.mark.django_db(transaction=True)
def test_ready_answers_503_until_the_database_is_of_this_version(client: Client, on_this_database: None) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "kith upgrade" in answer.json()["findings"]["database"]
    state.write(migrations=state.migrations_digest())
    defer("default", seconds_ago=7)
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert answer.json()["jobs"]["default"]["waiting"] == 1
    assert answer.json()["muted"] is False


@pytest.mark.urls("kith.config.health.urls")
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_live_needs_no_sign_in_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"live")
    assert not answer.cookies


def test_the_numbers_for_prometheus_are_for_operators() -> None:
    defer("bulk", seconds_ago=30)
    assert b'kith_jobs_waiting{queue="bulk"} 1.0' in views.numbers()
    assert vars(views.metrics)["policy"] is operator
