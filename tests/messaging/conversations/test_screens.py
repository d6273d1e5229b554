"""The screens: what is mine, nothing that is not, at the same number of queries whatever there is."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.messaging.conversations import actions
from kith.messaging.conversations.actions import Words
from kith.messaging.conversations.jobs import index_posts
from kith.messaging.conversations.keeping import forget
from kith.messaging.conversations.models import Conversation, Keeping, Manners, Member, Post, PostFile, Report
from kith.people.persons.models import Person
from kith.people.privacy.actions import erase
from kith.people.privacy.traces import MARK
from kith.promises.actions import set_holders
from tests.access import make as access
from tests.messaging.conversations import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
MISSING = UUID(int=7)


@pytest.fixture
def lan() -> Person:
    return make.colleague("Nguyễn Thị Lan")


@pytest.fixture
def hung() -> Person:
    return make.colleague("Lê Văn Hùng")


@pytest.fixture
def talk(lan: Person, hung: Person) -> Conversation:
    return make.direct(lan, hung, at=clock.now())


def address(talk: Conversation, rest: str = "") -> str:
    return f"/messages/{talk.public_id}/{rest}"


def post(client: Client, talk: Conversation, text: str, **more: Any) -> Any:
    return client.post(address(talk, "say/"), {"text": text, "key": str(uuid4()), **more})


def test_two_colleagues_talk_without_a_script(lan: Person, hung: Person) -> None:
    mine, theirs = access.client(lan), access.client(hung)
    begun = mine.post(f"/messages/to/{hung.public_id}/")
    assert begun.status_code == 303
    talk = Conversation.objects.get()
    assert post(mine, talk, "Xin chào <b>anh</b>").status_code == 303
    listed = theirs.get("/messages/").text
    assert "Nguyễn Thị Lan" in listed
    assert "1 unread" in listed
    shown = theirs.get(address(talk)).text
    assert "Xin chào &lt;b&gt;anh&lt;/b&gt;" in shown
    assert "1 unread" not in theirs.get("/messages/").text
    assert 'id="talk-read">Read<' in mine.get(address(talk)).text


def test_a_foreign_conversation_is_byte_for_byte_a_missing_one(lan: Person, talk: Conversation) -> None:
    make.said(talk, lan, "secret", at=clock.now())
    stranger = access.client(make.colleague("Somebody"), "hr", "administrator", "leadership", "moderator")
    for rest in ("", "posts/", "people/", "settings/", "1/edit/", "1/report/", f"files/{MISSING}/"):
        there, nowhere = stranger.get(address(talk, rest)), stranger.get(f"/messages/{MISSING}/{rest}")
        assert there.status_code == nowhere.status_code == 404
        assert plain(there.content, talk) == plain(nowhere.content, talk)
    for rest in ("say/", "read/", "change/", "1/edit/", "1/withdraw/", "1/report/", "1/acknowledge/", "1/turn/idea/"):
        there, nowhere = stranger.post(address(talk, rest)), stranger.post(f"/messages/{MISSING}/{rest}")
        assert there.status_code == nowhere.status_code == 404
        assert plain(there.content, talk) == plain(nowhere.content, talk)


def plain(body: bytes, talk: Conversation) -> bytes:
    body = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", body)
    return body.replace(str(talk.public_id).encode(), str(MISSING).encode())


def test_read_marks_switched_off_are_seen_by_neither_side(lan: Person, hung: Person, talk: Conversation) -> None:
    make.said(talk, lan, "hello", at=clock.now())
    access.client(hung).get(address(talk))
    theirs, mine = access.client(hung), access.client(lan)
    assert 'id="talk-read">Read<' in mine.get(address(talk)).text
    theirs.post("/messages/settings/", {})
    assert Manners.objects.get(person=hung).shows_reading is False
    assert 'id="talk-read"><' in mine.get(address(talk)).text
    make.said(talk, hung, "hello too", at=clock.now())
    mine.get(address(talk))
    assert 'id="talk-read"><' in theirs.get(address(talk)).text, "who shows nothing sees nothing"
    theirs.post("/messages/settings/", {"shows": "on"})
    assert 'id="talk-read">Read<' in theirs.get(address(talk)).text


def test_a_page_that_was_away_gets_what_it_lacks_in_order_and_nothing_twice(
    lan: Person, hung: Person, talk: Conversation
) -> None:
    at = clock.now()
    for n in range(1, 4):
        make.said(talk, lan, f"number {n}", at=at)
    client = access.client(hung)
    asked = address(talk, "posts/?rev=1")
    assert seqs(client.get(asked).text) == [2, 3]
    actions.edit(conversation=talk, standing=make.standing(lan), seq=1, text="number one", at=at)
    assert seqs(client.get(asked).text) == [2, 3, 1]
    assert seqs(client.get(address(talk, "posts/?rev=4")).text) == []
    assert seqs(client.get(address(talk, "posts/?after=2")).text) == [3]
    for odd in ("rev=-1", "rev=x", "rev=99999999999999999999999", "after=9223372036854775807"):
        assert client.get(address(talk, f"posts/?{odd}")).status_code == 200


def seqs(text: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-seq="(\d+)"', text)]


def test_lists_and_pages_cost_the_same_with_one_and_with_three(lan: Person) -> None:
    client, at = access.client(lan), clock.now()
    counts = []
    for more in (1, 2):
        for n in range(more):
            talk = make.direct(lan, make.colleague(f"Colleague {more}{n}"), at=at)
            group = make.grouped(lan, make.colleague(f"Guest {more}{n}"), at=at)
            for one in (talk, group):
                for k in range(more):
                    make.said(one, lan, f"@Guest {more}{n} hello {k}", at=at, topic=f"t{k}")
        client.get("/messages/")
        counts.append(
            [
                number(client, path)
                for path in ("/messages/", address(talk), address(group), address(group, "posts/?rev=0"))
            ]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 26


def number(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_files_are_read_by_those_inside_and_are_gone_when_withdrawn(
    lan: Person, hung: Person, talk: Conversation
) -> None:
    mine, theirs, stranger = access.client(lan), access.client(hung), access.client(make.colleague())
    sent = post(mine, talk, "", file=SimpleUploadedFile("../plan.pdf", PDF))
    assert sent.status_code == 303
    kept = PostFile.objects.get()
    path = address(talk, f"files/{kept.public_id}/")
    got = theirs.get(path)
    assert (got.content, got["Content-Type"], got["X-Content-Type-Options"]) == (PDF, "application/pdf", "nosniff")
    assert got["Content-Disposition"].startswith("attachment")
    assert stranger.get(path).status_code == 404
    huge = SimpleUploadedFile("huge.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024 + 1))
    refused = post(mine, talk, "big", file=huge)
    assert (refused.status_code, Post.objects.count()) == (400, 1)
    assert "larger than 10 MB" in refused.text
    mine.post(address(talk, "1/withdraw/"))
    assert theirs.get(path).status_code == 404
    assert "Message withdrawn" in theirs.get(address(talk)).text


def test_search_finds_my_own_conversations_only(lan: Person, hung: Person, talk: Conversation) -> None:
    written = make.said(talk, lan, "the word is Kanarienvogel", at=clock.now())
    index_posts.run(ids=[written.pk])
    stranger = make.colleague("Somebody")
    assert "Kanarienvogel" in access.client(hung).get("/search/?q=kanarien").text.replace("q=kanarien", "")
    found = access.client(stranger, "hr", "administrator").get("/search/?q=kanarienvogel").text
    assert "the word is" not in found
    actions.withdraw(conversation=talk, standing=make.standing(lan), seq=1, at=clock.now())
    index_posts.run(ids=[written.pk])
    assert "the word is" not in access.client(hung).get("/search/?q=kanarienvogel").text


def test_one_begins_a_group_adds_renames_leaves_and_blocks(lan: Person, hung: Person) -> None:
    mai = make.colleague("Đỗ Ngọc Mai", number="M-77")
    mine, theirs = access.client(lan), access.client(hung)
    wrong = mine.post("/messages/new/", {"what": "group", "group-title": "Line", "group-people": "Nobody Here"})
    assert (wrong.status_code, "“Nobody Here”" in wrong.text) == (422, True)
    mine.post("/messages/new/", {"what": "group", "group-title": "Line", "group-people": f"{hung.mailbox}\nM-77"})
    group = Conversation.objects.get()
    assert set(Member.objects.values_list("person_id", flat=True)) == {lan.pk, hung.pk, mai.pk}
    for client in (mine, theirs):
        assert client.get(address(group, "settings/")).status_code == 200
    assert theirs.post(address(group, "change/"), {"what": "rename", "title": "mine"}).status_code == 403
    mine.post(address(group, "change/"), {"what": "rename", "title": "Line 3"})
    mine.post(address(group, "change/"), {"what": "remove", "person": str(mai.public_id)})
    mine.post(address(group, "settings/"), {"people": "M-77"})
    theirs.post(address(group, "change/"), {"what": "notify", "notify": "nothing"})
    mine.post(address(group, "change/"), {"what": "leave"})
    group.refresh_from_db()
    assert group.title == "Line 3"
    assert list(Post.objects.order_by("seq").values_list("text", flat=True)) == ["renamed", "removed", "joined", "left"]
    assert Member.objects.get(left_at=None, leads=True).person == hung
    direct = make.direct(lan, hung, at=clock.now())
    mine.post(address(direct, "change/"), {"what": "block"})
    refused = post(theirs, direct, "hello")
    assert (refused.status_code, "takes no messages from you" in refused.text) == (409, True)
    assert "Lê Văn Hùng" in mine.get("/messages/settings/").text


def test_customers_see_no_colleague_and_no_form_for_one(lan: Person) -> None:
    emily = people.customer("Emily Clark")
    client = access.client(emily)
    text = client.get("/messages/new/?q=Lan").text
    assert "Nguyễn Thị Lan" not in text
    assert "Human resources" not in text
    assert client.post(f"/messages/to/{lan.public_id}/").status_code == 403
    sent = {
        "what": "ask",
        "ask-desk": "support",
        "ask-title": "My order",
        "ask-text": "Where?",
        "ask-key": str(uuid4()),
    }
    assert client.post("/messages/new/", sent).status_code == 303
    assert client.post("/messages/new/", {**sent, "ask-desk": "hr"}).status_code == 422
    talk = Conversation.objects.get()
    assert client.get(address(talk, "people/?q=l")).text.strip() == ""


def test_the_desk_answers_and_a_moderator_decides(lan: Person, hung: Person) -> None:
    ha, at = make.colleague("Phạm Thu Hà"), clock.now()
    for code in ("general", "hr", "moderation"):
        set_holders(code=code, persons=[ha], at=at, by_id=None)
    words = Words("How many days?")
    asked = actions.ask(by=make.standing(lan, at=at), desk="hr", title="My leave", words=words, at=at).conversation
    hr = access.client(ha, "hr")
    assert "My leave" in hr.get("/desk/messages/").text
    assert "An answer is owed since" in hr.get(address(asked)).text
    post(hr, asked, "Twelve.")
    assert "Answered." in access.client(lan).get(address(asked)).text
    talk = make.direct(lan, hung, at=at)
    said = make.said(talk, hung, "You are useless", at=at)
    lans = access.client(lan)
    assert lans.get(address(talk, f"{said.seq}/report/")).status_code == 200
    lans.post(address(talk, f"{said.seq}/report/"), {"reason": "It insults me"})
    tell_all(at=at)
    report = Report.objects.get()
    path = f"/desk/moderation/{report.public_id}/"
    assert "You are useless" in hr.get(path).text
    assert hr.post(path, {"decision": "removed", "words": ""}).status_code == 422
    hr.post(path, {"decision": "removed", "words": "No insults here."})
    for client, told in ((lans, "You reported a message"), (access.client(hung), "A message of yours was reported")):
        log = client.get("/messages/moderation/").text
        assert told in log
        assert "No insults here." in log
    assert "Message removed by a moderator" in lans.get(address(talk)).text
    assert access.client(make.colleague()).get(path).status_code == 404


def test_an_administrator_decides_how_long_messages_are_kept(lan: Person, hung: Person, talk: Conversation) -> None:
    at = clock.now()
    old = make.said(talk, lan, "old", at=at)
    Post.objects.filter(pk=old.pk).update(at=at - timedelta(days=91))
    make.said(talk, lan, "new", at=at)
    admin = access.client(make.colleague(), "administrator")
    assert admin.get("/admin/conversations/").status_code == 200
    assert forget(at) == 0
    for _twice in range(2):
        admin.post("/admin/conversations/", {"days": "90"})
    assert Keeping.objects.count() == 1
    assert (forget(at), forget(at)) == (1, 0)
    assert list(Post.objects.values_list("seq", "text")) == [(2, "new")]
    assert admin.post("/admin/conversations/", {"days": "5"}).status_code == 422


def test_whoever_was_erased_has_no_name_and_their_words_are_gone(lan: Person, hung: Person, talk: Conversation) -> None:
    at = clock.now()
    post(access.client(hung), talk, "I, Hùng, was here", file=SimpleUploadedFile("plan.pdf", PDF))
    boss = make.colleague()
    access.client(boss, "administrator")
    erase(person=hung, at=at, by_id=boss.pk)
    shown = access.client(lan).get(address(talk)).text
    assert "Deleted person" in shown
    assert "Hùng" not in shown
    assert MARK in shown
    assert PostFile.objects.count() == 0
