from datetime import timedelta
from typing import Any

import pytest

from kith.kernel import clock
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.answering import Said
from kith.messaging.deliveries.models import Delivery, State, SupersededAcknowledgement
from kith.messaging.deliveries.rendering import render
from kith.messaging.links.tokens import ACKNOWLEDGE, DeliveryLink, link_for
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut
from kith.notices.publishing import actions
from kith.notices.publishing.answers import HEADCOUNT
from kith.notices.publishing.models import Notice
from tests.access import make as access
from tests.notices import make
from tests.notices.publishing.test_notices import answer, signed_in
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
SAFE, HELP = Said(answer=0), Said(answer=1)


def asked(author: Any, **given: Any) -> Notice:
    return make.published(author, **{"options": HEADCOUNT, **given})


def row(notice: Notice, person: Any) -> Delivery:
    return Delivery.objects.select_related("message").get(message_id=notice.message_id, person_id=person.pk)


def test_an_answer_is_kept_with_the_exact_text_and_the_labels_belong_to_it() -> None:
    plant = make.plant()
    notice = asked(plant.author)
    lan = plant.workers[0]
    answer(notice, lan, says=HELP)
    kept = row(notice, lan)
    assert (kept.state, kept.answer, kept.seen_language) == (State.ANSWERED, 1, "vi")
    assert [option.label for option in render(kept.message, language="vi").options] == [
        "Tôi an toàn",
        "Tôi cần giúp đỡ",
    ]
    other = [{**HEADCOUNT[0], "label": {"en": "Fine", "vi": "Ổn", "zh-Hans": "好"}}, HEADCOUNT[1]]
    plain = render(asked(plant.author, options=other).message, language="vi")  # type: ignore[arg-type]
    assert plain.sha256 != kept.seen_sha256


def test_who_was_safe_and_then_needs_help_says_so_and_both_are_kept() -> None:
    plant = make.plant()
    notice, lan = asked(plant.author), plant.workers[0]
    answer(notice, lan, says=SAFE)
    answer(notice, lan, says=HELP, at=AT + timedelta(minutes=5))
    answer(notice, lan, says=HELP, at=AT + timedelta(minutes=9))
    assert (row(notice, lan).answer, row(notice, lan).acknowledged_at) == (1, AT + timedelta(minutes=5))
    old = SupersededAcknowledgement.objects.get()
    assert (old.person_id, old.answer, old.acknowledged_at) == (lan.pk, 0, AT)


@pytest.mark.parametrize("says", [Said(), Said(answer=2), Said(answer=-1), Said(declined="No")])
def test_what_is_not_offered_is_refused(says: Said) -> None:
    plant = make.plant()
    notice = asked(plant.author)
    with pytest.raises(BadInput):
        answer(notice, plant.workers[0], says=says)
    assert row(notice, plant.workers[0]).state == State.SENT


def test_declining_needs_a_reason_and_late_is_late_with_its_words_kept() -> None:
    plant = make.plant()
    lan, minh = plant.workers
    notice = make.published(plant.author, may_decline=True)
    with pytest.raises(BadInput, match="why"):
        answer(notice, lan, says=Said(declined=" "))
    answer(notice, lan, says=Said(declined="I do not work on line 3."))
    answer(notice, minh, says=Said(declined="On leave."), at=AT + timedelta(hours=5))
    assert (row(notice, lan).state, row(notice, lan).remark) == (State.DECLINED, "I do not work on line 3.")
    assert (row(notice, minh).state, row(notice, minh).remark) == (State.LATE, "On leave.")


@pytest.mark.parametrize("options", [HEADCOUNT[:1], HEADCOUNT * 3, [{"kind": "loud", "label": {"en": "x"}}] * 2])
def test_two_to_five_answers_of_known_kinds_are_offered(options: list[dict[str, Any]]) -> None:
    with pytest.raises(Refusal):
        make.draft(people.employee(), options=options)


def test_answers_need_every_language_of_the_title() -> None:
    half = [{"kind": "safe", "label": {"en": "Safe"}}, HEADCOUNT[1]]
    with pytest.raises(Refusal, match="missing: vi, zh-Hans"):
        asked(people.employee(), options=half)
    with pytest.raises(Refusal, match="languages of the title"):
        asked(people.employee(), options=half, severity="important")


def test_one_tap_from_home_inbox_mail_and_kiosk() -> None:
    plant = make.plant()
    notice = asked(plant.author, due_at=clock.now() + timedelta(hours=1))
    lan, minh = plant.workers
    assert notice.message is not None
    url = f"/inbox/{notice.message.public_id}/"
    seen = render(notice.message, language="vi").sha256
    browser = access.client(lan)
    for page in ("/", url):
        said = browser.get(page).content.decode()
        assert said.count('name="answer"') == 2, page
        assert "Tôi cần giúp đỡ" in said
    assert browser.post(f"{url}acknowledge/", {"seen": seen, "answer": "9"}).status_code == 400
    assert browser.post(f"{url}acknowledge/", {"seen": seen, "answer": "x"}).status_code == 400
    assert browser.post(f"{url}acknowledge/", {"seen": seen, "answer": "1"}).status_code == 302
    assert "Tôi cần giúp đỡ" in browser.get(url).content.decode()
    assert (row(notice, lan).answer, row(notice, lan).via) == (1, "page")
    kept = row(notice, minh)
    token = link_for(DeliveryLink(ACKNOWLEDGE, kept.pk, minh.pk, seen), at=clock.now()).split("/m/")[1]
    visitor = access.client()
    assert visitor.get(f"/m/{token}").content.decode().count('name="answer"') == 2
    assert row(notice, minh).state == State.SENT
    assert visitor.post(f"/m/{token}", {"seen": seen, "answer": "0"}).status_code == 200
    assert (row(notice, minh).answer, row(notice, minh).via) == (0, "mail")
    assert visitor.post(f"/m/{token}", {"seen": seen, "answer": "7"}).status_code == 409


def test_a_drill_cannot_be_mistaken_anywhere() -> None:
    plant = make.plant()
    notice = asked(plant.author, drill=True, due_at=clock.now() + timedelta(hours=1))
    assert notice.message is not None
    assert notice.message.drill
    for tag, first in (("en", "DRILL"), ("vi", "DIỄN TẬP"), ("zh-Hans", "演习")):
        assert notice.message.title[tag].startswith(first)
        assert notice.message.body[tag].split("\n\n")[0] != make.BODY[tag]
    make_mails(message_id=notice.message.pk, after=0, upto=10**9, at=AT)
    subjects = set(MailOut.objects.values_list("subject", flat=True))
    assert subjects == {"DRILL: Stop line 3", "DIỄN TẬP: Dừng chuyền 3"}
    lan = access.client(plant.manager)
    for page in ("/", f"/inbox/{notice.message.public_id}/"):
        assert "This is a drill" in lan.get(page, headers={"accept-language": "en"}).content.decode(), page
    desk = signed_in(plant.author, "communications")
    for page in ("", "board/", "report/"):
        shown = desk.get(f"/desk/notices/{notice.public_id}/{page}").content.decode()
        assert ("drill" in shown) or ("Drill" in shown), page


def test_after_a_new_version_a_recipient_sees_what_changed_in_their_language_with_ins_and_del() -> None:
    plant = make.plant()
    lan, minh = plant.workers
    notice = make.published(plant.author, due_at=clock.now() + timedelta(hours=1))
    answer(notice, lan)
    title = Text({"en": "Stop line 4", "vi": "Dừng chuyền 4", "zh-Hans": "4号线停机"})
    actions.amend(notice=notice, title=title, body=make.BODY, editorial=False, by=plant.author, at=AT)
    assert notice.message is not None
    url = f"/inbox/{notice.message.public_id}/"
    shown = access.client(lan).get(url).content.decode()
    assert "</span>3</del>" in shown
    assert "</span>4</ins>" in shown
    assert "Dừng chuyền " in shown
    assert "<del>" not in access.client(minh).get(url).content.decode()
