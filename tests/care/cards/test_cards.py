"""A card is signed by colleagues, hidden until its hour, handed over once, and never tells who hides a birthday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from kith.care.cards import actions
from kith.care.cards.models import GroupCard, Signing
from kith.care.cards.printing import pdf_of
from kith.care.cards.queries import to_sign, visible_to
from kith.care.mutes.actions import mute
from kith.care.wishes.actions import choose_hour, refuse
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.messaging.deliveries.models import Delivery, Message
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.privacy.queries import everything
from kith.people.ties.models import Tie
from tests.access import make as access
from tests.people import make as people

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 8, tzinfo=UTC)
NINE = datetime(2027, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def unit(db: None) -> Unit:
    return people.unit()


def mate(unit: Unit, name: str, **given: object) -> Person:
    return people.employee(name, unit=unit, zone="UTC", **given)


@pytest.fixture
def lan(unit: Unit) -> Person:
    return mate(unit, "Lan", birth_month=3, birth_day=10, birthday_visibility="team", since=date(2021, 4, 1))


@pytest.fixture
def ha(unit: Unit) -> Person:
    return mate(unit, "Hà")


@pytest.fixture
def minh(unit: Unit) -> Person:
    return mate(unit, "Minh")


def begun(lan: Person, ha: Person, kind: str = "birthday") -> GroupCard:
    return actions.begin(person=lan, kind=kind, organizer=ha, at=AT)


def place(card: GroupCard, who: Person) -> Signing:
    return Signing.objects.get(card=card, person=who)


def test_colleagues_are_asked_and_the_one_it_is_for_sees_nothing_before_the_hour(
    lan: Person, ha: Person, minh: Person
) -> None:
    stranger = people.employee("Tom")
    card = begun(lan, ha)
    assert (card.day, card.due_at) == (date(2027, 3, 10), NINE)
    assert begun(lan, minh).pk == card.pk
    assert set(Signing.objects.values_list("person_id", flat=True)) == {ha.pk, minh.pk}
    assert set(Delivery.objects.values_list("person_id", flat=True)) == {minh.pk}
    assert to_sign(person_id=minh.pk).get().card == card
    actions.sign(signing=place(card, minh), words="All the best", motif="lotus", at=AT)
    for nobody in (lan, stranger):
        assert not visible_to(person_id=nobody.pk).exists()
    told = str(list(everything(person_id=lan.pk)))
    assert "All the best" not in told
    assert "Cards" not in told
    assert actions.deliver_due(at=NINE - timedelta(minutes=1)) == 0
    assert actions.deliver_due(at=NINE) == 1
    assert visible_to(person_id=lan.pk).get() == card


def test_it_is_handed_over_once_and_late_signers_are_told(lan: Person, ha: Person, minh: Person) -> None:
    card = begun(lan, ha)
    actions.sign(signing=place(card, ha), words="Hello", motif="", at=AT)
    for _round in range(3):
        actions.deliver_due(at=NINE)
    assert Delivery.objects.filter(person_id=lan.pk).count() == 1
    with pytest.raises(Refusal, match="already been handed over"):
        actions.sign(signing=place(card, minh), words="Me too", motif="", at=NINE)
    assert place(card, minh).words == ""


def test_the_hour_is_the_one_the_person_chose(lan: Person, ha: Person) -> None:
    choose_hour(person=lan, hour=18)
    assert begun(lan, ha).due_at == NINE.replace(hour=18)


def test_one_sentence_for_every_reason_against_a_card(lan: Person, ha: Person, minh: Person) -> None:
    hides = mate(ha.ties.get().assignments.get().unit, "An", birth_month=3, birth_day=10)
    far = mate(ha.ties.get().assignments.get().unit, "Bo", birth_month=9, birth_day=1, birthday_visibility="all")
    refuse(person=minh, at=AT)
    Person.objects.filter(pk=minh.pk).update(birth_month=3, birth_day=9, birthday_visibility="team")
    mute(person=lan, since=date(2027, 3, 5), until=date(2027, 3, 20), at=AT, by_id=None)
    sentences = set()
    for who in (hides, far, minh, lan, people.employee("Elsewhere", birth_month=3, birth_day=10)):
        with pytest.raises(Refusal) as caught:
            begun(Person.objects.get(pk=who.pk), ha)
        sentences.add(caught.value.sentence)
    assert len(sentences) == 1
    assert not GroupCard.objects.exists()


@pytest.mark.parametrize("why", ["hides", "refuses", "muted", "left", "unsigned", "taken out"])
def test_a_card_is_dropped_without_a_word(lan: Person, ha: Person, minh: Person, why: str) -> None:
    card = begun(lan, ha)
    if why != "unsigned":
        actions.sign(signing=place(card, minh), words="Hello", motif="", at=AT)
    match why:
        case "hides":
            Person.objects.filter(pk=lan.pk).update(birthday_visibility="nobody")
        case "refuses":
            refuse(person=lan, at=AT)
        case "muted":
            mute(person=lan, since=date(2027, 3, 10), until=date(2027, 3, 10), at=AT, by_id=None)
        case "left":
            Tie.objects.filter(person=lan).update(until=date(2027, 3, 9))
        case "taken out":
            actions.hide(signing=place(card, minh), by=ha, hidden=True, at=AT)
    messages = Message.objects.count()
    assert actions.deliver_due(at=NINE) == 0
    assert actions.deliver_due(at=NINE + timedelta(days=1)) == 0
    assert Message.objects.count() == messages
    assert not visible_to(person_id=lan.pk).exists()
    assert not visible_to(person_id=ha.pk).exists()


def test_only_the_organizer_takes_words_out_and_new_words_stand_again(lan: Person, ha: Person, minh: Person) -> None:
    card = begun(lan, ha)
    signing = actions.sign(signing=place(card, minh), words="Rude", motif="", at=AT)
    with pytest.raises(NotAllowed):
        actions.hide(signing=signing, by=minh, hidden=True, at=AT)
    actions.hide(signing=signing, by=ha, hidden=True, at=AT)
    assert actions.sign(signing=signing, words="Kind", motif="sun", at=AT).hidden_at is None


@pytest.mark.parametrize(("words", "motif"), [(" ", ""), ("x" * 501, ""), ("Hello", "skull")])
def test_a_wrong_signature_is_refused(lan: Person, ha: Person, words: str, motif: str) -> None:
    card = begun(lan, ha)
    with pytest.raises(BadInput):
        actions.sign(signing=place(card, ha), words=words, motif=motif, at=AT)


def test_anniversaries_and_farewells_have_their_days(lan: Person, ha: Person) -> None:
    assert begun(lan, ha, "anniversary").day == date(2027, 4, 1)
    with pytest.raises(Refusal):
        begun(lan, ha, "leaving")
    Tie.objects.filter(person=lan).update(until=date(2027, 4, 15))
    assert begun(lan, ha, "leaving").day == date(2027, 4, 15)


def test_a_card_can_be_kept_as_pdf_without_what_was_taken_out(lan: Person, ha: Person, minh: Person) -> None:
    card = begun(lan, ha)
    actions.sign(signing=place(card, minh), words="Chúc mừng sinh nhật 生日快乐 🎂", motif="lotus", at=AT)
    actions.sign(signing=place(card, ha), words="Rude", motif="", at=AT)
    actions.hide(signing=place(card, ha), by=ha, hidden=True, at=AT)
    actions.deliver_due(at=NINE)
    card.refresh_from_db()
    text = _text(pdf_of(card))
    assert "Chúc mừng sinh nhật" in text
    assert "Rude" not in text
    assert pdf_of(card) == pdf_of(card)


def _text(pdf: bytes) -> str:
    from io import BytesIO  # noqa: PLC0415

    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.urls("kith.config.urls")
def test_the_screens(unit: Unit) -> None:
    today = clock.now().date()
    near = today + timedelta(days=5)
    lan = mate(unit, "Lan", birth_month=near.month, birth_day=near.day, birthday_visibility="team")
    ha, minh = mate(unit, "Hà"), mate(unit, "Minh")
    begins, signs, gets = access.client(ha), access.client(minh), access.client(lan)
    assert begins.post("/cards/", {"person": "x", "kind": "birthday"}).status_code == 422
    assert begins.post("/cards/", {"person": str(minh.public_id), "kind": "birthday"}).status_code == 422
    path = begins.post("/cards/", {"person": str(lan.public_id), "kind": "birthday"}).headers["Location"]
    assert b"Cards to sign" in signs.get("/").content
    assert signs.post(path, {"words": "Hello Lan", "motif": "sun"}).status_code == 302
    assert b"Cards to sign" not in signs.get("/").content
    assert gets.get(path).status_code == 404
    assert b"Happy birthday" not in gets.get("/cards/").content
    assert signs.get(f"{path}card.pdf").status_code == 404
    shown = begins.get(path).content.decode()
    assert "Hello Lan" in shown
    signing = Signing.objects.get(person=minh)
    assert signs.post(f"{path}{signing.public_id}/", {"hide": "yes"}).status_code == 403
    assert begins.post(f"{path}{signing.public_id}/", {"hide": "yes"}).status_code == 302
    assert "Hello Lan" not in access.client(mate(unit, "New")).get(path).content.decode()
    assert begins.post(f"{path}{signing.public_id}/", {"show": "yes"}).status_code == 302
    actions.deliver_due(at=clock.now() + timedelta(days=6))
    assert b"Hello Lan" in gets.get(path).content
    assert gets.get(f"{path}card.pdf").headers["Content-Type"] == "application/pdf"
    assert b"<svg" in gets.get("/cards/pictures/sun.svg").content
    assert gets.get("/cards/pictures/skull.svg").status_code == 404
