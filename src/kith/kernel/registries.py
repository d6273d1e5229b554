"""Shelves: typed registries that a lower floor owns and upper floors put things on."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

SHELVES: "dict[str, Registry[object]]" = {}


class Registry(Generic[T]):
    """A named shelf of things of one type, in the order of their names.

    Names are unique; putting a second thing under a name is a programming error (`ValueError`).
    Every shelf is listed in `docs/map.md` with what stands on it.
    """

    def __init__(self, shelf: str) -> None:
        """Open the shelf, named `<package>.<what it holds>`."""
        self.shelf = shelf
        self._things: dict[str, T] = {}
        SHELVES[shelf] = self  # type: ignore[assignment]

    def put(self, name: str, thing: T) -> T:
        """Put `thing` on the shelf and hand it back."""
        if name in self._things:
            message = f"{name!r} stands on shelf {self.shelf!r} already."
            raise ValueError(message)
        self._things[name] = thing
        return thing

    def get(self, name: str) -> T:
        """Return the thing called `name`; `LookupError` names the shelf and what it has."""
        try:
            return self._things[name]
        except KeyError:
            known = ", ".join(sorted(self._things)) or "nothing"
            message = f"{name!r} is not on shelf {self.shelf!r} (it holds {known})."
            raise LookupError(message) from None

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[T]:
        return (self._things[name] for name in sorted(self._things))

    def names(self) -> list[str]:
        """Return the names on the shelf, sorted."""
        return sorted(self._things)

    def items(self) -> list[tuple[str, T]]:
        """Return (name, thing) pairs, sorted by name."""
        return sorted(self._things.items())
