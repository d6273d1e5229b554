"""Finding ideas about the same matter, in the same or in another language, among very many."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from django.db import connection
from django.db.models import QuerySet

from kith.kernel.folding import fold
from kith.people.organizations.models import Site
from kith.voice.ideas.models import Idea
from kith.voice.ideas.queries import NO_ROLES, visible_to
from kith.voice.ideas.signals import EVERYWHERE, Asked, signals

MOST_COMPARED = 300
"""How many candidates are compared at most, the newest of them."""
LIKE = 0.5
MOST_RARE = 16
MOST_PAIRED = 5

_FREQUENCIES = """
    SELECT asked.signal, coalesce(known.share, least.share / 2) * greatest(c.reltuples, 0)
    FROM pg_stats s JOIN pg_class c ON c.relname = s.tablename AND c.relnamespace = current_schema()::regnamespace,
         LATERAL (SELECT min(share) AS share FROM unnest(s.most_common_elem_freqs[:cardinality(
             s.most_common_elems::text::text[])]) AS share) AS least,
         unnest(%(asked)s::text[]) AS asked (signal)
         LEFT JOIN LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs)
             AS known (signal, share) ON known.signal = asked.signal
    WHERE s.schemaname = current_schema() AND s.tablename = 'voice_idea' AND s.attname = 'signals'
"""
_CANDIDATES = """
    WITH found AS MATERIALIZED (SELECT id FROM voice_idea WHERE {conditions}),
         newest AS MATERIALIZED (SELECT id FROM found WHERE id <> %(but)s ORDER BY id DESC LIMIT %(most)s)
    SELECT i.id, i.signals FROM newest JOIN voice_idea i ON i.id = newest.id WHERE i.author_id IS NOT NULL
"""
"""First the keys by the index of signals alone: with a limit beside it the planner would walk all ideas."""


def places() -> dict[str, str]:
    """Return the folded names of sites, in each language, with their codes; one query."""
    rows = Site.objects.values_list("code", "name", "city")
    named = {fold(words.strip()): code for code, name, city in rows for words in (*name.values(), city)}
    return {name: code for name, code in named.items() if len(name) > 2 or not name.isascii()}  # noqa: PLR2004


def signals_of(*, title: str, text: str) -> list[str]:
    """Return what an idea says apart from its language."""
    return signals(title=title, text=text, named=places())


def _expected(asked: Sequence[str]) -> dict[str, float]:
    """Return in how many ideas each signal is expected to stand, by the statistics of the table; rare ones none."""
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES, {"asked": list(asked)})
        return dict(cursor.fetchall())


def _conditions(asked: Sequence[str]) -> list[list[str]]:
    """Return groups of signals: an idea that has all of one group is compared.

    Rare signals stand alone as long as few ideas have them; of what is said in every language any two go together.
    """
    expected = _expected(asked)
    by_rarity = sorted(asked, key=lambda signal: (expected.get(signal, 0.0), signal))
    groups: list[list[str]] = []
    number = 0.0
    for signal in by_rarity[:MOST_RARE]:
        number += expected.get(signal, 0.0)
        if groups and number > MOST_COMPARED:
            break
        groups.append([signal])
    everywhere = [signal for signal in by_rarity if signal.startswith(EVERYWHERE)][:MOST_PAIRED]
    words = [signal for signal in by_rarity if signal.startswith("w:")][:MOST_PAIRED]
    return groups + [list(pair) for several in (everywhere, words) for pair in combinations(several, 2)]


def candidates(asked: Sequence[str], *, but: int | None) -> list[tuple[int, set[str]]]:
    """Return ideas with a name that share something telling with what is asked, newest first; two queries."""
    groups = _conditions(asked)
    given = {f"group{number}": group for number, group in enumerate(groups)}
    conditions = " OR ".join(f"signals @> %({name})s::varchar[]" for name in given)
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES.format(conditions=conditions), {**given, "but": but or 0, "most": MOST_COMPARED})
        return [(key, set(known)) for key, known in cursor.fetchall()]


def similar(
    *, words: str, person_id: int, day: date, roles: frozenset[str] = NO_ROLES, limit: int = 5, but: int | None = None
) -> list[Idea]:
    """Return readable ideas about the same matter as what somebody is about to write, the likest first.

    In the same language at least half of the words must be shared, or most parts of words (misspelt ones); across
    languages what `signals` says. A merged idea stands for the one it is answered with.
    """
    asked = signals_of(title=words, text="")
    if not asked:
        return []
    compared = Asked(set(asked))
    like = {key: compared.likeness(known) for key, known in candidates(asked, but=but)}
    likest = sorted((key for key in like if like[key] >= LIKE), key=lambda key: (-like[key], -key))
    readable = visible_to(person_id=person_id, day=day, roles=roles)
    return _roots(likest, dict(readable.filter(pk__in=likest).values_list("pk", "merged_into_id")), readable, limit)


def _roots(likest: Sequence[int], roots: dict[int, int | None], readable: QuerySet[Idea], limit: int) -> list[Idea]:
    keys = list(dict.fromkeys(roots[key] or key for key in likest if key in roots))[:limit]
    found = readable.in_bulk(keys)
    return [found[key] for key in keys if key in found]
