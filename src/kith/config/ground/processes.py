"""Child processes that cannot outlive their parent: started in a session of their own, ended gently, then hard."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def _tie_to_parent(*, parent: int, with_signal: signal.Signals) -> Callable[[], None]:
    """Return what runs in the child before its program: take no blocked signals along, end with the parent."""

    def tie() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def start(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    ends_with: signal.Signals = signal.SIGTERM,
    keep_open: Sequence[int] = (),
    output: IO[bytes] | int | None = None,
    standard_input: int = subprocess.DEVNULL,
    cwd: Path | str | None = None,
) -> "subprocess.Popen[bytes]":
    """Start `command` as a child that gets `ends_with` when this process dies, however it dies.

    Must be called from the main thread: Linux ties the death signal to the thread that started the child.
    `keep_open` are file descriptors the child inherits; `output` takes its standard output and error (None: ours).
    """
    return subprocess.Popen(  # noqa: S603  (the commands are ours)
        list(command),
        env=None if environment is None else dict(environment),
        cwd=cwd,
        stdin=standard_input,
        stdout=output,
        stderr=output if output is None else subprocess.STDOUT,
        pass_fds=tuple(keep_open),
        start_new_session=True,
        preexec_fn=_tie_to_parent(parent=os.getpid(), with_signal=ends_with),  # noqa: PLW1509  (one thread only)
    )


def stop(process: "subprocess.Popen[bytes]", *, with_signal: signal.Signals, grace: float) -> int:
    """End `process`: `with_signal`, `grace` seconds, then SIGKILL. Return its exit code."""
    if process.poll() is None:
        process.send_signal(with_signal)
        try:
            return process.wait(timeout=grace)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.02) -> bool:
    """Look at `condition` every `pause` seconds until it holds (True) or `seconds` are over (False)."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def is_alive(pid: int) -> bool:
    """Whether a process with this number exists and is not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"
