from datetime import timedelta
from typing import Any

import pytest

from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.notices.publishing import actions
from kith.notices.publishing.models import Notice
from kith.notices.rulebook.actions import lay_down
from kith.notices.rulebook.book import DEFAULT, Step, StepKind
from kith.notices.rulebook.models import Rulebook
from kith.notices.rulebook.queries import current, pinned
from kith.notices.severities import Severity
from tests.access import make as access
from tests.notices import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def laid_down(**given: Any) -> Rulebook:
    rules: dict[str, Any] = {
        "urgent_quota": 3, "urgent_days": 30, "translated_from": Severity.URGENT, "enough_percent": 100,
        "steps": DEFAULT.steps, "by": None, "at": AT, **given,
    }  # fmt: skip
    return lay_down(**rules)


def test_without_a_rule_book_that_of_the_house_holds() -> None:
    assert current() == DEFAULT


def test_a_change_is_another_version_and_a_notice_keeps_the_one_it_went_out_under() -> None:
    first = laid_down(steps=[Step(StepKind.DUTY, 5)])
    notice = make.published(people.employee())
    second = laid_down(steps=[Step(StepKind.MANAGER, 7)])
    assert (first.version, second.version, current().version) == (1, 2, 2)
    assert notice.rulebook == 1
    assert pinned(version=1).steps == (Step(StepKind.DUTY, 5),)
    assert notice.next_wave_at == notice.due_at + timedelta(minutes=5)  # type: ignore[operator]


@pytest.mark.parametrize(
    "wrong",
    [
        {"urgent_quota": -1}, {"urgent_days": 0}, {"enough_percent": 0}, {"enough_percent": 101},
        {"translated_from": "loud"}, {"steps": [Step(StepKind.DUTY, -1)]}, {"steps": [Step(StepKind.DUTY, 1)] * 11},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        laid_down(**wrong)
    assert Rulebook.objects.count() == 0


def test_a_missing_translation_holds_back_from_the_severity_that_is_set() -> None:
    author = people.employee()
    english = {"title": Text(en="Stop"), "body": Text(en="Now"), "severity": Severity.IMPORTANT}
    make.published(author, **english)
    laid_down(translated_from=Severity.IMPORTANT)
    with pytest.raises(Refusal, match="missing: vi, zh-Hans"):
        make.published(author, **english)
    make.published(author, **{**english, "severity": Severity.NEWS})
    laid_down(translated_from="")
    make.published(author, **{**english, "severity": Severity.URGENT})


def test_only_administrators_change_it_on_screen_and_what_is_wrong_is_said() -> None:
    admin, writer = people.employee(), people.employee()
    access.grant(writer, "communications")
    access.grant(admin, "administrator")
    assert access.client(writer).get("/admin/notices/").status_code == 403
    form = {
        "urgent_quota": "1", "urgent_days": "7", "translated_from": "important", "enough_percent": "90",
        "do_0": "manager", "wait_0": "10", "do_1": "duty", "wait_1": "30",
    }  # fmt: skip
    screen = access.client(admin)
    assert screen.get("/admin/notices/").status_code == 200
    assert screen.post("/admin/notices/", {**form, "enough_percent": "0"}).status_code == 422
    assert screen.post("/admin/notices/", form).status_code == 302
    assert current().steps == (Step(StepKind.MANAGER, 10), Step(StepKind.DUTY, 30))
    assert "Version 1" in screen.get("/admin/notices/").content.decode()


def test_readers_of_one_chinese_script_are_never_given_the_other() -> None:
    for own, other in (("zh-Hans", "zh-Hant"), ("zh-Hant", "zh-Hans")):
        Notice.objects.all().delete()
        author = people.employee(language="vi")
        reader = people.employee(language=other)
        text = {"title": Text({own: "停"}), "body": Text({own: "停"}), "severity": Severity.NEWS}
        rule = {"attribute": "language", "is": [other]}
        with pytest.raises(Refusal, match=f"read {other}"):
            make.published(author, rule=rule, **text)
        assert Text({own: "停"}).in_language(other) == ""
        both = {"title": Text({own: "停", "en": "Stop"}), "body": Text({own: "停", "en": "Stop"})}
        notice = make.published(author, rule=rule, severity=Severity.NEWS, **both)
        assert notice.title.language_for(reader.language) == "en"
        mixed = actions.publish(
            notice=make.draft(author, rule={"attribute": "language", "is": [own]}, **text), by=author, at=AT
        )
        assert mixed.message is not None
