"""Running a check: stages one after another, lanes of a stage beside each other, times remembered for the next."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from kith.config.checking.results import Result, of_step
from kith.config.checking.steps import FOLDER, Step
from kith.config.environment import REPOSITORY

Say = Callable[[str], None]
_TIMES = FOLDER / "times.json"
_TAIL = 150  # lines of a failed step's output that are printed


def known_times() -> dict[str, float]:
    """Return how many seconds each step took here last."""
    try:
        return {str(name): float(seconds) for name, seconds in json.loads(_TIMES.read_text()).items()}
    except (OSError, ValueError):
        return {}


def expected_seconds(steps: Sequence[Step]) -> float:
    """Return how long the steps will take: the longest lane of each stage, stage after stage."""
    known = known_times()
    lanes: dict[tuple[int, str], float] = {}
    for step in steps:
        place = (step.stage, step.lane)
        lanes[place] = lanes.get(place, 0.0) + known.get(step.name, step.seconds)
    stages = {stage for stage, _ in lanes}
    return sum(max(seconds for (of, _), seconds in lanes.items() if of == stage) for stage in stages)


def run(steps: Sequence[Step], *, say: Say) -> list[Result]:
    """Run every step, whatever the others come to; return their results in the same order."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    results: dict[str, Result] = {}
    lock = threading.Lock()

    def run_lane(lane: Sequence[Step]) -> None:
        for step in lane:
            result = _run_step(step)
            with lock:
                results[step.name] = result
                _tell(step, result, say=say)

    for stage in sorted({step.stage for step in steps}):
        lanes: dict[str, list[Step]] = {}
        for step in steps:
            if step.stage == stage:
                lanes.setdefault(step.lane, []).append(step)
        with ThreadPoolExecutor(len(lanes)) as pool:
            list(pool.map(run_lane, lanes.values()))
    took = {name: result.seconds for name, result in results.items() if not result.why}
    _TIMES.write_text(json.dumps({**known_times(), **took}, indent=1))
    return [results[step.name] for step in steps]


def _run_step(step: Step) -> Result:
    begun = time.monotonic()
    if why := step.missing():
        return Result(step.name, time.monotonic() - begun, why=why)
    step.counts.unlink(missing_ok=True)
    with step.log.open("wb") as log:
        code = subprocess.run(  # noqa: S603  (the steps are ours)
            step.command,
            cwd=REPOSITORY,
            env={**os.environ, **step.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    return of_step(step, code=code, seconds=time.monotonic() - begun)


def _tell(step: Step, result: Result, *, say: Say) -> None:
    say(f"  {step.name:<12} {result.word:<8} {result.seconds:6.1f} s{f'  ({result.why})' if result.why else ''}")
    if result.failed:
        lines = step.log.read_text(errors="replace").splitlines()
        say("\n".join(f"    {line}" for line in lines[-_TAIL:]))
        say(f"    (all of it: {step.log.relative_to(REPOSITORY)})")
