"""Loaded by a process under test as it starts: it kills itself at its n-th commit, as a power cut would.

`DIES_AT_COMMIT` is "7" (just before the seventh commit: nothing of it stays) or "7+" (just after it: it stays, and
nobody is told). Commits asked for and single writes that commit by themselves count; heartbeats and the queue's own
looking for work do not, for they come as the clock wills.
"""

import os
import re
import signal
import threading
from collections.abc import Generator
from typing import Any

_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|WITH|MERGE|SELECT procrastinate|SELECT \S+ FROM procrastinate)", re.IGNORECASE
)
_BY_THE_CLOCK = re.compile(r"heartbeat|fetch_job|stalled|prune|register_worker|LISTEN|pg_notify", re.IGNORECASE)


def arm(wanted: str) -> None:
    """Let this process die at commit `wanted`."""
    from psycopg import Cursor  # noqa: PLC0415  (only a process that is to die waits for it)
    from psycopg._connection_base import BaseConnection  # noqa: PLC0415
    from psycopg._cursor_base import BaseCursor  # noqa: PLC0415
    from psycopg.pq import TransactionStatus  # noqa: PLC0415

    number, after = int(wanted.removesuffix("+")), wanted.endswith("+")
    counted = iter(range(1, 1_000_000_000))
    turn = threading.Lock()

    def is_the_one() -> bool:
        with turn:
            return next(counted) == number

    def around(work: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        chosen = is_the_one()
        if chosen and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = yield from work
        if chosen:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    plain_command: Any = BaseConnection._exec_command
    plain_execute: Any = BaseCursor._execute_gen

    def command(self: Any, words: Any, *rest: Any, **more: Any) -> Any:
        work = plain_command(self, words, *rest, **more)
        return around(work) if isinstance(words, bytes) and b"COMMIT" in words else work

    def execute(self: Any, query: Any, *rest: Any, **more: Any) -> Any:
        work = plain_execute(self, query, *rest, **more)
        words = query if isinstance(query, str) else str(query)
        alone = self._conn.autocommit and self._conn.pgconn.transaction_status == TransactionStatus.IDLE
        return around(work) if alone and _WRITES.match(words) and not _BY_THE_CLOCK.search(words) else work

    BaseConnection._exec_command = command  # type: ignore[method-assign]
    BaseCursor._execute_gen = execute  # type: ignore[method-assign]
    assert Cursor._execute_gen is execute


if os.environ.get("DIES_AT_COMMIT"):
    arm(os.environ["DIES_AT_COMMIT"])
