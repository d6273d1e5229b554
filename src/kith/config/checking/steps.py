"""The steps of a check and what each needs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kith.config.environment import REPOSITORY

BIN = Path(sys.executable).parent
FOLDER = REPOSITORY / "var" / "check"  # logs, counts and times of the last check


class Size(StrEnum):
    """How much is checked."""

    QUICK = "quick"
    SMALL = "small"
    FULL = "full"


@dataclass(frozen=True)
class Step:
    """A program to run in the checkout. `seconds` is what it takes on 2 cores, until a run here taught better.

    Steps of one stage run beside each other in lanes, one after another within a lane. `missing` returns why
    the step cannot run here, or nothing.
    """

    name: str
    command: Sequence[str]
    seconds: float
    stage: int = 1
    lane: str = "code"
    is_tests: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    missing: Callable[[], str] = str

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return FOLDER / f"{self.name.replace(' ', '-')}.log"

    @property
    def counts(self) -> Path:
        """Where a test step's JUnit file goes."""
        return self.log.with_suffix(".xml")


def tool(name: str, *arguments: str) -> list[str]:
    """Return the command for a program of this environment."""
    return [str(BIN / name), *arguments]


def _tests(
    name: str,
    *,
    marks: str,
    seconds: float,
    stage: int,
    size: Size,
    workers: int,
    again: bool = False,
    missing: Callable[[], str] = str,
) -> Step:
    twice = ["--reruns", "1"] if again else []
    parallel = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    step = Step(
        name=name,
        command=[],
        seconds=seconds,
        stage=stage,
        lane="tests",
        is_tests=True,
        environment={
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "KITH_CHECK_SIZE": size.value,
            "KITH_MEASURED": str(FOLDER / "measured.jsonl"),
        },
        missing=missing,
    )
    command = tool(
        "pytest", "-m", marks, f"--junitxml={step.counts}", "-p", "no:cacheprovider", "-raR", *parallel, *twice
    )
    return Step(**{**vars(step), "command": command})


_FAULT = "fault and not browser"


def steps(size: Size) -> list[Step]:
    """Return what a check of this size runs, in the order of the table."""
    cores = min(2, len(os.sched_getaffinity(0)))
    chosen = [
        Step("lint", tool("ruff", "check", "."), 2),
        Step("format", tool("ruff", "format", "--check", "."), 1),
        Step("floors", tool("lint-imports", "--no-cache"), 5),
        Step(
            "migrations",
            tool("django-admin", "makemigrations", "--check", "--dry-run"),
            5,
            environment={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(REPOSITORY)},
        ),
        Step("types", tool("mypy"), 90),
        _tests("tests", marks="not browser and not fault", seconds=120, stage=1, size=size, workers=cores),
    ]
    if size is not Size.QUICK:
        beside = 1 if size is Size.FULL else cores  # figures are measured with nothing beside
        chosen += [
            _tests(
                "faults", marks=f"{_FAULT} and not alone", seconds=300, stage=2, size=size, workers=beside, again=True
            ),
            _tests("faults alone", marks=f"{_FAULT} and alone", seconds=90, stage=3, size=size, workers=1, again=True),
            _tests(
                "browser",
                marks="browser",
                seconds=120,
                stage=4,
                size=size,
                workers=1,
                again=True,
                missing=chromium_missing,
            ),
        ]
    return chosen


def left_out(size: Size) -> dict[str, str]:
    """Return what a check of this size leaves out, by name, and why."""
    reasons = {
        Size.QUICK: {
            "faults": "--quick leaves them out",
            "faults alone": "--quick leaves them out",
            "browser": "--quick leaves it out",
        },
        Size.SMALL: {"faults at their stated size": "only with --full"},
        Size.FULL: {},
    }
    return reasons[size]


def chromium() -> str | None:
    """Return Debian's Chromium, if it is installed."""
    return shutil.which("chromium")


def chromium_missing() -> str:
    """Install Chromium where this process may and return nothing, else return what is missing."""
    if chromium():
        return ""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return "Chromium is missing: apt-get install chromium"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"]):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode != 0:
            return f"Chromium cannot be installed: {(done.stderr.strip().splitlines() or ['apt-get failed'])[-1]}"
    return "" if chromium() else "Chromium cannot be installed"
