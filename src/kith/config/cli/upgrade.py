"""`kith upgrade`: the database and the static files of this version, after a backup."""

import os

from kith.config import environment
from kith.config.cli.options import Home, use_home
from kith.config.ground import copies, starting, state
from kith.kernel import clock


def upgrade(*, home: Home = None) -> None:
    """Back up, then bring database and static files up to this version. Stopped half-way, it goes on when run again."""
    use_home(home)
    with starting.database():
        known = starting.known_state()
        steps = ["--static"] if starting.static_is_old(environment.home()) else []
        if known.get(state.MIGRATIONS) != state.migrations_digest():
            steps.insert(0, "--migrate")
            if known:
                _back_up()
        if steps:
            starting.prepare(steps, environ=os.environ)
    print("Everything is of this version." if steps else "Everything was of this version already.")


def _back_up() -> None:
    at = clock.now()
    folder = environment.home() / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"before-upgrade-{at:%Y%m%dT%H%M%SZ}.tar"
    if not file.exists():
        copies.backup(to=file, at=at)
        print(f"  Backed up to {file}")
