"""What a start does before anybody is served, in a process of its own: migrations, static files, the demo."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kith.config.ground import state
from kith.config.ground.migrating import migrate_all
from kith.kernel import clock

_ONE_AT_A_TIME = 0x6B697468  # the advisory lock under which one machine migrates


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Print what is being done, then how long it took."""
    begun = time.monotonic()
    print(f"  {sentence} …", flush=True)
    yield
    print(f"  {sentence}: {time.monotonic() - begun:.1f} s", flush=True)


def migrate() -> None:
    """Bring the database's tables up to this version; of several machines one does it, the others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            migrate_all()
            state.write(**{state.MIGRATIONS: state.migrations_digest()})
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def collect_static() -> None:
    """Put the static files, hashed and compressed, where the web processes serve them from."""
    clear = settings.STATIC_ROOT.exists()
    call_command("collectstatic", interactive=False, verbosity=0, clear=clear)
    state.static_stamp(settings.KITH_HOME).write_text(state.static_digest())


def make_demo(*, people: int) -> None:
    """Generate the demo organization. Begun and never ended (the machine stopped), the next start goes on with it."""
    from kith.config.demo.actions import ensure_demo  # noqa: PLC0415

    state.write(**{state.ORGANIZATION: state.DEMO_BEGUN})
    ensure_demo(people=people, at=clock.now())
    state.write(**{state.ORGANIZATION: state.DEMO})
    tell_people(with_passwords=False)


def tell_people(*, with_passwords: bool) -> None:
    """Say how the demo's people sign in.

    With one click: the lines are kept for the next starts. With new random passwords, for an address that others
    reach: the lines are printed once and kept nowhere.
    """
    from kith.config.demo.people import people_lines  # noqa: PLC0415

    lines = "\n".join(people_lines(with_passwords=with_passwords))
    if with_passwords:
        print(f"\n{lines}", flush=True)
    else:
        state.write(**{state.PEOPLE: lines})


def tell_address() -> None:
    """Say where the organization is set up, while nobody is its administrator; after that never again."""
    from kith.portal.welcome.actions import begin  # noqa: PLC0415

    if address := begin(at=clock.now()):
        print(f"\nSet up your organization at {address}", flush=True)
        print("  (for you alone: it works until the first administrator exists)", flush=True)
    else:
        state.write(**{state.ORGANIZATION: state.SET_UP})


def run(
    *, wants_migrate: bool, wants_static: bool, wants_empty: bool, demo: int, wants_passwords: bool, wants_address: bool
) -> None:
    """Do what is asked for, in order; `demo` is the number of people to generate, 0 for none."""
    if wants_migrate:
        with step("Bringing the database up to this version"):
            migrate()
    if wants_static:
        with step("Collecting static files"):
            collect_static()
    if wants_empty:
        state.write(**{state.ORGANIZATION: state.EMPTY})
    if demo:
        with step(f"Generating the demo organization of {demo} people"):
            make_demo(people=demo)
    if wants_passwords:
        tell_people(with_passwords=True)
    if wants_address:
        tell_address()
