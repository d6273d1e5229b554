import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.answering import READ, Said, acknowledge
from kith.messaging.deliveries.models import Delivery, State
from kith.messaging.deliveries.rendering import render
from kith.notices.escalation.tasks import escalate_due
from kith.notices.publishing import actions, queries
from kith.notices.publishing.models import Escalation, Notice, NoticeState, NoticeVersion
from kith.notices.severities import Severity
from kith.people.calendars.actions import record_absence, set_deputies
from tests.access import make as access
from tests.notices import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)
LATER = AT + timedelta(hours=5)


def answer(notice: Notice, person: Any, *, at: Any = AT, says: Said = READ) -> None:
    row = Delivery.objects.select_related("message").get(message_id=notice.message_id, person_id=person.pk)
    seen = render(row.message, language=person.language).sha256
    acknowledge(delivery_id=row.pk, person_id=person.pk, seen_sha256=seen, at=at, via="page", says=says)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rule": None}, "Choose who"),
        ({"title": Text(en="Stop")}, "every language"),
        ({"reason": " "}, "why this is urgent"),
        ({"due_at": AT - timedelta(hours=1)}, "in the future"),
        ({"due_at": None}, "in the future"),
        ({"title": Text(), "body": Text(), "severity": Severity.NEWS}, "title and a text"),
    ],
)
def test_an_unfinished_notice_is_not_published_and_says_why(given: dict[str, Any], sentence: str) -> None:
    author = people.employee()
    with pytest.raises(Refusal, match=sentence):
        actions.publish(notice=make.draft(author, **given), by=author, at=AT)
    assert Notice.objects.get().state == NoticeState.DRAFT
    assert Delivery.objects.count() == 0


def test_everyone_in_the_segment_gets_it_and_nobody_else() -> None:
    plant = make.plant()
    customer = people.customer()
    notice = make.published(plant.author)
    got = set(Delivery.objects.filter(message_id=notice.message_id).values_list("person_id", flat=True))
    assert got == {p.pk for p in [plant.author, plant.manager, plant.deputy, *plant.workers]}
    assert customer.pk not in got
    with pytest.raises(Refusal, match="published already"):
        actions.publish(notice=notice, by=plant.author, at=AT)


def test_who_is_outstanding_by_unit_and_site_adds_up() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    units = {part.key: (part.answered, part.outstanding) for part in queries.by_unit(notice, day=DAY)}
    assert units[plant.unit.pk] == (1, 2)
    assert sum(a + b for a, b in units.values()) == 5
    sites = queries.by_site(notice, day=DAY)
    assert [(part.answered, part.outstanding) for part in sites] == [(1, 4)]
    stands = queries.standing(notice, at=AT)
    assert (stands.audience, stands.answered, stands.outstanding) == (5, 1, 4)


def test_after_the_due_time_each_manager_gets_their_own_people_once() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    escalate_due.run(AT + timedelta(hours=1))
    assert Escalation.objects.count() == 0
    escalate_due.run(LATER)
    escalate_due.run(LATER + timedelta(hours=1))
    line = Escalation.objects.get(manager=plant.manager)
    assert (line.sent_to, line.outstanding) == (plant.manager, 1)
    mine = Delivery.objects.filter(person_id=plant.manager.pk, message__about=f"notice:{notice.pk}")
    assert mine.exclude(message_id=notice.message_id).count() == 1


def test_an_absent_manager_is_passed_over_to_the_deputy() -> None:
    plant = make.plant()
    set_deputies(person=plant.manager, deputies=[plant.deputy])
    record_absence(person=plant.manager, since=DAY, until=DAY, at=AT, by_id=None)
    notice = make.published(plant.author)
    escalate_due.run(LATER)
    assert Escalation.objects.get(notice=notice, manager=plant.manager).sent_to == plant.deputy


def test_a_new_text_asks_again_and_every_version_stays() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    changed = Text({**make.TITLE, "en": "Stop line 4"})
    actions.amend(notice=notice, title=changed, body=make.BODY, editorial=False, by=plant.author, at=AT)
    row = Delivery.objects.get(message_id=notice.message_id, person_id=plant.workers[0].pk)
    assert row.state == State.SENT
    assert list(NoticeVersion.objects.order_by("version").values_list("version", "editorial")) == [
        (1, False),
        (2, False),
    ]
    with pytest.raises(Refusal, match="same languages"):
        actions.amend(notice=notice, title=Text(en="x"), body=make.BODY, editorial=True, by=plant.author, at=AT)


def test_a_drill_says_so_in_its_first_word_in_every_language() -> None:
    plant = make.plant()
    notice = make.published(plant.author, drill=True)
    assert notice.message is not None
    assert notice.message.title["en"].startswith("DRILL: ")
    assert notice.message.title["vi"].startswith("DIỄN TẬP: ")
    assert notice.message.title["zh-Hans"].startswith("演习：")


def signed_in(person: Any, *roles: str) -> Client:
    access.grant(person, *roles)
    return access.client(person)


def test_the_proof_names_everyone_with_the_text_they_saw() -> None:
    plant = make.plant()
    plant.workers[0].full_name = "=HYPERLINK(1)"
    plant.workers[0].save()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    client = signed_in(plant.author, "communications")
    body = b"".join(client.get(f"/desk/notices/{notice.public_id}/proof.csv").streaming_content)  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) == 5
    answered = [row for row in rows if row["state"] == "acknowledged"]
    assert len(answered) == 1
    assert not answered[0]["person"].startswith("=")
    assert len(answered[0]["sha256"]) == 64
    assert answered[0]["language"] == "vi"


def test_only_writers_see_the_desk_and_a_manager_only_their_own_people() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    worker, manager = signed_in(plant.workers[0]), signed_in(plant.manager)
    assert worker.get(f"/desk/notices/{notice.public_id}/").status_code == 403
    assert worker.get(f"/desk/notices/{notice.public_id}/mine/").status_code == 404
    page = manager.get(f"/desk/notices/{notice.public_id}/mine/").content.decode()
    assert "Lan" in page
    assert "Anna" not in page


def test_writing_previewing_and_publishing_on_screen() -> None:
    plant = make.plant()
    client = signed_in(plant.author, "communications")
    form = {"severity": "urgent", "reason": "Glass.", "needs_acknowledgement": "on",
            "due_at": (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"), "rule": '{"everyone": true}'}  # fmt: skip
    for tag in ("en", "vi", "zh-Hans"):
        form |= {f"title_{tag}": make.TITLE[tag], f"body_{tag}": make.BODY[tag]}
    answer_page = client.post("/desk/notices/new/", form)
    assert answer_page.status_code == 302
    notice = Notice.objects.get()
    preview = client.get(f"/desk/notices/{notice.public_id}/?as=Lan").content.decode()
    assert "Dừng chuyền 3" in preview
    assert client.post(f"/desk/notices/{notice.public_id}/publish/").status_code == 302
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED
    broken = client.post("/desk/notices/new/", {**form, "severity": "loud"})
    assert broken.status_code == 422
    assert "Dừng chuyền 3" in broken.content.decode()


def test_a_recipient_acknowledges_on_the_page_and_a_stranger_finds_nothing() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    assert notice.message is not None
    lan = signed_in(plant.workers[0])
    url = f"/inbox/{notice.message.public_id}/"
    assert "Dừng chuyền 3" in lan.get(url).content.decode()
    seen = render(notice.message, language="vi").sha256
    assert lan.post(f"{url}acknowledge/", {"seen": "0" * 64}).status_code == 409
    assert lan.post(f"{url}acknowledge/", {"seen": seen}).status_code == 302
    stranger = signed_in(people.customer())
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}acknowledge/", {"seen": seen}).status_code == 404
