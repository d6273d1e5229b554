from datetime import date, timedelta
from typing import Any

import pytest

from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.messaging.deliveries.answering import Said
from kith.messaging.deliveries.models import Delivery, State
from kith.notices.board import actions, queries, tokens
from kith.notices.board.models import MusterLink
from kith.notices.publishing.answers import HEADCOUNT
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import Site
from tests.access import make as access
from tests.notices import make
from tests.notices.publishing.test_notices import answer, signed_in
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)


def counted() -> tuple[make.Plant, Notice, Site, Site]:
    """Return a plant with a head count: five at one site (Lan safe, Minh needs help), one at another."""
    plant = make.plant()
    here = plant.workers[0].ties.get().assignments.get().site
    there = people.site(organization=here.organization)
    people.employee("Elsewhere", unit=plant.unit, site=there)
    due = clock.now() + timedelta(hours=1)
    notice = make.published(plant.author, options=HEADCOUNT, due_at=due)
    answer(notice, plant.workers[0], says=Said(answer=0))
    answer(notice, plant.workers[1], says=Said(answer=1))
    return plant, notice, here, there


def link_to(notice: Notice, site: Site, plant: make.Plant) -> MusterLink:
    return actions.issue(notice=notice, site=site, label="Gate", hours=2, by=plant.author, at=clock.now())


def path(link: MusterLink) -> str:
    return "/muster/" + tokens.address_of(link).split("/muster/")[1]


def test_by_site_those_in_need_first_and_everybody_is_counted_once(django_assert_num_queries: Any) -> None:
    _plant, notice, here, there = counted()
    with django_assert_num_queries(1):
        rows = queries.by_site(notice, day=DAY)
    assert [(row.site_id, row.help, row.open, row.safe, row.total) for row in rows] == [
        (here.pk, 1, 3, 1, 5), (there.pk, 0, 1, 0, 1),
    ]  # fmt: skip
    assert queries.summed(rows).total == Delivery.objects.filter(message_id=notice.message_id).count()
    names = [(one.name, one.kind) for one in queries.of_site(notice, site_id=here.pk, day=DAY)]
    assert names[0] == ("Minh", "help")
    assert names[-1] == ("Lan", "safe")


def test_who_left_the_audience_and_who_is_away_do_not_count_as_missing() -> None:
    plant, notice, here, _there = counted()
    Delivery.objects.filter(message_id=notice.message_id, person_id=plant.manager.pk).update(state=State.LEFT)
    Delivery.objects.filter(message_id=notice.message_id, person_id=plant.deputy.pk).update(state=State.EXCUSED)
    row = queries.by_site(notice, day=DAY)[0]
    assert (row.site_id, row.open, row.away, row.total) == (here.pk, 1, 1, 4)


def test_a_muster_leader_without_an_account_sees_the_names_of_one_site_and_counts_people_in() -> None:
    plant, notice, here, there = counted()
    link = link_to(notice, here, plant)
    visitor = access.client()
    page = visitor.get(path(link))
    shown = page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert "Hung" in shown
    assert "Elsewhere" not in shown
    hung, other = plant.manager, Notice.objects.get(pk=notice.pk)
    assert visitor.post(path(link), {"person": str(hung.public_id), "answer": "0"}).status_code == 302
    row = Delivery.objects.get(message_id=other.message_id, person_id=hung.pk)
    assert (row.state, row.answer, row.via, row.seen_sha256) == (State.ANSWERED, 0, "muster", None)
    stranger = queries.of_site(notice, site_id=there.pk, day=DAY)[0].public_id
    assert visitor.post(path(link), {"person": stranger, "answer": "0"}).status_code == 404
    for wrong in ("", "9", "-1", "x"):
        assert visitor.post(path(link), {"person": str(hung.public_id), "answer": wrong}).status_code == 400


def test_a_link_that_is_over_revoked_forged_or_of_a_withdrawn_notice_shows_nothing() -> None:
    plant, notice, here, _there = counted()
    link, at = link_to(notice, here, plant), clock.now()
    visitor = access.client()
    forged = path(link).replace("/muster/", "/muster/x")
    assert visitor.get(forged).status_code == 404
    with pytest.raises(NotFound):
        actions.find(key=link.pk, at=at + timedelta(hours=3))
    actions.revoke(link=link, by=plant.author, at=at)
    assert visitor.get(path(link)).status_code == 404
    assert visitor.post(path(link), {"person": str(plant.manager.public_id), "answer": "0"}).status_code == 404
    again = link_to(notice, here, plant)
    Notice.objects.filter(pk=notice.pk).update(state="withdrawn")
    assert visitor.get(path(again)).status_code == 404


def test_a_link_needs_somebody_to_have_it_and_ends_within_a_week() -> None:
    plant, notice, here, _there = counted()
    for wrong in ({"hours": 0}, {"hours": 169}, {"label": " "}):
        with pytest.raises(Refusal):
            actions.issue(
                **{"notice": notice, "site": here, "label": "Gate", "hours": 2, "by": plant.author, "at": AT, **wrong}
            )  # type: ignore[arg-type]
    without = make.published(plant.author)
    with pytest.raises(Refusal, match="head count"):
        link_to(without, here, plant)


def test_the_board_on_screen_live_and_the_links_given_out() -> None:
    plant, notice, here, _there = counted()
    desk = signed_in(plant.author, "communications")
    url = f"/desk/notices/{notice.public_id}/board/"
    assert access.client(plant.manager).get(url).status_code == 403
    part = desk.get(f"{url}?site={here.public_id}", headers={"HX-Request": "true"}).content.decode()
    assert "Minh" in part
    assert "<html" not in part
    given = {"site": str(here.public_id), "label": "Gate 3", "hours": "2"}
    assert desk.post(f"{url}links/", given).status_code == 302
    assert "/muster/" in desk.get(url).content.decode()
    for wrong in ({"site": "x"}, {"hours": "many"}, {"label": ""}):
        desk.post(f"{url}links/", {**given, **wrong})
    link = MusterLink.objects.get()
    assert desk.post(f"{url}links/{link.public_id}/revoke/").status_code == 302
    assert access.client().get(path(link)).status_code == 404
    plain = make.published(plant.author)
    assert desk.get(f"/desk/notices/{plain.public_id}/board/").status_code == 404
