"""Automatic messages: an organization's own words, versioned, with a closed set of placeholders."""

import pytest
from django.db import IntegrityError, transaction

from kith.access.couriers import send_link
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import Message
from kith.messaging.mail.models import MailOut
from kith.messaging.wording import editing
from kith.messaging.wording.actions import send_wording
from kith.messaging.wording.models import VersionState, WordingVersion
from kith.messaging.wording.queries import missing_in, words_of
from kith.messaging.wording.shelf import WORDINGS, Placeholder, Wording, put, used_in
from kith.people.persons.models import Person
from tests.access import make as access
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
CODE = "support.request-answered"
TITLE = {"en": "Here you are: {title}", "vi": "Đây: {title}", "zh-Hans": "答复：{title}"}
BODY = {"en": "{name} wrote back.", "vi": "{name} đã trả lời.", "zh-Hans": "{name} 已回复。"}


@pytest.fixture
def editor() -> Person:
    return people.person("Emily Clark")


def send(to: Person) -> Message:
    return send_wording(code=CODE, to=[to.pk], at=AT, values={"title": "The kettle", "name": "Lan"})


def draft(editor: Person, title: dict[str, str] = TITLE, body: dict[str, str] = BODY) -> WordingVersion:
    return editing.save_draft(code=CODE, title=title, body=body, by=editor, at=AT)


def test_every_automatic_message_says_when_it_goes_out_and_what_its_placeholders_stand_for_in_every_language() -> None:
    assert len(WORDINGS.names()) >= 25
    for code, wording in WORDINGS.items():
        assert str(wording.when), code
        assert wording.capability in {name.partition(".")[0] for name in WORDINGS.names()}, code
        if wording.edited_at:
            continue
        assert set(wording.title) == set(wording.body) == set(OUR_LANGUAGES), code
        for language in OUR_LANGUAGES:
            for name in (*used_in(wording.title[language]), *used_in(wording.body[language])):
                assert str(wording.placeholders[name].says), (code, name)
                assert wording.placeholders[name].example, (code, name)


def test_a_wording_may_not_use_a_placeholder_it_does_not_declare() -> None:
    with pytest.raises(ValueError, match="'who' without declaring"):
        put(
            Wording(
                code="test.wrong", title=Text(en="{who}"), body=Text(en="x"), placeholders={"name": Placeholder("x")}
            )
        )
    assert "test.wrong" not in WORDINGS


def test_without_words_of_its_own_an_organization_sends_ours(editor: Person) -> None:
    message = send(editor)
    assert (message.title["en"], message.wording, message.wording_version) == ("Answered: The kettle", CODE, 0)


def test_a_draft_is_not_sent_an_active_version_is_and_what_was_sent_keeps_its_version(editor: Person) -> None:
    first = draft(editor)
    assert send(editor).wording_version == 0
    editing.activate(code=CODE, number=first.number, by=editor, at=AT)
    old = send(editor)
    assert (old.title["vi"], old.body["zh-Hans"], old.wording_version) == ("Đây: The kettle", "Lan 已回复。", 1)
    second = draft(editor, body={**BODY, "en": "{name} says hello."})
    assert (second.number, send(editor).wording_version) == (2, 1)
    editing.activate(code=CODE, number=2, by=editor, at=AT)
    assert send(editor).body["en"] == "Lan says hello."
    old.refresh_from_db()
    assert (old.body["en"], old.wording_version) == ("Lan wrote back.", 1)


def test_an_earlier_version_and_our_own_words_can_be_sent_again(editor: Person) -> None:
    for number in (1, 2):
        draft(editor, body={**BODY, "en": f"Number {number}."})
        editing.activate(code=CODE, number=number, by=editor, at=AT)
    editing.activate(code=CODE, number=1, by=editor, at=AT)
    assert words_of(code=CODE).body["en"] == "Number 1."
    assert dict(WordingVersion.objects.values_list("number", "state")) == {1: "active", 2: "retired"}
    editing.use_shipped(code=CODE, by=editor, at=AT)
    assert words_of(code=CODE).version == 0
    assert send(editor).title["en"] == "Answered: The kettle"


def test_an_unknown_placeholder_is_refused_with_the_names_of_the_right_ones(editor: Person) -> None:
    with pytest.raises(BadInput) as refused:
        draft(editor, title={**TITLE, "vi": "Đây: {titel}"})
    assert refused.value.sentence == "There is no {titel} here. You can use: {title}, {name}"
    assert refused.value.field == "title-vi"
    assert not WordingVersion.objects.exists()


def test_a_language_that_people_read_may_not_be_missing_one_that_nobody_reads_may(editor: Person) -> None:
    for language in ("vi", "vi", "en"):
        people.person(language=language)
    made = draft(editor, title={"en": "Hello"}, body={"en": "Hello"})
    with pytest.raises(Refusal) as refused:
        editing.activate(code=CODE, number=made.number, by=editor, at=AT)
    assert refused.value.sentence == "Tiếng Việt is missing: 2 people read it."
    assert words_of(code=CODE).version == 0
    draft(editor, title={"en": "Hello", "vi": "Chào"}, body={"en": "Hello", "vi": "Chào"})
    editing.activate(code=CODE, number=made.number, by=editor, at=AT)
    assert words_of(code=CODE).version == 1


def test_a_region_is_served_by_its_language_and_one_chinese_script_never_by_the_other() -> None:
    words = Text({"en": "a", "zh-Hans": "b"})
    assert missing_in(words, words, languages=["en-GB", "zh-Hans", "zh-Hant", "vi"]) == ["zh-Hant", "vi"]


def test_a_language_needs_a_title_and_a_text(editor: Person) -> None:
    with pytest.raises(BadInput, match="a title and a text"):
        draft(editor, body={"en": "x", "vi": "y"})


def test_there_is_one_draft_and_one_active_version_whatever_happens(editor: Person) -> None:
    draft(editor)
    assert draft(editor).number == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        WordingVersion.objects.create(code=CODE, number=7, made_at=AT)
    editing.activate(code=CODE, number=1, by=editor, at=AT)
    with pytest.raises(NotFound):
        editing.activate(code=CODE, number=9, by=editor, at=AT)


def test_the_words_of_a_one_time_link_are_ones_own_too(editor: Person) -> None:
    words = dict.fromkeys(OUR_LANGUAGES, "Sen: {name}")
    made = editing.save_draft(code="access.sign-in", title=words, body=words, by=editor, at=AT)
    editing.activate(code="access.sign-in", number=made.number, by=editor, at=AT)
    send_link(person_id=editor.pk, address="e@example.com", link="http://x/t/1/", purpose="sign-in", at=AT)
    send_link(person_id=editor.pk, address="e@example.com", link="http://x/t/1/", purpose="set-password", at=AT)
    rows = MailOut.objects.order_by("id").values_list("subject", "wording", "wording_version")
    assert list(rows) == [
        ("Sen: Emily Clark", "access.sign-in", 1), ("Your link to set a password", "access.set-password", 0),
    ]  # fmt: skip


def test_the_screens_are_for_those_who_write_to_everyone(editor: Person) -> None:
    for roles, status in ((("communications",), 200), (("administrator",), 200), (("hr",), 403), ((), 403)):
        desk = access.client(people.person(), *roles)
        for path in ("", f"{CODE}/", f"{CODE}/preview/"):
            assert desk.get(f"/admin/messages/{path}").status_code == status
    desk = access.client(editor, "communications")
    assert desk.get("/admin/messages/no.such/").status_code == 404
    listed = desk.get("/admin/messages/").content.decode()
    assert "Answered: {title}" in listed
    assert 'href="/desk/care/"' in listed


def test_words_are_written_previewed_as_a_person_and_sent(editor: Person) -> None:
    lan = people.person("Trần Thị Lan", language="vi")
    desk = access.client(editor, "communications")
    given = {f"title-{key}": value for key, value in TITLE.items()} | {
        f"body-{key}": value for key, value in BODY.items()
    }
    wrong = desk.post(f"/admin/messages/{CODE}/", {**given, "body-en": "{who} wrote"})
    assert wrong.status_code == 422
    assert "You can use: {title}, {name}" in wrong.content.decode()
    assert "{who} wrote" in wrong.content.decode()
    assert desk.post(f"/admin/messages/{CODE}/", given).status_code == 302
    found = desk.get(f"/admin/messages/{CODE}/preview/?version=1&q=thi lan").content.decode()
    assert f"person={lan.public_id}" in found
    shown = desk.get(f"/admin/messages/{CODE}/preview/?version=1&person={lan.public_id}").content.decode()
    assert "Đây: The kettle leaks" in shown
    assert "Emily Clark đã trả lời." in shown
    assert "Open it" not in shown
    mail = desk.get(f"/admin/messages/{CODE}/preview/html/?version=1&person={lan.public_id}")
    assert "Emily Clark đã trả lời." in mail.content.decode()
    assert "sandbox" in mail["Content-Security-Policy"]
    assert not Message.objects.exists()
    desk.post(f"/admin/messages/{CODE}/activate/", {"number": "1"})
    assert words_of(code=CODE).version == 1
    desk.post(f"/admin/messages/{CODE}/activate/", {"number": "0"})
    assert words_of(code=CODE).version == 0
    assert WordingVersion.objects.get().state == VersionState.RETIRED


def test_a_message_whose_words_are_kept_elsewhere_cannot_be_changed_here(editor: Person) -> None:
    with pytest.raises(Refusal):
        editing.save_draft(code="care.greeting", title=TITLE, body=BODY, by=editor, at=AT)
