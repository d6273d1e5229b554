"""`kith unmute`: a restored copy may send again."""

from kith.config.cli.options import Home, use_home
from kith.config.ground import starting
from kith.kernel import switches


def unmute(*, home: Home = None) -> None:
    """Let a restored copy send mail and messages again."""
    use_home(home)
    with starting.current_database():
        was_muted = switches.is_muted()
        switches.unmute()
    print("Messages are sent again." if was_muted else "It was not muted.")
