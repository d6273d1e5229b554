"""The doors: what stands behind each, for whom, and that a subject of every kind here can be described."""

import uuid

import pytest

from kith.kernel.subjects import Subject, describe
from kith.kernel.texts import Text
from kith.people.segments.actions import save_segment
from kith.portal.shell.frame import PLACES
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def test_administration_shows_exactly_what_a_role_may_enter() -> None:
    text = make.client(people.employee(), "communications").get("/admin/").text
    assert 'href="/admin/segments/"' in text
    assert 'href="/admin/imports/"' not in text
    assert make.client(people.employee()).get("/admin/").status_code == 403
    assert make.client(people.customer()).get("/desk/").status_code == 403
    assert make.client().get("/desk/")["Location"].startswith("/sign-in/")


def test_every_place_of_an_administrator_answers() -> None:
    browser = make.client(people.employee(), "administrator")
    text = browser.get("/admin/").text
    places = [offer.prefix for offer in PLACES if offer.door == "admin" and f'href="{offer.prefix}"' in text]
    assert len(places) > 1
    assert {browser.get(path).status_code for path in places} == {200}


@pytest.mark.parametrize("path", ["/help/", "/privacy/", "/accessibility/"])
def test_pages_for_everybody_answer_visitors(path: str) -> None:
    assert make.client().get(path).status_code == 200


def test_subjects_of_people_are_described_to_those_who_may_know() -> None:
    lan, unit, site = (
        people.employee("Trần Lan"),
        people.unit(name=Text(en="Packing")),
        people.site(name=Text(en="Hue")),
    )
    segment = save_segment(name=Text(en="Night shift"), rule={"everyone": True}, at=people.AT, by_id=None)
    writer, customer = people.employee(), people.customer()
    make.grant(writer, "communications")
    subjects = [
        Subject("person", lan.pk),
        Subject("unit", unit.pk),
        Subject("site", site.pk),
        Subject("segment", segment.pk),
    ]
    seen = {s.kind: d.label for s, d in describe(subjects=subjects, person_id=writer.pk).items()}
    assert seen == {"person": "Trần Lan", "unit": "Packing", "site": "Hue", "segment": "Night shift"}
    assert {s.kind for s in describe(subjects=subjects, person_id=customer.pk)} == {"unit", "site"}
    assert "segment" not in {s.kind for s in describe(subjects=subjects, person_id=lan.pk)}
    assert describe(subjects=subjects, person_id=None) == {}
    assert describe(subjects=[Subject("segment", 10**9)], person_id=writer.pk) == {}
    assert str(uuid.UUID(str(segment.public_id))) in describe(subjects=subjects, person_id=writer.pk)[subjects[3]].link
