"""Declared facts and who listens to them."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject

F = TypeVar("F")
C = TypeVar("C", bound=type)


@dataclass(frozen=True)
class DeclaredFact:
    """A kind of fact: its name (`<capability>.<Class>`), its class, and which fields name subjects."""

    name: str
    cls: type
    about: dict[str, str]

    def subjects(self, fact: Any) -> list[Subject]:
        """Return the subjects a fact of this kind is about."""
        return [Subject(kind, value) for field, kind in self.about.items() if (value := vars(fact)[field]) is not None]

    def load(self, data: dict[str, Any]) -> Any:
        """Return the fact stored as `data`; fields added since take their defaults, unknown ones are dropped."""
        names = {field.name for field in dataclasses.fields(self.cls)}
        return self.cls(**{key: value for key, value in data.items() if key in names})


FACTS: Registry[DeclaredFact] = Registry("kernel.facts")
_NAMES: dict[type, DeclaredFact] = {}


def fact(*, about: dict[str, str] | None = None) -> Callable[[C], C]:
    """Declare a frozen dataclass of identifiers a fact. `about` maps its fields to kinds of subject.

    `@fact(about={"order_id": "order"})`. The name is the capability and the class: `commerce.OrderPlaced`.
    """

    def declare(cls: C) -> C:
        capability = cls.__module__.split(".")[1]
        declared = DeclaredFact(name=f"{capability}.{cls.__name__}", cls=cls, about=about or {})
        FACTS.put(declared.name, declared)
        _NAMES[cls] = declared
        return cls

    return declare


def declared(cls: type) -> DeclaredFact:
    """Return the declaration of a fact's class; `LookupError` when it has none."""
    try:
        return _NAMES[cls]
    except KeyError:
        message = f"{cls.__name__} is not declared with @fact."
        raise LookupError(message) from None


@dataclass(frozen=True)
class Told(Generic[F]):
    """A fact as a listener gets it: what happened, when, and which person did it (None: nobody, or by itself)."""

    id: int
    at: datetime
    by_id: int | None
    fact: F


@dataclass(frozen=True)
class Listener:
    """Who is told of which fact. `hear` gets up to 1,000 at a time, in one transaction, each exactly once."""

    name: str
    fact: str
    hear: Callable[[Sequence[Told[Any]]], None]


LISTENERS: Registry[Listener] = Registry("kernel.listeners")
_BY_FACT: dict[str, list[Listener]] = {}


def listens(
    cls: type[F], *, name: str
) -> Callable[[Callable[[Sequence[Told[F]]], None]], Callable[[Sequence[Told[F]]], None]]:
    """Let a function hear every fact of class `cls`; `name` is `<capability>.<verb-what>` and never changes."""

    def declare(hear: Callable[[Sequence[Told[F]]], None]) -> Callable[[Sequence[Told[F]]], None]:
        listener = LISTENERS.put(name, Listener(name=name, fact=declared(cls).name, hear=hear))
        _BY_FACT.setdefault(listener.fact, []).append(listener)
        return hear

    return declare


def listeners_of(fact_name: str) -> list[Listener]:
    """Return the listeners of a fact."""
    return _BY_FACT.get(fact_name, [])
