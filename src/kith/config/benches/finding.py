"""The row of the one search: 100,000 documents in Vietnamese, Chinese and English, words as people type them."""

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from random import Random

from django.db import connection

from kith.config.benches.measuring import Beside, Row, row_of, seconds
from kith.config.demo.bulk import copy_rows
from kith.kernel import clock
from kith.kernel.folding import fold
from kith.people.persons.models import Person
from kith.portal.search.actions import reindex
from kith.portal.search.models import Document
from kith.portal.search.queries import search, tsquery
from kith.voice.ideas.models import Idea

DOCUMENTS = 100_000
PEOPLE = 20_000  # of them at most
ASKED = 60
ROUNDS = 5
SHOWN = 40  # also in `_BARE`
P95 = 50.0  # milliseconds
TITLE, TEXT = 6, 50  # words
INITIALS = "b c ch d đ g gi h kh l m n ng nh ph qu s t th tr v x"
RIMES = (
    "á à ả ạ ác ách ai ám án áng ánh áo áp át áy âm ân âng ấp ất âu ấy em én eng eo ét ê ếch êm ên ênh ết êu i ích im "
    "ín inh íp ít íu o ó óc oi om on ong óp ót ô ốc ôi ôm ôn ông ốp ốt ơ ơi ơm ơn ớp ớt u úc ui um un ung út"
)
STARTS = "b br c cl d dr f fl g gr h l m n p pl r s st t tr v w"
MIDDLES = "a ai e ea i o oo u"
ENDS = "ck d ft g l ll m n nd ng nt p r rd rm s sh ss st t th"
_BARE = (
    "SELECT kind, subject_id, ts_rank(vector, q) FROM portal_document, to_tsquery('simple', %(query)s) q "
    "WHERE vector @@ q ORDER BY 3 DESC LIMIT 40"
)


@dataclass(frozen=True)
class _Tongue:
    """A language's words, the frequent ones first (Zipf), and what stands between them."""

    words: Sequence[str]
    weights: Sequence[float]
    between: str

    def say(self, random: Random, number: int) -> str:
        return self.between.join(random.choices(self.words, cum_weights=self.weights, k=number))


def _tongue(words: list[str], between: str, random: Random) -> _Tongue:
    random.shuffle(words)
    return _Tongue(words, list(accumulate(1 / rank for rank in range(1, len(words) + 1))), between)


def _tongues(random: Random) -> list[_Tongue]:
    """Return 1,500 syllables of Vietnamese, 2,500 characters of Chinese and 4,000 words of English shape."""
    vietnamese = [f"{first}{rest}" for first, rest in product(INITIALS.split(), RIMES.split())]
    english = ["".join(parts) for parts in product(STARTS.split(), MIDDLES.split(), ENDS.split())]
    return [
        _tongue(vietnamese, " ", random),
        _tongue([chr(0x4E00 + number) for number in range(2500)], "", random),
        _tongue(english, " ", random),
    ]


def _write(number: int, random: Random) -> list[str]:
    """Write `number` ideas, a third in each language; return what somebody who looks for one of them would type."""
    author, at = Person.objects.order_by("id").values_list("pk", flat=True)[0], clock.now()
    tongues, asked, typed = _tongues(random), set(random.sample(range(number), ASKED)), []

    def rows() -> Iterator[Sequence[object]]:
        for index in range(number):
            tongue = tongues[index % len(tongues)]
            title, text = tongue.say(random, TITLE), tongue.say(random, TEXT)
            if index in asked:
                typed.append(_neighbours(text, tongue, random))
            yield uuid.uuid4(), author, title, text, fold(f"{title} {text}"), "other", "open", at, *others.values()

    columns = ["public_id", "author_id", "title", "text", "folded", "category", "state", "submitted_at"]
    unsaid = [each for each in Idea._meta.concrete_fields if not (each.null or each.primary_key)]  # noqa: SLF001  (Django documents `_meta`)
    others = {str(each.column): each.get_default() for each in unsaid if each.column not in columns}
    copy_rows(Idea, [*columns, *others], rows())
    return typed


def _neighbours(text: str, tongue: _Tongue, random: Random) -> str:
    """Return two words that stand side by side, of Chinese four characters."""
    words = text.split(tongue.between) if tongue.between else [text[i : i + 2] for i in range(0, len(text) - 1, 2)]
    start = random.randrange(len(words) - 1)
    return tongue.between.join(words[start : start + 2])


def _names() -> list[str]:
    """Return the names of some people as others type them: the whole name, or its first word."""
    known = Person.objects.order_by("id").values_list("full_name", flat=True)
    names = list(known[:: max(1, min(known.count(), PEOPLE) // (ASKED // 3))])[: ASKED // 3]
    return [name if number % 2 else name.split()[0] for number, name in enumerate(names)]


def searching(n: int) -> Row:
    """Search as an employee: what was asked for, with label and link; limit: the bare tsvector query, keys and rank.

    There are 100,000 documents whatever `n`: people (at most 20,000), and ideas of some 50 words.
    """
    random = Random(2026)  # noqa: S311  (the same documents every time)
    people = min(n, PEOPLE)
    reindex(kind="person", ids=list(Person.objects.order_by("id").values_list("pk", flat=True)[:people]))
    typed = [*_write(DOCUMENTS - people, random), *_names()]
    reindex(kind="idea")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE portal_document")
        cursor.execute("VACUUM ANALYZE voice_idea")
    reader = Person.objects.order_by("id").values_list("pk", flat=True)[0]
    times: list[float] = []

    def ours() -> None:
        for words in typed:
            begun = time.perf_counter()
            search(words=words, person_id=reader, limit=SHOWN)
            times.append(time.perf_counter() - begun)

    def limit() -> None:
        with connection.cursor() as cursor:
            for words in typed:
                cursor.execute(_BARE, {"query": tsquery(words)})
                cursor.fetchall()

    sides = [(seconds(ours) / len(typed), seconds(limit) / len(typed)) for _ in range(ROUNDS + 1)][1:]
    p95 = Beside("p95 ms", round(sorted(times)[int(0.95 * len(times))] * 1000, 1), P95)
    return row_of(
        name="search", n=Document.objects.count(), goal=2, ours=[each[0] for each in sides],
        limit=[each[1] for each in sides], beside=(p95,),
    )  # fmt: skip
