"""What a step came to, read from its exit code and its JUnit file, and the table of all of them."""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kith.config.checking.steps import Step

NO_TESTS = 5  # pytest's exit code where nothing was collected


@dataclass(frozen=True)
class Result:
    """One step's outcome. `skipped` counts tests by the reason why they did not run; `why` is a whole step's.

    `again` names the tests that were tried twice: where clocks and processes are real, a busy machine may be to blame.
    """

    name: str
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
    again: Sequence[str] = ()

    @property
    def word(self) -> str:
        """The outcome in one word or two."""
        if self.why:
            return "not run"
        return "FAILED" if self.failed else "ok"


def of_step(step: Step, *, code: int, seconds: float) -> Result:
    """Return the result of a step that ended with `code`; a test step whose file is missing failed."""
    if not step.is_tests:
        return Result(step.name, seconds, passed=int(code == 0), failed=int(code != 0))
    if code == NO_TESTS:
        return Result(step.name, seconds, why="there is no such test yet")
    try:
        found = list(ET.parse(step.counts).getroot().iter("testcase"))  # noqa: S314  (the file is pytest's own)
    except (OSError, ET.ParseError):
        return Result(step.name, seconds, failed=1)
    tries = Counter(_name(case) for case in found)
    cases = list({_name(case): case for case in found}.values())  # the last try of each counts
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    reasons = Counter(
        (skipped.get("message") or "no reason given").removeprefix("Skipped: ")
        for case in cases
        if (skipped := case.find("skipped")) is not None
    )
    passed = len(cases) - len(failed) - reasons.total()
    # A run that was broken off, or whose collection failed, may count no failed test and still has failed.
    return Result(
        step.name, seconds, passed=passed, failed=max(len(failed), int(code != 0)), skipped=dict(reasons),
        again=[name for name, times in tries.items() if times > 1],
    )  # fmt: skip


def _name(case: "ET.Element[str]") -> str:
    return f"{case.get('classname') or ''}::{case.get('name')}"


def table(results: Sequence[Result], *, left_out: Mapping[str, str]) -> list[str]:
    """Return the lines of the table, what was not run and why, and the closing line with the counts."""
    lines = ["", f"{'step':<14}{'seconds':>9}{'passed':>9}{'failed':>9}  result"]
    lines += [f"{one.name:<14}{one.seconds:>9.1f}{one.passed:>9}{one.failed:>9}  {one.word}" for one in results]
    reasons = [f"{one.name}: {one.why}" for one in results if one.why]
    reasons += [f"{name}: {why}" for name, why in left_out.items()]
    reasons += [f"{count} of {one.name}: {why}" for one in results for why, count in one.skipped.items()]
    if reasons:
        lines += ["", "not run, because", *(f"  {reason}" for reason in reasons)]
    if again := [f"{one.name}: {name}" for one in results for name in one.again]:
        lines += ["", "tried twice", *(f"  {name}" for name in again)]
    skipped = sum(sum(one.skipped.values()) for one in results)
    closing = f"{sum(one.passed for one in results)} passed, {sum(one.failed for one in results)} failed"
    return [*lines, "", closing + (f", {skipped} skipped" if skipped else "")]
