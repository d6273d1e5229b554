import subprocess
import sys
from pathlib import Path

import pytest

from kith.config.ground.slots import Slot

DIE = """
import os, sys
from pathlib import Path
from kith.config.ground.slots import Slot
slot = Slot(Path(sys.argv[1]))
slot.write([41, 42])
os.kill(os.getpid(), 9)
"""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.setenv("KITH_DATABASE_URL", "postgresql://kith@db.example.com/kith")


def die_in(home: Path) -> None:
    assert subprocess.run([sys.executable, "-c", DIE, str(home)], check=False).returncode == -9


def test_the_next_worker_learns_who_died_in_its_place(tmp_path: Path) -> None:
    die_in(tmp_path)
    assert Slot(tmp_path).dead == [41, 42]


def test_a_worker_that_left_in_order_leaves_nobody(tmp_path: Path) -> None:
    slot = Slot(tmp_path)
    slot.write([7])
    slot.close()
    assert Slot(tmp_path).dead == []


def test_a_living_worker_is_never_taken_for_dead(tmp_path: Path) -> None:
    living = Slot(tmp_path)
    living.write([7])
    assert Slot(tmp_path).dead == []
    assert sorted(path.name for path in (tmp_path / "workers").iterdir()) == ["1", "2"]


def test_ids_of_another_database_mean_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    die_in(tmp_path)
    monkeypatch.setenv("KITH_DATABASE_URL", "postgresql://kith@db.example.com/other")
    assert Slot(tmp_path).dead == []
