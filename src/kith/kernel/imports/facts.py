"""What imports tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class ImportCommitted:
    """A batch was committed; which rows it made or changed stands in `ImportedRow`."""

    batch_id: int
    kind: str
    created: int
    updated: int


@fact()
@dataclass(frozen=True)
class ImportUndone:
    """A batch was undone."""

    batch_id: int
    kind: str
