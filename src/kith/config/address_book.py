"""An address book that opens at the first word of a path, so a page costs the same however many routes there are."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Entry = URLPattern | URLResolver


class AddressBook(URLResolver):
    """Routes in their order, of which only those are tried that can begin with the path's first word."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Keep the routes; they are sorted into pages when the first address is looked up."""
        super().__init__(RoutePattern(""), entries)

    def resolve(self, path: str) -> ResolverMatch:
        """Return what answers at a path; `Resolver404` where nothing does."""
        pages = self._pages
        return pages.get(str(path).partition("/")[0], pages[None]).resolve(path)

    @cached_property
    def _pages(self) -> dict[str | None, URLResolver]:
        """The routes by first word; under None those that may begin with any word."""
        words = [(_first_word(entry), entry) for entry in _flat(self.url_patterns)]
        return {
            page: URLResolver(RoutePattern(""), [entry for word, entry in words if word in {None, page}])
            for page in {None, *(word for word, _entry in words)}
        }


def _flat(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the routes of includes that add nothing themselves, in order."""
    for entry in entries:
        adds = not isinstance(entry, URLResolver) or str(entry.pattern) or entry.namespace or entry.default_kwargs
        if isinstance(entry, URLResolver) and not adds:
            yield from _flat(entry.url_patterns)
        else:
            yield entry


def _first_word(entry: Entry) -> str | None:
    """Return the word with which every path of a route begins, None where that is not one word."""
    route = str(entry.pattern)
    word, slash, _rest = route.partition("/")
    if not isinstance(entry.pattern, RoutePattern) or "<" in word:
        return None
    return word if slash or isinstance(entry, URLPattern) else None
