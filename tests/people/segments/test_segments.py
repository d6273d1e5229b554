from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.segments import actions, queries
from kith.people.segments.predicate import as_json, parse
from kith.people.ties.models import Tie
from tests.people import make

TODAY = date(2026, 11, 25)


def is_(attribute: str, *values: str) -> dict[str, Any]:
    return {"attribute": attribute, "is": list(values)}


@pytest.fixture
def plant(db: None) -> dict[str, Any]:
    night = make.shift()
    root = make.unit()
    line = make.unit(organization=root.organization, parent=root)
    vietnam = make.site(organization=root.organization)
    germany = make.site(organization=root.organization, country="DE", zone="Europe/Berlin")
    return {
        "line": line,
        "root": root,
        "night": night,
        "lan": make.employee("Lan", unit=line, site=vietnam, shift=night, language="vi", mailbox=""),
        "minh": make.employee("Minh", unit=line, site=vietnam, language="vi"),
        "jonas": make.employee("Jonas", unit=root, site=germany, language="de", shift=night),
        "customer": make.customer("Ana", organization=root.organization),
        "left": make.employee("Gone", unit=line, site=vietnam, shift=night, until=TODAY - timedelta(days=1)),
    }


def names(rule: dict[str, Any]) -> set[str]:
    return {p.full_name for p in queries.preview(rule=rule, day=TODAY, limit=100)}


def test_conditions_on_a_place_meet_in_one_assignment(plant: dict[str, Any]) -> None:
    rule = {"all": [is_("country", "VN"), is_("shift", "night")]}
    assert names(rule) == {"Lan"}
    assert queries.count(rule=rule, day=TODAY) == 1


def test_a_unit_means_all_below_it(plant: dict[str, Any]) -> None:
    assert names(is_("unit", plant["root"].path)) == {"Lan", "Minh", "Jonas"}
    assert names(is_("unit", plant["line"].path)) == {"Lan", "Minh"}


def test_any_not_and_everyone(plant: dict[str, Any]) -> None:
    assert names({"any": [is_("country", "DE"), is_("tie", "customer")]}) == {"Jonas", "Ana"}
    assert names({"all": [is_("tie", "employee"), {"not": is_("language", "vi")}]}) == {"Jonas"}
    assert names({"everyone": True}) == {"Lan", "Minh", "Jonas", "Ana", "Gone"}


def test_whoever_left_is_out_the_day_after(plant: dict[str, Any]) -> None:
    rule = {"all": [is_("country", "VN"), is_("shift", "night")]}
    yesterday = {p.full_name for p in queries.preview(rule=rule, day=TODAY - timedelta(days=1))}
    assert yesterday == {"Lan", "Gone"}


def test_a_deactivated_person_is_in_no_segment(plant: dict[str, Any]) -> None:
    plant["lan"].deactivated_at = make.AT
    plant["lan"].save()
    assert "Lan" not in names({"everyone": True})
    assert not queries.contains(rule={"everyone": True}, person_id=plant["lan"].pk, day=TODAY)


def test_explain_agrees_with_contains_part_by_part(plant: dict[str, Any]) -> None:
    rule = {"all": [is_("country", "VN"), is_("shift", "night"), is_("mailbox", "no")]}
    holds = [reason.holds for reason in queries.explain(rule=rule, person_id=plant["minh"].pk, day=TODAY)]
    assert holds == [True, False, False]
    assert all(r.holds for r in queries.explain(rule=rule, person_id=plant["lan"].pk, day=TODAY))


def test_just_outside_names_the_missing_part(plant: dict[str, Any]) -> None:
    rule = {"all": [is_("country", "VN"), is_("shift", "night")]}
    misses = {(m.person.full_name, m.missing.split(":")[0]) for m in queries.just_outside(rule=rule, day=TODAY)}
    assert misses == {("Minh", "Shift"), ("Jonas", "Country of work")}


def test_many_segments_are_matched_in_one_query(plant: dict[str, Any]) -> None:
    rules = {7: is_("country", "VN"), 8: is_("country", "DE"), 9: {"everyone": True}}
    with CaptureQueriesContext(connection) as captured:
        found = queries.matching(rules=rules, person_id=plant["lan"].pk, day=TODAY)
    assert found == {7, 9}
    assert len(captured) == 1


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("yes",), {"Minh", "Jonas"}),
        (("no",), {"Lan"}),
        (("yes", "no"), {"Lan", "Minh", "Jonas"}),
        (("perhaps",), set()),
    ],
)
def test_yes_and_no_part_everybody(plant: dict[str, Any], values: tuple[str, ...], found: set[str]) -> None:
    assert names({"all": [is_("tie", "employee"), is_("mailbox", *values)]}) == found


def test_who_leads_a_unit_and_who_does_not(plant: dict[str, Any]) -> None:
    plant["line"].manager = plant["minh"]
    plant["line"].save()
    assert names(is_("manager", "yes")) == {"Minh"}
    assert "Minh" not in names(is_("manager", "no"))
    assert "Lan" in names(is_("manager", "no"))


def test_being_an_employee_is_not_asked_of_those_with_a_place(plant: dict[str, Any]) -> None:
    place = is_("country", "VN")
    both = {"all": [is_("tie", "employee"), place]}
    assert names(both) == names(place) == {"Lan", "Minh"}
    assert queries.audience_sql(rule=both, day=TODAY).where == queries.audience_sql(
        rule={"all": [place]}, day=TODAY
    ).where  # fmt: skip
    assert names({"all": [is_("tie", "employee", "customer"), place]}) == {"Lan", "Minh"}
    assert names({"all": [is_("tie", "customer"), place]}) == set()
    assert names({"all": [is_("tie", "employee"), {"not": place}]}) == {"Jonas"}


def test_an_employee_of_one_company_with_a_place_stays_one(plant: dict[str, Any]) -> None:
    other = make.organization()
    rule = {"all": [is_("tie", "employee"), is_("company", str(other.pk)), is_("country", "VN")]}
    assert names(rule) == set()
    Tie.objects.create(person=plant["lan"], organization=other, kind="customer", since=make.LONG_AGO)
    assert names(rule) == set()
    Tie.objects.create(person=plant["lan"], organization=other, kind="employee", since=make.LONG_AGO)
    assert names(rule) == {"Lan"}


def test_values_are_parameters_not_sql(plant: dict[str, Any]) -> None:
    assert names(is_("title", "' OR 1=1 --")) == set()
    assert names(is_("unit", "%")) == set()
    assert names(is_("unit", "/%/")) == set()


@pytest.mark.parametrize(
    "rule",
    [None, [], {}, {"all": []}, {"attribute": "country"}, {"attribute": "country", "is": "VN"},
     {"attribute": "country", "is": [1]}, {"attribute": "country", "is": ["a\0b"]}, {"everyone": False},
     {"not": {"not": {"not": {"not": {"not": {"everyone": True}}}}}}],
)  # fmt: skip
def test_a_bad_rule_is_refused_with_a_sentence(rule: object) -> None:
    with pytest.raises(BadInput, match="This is not a segment"):
        parse(rule)


def test_an_unknown_attribute_is_named(db: None) -> None:
    with pytest.raises(BadInput, match="shoe_size"):
        actions.save_segment(name=Text(en="x"), rule=is_("shoe_size", "44"), at=make.AT, by_id=None)


def test_saving_again_makes_the_next_version(db: None) -> None:
    first = actions.save_segment(name=Text(en="All"), rule={"everyone": True}, at=make.AT, by_id=None)
    second = actions.save_segment(
        name=Text(en="All"), rule=is_("tie", "employee"), at=make.AT, by_id=None, segment=first
    )
    assert (second.pk, second.version) == (first.pk, 2)


leaves = st.one_of(
    st.just({"everyone": True}),
    st.builds(lambda a, v: {"attribute": a, "is": v}, st.sampled_from(["country", "language", "tie"]),
              st.lists(st.text(st.characters(exclude_characters="\0"), max_size=5), min_size=1, max_size=3)),
)  # fmt: skip
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda p: {"all": p}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: {"any": p}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: {"not": p}, inner),
    ),
    max_leaves=4,
)


@given(rules)
def test_json_and_predicate_are_two_forms_of_one_thing(rule: dict[str, Any]) -> None:
    try:
        predicate = parse(rule)
    except BadInput:
        return
    assert parse(as_json(predicate)) == predicate


def test_nested_parts_stand_in_brackets() -> None:
    here, there = ({"attribute": "language", "is": [tag]} for tag in ("vi", "en"))
    rule = {"all": [{"attribute": "tie", "is": ["employee"]}, {"any": [here, {"not": {"all": [here, there]}}]}]}
    words = queries.describe(rule=rule)
    assert words.count("(") == words.count(")") == 2
    assert " and (" in words
    assert "not: (" in words
    assert "(" not in queries.describe(rule={"all": [here, there]})
