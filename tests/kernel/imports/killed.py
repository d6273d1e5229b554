"""Run by `test_actions.py`: starts an import and stops at a moment, so that it can be killed there."""

import os
import sys
import time
from pathlib import Path

URL = os.environ["KITH_DATABASE_URL"]


def stand_still() -> None:
    sys.stdout.write("there\n")
    sys.stdout.flush()
    time.sleep(60)


def main(path: str, moment: str) -> None:
    import django  # noqa: PLC0415  (after the environment is read)
    from django.conf import settings  # noqa: PLC0415

    settings.DATABASES["default"].update(
        NAME=URL.partition("@/")[2].partition("?")[0], USER="kith", PASSWORD="", PORT=""
    )
    settings.DATABASES["default"]["HOST"] = URL.partition("host=")[2]
    django.setup()
    from kith.kernel.imports import actions  # noqa: PLC0415
    from kith.kernel.imports.kinds import KINDS  # noqa: PLC0415
    from tests.kernel.imports.conftest import AT, Firms  # noqa: PLC0415

    KINDS.put("firms", Firms())

    def progress(stage: str, _rows: int) -> None:
        if stage == moment:
            stand_still()

    if moment == "commit":
        publish = actions.publish

        def publish_and_stop(*given: object, **named: object) -> None:
            publish(*given, **named)  # type: ignore[arg-type]
            stand_still()

        actions.publish = publish_and_stop  # type: ignore[assignment]
    actions.run_import(kind="firms", source=Path(path), at=AT, progress=progress)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
