"""`kith up`, `kith serve`, `kith work`: prepare what a start needs, then keep a tree of processes running."""

import http.client
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kith.config import environment
from kith.config.ground import guessing, lock, postgres, sockets, starting, state
from kith.config.ground.tree import Child, Tree

MOST_WEB = 2  # web processes a start makes by itself, whatever the machine has


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for. `people` is the size of a demo, should the database be new."""

    host: str = "127.0.0.1"
    port: int = 8000
    people: int = 300
    empty: bool = False
    web_processes: int = 0

    @property
    def web(self) -> int:
        """How many web processes: as asked, else one per core up to two."""
        return self.web_processes or min(MOST_WEB, len(os.sched_getaffinity(0)))

    @property
    def url(self) -> str:
        """The one address: `KITH_URL`, else made of host and port."""
        if "KITH_URL" in os.environ:
            return environment.url()
        host = "localhost" if sockets.is_loopback(self.host) else sockets.name_of(self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def up(wanted: Wanted) -> int:
    """Run everything until a signal asks to stop; return the exit code."""
    begun = time.monotonic()
    environment.check()
    home = environment.home()
    with ExitStack() as stack:
        server = None
        if environment.is_embedded():
            server = postgres.Server(home=home, lock_descriptor=stack.enter_context(lock.locked(home)))
            stack.callback(server.stop)
        sockets.check_free(host=wanted.host, port=wanted.port)
        tree = Tree(server=server, say=_say)
        stack.callback(tree.stop)
        guess = guessing.read(home)
        if guess:
            tree.environment = child_environment(wanted, known=guess)
            tree.start([_web(1, wanted=wanted)])
        if server:
            _start_database(server)
        known = starting.known_state()
        if not guess or guessing.of(known) != guess:
            tree.stop()
            known = _prepared(known, wanted=wanted, home=home)
            tree.environment = child_environment(wanted, known=known)
            tree.start([_web(1, wanted=wanted)])
        _give_passwords(known, wanted=wanted)
        if tree.wait_ready(lambda: answers(host=wanted.host, port=wanted.port)):
            _welcome(wanted, known=known, seconds=time.monotonic() - begun)
            guessing.write(home, known)
            tree.start([*(_web(number, wanted=wanted) for number in range(2, wanted.web + 1)), _worker(queues="")])
            _say_address(known, wanted=wanted)
            tree.watch()
        _say("Stopping.")
    return 0


def _give_passwords(known: state.State, *, wanted: Wanted) -> None:
    """Give a demo's people new passwords and print them, where others than this machine can reach it."""
    if known.get(state.ORGANIZATION) == state.DEMO and not sockets.is_loopback(wanted.host):
        starting.prepare(["--passwords"], environ=child_environment(wanted, known=known))


def _say_address(known: state.State, *, wanted: Wanted) -> None:
    """Print where an organization without an administrator is set up; nothing for any other."""
    if known.get(state.ORGANIZATION) != state.EMPTY:
        return
    try:
        starting.prepare(["--address"], environ=child_environment(wanted, known=known))
    except starting.CannotStartError:
        _say("The set-up address could not be said; its reason stands above.")


def _start_database(server: postgres.Server) -> None:
    if not server.data.exists():
        print(f"Making a new database under {server.home}.", flush=True)
    server.start()
    server.ensure_database()


def _prepared(known: state.State, *, wanted: Wanted, home: Path) -> state.State:
    """Prepare what this start needs and return what the database went through then."""
    steps = _steps(known, wanted=wanted, home=home)
    if not steps:
        return known
    # A demo is being made under the environment of one: the database does not say so before the first step.
    makes_demo = {**known, state.ORGANIZATION: state.DEMO_BEGUN} if "--demo" in steps else known
    starting.prepare(steps, environ=child_environment(wanted, known=makes_demo))
    return starting.known_state()


def serve(wanted: Wanted) -> int:
    """Run web processes only, against a database that is there and up to date."""
    environment.check()
    sockets.check_free(host=wanted.host, port=wanted.port)
    known = starting.current_state()
    environ = child_environment(wanted, known=known)
    _give_passwords(known, wanted=wanted)
    if starting.static_is_old(environment.home()):
        starting.prepare(["--static"], environ=environ)
    tree = Tree(environment=environ, say=_say)
    try:
        tree.start([_web(number, wanted=wanted) for number in range(1, wanted.web + 1)])
        if tree.wait_ready(lambda: answers(host=wanted.host, port=wanted.port)):
            _say(f"Kith answers at {wanted.url} (Ctrl-C stops it).")
            _say_address(known, wanted=wanted)
            tree.watch()
    finally:
        tree.stop()
    return 0


def work(*, queues: str) -> int:
    """Run one worker process, against a database that is there and up to date."""
    environment.check()
    tree = Tree(environment=child_environment(Wanted(), known=starting.current_state()), say=_say)
    try:
        tree.start([_worker(queues=queues)])
        _say(f"Working on {queues or 'all queues'} (Ctrl-C stops it).")
        tree.watch()
    finally:
        tree.stop()
    return 0


def child_environment(wanted: Wanted, *, known: state.State) -> dict[str, str]:
    """Return the environment of web, worker and preparation. Whether this is a demo is the database's word alone.

    A demo's one-click sign-in is open only where nobody but this machine can reach it.
    """
    environ = dict(os.environ)
    environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    environ["KITH_HOME"] = str(environment.home())
    environ["KITH_URL"] = wanted.url
    is_demo = known.get(state.ORGANIZATION) in {state.DEMO, state.DEMO_BEGUN}
    environ["KITH_DEMO"] = "1" if is_demo else "0"
    environ["KITH_DEMO_OPEN"] = "1" if is_demo and sockets.is_loopback(wanted.host) else "0"
    if is_demo:
        environ.setdefault("KITH_CLOCK", str(environment.home() / "clock"))
    return environ


def answers(*, host: str, port: int) -> bool:
    """Whether a web process answers there without an error of its own."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (we ask there, we do not bind)
    connection = http.client.HTTPConnection(target, port, timeout=5)
    try:
        connection.request("GET", "/health/live", headers={"Host": "localhost"})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def _steps(known: state.State, *, wanted: Wanted, home: Path) -> list[str]:
    """Return what must be prepared, as the command line of `prepare`. A database that was started on keeps its kind."""
    steps = []
    if known.get(state.MIGRATIONS) != state.migrations_digest():
        steps.append("--migrate")
    if starting.static_is_old(home):
        steps.append("--static")
    organization = known.get(state.ORGANIZATION)
    if organization is None and (wanted.empty or state.MIGRATIONS in known):
        steps.append("--empty")
    elif organization in {None, state.DEMO_BEGUN}:
        steps += ["--demo", str(wanted.people)]
    return steps


def _web(number: int, *, wanted: Wanted) -> Child:
    command = [*starting.CHILD, "web", "--host", wanted.host, "--port", str(wanted.port)]
    return Child(name=f"web {number}", command=command)


def _worker(*, queues: str) -> Child:
    return Child(name="worker", command=[*starting.CHILD, "work", "--queues", queues])


def _welcome(wanted: Wanted, *, known: state.State, seconds: float) -> None:
    print(f"\nKith runs at {wanted.url}  ({seconds:.1f} s; Ctrl-C stops it)", flush=True)
    if sockets.is_loopback(wanted.host) and (people := known.get(state.PEOPLE)):
        print(f"\n{people}", flush=True)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
