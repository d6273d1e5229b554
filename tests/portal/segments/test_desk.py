"""Building segments on screen: who may, what it counts, and that saving keeps what was there."""

from typing import Any

import pytest
from django.test import Client

from kith.kernel.texts import Text
from kith.people.segments.actions import save_segment
from kith.people.segments.models import Segment
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
NEW = "/admin/segments/new/"


@pytest.fixture
def browser() -> Client:
    return make.client(people.employee("Zoe Writer"), "communications")


@pytest.fixture
def plant() -> dict[str, Any]:
    night = people.shift("night")
    unit = people.unit()
    vietnam = people.site(organization=unit.organization)
    germany = people.site(organization=unit.organization, country="DE", zone="Europe/Berlin")
    return {
        "an": people.employee("Đặng Văn An", unit=unit, site=vietnam, shift=night, language="vi"),
        "binh": people.employee("Lê Thị Bình", unit=unit, site=vietnam, language="vi"),
        "jonas": people.employee("Jonas Klein", unit=unit, site=germany, language="de", shift=night),
    }


NIGHT_IN_VIETNAM = {
    "join": "all",
    "attribute-0": "country",
    "values-0": "VN",
    "attribute-1": "shift",
    "values-1": "night",
}


def test_only_builders_may() -> None:
    for role in ("communications", "hr", "administrator"):
        assert make.client(people.employee(), role).get("/admin/segments/").status_code == 200
    for path in ("/admin/segments/", NEW):
        assert make.client(people.employee(), "shop").get(path).status_code == 403
        assert make.client(people.customer()).get(path).status_code == 403
        assert make.client().get(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("htmx", [True, False])
def test_counting_shows_who_is_in_and_who_just_outside(browser: Client, plant: dict[str, Any], *, htmx: bool) -> None:
    answer = browser.post(NEW, NIGHT_IN_VIETNAM, headers={"HX-Request": "true"} if htmx else {})
    assert answer.status_code == 200
    assert ("<html" in answer.text) is not htmx
    inside, outside = answer.text.split("Just outside", 1)
    assert "Đặng Văn An" in inside
    assert "Jonas Klein" not in inside
    assert "Jonas Klein" in outside
    assert "Lê Thị Bình" in outside
    assert not Segment.objects.exists()


def test_it_says_why_a_person_is_in_or_not(browser: Client, plant: dict[str, Any]) -> None:
    text = browser.post(NEW, {**NIGHT_IN_VIETNAM, "asked": "le thi binh"}).text
    explained = text.split("Is a certain person in?", 1)[1]
    assert explained.index("does not hold") > explained.index("holds")
    assert "Lê Thị Bình" in explained
    assert "Nobody is called that" in browser.post(NEW, {**NIGHT_IN_VIETNAM, "asked": "zzz"}).text


def test_saving_keeps_rule_and_names(browser: Client, plant: dict[str, Any]) -> None:
    names = {"name-en": "Night shift", "name-vi": "Ca đêm", "name-zh-Hans": "夜班"}
    answer = browser.post(NEW, {**NIGHT_IN_VIETNAM, **names, "save": "1"})
    assert answer["Location"] == "/admin/segments/"
    segment = Segment.objects.get()
    assert segment.name == {"en": "Night shift", "vi": "Ca đêm", "zh-Hans": "夜班"}
    assert segment.rule == {
        "all": [{"attribute": "country", "is": ["VN"]}, {"attribute": "shift", "is": ["night"]}],
    }
    assert "Night shift" in browser.get("/admin/segments/").text


def test_opening_and_saving_never_widens_an_audience(browser: Client, plant: dict[str, Any]) -> None:
    rule = {
        "all": [
            {"attribute": "country", "is": ["VN"]},
            {"any": [{"attribute": "shift", "is": ["night"]}, {"attribute": "language", "is": ["zh"]}]},
        ]
    }
    segment = save_segment(name=Text(en="Nested"), rule=rule, at=people.AT, by_id=None)
    path = f"/admin/segments/{segment.public_id}/"
    page = browser.get(path)
    assert "Lê Thị Bình" not in page.text.split("Just outside", 1)[0]
    form = {"join": "all", "name-en": "Nested", "save": "1"}
    for name, value in _fields(page.text):
        form.setdefault(name, value)
    browser.post(path, form)
    segment.refresh_from_db()
    assert (segment.version, segment.rule) == (2, rule)


def _fields(text: str) -> list[tuple[str, str]]:
    """Return what a browser sends of the builder's form: hidden fields, picked options, checked boxes."""
    from html import unescape  # noqa: PLC0415
    from re import DOTALL, findall  # noqa: PLC0415

    fields = []
    for tag in findall(r"<input[^>]*>", text):
        name, value = findall(r'name="([^"]*)"', tag), findall(r'value="([^"]*)"', tag)
        if name and value and ('type="hidden"' in tag or " checked" in tag):
            fields.append((name[0], unescape(value[0])))
    for name, inside in findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, DOTALL):
        fields += [(name, unescape(value)) for value in findall(r'<option value="([^"]*)"[^>]*selected', inside)]
    return fields


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({**NIGHT_IN_VIETNAM}, "Give the segment a name."),
        ({"attribute-0": "country", "name-en": "Empty"}, "A condition has no value"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(browser: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = browser.post(NEW, {**wrong, "save": "1"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"attribute-0": "no-such", "values-0": "x"},
        {"attribute-0": "country", "values-0": "\0"},
        {"part-0": '{"any": []}'},
        {"part-0": "["},
        {"asked": "\0"},
        {"name-en": "a\0b", "save": "1"},
    ],
)
@pytest.mark.parametrize("save", [True, False])
def test_forged_forms_are_refused_calmly(browser: Client, odd: dict[str, str], *, save: bool) -> None:
    answer = browser.post(NEW, {**odd, **({"save": "1", "name-fr": "x"} if save else {})})
    assert answer.status_code in {200, 302, 400, 422}
    assert not Segment.objects.filter(name__contains={"fr": "x"}).exists()


def test_an_unknown_segment_is_not_found(browser: Client) -> None:
    assert browser.get("/admin/segments/0190aaaa-0000-7000-8000-000000000000/").status_code == 404
