"""A tree of child processes: kept running, restarted when they die, ended together."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kith.config.ground import processes
from kith.config.ground.postgres import Server

GRACE = 12.0  # seconds a child has to end what it is doing
_SETTLED = 5.0  # seconds after which a start counts as a success
_SIGNALS = {signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class ChildFailsError(Exception):
    """A child ends again and again before it is ready; the sentence names it."""


@dataclass
class Child:
    """A process by name and command. `restarts` counts starts in a row that did not last."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    restarts: int = 0
    due: float = 0.0

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Tree:
    """The children of a supervisor, and the embedded server if it has one."""

    environment: Mapping[str, str] = field(default_factory=dict)
    server: Server | None = None
    say: Callable[[str], None] = print
    children: list[Child] = field(default_factory=list)

    def start(self, children: Sequence[Child]) -> None:
        """Start `children` as well. From here on signals are taken by `wait_ready` and `watch`."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        for child in children:
            self.children.append(child)
            self._start(child)

    def wait_ready(self, ready: Callable[[], bool], *, tries: int = 3) -> bool:
        """Keep the children running until `ready()`; False when a signal asked to stop before.

        Raises `ChildFailsError` when a child dies `tries` times in a row.
        """
        while not ready():
            if self._turn(seconds=0.03):
                return False
            if failing := [child.name for child in self.children if child.restarts >= tries]:
                raise ChildFailsError(f"The {failing[0]} process ends as soon as it starts; its reason stands above.")
        return True

    def watch(self) -> None:
        """Keep the children running until SIGINT, SIGTERM or SIGHUP."""
        while not self._turn(seconds=1.0):
            pass

    def stop(self) -> None:
        """End all children together; a second signal ends them at once."""
        for child in self.children:
            if child.process is not None and child.runs:
                child.process.send_signal(signal.SIGTERM)
        end = time.monotonic() + GRACE
        while any(child.runs for child in self.children):
            got = signal.sigtimedwait(_SIGNALS, 0.2)
            if time.monotonic() > end or (got and got.si_signo != signal.SIGCHLD):
                break
        for child in self.children:
            if child.process is not None:
                processes.stop(child.process, with_signal=signal.SIGKILL, grace=5)
        self.children.clear()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _turn(self, *, seconds: float) -> bool:
        """Wait for a signal or `seconds`, see to the children; True when asked to stop."""
        got = signal.sigtimedwait(_SIGNALS, seconds)
        if got is not None and got.si_signo != signal.SIGCHLD:
            return True
        if self.server is not None and self.server.pid is None:
            self.say("The database ended; starting it again.")
            self.server.start()
        now = time.monotonic()
        for child in self.children:
            if not child.runs:
                self._bring_back(child, now=now)
        return False

    def _bring_back(self, child: Child, *, now: float) -> None:
        """Start a dead child: at once where it had run well, else after a growing pause of 5 seconds at most."""
        if child.process is not None:
            code = child.process.returncode
            child.process = None
            lasted = now - child.started
            child.restarts = 0 if lasted > _SETTLED else child.restarts + 1
            child.due = now + (0.0 if child.restarts <= 1 else min(5.0, 0.1 * 2**child.restarts))
            self.say(f"The {child.name} process ended ({_how(code)}); starting it again.")
        if now >= child.due:
            self._start(child)

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        child.process = processes.start(child.command, environment=self.environment)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
