"""Attached files: what failed leaves nothing, what is let go stays until the commit, what is lost is no error."""

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from kith.kernel import store
from kith.kernel.uploads import FileKind, Made

MADES = [Made(FileKind.PDF, f"{n}.pdf", b"%PDF-1 " + bytes([n])) for n in range(3)]


def kept() -> list[str]:
    return default_storage.listdir("here")[1] if default_storage.exists("here") else []


def test_files_are_kept_under_names_that_tell_nothing_and_read_back() -> None:
    with store.stored(MADES, folder="here") as names:
        pass
    assert len({*names}) == len(kept()) == 3
    assert [store.read(name) for name in names] == [made.data for made in MADES]
    assert not any("pdf" in name for name in names)


def test_where_the_block_fails_nothing_stays() -> None:
    with pytest.raises(ZeroDivisionError), store.stored(MADES, folder="here"):
        raise ZeroDivisionError
    assert kept() == []


def test_where_the_third_cannot_be_stored_the_first_two_go(monkeypatch: pytest.MonkeyPatch) -> None:
    save, tries = default_storage.save, iter(range(9))

    def fail(*given: object) -> str:
        if next(tries) == 2:
            raise OSError("no room")
        return save(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(default_storage, "save", fail)
    with pytest.raises(OSError, match="no room"), store.stored(MADES, folder="here"):
        pass
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_the_commit_and_stays_where_there_is_none() -> None:
    with store.stored(MADES, folder="here") as names:
        pass
    with transaction.atomic():
        store.let_go(names)
        transaction.set_rollback(True)
    assert len(kept()) == 3
    with transaction.atomic():
        store.let_go(names)
        assert len(kept()) == 3
    assert kept() == []


def test_a_file_that_is_lost_reads_as_nothing() -> None:
    assert store.read("here/nobody") == b""
