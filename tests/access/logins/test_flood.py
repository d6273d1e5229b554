"""A flood of sign-ins is no denial of service: pages keep their threads (reliability 19)."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from urllib.parse import urlencode, urlsplit

import pytest

from kith.access.logins import hashing

pytestmark = pytest.mark.row(19)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OFFERED = 50  # sign-ins a second


def request(
    address: str, method: str, path: str, *, source: str = "127.0.0.1", **more: object
) -> tuple[int, float, str]:
    """Return status, seconds and the cookies' header of one request on a connection of its own."""
    where, begin = urlsplit(address), time.perf_counter()
    link = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60, source_address=(source, 0))
    try:
        link.request(method, path, **more)  # type: ignore[arg-type]
        answer = link.getresponse()
        body = answer.read().decode()
        cookies = "; ".join(line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie", []))
        return answer.status, time.perf_counter() - begin, f"{cookies}\0{body}"
    finally:
        link.close()


@pytest.mark.alone
@pytest.mark.fault
def test_with_fifty_sign_ins_a_second_other_pages_answer_in_time(
    address: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    seconds = 30 if check_size == "full" else 6
    _status, _took, first = request(address, "GET", "/sign-in/")
    cookies, _, page = first.partition("\0")
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    statuses: list[int] = []

    def sign_in(n: int) -> None:
        body = urlencode({"username": f"nobody{n}", "password": "wrong", "csrfmiddlewaretoken": token})
        source = f"127.0.{1 + n % 200}.{1 + n // 200}"
        statuses.append(
            request(address, "POST", "/sign-in/", source=source, body=body, headers={**FORM, "Cookie": cookies})[0]
        )

    took: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            status, spent, _body = request(address, "GET", "/sign-in/link/")
            took.append(spent if status == 200 else float("inf"))

    reader = threading.Thread(target=look)
    reader.start()
    with ThreadPoolExecutor(100) as flood:
        begin = time.perf_counter()
        for n in range(OFFERED * seconds):
            time.sleep(max(0.0, begin + n / OFFERED - time.perf_counter()))
            flood.submit(sign_in, n)
        offered = OFFERED * seconds / (time.perf_counter() - begin)
        over.set()
    reader.join()
    assert offered > OFFERED - 1
    p95 = statistics.quantiles(took, n=20)[-1]
    assert set(statuses) <= {422, 503}
    assert len(statuses) == OFFERED * seconds
    measured("50 sign-ins a second", "pages p95 < 2 s", f"p95 {p95:.2f} s at {offered:.0f} a second")
    assert p95 < 2


@contextmanager
def _counted(at_once: list[int], most: list[int]) -> Iterator[None]:
    at_once.append(1)
    most.append(len(at_once))
    try:
        yield
    finally:
        at_once.pop()


def _most_at_once(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return how many of twelve checks ran at once at most, and how many were turned away."""
    at_once: list[int] = []
    most: list[int] = []
    busy: list[int] = []

    def slow(_secret: str, _kept: str) -> bool:
        with _counted(at_once, most):
            time.sleep(0.2)
        return False

    monkeypatch.setattr(hashing, "check_password", slow)
    start = threading.Barrier(12)

    def check() -> None:
        start.wait()
        try:
            hashing.matches("wrong", None)
        except hashing.Busy:
            busy.append(1)

    with ThreadPoolExecutor(12) as threads:
        for _ in range(12):
            threads.submit(check)
    return max(most), len(busy)


@pytest.mark.fault
def test_two_checks_run_one_waits_and_nine_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _most_at_once(monkeypatch) == (2, 9)


@pytest.mark.fault
def test_negative_control_without_turns_all_twelve_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "a_turn", nullcontext)
    assert _most_at_once(monkeypatch) == (12, 0)
