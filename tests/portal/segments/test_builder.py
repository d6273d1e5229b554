"""Rules on screen: posted rows give a rule, and opening a rule and saving it unchanged never widens it."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.refusals import BadInput
from kith.people.segments.attributes import ATTRIBUTES
from kith.people.segments.predicate import All, AnyOf, Condition, Everyone, Not, Predicate, as_json, parse
from kith.portal.segments.builder import Draft, draft_of, posted
from tests.people import make as people

pytestmark = pytest.mark.django_db
NAMES = ATTRIBUTES.names()


def plain(predicate: Predicate) -> Predicate:
    """Return the predicate in the builder's own form: an `all` or `any` at the root."""
    return predicate if isinstance(predicate, All | AnyOf | Everyone) else All((predicate,))


def sent(draft: Draft) -> QueryDict:
    """Return what a browser posts for a draft when nothing was touched."""
    form = QueryDict(mutable=True)
    form["join"] = draft.join
    for number, row in enumerate(draft.rows):
        form[f"attribute-{number}"] = row.attribute
        form.setlist(f"values-{number}", row.values)
        if row.negated:
            form[f"not-{number}"] = "on"
    for number, part in enumerate(draft.parts):
        form[f"part-{number}"] = part.json
    return form


CONDITIONS = st.builds(
    Condition, st.sampled_from(NAMES), st.lists(st.sampled_from(["VN", "x", "7"]), min_size=1, unique=True).map(tuple)
)
PREDICATES = st.recursive(
    CONDITIONS | st.just(Everyone()),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, min_size=1, max_size=4).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=4).map(tuple))
    ),
    max_leaves=8,
)


def parts(rule: dict[str, Any]) -> tuple[str, list[str]]:
    """Return how a rule's parts meet, and the parts in any order."""
    if "everyone" in rule:
        return "all", []
    join = "any" if "any" in rule else "all"
    return join, sorted(str(part) for part in rule[join])


@given(PREDICATES)
def test_opening_and_posting_a_rule_gives_the_same_rule(predicate: Predicate) -> None:
    rule = as_json(plain(predicate))
    assert parts(posted(sent(draft_of(rule))).rule) == parts(rule)


def test_many_conditions_are_all_kept() -> None:
    rule = {"any": [{"attribute": "language", "is": [f"l{number}"]} for number in range(30)]}
    assert parts(posted(sent(draft_of(rule))).rule) == parts(rule)


def test_rows_meet_and_are_negated_and_typed_values_are_split() -> None:
    form = QueryDict(
        "join=any&attribute-0=country&values-0=VN&values-0=DE&attribute-1=language&typed-1=vi, en,,&not-1=on"
    )
    assert posted(form).rule == {
        "any": [
            {"attribute": "country", "is": ["VN", "DE"]},
            {"not": {"attribute": "language", "is": ["vi", "en"]}},
        ]
    }
    assert posted(QueryDict("")).rule == {"everyone": True}
    assert posted(QueryDict("join=none&attribute-0=country&values-0=VN")).join == "all"


def test_a_part_is_dropped_only_when_asked() -> None:
    draft = draft_of(
        {"all": [{"any": [{"attribute": "country", "is": ["VN"]}]}, {"attribute": "language", "is": ["vi"]}]}
    )
    [part] = draft.parts
    assert "VN" in part.json
    form = sent(draft)
    form["drop-0"] = "on"
    assert posted(form).rule == {"all": [{"attribute": "language", "is": ["vi"]}]}


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '"x"', "null"])
def test_a_forged_part_is_refused_when_it_is_read(text: str) -> None:
    form = QueryDict(mutable=True)
    form["part-0"] = text
    if text == "":
        assert posted(form).rule == {"everyone": True}
        return
    with pytest.raises(BadInput):
        parse(posted(form).rule)


def test_a_picked_value_stays_on_screen_when_it_is_no_choice_any_more() -> None:
    people.site(code="hp")
    [row] = draft_of({"attribute": "site", "is": ["closed-site"]}).rows
    assert row.choices[0].value == "closed-site"
    assert "hp" in {choice.value for choice in row.choices}
