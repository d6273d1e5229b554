from datetime import date

import pytest

from kith.kernel.refusals import BadInput
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Delivery
from kith.notices.matters import involved, queries
from kith.notices.matters.naming import lines_of, named
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import OrganizationKind
from kith.people.segments.actions import save_segment
from kith.people.segments.queries import ids
from kith.people.ties.models import Tie, TieKind
from kith.promises.actions import open_promise, set_holders
from tests.notices import make
from tests.notices.publishing.test_notices import signed_in
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)


def test_a_site_concerns_its_people_and_names_their_colleagues_elsewhere() -> None:
    root = people.unit()
    here, there = (people.site(organization=root.organization) for _ in range(2))
    lan = people.employee("Lan", unit=root, site=here)
    minh = people.employee("Minh", unit=root, site=there)
    people.employee("Far", unit=people.unit(), site=there)
    matter = queries.stored(picked=f"site:{here.code}")
    assert matter is not None
    assert ids(rule=queries.concerned(matter, day=DAY).rule, day=DAY) == [lan.pk]
    near = queries.outside(matter, day=DAY)
    assert [(one.person, one.why) for one in near] == [(minh, "in the same unit, but at another site")]
    assert queries.sentence(matter) == f"Site: {here.name['en']}"


def test_a_unit_takes_in_what_is_below_and_a_shift_its_own_people() -> None:
    root = people.unit()
    below, beside = people.unit(organization=root.organization, parent=root), people.unit()
    site, night = people.site(organization=root.organization), people.shift()
    lan = people.employee("Lan", unit=below, site=site, shift=night)
    minh = people.employee("Minh", unit=root, site=site)
    lone = people.employee("Lone", unit=beside, site=site)
    unit = {"kind": "unit", "value": root.path}
    assert ids(rule=queries.concerned(unit, day=DAY).rule, day=DAY) == sorted([lan.pk, minh.pk])
    assert [one.person for one in queries.outside(unit, day=DAY)] == [lone]
    shift = {"kind": "shift", "value": "night"}
    assert ids(rule=queries.concerned(shift, day=DAY).rule, day=DAY) == [lan.pk]
    assert {one.person for one in queries.outside(shift, day=DAY)} == {minh, lone}


def test_a_process_is_a_segment_as_it_is_now() -> None:
    lan = people.employee(language="vi")
    people.employee(language="en")
    rule = {"all": [make.EMPLOYEES, {"attribute": "language", "is": ["vi"]}]}
    segment = save_segment(code="weld", name=Text(en="Welders"), rule=rule, at=AT, by_id=None)
    matter = {"kind": "process", "value": str(segment.public_id)}
    assert ids(rule=queries.concerned(matter, day=DAY).rule, day=DAY) == [lan.pk]


def test_after_a_meeting_the_invited_who_were_absent_hear() -> None:
    lan, minh = people.employee("Nguyễn Thị Lan"), people.employee("Minh", number="E-77", mailbox="")
    anna = people.employee("Anna", mailbox="anna@example.com")
    matter = queries.stored(
        picked="meeting:",
        invited="nguyen thi lan\nE-77\nAnna K. <anna@example.com>; nobody@example.com",
        present="anna@example.com",
    )
    assert matter is not None
    found = queries.concerned(matter, day=DAY)
    assert ids(rule=found.rule, day=DAY) == sorted([lan.pk, minh.pk])
    assert found.unknown == ("nobody@example.com",)
    assert [one.person for one in queries.outside(matter, day=DAY)] == [anna]


def test_a_name_that_two_people_have_names_nobody() -> None:
    people.person("Minh")
    people.person("Minh")
    assert named(("Minh",)) == ({}, ("Minh",))
    assert lines_of(" a \n\na;b\0\n") == ("a",)


def test_nobody_absent_and_unknown_matters_are_said() -> None:
    anna = people.employee("Anna")
    both = {"kind": "meeting", "value": "", "invited": [anna.mailbox], "present": [anna.mailbox]}
    with pytest.raises(BadInput, match="was absent"):
        queries.concerned(both, day=DAY)
    with pytest.raises(BadInput):
        queries.concerned({"kind": "site", "value": "no-such"}, day=DAY)
    with pytest.raises(BadInput):
        queries.concerned({"kind": "moon", "value": "1"}, day=DAY)


def test_stating_a_matter_on_screen_shows_whom_it_reaches_and_publishes_like_any_other() -> None:
    plant = make.plant()
    client = signed_in(plant.author, "communications")
    site = plant.workers[0].ties.get().assignments.get().site
    seen = client.post("/desk/notices/audience/", {"matter": f"site:{site.code}"}).content.decode()
    assert ">5<" in seen
    wrong = client.post("/desk/notices/audience/", {"matter": "site:none"}).content.decode()
    assert "Choose what this is about" in wrong
    form = {"severity": "news", "matter": "meeting:", "invited": "Lan\nMinh", "present": "Minh"}
    form |= {f"title_{tag}": make.TITLE[tag] for tag in make.TITLE} | {f"body_{tag}": "x" for tag in make.TITLE}
    assert client.post("/desk/notices/new/", form).status_code == 302
    notice = Notice.objects.get()
    assert notice.matter is not None
    assert notice.matter["kind"] == "meeting"
    assert client.get(f"/desk/notices/{notice.public_id}/").status_code == 200
    assert client.get(f"/desk/notices/{notice.public_id}/edit/").status_code == 200
    assert client.post(f"/desk/notices/{notice.public_id}/publish/").status_code == 302
    notice.refresh_from_db()
    assert notice.message_id is not None
    send_out(message_id=notice.message_id, at=AT)
    assert list(Delivery.objects.values_list("person_id", flat=True)) == [plant.workers[0].pk]
    refused = client.post("/desk/notices/new/", {**form, "present": "Lan\nMinh"})
    assert refused.status_code == 422
    assert "was absent" in refused.content.decode()


def test_a_customers_firm_concerns_who_stands_for_it_and_who_of_ours_has_it_in_hand() -> None:
    plant = make.plant()
    set_holders(code="general", persons=[plant.author], at=AT, by_id=None)
    firm = people.organization(kind=OrganizationKind.OUTSIDE, name="Hotel Anh")
    other = people.organization(kind=OrganizationKind.OUTSIDE, name="Nobody's")
    katrin, gone = people.person("Katrin"), people.person("Gone")
    for person, until in ((katrin, None), (gone, date(2026, 1, 1))):
        Tie.objects.create(
            person=person, organization=plant.unit.organization, kind=TieKind.CUSTOMER, for_organization=firm,
            since=date(2020, 1, 1), until=until,
        )  # fmt: skip
    open_promise(
        kind="call", subject=Subject("person", katrin.pk), owner=plant.workers[0], waiting_person_id=katrin.pk, at=AT
    )
    matter = {"kind": "customer", "value": str(firm.public_id)}
    assert ids(rule=queries.concerned(matter, day=DAY).rule, day=DAY) == sorted([katrin.pk, plant.workers[0].pk])
    assert [(one.person, one.why) for one in queries.outside(matter, day=DAY)] == [
        (gone, "stood for this firm until lately")
    ]
    assert queries.sentence(matter) == "Customer: Hotel Anh"
    assert [label for label, _rows in queries.choices()].count("Supplier") == 0
    for kind, value in (("customer", str(other.public_id)), ("supplier", str(firm.public_id)), ("customer", "x")):
        with pytest.raises(BadInput):
            queries.concerned({"kind": kind, "value": value}, day=DAY)


def test_so_many_people_are_a_group_and_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(involved, "MOST", 1)
    with pytest.raises(BadInput, match="saved group"):
        involved.these({1, 2})


def test_of_a_meeting_the_invited_who_were_absent_are_proposed() -> None:
    lan, minh, mai = (people.employee(name) for name in ("Lan", "Minh", "Mai"))
    invited = "\n".join(f"{person.full_name} <{person.mailbox}>" for person in (lan, minh, mai))
    matter = queries.stored(picked="meeting:", invited=invited, present=minh.mailbox)
    assert matter is not None
    assert ids(rule=queries.concerned(matter, day=DAY).rule, day=DAY) == sorted([lan.pk, mai.pk])
    assert [one.person for one in queries.outside(matter, day=DAY)] == [minh]
