"""Reads of automatic messages: the words in force, their versions, and what is missing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from kith.kernel.languages import OUR_LANGUAGES, chain, django_code
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import Message
from kith.messaging.wording.models import VersionState, WordingVersion
from kith.messaging.wording.shelf import WORDINGS
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Words:
    """The words of a message and the version they are; 0: the ones we ship."""

    title: Text
    body: Text
    version: int


def words_of(*, code: str) -> Words:
    """Return the words of a message in force; one query."""
    own = WordingVersion.objects.filter(code=code, state=VersionState.ACTIVE).first()
    if own is not None:
        return Words(own.title, own.body, own.number)
    shipped = WORDINGS.get(code)
    return Words(shipped.title, shipped.body, 0)


def versions(*, code: str) -> QuerySet[WordingVersion]:
    """Return an organization's versions of a message, newest first."""
    return WordingVersion.objects.filter(code=code).order_by("-number")


def own_versions() -> dict[tuple[str, str], WordingVersion]:
    """Return every draft and every active version, by code and state."""
    rows = WordingVersion.objects.exclude(state=VersionState.RETIRED)
    return {(row.code, row.state): row for row in rows}


def sent_by_code() -> dict[str, int]:
    """Return how often each automatic message was sent."""
    rows = Message.objects.exclude(wording="").values_list("wording").annotate(n=Count("id"))
    return dict(rows)


def sent_by_version(*, code: str) -> dict[int, int]:
    """Return how often each version of a message was sent."""
    rows = Message.objects.filter(wording=code).values_list("wording_version").annotate(n=Count("id"))
    return dict(rows)


def last_sent(*, code: str) -> Message | None:
    """Return the newest message of a code."""
    newest = Message.objects.filter(wording=code).aggregate(newest=Max("id"))["newest"]
    return Message.objects.filter(pk=newest).first() if newest else None


def language_name(tag: str) -> str:
    """Return what a language is called in itself, its tag where we do not ship it."""
    return {code: str(name) for code, name in settings.LANGUAGES}.get(django_code(tag), tag)


def languages_read() -> dict[str, int]:
    """Return how many active persons read each language, the languages of the house with 0 or more."""
    active = Person.objects.filter(deactivated_at=None, merged_into=None)
    counted = dict.fromkeys(OUR_LANGUAGES, 0)
    for language, number in active.values_list("language").annotate(n=Count("id")):
        shown = chain(language)[0]
        counted[shown] = counted.get(shown, 0) + number
    return counted


def missing_in(title: Text, body: Text, *, languages: Collection[str]) -> list[str]:
    """Return which of `languages` a text has no words for, by tag; a base language serves its regions."""

    def has(language: str) -> bool:
        own = [tag for tag in chain(language) if tag.partition("-")[0] == language.partition("-")[0]]
        return any(title.get(tag) and body.get(tag) for tag in own)

    return [language for language in languages if not has(language)]
