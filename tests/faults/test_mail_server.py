"""Row 8: every fault a mail server has, all at once, over the real worker: nothing lost, nothing tried for ever."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from kith.config.ground import processes
from kith.messaging.mail.models import MailOut, MailState
from kith.notices.severities import Severity
from kith.people.persons.models import Person
from tests.faults.moved import Moved
from tests.messaging.sink import Sink
from tests.notices.make import draft
from tests.people import make as people
from tests.support import asking, served

pytestmark = [pytest.mark.fault, pytest.mark.row(8)]
SIZES = {"quick": 40, "small": 60, "full": 1000}  # people who are told
FOUR_DAYS = timedelta(days=4)
NEVER, ALWAYS_LATER, LATER, DROPPED, LOST, SILENT = (
    [f"{word}{n}@example.com" for n in range(number)]
    for word, number in (("never", 3), ("always", 2), ("later", 5), ("dropped", 3), ("lost", 3), ("silent", 1))
)


class Watched(Sink):
    """A sink that notes when it was asked for whom."""

    def __init__(self) -> None:
        super().__init__()
        self.when: list[float] = []
        self.answers = {**dict.fromkeys(NEVER, "550 no such person"), **dict.fromkeys(ALWAYS_LATER, "451 later")}
        self.once = {
            **dict.fromkeys(LATER, "451 later"), **dict.fromkeys(DROPPED, "drop"), **dict.fromkeys(LOST, "lose"),
            **dict.fromkeys(SILENT, "silent"),
        }  # fmt: skip

    async def handle_RCPT(self, *given: object) -> str:  # type: ignore[override]  # noqa: N802  (aiosmtpd's name)
        self.when.append(time.monotonic())
        return await super().handle_RCPT(*given)  # type: ignore[arg-type]

    def after_silence(self) -> float:
        """Return after how many seconds the next was asked for when one had got no answer."""
        n = self.asked.index(SILENT[0])
        return self.when[n + 1] - self.when[n]


@contextmanager
def listening(sink: Sink, port: int) -> Iterator[None]:
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def announce(where: str, author: Person, *, at: datetime) -> float:
    """Publish a notice to every employee over HTTP; return how many seconds the answer took."""
    notice = draft(author, severity=Severity.IMPORTANT, at=at, due_at=at + timedelta(days=30))
    browser = asking.browser(where, author, "communications")
    assert browser.get(f"/desk/notices/{notice.public_id}/").status == 200
    begun = time.monotonic()
    assert browser.post(f"/desk/notices/{notice.public_id}/publish/", {}).status == 302
    return time.monotonic() - begun


def work_off(moved: Moved, *, mails: int) -> None:
    """Let time pass from one attempt to the next until no mail waits any more."""
    made = MailOut.objects.filter(address__endswith="@example.com").order_by().values("address").distinct()
    assert processes.wait_until(lambda: made.count() == mails, seconds=120, pause=0.1), made.count()
    until = time.monotonic() + 900
    while (waiting := MailOut.objects.filter(state=MailState.WAITING)).exists():
        assert time.monotonic() < until
        ends = [end for pair in waiting.values_list("next_try", "leased_until") for end in pair if end is not None]
        due = [end for end in ends if end <= moved.now()]
        if ends and not due:
            moved.by(min(ends) - moved.now() + timedelta(seconds=2))
        time.sleep(0.1)


def test_nothing_is_lost_and_everything_has_an_end_whatever_the_mail_server_does(
    database_url: str, tmp_path: Path, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size = SIZES[check_size]
    moved = Moved(tmp_path / "clock", to=datetime(2026, 11, 25, 8, tzinfo=UTC))
    author, unit = people.employee("Anna", zone="UTC", mailbox=""), people.unit()
    odd = [*NEVER, *ALWAYS_LATER, *LATER, *DROPPED, *LOST, *SILENT]
    plain = [f"plain{n}@example.com" for n in range(size - len(odd))]
    for address in [*plain[::2], *odd, *plain[1::2]]:
        people.employee(mailbox=address, zone="UTC", language="en", unit=unit)
    sink, port = Watched(), served.free_port()
    environ = {"KITH_EMAIL_URL": f"smtp://127.0.0.1:{port}", "KITH_CLOCK": str(moved.file)}
    with served.serving(database_url, more=environ) as where:
        took = announce(where, author, at=moved.now())
        with served.working(database_url, home=tmp_path / "home", more=environ):
            tried = MailOut.objects.exclude(error="")
            assert processes.wait_until(tried.exists, seconds=120, pause=0.1), "it is tried while nobody listens"
            with listening(sink, port):
                begun = moved.now()
                work_off(moved, mails=size)
                lasted = moved.now() - begun
        named = asking.browser(where, author, at=moved.now()).get("/desk/outbox/?state=failed").text
    copies = Counter(sink.to)
    lost = {*plain, *LATER, *DROPPED, *LOST, *SILENT} - set(copies)
    doubled = {address for address, number in copies.items() if number > 1}
    measured(
        f"Mail server down, then 5xx, 4xx, dropped, 250 lost, silent at once; {size} people",
        "lost 0, doubled only where the 250 was lost, 5xx once, 4xx > 4 days, silence <= 30 s, announced < 1 s",
        f"lost {len(lost)}, {len(doubled - set(LOST))} doubled beside {len(doubled)} lost 250s, "
        f"5xx {Counter(map(sink.asked.count, NEVER))}, 4xx for {lasted.days} days, "
        f"silence {sink.after_silence():.1f} s, announced in {took:.2f} s",
    )
    assert lost == set()
    assert doubled <= set(LOST)
    assert len({mail["Message-ID"] for mail in sink.got}) == len(copies)
    assert [sink.asked.count(address) for address in NEVER] == [1] * len(NEVER)
    assert all(sink.asked.count(address) > 10 for address in ALWAYS_LATER)
    assert lasted > FOUR_DAYS
    failed = MailOut.objects.filter(state=MailState.FAILED)
    assert set(failed.values_list("address", flat=True)) == {*NEVER, *ALWAYS_LATER}
    assert all(address in named for address in [*NEVER, *ALWAYS_LATER])
    assert sink.after_silence() < 30
    assert took < (1 if check_size == "full" else 5)
