import hashlib
import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction

from kith.kernel.invariants import INVARIANTS
from kith.voice.filings.actions import file
from kith.voice.filings.chain import BEGIN, breaks, content_hash, week_of
from kith.voice.filings.models import Filing
from kith.voice.filings.queries import broken, verdict
from kith.voice.filings.signing import signature
from kith.voice.ideas.models import Idea
from tests.access import make as access
from tests.voice import make

WEEK = date(2026, 11, 23)


@pytest.mark.django_db
def test_each_entry_hashes_the_one_before_its_content_and_its_week() -> None:
    one, two = (file(content=hashlib.sha256(word).hexdigest(), week=WEEK) for word in (b"a", b"b"))
    assert (one.number, one.prev, two.number, two.prev) == (1, BEGIN, 2, one.digest)
    by_hand = hashlib.sha256(f"{one.digest}{hashlib.sha256(b'b').hexdigest()}2026-11-23".encode()).hexdigest()
    assert two.digest == by_hand
    assert broken() == []


@pytest.mark.parametrize(
    ("at", "monday"),
    [
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), WEEK),
        (datetime(2026, 11, 29, 23, 59, 59, tzinfo=UTC), WEEK),
        (datetime(2027, 1, 1, 12, 0, tzinfo=UTC), date(2026, 12, 28)),
    ],
)
def test_a_week_begins_on_monday(at: datetime, monday: date) -> None:
    assert week_of(at) == monday


def test_parts_of_the_content_cannot_be_moved_into_each_other() -> None:
    assert content_hash(nonce="", title="ab", text="c") != content_hash(nonce="", title="a", text="bc")
    assert content_hash(nonce="1", title="a", text="b") != content_hash(nonce="2", title="a", text="b")


@pytest.mark.django_db
@pytest.mark.parametrize("tamper", ["content", "week", "gone", "digest"])
def test_whatever_is_changed_the_chain_says_so(tamper: str) -> None:
    entries = [file(content=hashlib.sha256(bytes([n])).hexdigest(), week=WEEK) for n in range(5)]
    assert INVARIANTS.get("voice.chain").breaches() == []
    second = Filing.objects.filter(number=2)
    if tamper == "gone":
        second.delete()
    else:
        second.update(**{tamper: date(2026, 11, 16) if tamper == "week" else "f" * 64})
    assert INVARIANTS.get("voice.chain").breaches() != []
    assert breaks(entries) == []


@pytest.mark.django_db
def test_an_idea_whose_words_were_changed_is_found() -> None:
    house = make.house()
    idea = make.idea(house.workers[0])
    assert INVARIANTS.get("voice.filed").breaches() == []
    Idea.objects.filter(pk=idea.pk).update(text="Something quite different.")
    assert INVARIANTS.get("voice.filed").breaches() == [f"Idea {idea.pk} is not what was filed."]


@pytest.mark.django_db
@pytest.mark.urls("kith.config.urls")
def test_whoever_holds_a_receipt_sees_what_it_proves_even_when_its_entry_was_removed() -> None:
    entry = file(content="a" * 64, week=WEEK)
    file(content="b" * 64, week=WEEK)
    ours = signature(entry.digest)
    visitor = access.client()
    where = f"/ideas/filings/?digest={entry.digest}&signature={ours}"
    said = visitor.get(f"{where}&format=json").json()
    assert said == {
        "digest": entry.digest, "found": True, "holds": True, "signed": True, "number": 1, "week": "2026-11-23",
        "content": "a" * 64, "previous": BEGIN,
    }  # fmt: skip
    assert "This receipt holds" in visitor.get(where).content.decode()
    Filing.objects.filter(pk=entry.pk).delete()
    assert "The entry is missing" in visitor.get(where).content.decode()
    assert "We do not know" in visitor.get(f"/ideas/filings/?digest={entry.digest}").content.decode()
    assert verdict(digest=entry.digest, signed_with="0" * 64).signed is False
    for bad in ("digest=xyz", f"digest={'a' * 64}&signature=%00", "digest=" + "g" * 64):
        assert visitor.get(f"/ideas/filings/?{bad}").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_however_many_file_at_once_there_is_one_chain() -> None:
    """Eight threads file 25 each, every third rolled back: no gap, no fork."""
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(25):
                with transaction.atomic():
                    file(content=hashlib.sha256(f"{number}:{turn}".encode()).hexdigest(), week=WEEK)
                    transaction.set_rollback(turn % 3 == 0)
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Filing.objects.count() == 8 * 16
    assert broken() == []
