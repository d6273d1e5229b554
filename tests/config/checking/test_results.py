from pathlib import Path

import pytest

from kith.config.checking import results, steps
from kith.config.checking.results import Result
from kith.config.checking.steps import Size, Step

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/><testcase name="c"><failure message="no"/></testcase>
<testcase name="d"><error message="no"/></testcase>
<testcase name="e"><skipped message="Skipped: KITH_TEST_DATA is not there"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    monkeypatch.setattr(steps, "FOLDER", tmp_path)
    return Step("tests", [], 1.0, is_tests=True)


def test_a_test_step_counts_what_passed_failed_and_did_not_run(step: Step) -> None:
    step.counts.write_text(REPORT)
    found = results.of_step(step, code=1, seconds=2.0)
    assert (found.passed, found.failed, found.skipped) == (2, 2, {"KITH_TEST_DATA is not there": 1})
    assert found.word == "FAILED"


def test_a_test_that_was_tried_twice_counts_as_its_last_try_and_is_named(step: Step) -> None:
    case = '<testcase classname="tests.x" name="{}">{}</testcase>'
    tries = [case.format("a", ""), case.format("a", ""), case.format("b", ""), case.format("b", "<failure/>")]
    step.counts.write_text(f"<testsuites><testsuite>{''.join(tries)}</testsuite></testsuites>")
    found = results.of_step(step, code=1, seconds=2.0)
    assert (found.passed, found.failed, list(found.again)) == (1, 1, ["tests.x::a", "tests.x::b"])
    assert "  tests: tests.x::a" in results.table([found], left_out={})


def test_a_test_step_that_died_without_its_report_failed(step: Step) -> None:
    assert results.of_step(step, code=-9, seconds=2.0).failed == 1


def test_a_test_step_with_green_cases_and_a_bad_exit_code_failed(step: Step) -> None:
    step.counts.write_text('<testsuites><testsuite><testcase name="a"/></testsuite></testsuites>')
    assert results.of_step(step, code=3, seconds=2.0).failed == 1
    assert results.of_step(step, code=0, seconds=2.0).failed == 0


def test_the_table_ends_with_the_counts_and_says_why_something_did_not_run() -> None:
    lines = results.table(
        [
            Result("lint", 1.0, passed=1),
            Result("tests", 9.0, passed=5, failed=1, skipped={"no data": 2}),
            Result("browser", 0.0, why="Chromium is missing"),
        ],
        left_out={"faults": "--quick leaves them out"},
    )
    assert lines[-1] == "6 passed, 1 failed, 2 skipped"
    text = "\n".join(lines)
    for sentence in ("browser: Chromium is missing", "faults: --quick leaves them out", "2 of tests: no data"):
        assert sentence in text


@pytest.mark.parametrize(("size", "browser"), [(Size.QUICK, False), (Size.SMALL, True), (Size.FULL, True)])
def test_only_the_quick_check_leaves_browser_and_faults_out(size: Size, browser: bool) -> None:  # noqa: FBT001
    names = {step.name for step in steps.steps(size)}
    assert ({"browser", "faults"} <= names) is browser
    assert {"lint", "format", "floors", "migrations", "types", "tests"} <= names
