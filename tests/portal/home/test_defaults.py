"""What an audience sees first: arranged by an administrator, pinned or hidden, and looked at without prying."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

import kith
from kith.kernel.facts.models import Fact
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments.actions import save_segment
from kith.people.segments.models import Segment
from kith.portal.home import default_actions as actions
from kith.portal.home.cards import CARDS, FAMILIES, Card, Zone
from kith.portal.home.models import HomeDefault
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
INSIDE = "mail/parts.html"  # renders to nothing
URL = "/admin/home/"


class Given:
    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        del person, roles
        return [
            Card("given.apple", "Apple news", INSIDE, "Because apple"),
            Card("given.pear", "Pear news", INSIDE, "Because pear"),
            Card("given.plum", "Plum news", INSIDE, "Because plum"),
            Card("given.due", "Due matter", INSIDE, "Because due", Zone.TODO, due_at=at),
            Card("given.todo", "Open matter", INSIDE, "Because open", Zone.TODO),
        ]


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CARDS, "_things", {"tests": Given()})
    names = {f"given.{name}": name.title() for name in ("apple", "pear", "plum", "due", "todo")}
    monkeypatch.setattr(FAMILIES, "_things", names)


@pytest.fixture
def vietnamese() -> Segment:
    rule = {"attribute": "language", "is": ["vi"]}
    return save_segment(name=Text(en="Vietnamese"), rule=rule, at=people.AT, by_id=None)


def order(text: str, *words: str) -> list[str]:
    return sorted((word for word in words if word in text), key=text.index)


def arranged(segment: Segment | None, names: list[str], **wishes: str) -> HomeDefault:
    made = actions.open_default(segment=segment, at=people.AT, by_id=1)
    return actions.arrange_default(
        key=made.pk, order=[f"given.{name}" for name in names],
        wishes={f"given.{name}": wish for name, wish in wishes.items()}, at=people.AT, by_id=1,
    )  # fmt: skip


ALL = ["plum", "pear", "apple", "due", "todo"]
WORDS = ("Apple news", "Pear news", "Plum news")


def test_the_organizations_home_is_for_whoever_is_in_no_audience_that_has_one(vietnamese: Segment) -> None:
    vi, en = people.employee(language="vi"), people.employee(language="en")
    arranged(None, ALL, apple="hidden")
    arranged(vietnamese, ["apple", "plum", "pear", "due", "todo"])
    assert order(make.client(en).get("/").text, *WORDS) == ["Plum news", "Pear news"]
    assert order(make.client(vi).get("/").text, *WORDS) == ["Apple news", "Plum news", "Pear news"]


def test_a_pinned_card_stands_first_and_cannot_be_hidden(vietnamese: Segment) -> None:
    lan = people.employee(language="vi")
    browser = make.client(lan)
    browser.post("/arrange/", {"key": "given.pear", "wish": "up", "present": ["given.apple", "given.pear"]})
    browser.post("/arrange/", {"key": "given.plum", "wish": "hide"})
    assert order(browser.get("/").text, *WORDS) == ["Pear news", "Apple news"]
    arranged(vietnamese, ALL, plum="pinned")
    assert order(browser.get("/").text, *WORDS) == ["Plum news", "Pear news", "Apple news"]
    text = browser.get("/?arrange").text
    assert text.count('value="hide"') == 4  # every card but the pinned one
    browser.post("/arrange/", {"key": "given.plum", "wish": "hide"})
    assert "Plum news" in browser.get("/").text


def test_what_is_due_stays_first_whatever_is_pinned() -> None:
    arranged(None, ALL, todo="pinned")
    text = make.client(people.employee()).get("/").text
    assert order(text, "Due matter", "Open matter") == ["Due matter", "Open matter"]


def test_a_home_is_arranged_by_plain_forms_and_each_press_is_kept(vietnamese: Segment) -> None:
    mai = people.employee("Mai")
    browser = make.client(mai, "administrator")
    answer = browser.post(URL, {"segment": str(vietnamese.pk)})
    made = HomeDefault.objects.get()
    page = f"{URL}{made.pk}/"
    assert answer["Location"] == page
    wishes = {f"wish-given.{name}": "shown" for name in ALL} | {"wish-given.pear": "hidden"}
    browser.post(page, {**wishes, "move": "up:given.plum"})
    browser.post(page, {**wishes, "wish-given.apple": "pinned"})
    made.refresh_from_db()
    assert made.order == ["given.apple", "given.due", "given.plum", "given.pear", "given.todo"]
    assert (made.hidden, made.pinned, made.changed_by_id) == (["given.pear"], ["given.apple"], mai.pk)
    assert Fact.objects.filter(kind="portal.HomeDefaultChanged", by_id=mai.pk).count() == 3
    assert "Mai" in browser.get(page).text
    assert browser.post(f"{page}close/")["Location"] == URL
    assert not HomeDefault.objects.exists()
    assert browser.get(page).status_code == 404


def test_an_audience_has_one_home(vietnamese: Segment) -> None:
    browser = make.client(people.employee(), "communications")
    for asked in ("", str(vietnamese.pk)):
        assert browser.post(URL, {"segment": asked}).status_code == 303
        assert browser.post(URL, {"segment": asked}).status_code == 400
    assert HomeDefault.objects.count() == 2


@pytest.mark.parametrize("asked", ["999999", "9" * 40, "-1", "x", "1; DROP"])
def test_a_segment_that_is_none_opens_nothing(asked: str) -> None:
    assert make.client(people.employee(), "administrator").post(URL, {"segment": asked}).status_code == 404
    assert not HomeDefault.objects.exists()


@pytest.mark.parametrize(
    ("names", "wishes"),
    [(ALL[1:], {}), ([*ALL, "plum"], {}), ([*ALL, "other"], {}), (ALL, {"given.plum": "loud"})],
)
def test_an_order_that_does_not_name_each_card_once_is_refused(names: list[str], wishes: dict[str, str]) -> None:
    made = actions.open_default(segment=None, at=people.AT, by_id=1)
    with pytest.raises(BadInput):
        actions.arrange_default(
            key=made.pk, order=[f"given.{name}" for name in names], wishes=wishes, at=people.AT, by_id=1
        )


def test_odd_posts_keep_what_was(vietnamese: Segment) -> None:
    made = arranged(vietnamese, ALL, plum="pinned")
    browser = make.client(people.employee(), "administrator")
    for posted in ({"move": "up:nothing"}, {"move": "sideways"}, {"move": "up:"}, {}):
        assert browser.post(f"{URL}{made.pk}/", posted).status_code == 303
    assert browser.post(f"{URL}{made.pk}/", {"wish-given.plum": "loud"}).status_code == 400
    made.refresh_from_db()
    assert (made.order, made.pinned) == ([f"given.{name}" for name in ALL], ["given.plum"])


def test_a_look_at_a_persons_home_shows_the_order_and_never_what_their_cards_say(vietnamese: Segment) -> None:
    people.employee("Nguyễn Thị Lan", language="vi")
    arranged(vietnamese, ALL, plum="pinned", pear="hidden")
    browser = make.client(people.employee("Mai"), "administrator")
    text = browser.get(URL, {"q": "thi lan"}).text
    assert "Nguyễn Thị Lan" in text
    assert "By the home of: Vietnamese" in text
    shown = text.split("<ol>")[1].split("</ol>")[0]
    assert order(shown, "Plum", "Apple", "Due", "Pear") == ["Plum", "Apple", "Due"]
    assert "Plum news" not in text
    assert "Nobody is called that" in browser.get(URL, {"q": "zzz"}).text
    assert browser.get(URL, {"q": "\0" + "x" * 5000}).status_code == 200


def test_only_administrators_and_communications_come_here() -> None:
    assert make.client(people.employee(), "hr").get(URL).status_code == 403
    assert make.client().get(URL)["Location"].startswith("/sign-in/")


def test_every_card_of_home_has_a_family_on_the_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    source = Path(kith.__path__[0])
    keys = {
        key for path in source.rglob("*.py") for key in re.findall(r'\bkey=f?"([a-z-]+\.[a-z-]+)', path.read_text())
        if "Card(" in path.read_text() and "CARDS.put" in path.read_text()
    }  # fmt: skip
    assert len(keys) >= 10
    assert keys <= set(FAMILIES.names())
