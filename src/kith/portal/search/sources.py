"""The shelf of search: who has documents, and who may see them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.kernel.texts import Text


@dataclass(frozen=True)
class Indexed:
    """What the index keeps of one subject: title and body by language (all languages are searched).

    `public`: everybody who may open the portal may find it, so its owner is not asked again.
    """

    subject_id: int
    title: Text
    body: Text = field(default_factory=Text)
    public: bool = False


class SearchSource(Protocol):
    """What the owner of a kind of subject tells the search. Labels and links come from `kernel.subjects`."""

    @property
    def kind(self) -> str:
        """The kind of subject."""
        ...

    @property
    def label(self) -> StrOrPromise:
        """What its things are called, in the plural."""
        ...

    def documents(self, *, ids: Collection[int] | None) -> Iterator[Indexed]:
        """Yield what is to be indexed: of `ids`, or (None) everything there is; an id missing here is dropped."""
        ...

    def visible(self, *, person_id: int | None, ids: Collection[int]) -> set[int] | None:
        """Return those of `ids` the person may see, in one query; None where the subject's kind is as strict itself."""
        ...


SOURCES: Registry[SearchSource] = Registry("portal.search_sources")
