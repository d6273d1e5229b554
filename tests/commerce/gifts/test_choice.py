"""Which budget pays for whom, charity instead, the address asked of the recipient and forgotten, and the tax report."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kith.care.greeting import Greet, OfferGift
from kith.care.kindnesses import Occasion
from kith.care.offers.actions import choose
from kith.care.offers.models import GiftOffer
from kith.care.offers.queries import notes, options
from kith.care.preferences.actions import say
from kith.care.preferences.models import PreferenceKind
from kith.commerce.gifts import pots
from kith.commerce.gifts.actions import save_policy
from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.limits import limits_of, pot_subject
from kith.commerce.gifts.models import Donation, Gift, Given
from kith.commerce.gifts.purging import forget_addresses
from kith.commerce.gifts.queries import budget_left
from kith.commerce.gifts.reporting import report
from kith.commerce.orders.models import Order
from kith.commerce.orders.shipping import advance
from kith.commerce.stores.models import Store
from kith.kernel.exports.kinds import EXPORTS, Asking
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.messaging.deliveries.models import Delivery
from kith.people.persons.models import Person
from tests.access import make as access
from tests.commerce import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
AT = make.AT
ADDRESS = "Kanarienvogelgasse 77, Hinterhof"


@pytest.fixture
def store() -> Store:
    made = make.store()
    save_policy(
        organization=made.organization, currency="VND", cap_a_gift=Decimal(300000), cap_a_year=Decimal(500000),
        reason="Our code of conduct",
    )  # fmt: skip
    holder = Subject("organization", made.organization_id)
    lots.grant(holder=holder, kind=budget_kind("VND"), amount=Decimal(1000000), valid_from=AT.date(), at=AT)
    return made


def gift(store: Store, cost: str = "200000", **given: Any) -> Gift:
    product = make.product(store, stock=9)
    return Gift.objects.create(product=product, cost=Decimal(cost), currency="VND", **given)


def pot(store: Store, country: str, level: str, cap: str) -> Subject:
    made = pots.save_pot(
        organization=store.organization, country=country, level=level, currency="VND", cap_a_gift=Decimal(cap),
        cap_a_year=Decimal(cap) * 2, reason=f"{country}/{level}",
    )  # fmt: skip
    pots.fill_pot(pot=made, amount=Decimal(900000), until=None, at=AT, by_id=1)
    return pot_subject(made)


def offer(person: Person, budget: str = "400000", run: int = 1) -> GiftOffer:
    step = {"budget": budget, "currency": "VND", "days": 30}
    occasion = Occasion(run_id=run, public_id="x", person=person, occasion="2026", late=False)
    OfferGift().do(occasion=occasion, step=step, at=AT)
    return GiftOffer.objects.get(run_id=run)


def greeted(person: Person) -> str:
    """Return where a greeting that leads to the gifts leads."""
    step = {"title": {"en": "Hi"}, "body": {"en": "You"}, "leads_to_gifts": True}
    occasion = Occasion(run_id=1, public_id="x", person=person, occasion="2026", late=False, position=1)
    Greet().do(occasion=occasion, step=step, at=AT)
    return str(Delivery.objects.select_related("message").get(person_id=person.pk).message.link)


def keys(made: GiftOffer, giver: str = "catalogue") -> list[str]:
    return [option.key for name, option in options(made, at=AT) if name == giver]


def holder_of(person: Person, store: Store) -> Subject | None:
    found = limits_of(person=person, organization_id=store.organization_id, currency="VND", day=AT.date())
    return found.holder if found else None


def test_the_nearest_budget_pays_country_before_level(store: Store) -> None:
    here, leaders, both = pot(store, "VN", "", "1"), pot(store, "", "leader", "2"), pot(store, "VN", "leader", "3")
    site, abroad = people.site(country="VN"), people.site(country="DE")
    boss, chief = people.employee(site=site), people.employee(site=abroad)
    for leader in (boss, chief):
        people.employee(manager=leader)
    assert holder_of(boss, store) == both
    assert holder_of(chief, store) == leaders
    assert holder_of(people.employee(site=site), store) == here
    assert holder_of(people.employee(site=abroad), store) == Subject("organization", store.organization_id)
    assert holder_of(people.customer(), store) == Subject("organization", store.organization_id)


def test_the_cap_is_told_with_its_reason_and_the_pot_pays(store: Store) -> None:
    holder = pot(store, "VN", "", "250000")
    person = people.employee(site=people.site(country="VN"))
    cheap, dear = gift(store), gift(store, "260000")
    made = offer(person)
    assert keys(made) == [str(cheap.public_id)]
    assert notes(made, at=AT) == ["A gift costs at most ₫250,000: VN/"]
    with pytest.raises(Refusal, match="VN/"):
        choose(offer=made, giver="catalogue", key=str(dear.public_id), ship_to=ADDRESS, at=AT)
    choose(offer=made, giver="catalogue", key=str(cheap.public_id), ship_to=ADDRESS, at=AT)
    assert budget_left(holder=holder, currency="VND", day=AT.date()).amount == 700000
    assert Given.objects.get().country == "VN"


def test_what_one_dislikes_or_must_not_have_is_not_offered(store: Store) -> None:
    person = people.employee()
    fine = gift(store, fits=["tea"])
    gift(store, fits=["Coffee"])
    gift(store, contains=["Nuts"])
    say(person=person, said={PreferenceKind.DISLIKE: ["coffee"], PreferenceKind.ALLERGY: ["nuts"]}, day=AT.date())
    assert keys(offer(person)) == [str(fine.public_id)]


def test_a_gift_goes_to_a_charity_instead_without_an_address_and_once(store: Store) -> None:
    charity = pots.save_charity(organization=store.organization, name="Blue Dragon", about="", countries=[])
    pots.save_charity(organization=store.organization, name="Elsewhere", about="", countries=["CL"])
    person = people.employee()
    say(person=person, said={PreferenceKind.CHARITY: ["blue dragon"]}, day=AT.date())
    made = offer(person)
    assert keys(made, "charity") == [str(charity.public_id)]
    choose(offer=made, giver="charity", key=str(charity.public_id), ship_to="", at=AT)
    with pytest.raises(Refusal):
        choose(offer=made, giver="charity", key=str(charity.public_id), ship_to="", at=AT)
    donation = Donation.objects.get()
    assert (donation.amount, donation.person) == (300000, person)
    assert budget_left(holder=Subject.parse(donation.budget), currency="VND", day=AT.date()).amount == 700000
    with pytest.raises(Refusal, match="₫200,000 are left this year"):
        choose(offer=offer(person, run=2), giver="charity", key=str(charity.public_id), ship_to="", at=AT)


def test_a_parcel_needs_an_address(store: Store) -> None:
    made = offer(people.employee())
    with pytest.raises(BadInput, match="where the gift shall go"):
        choose(offer=made, giver="catalogue", key=str(gift(store).public_id), ship_to=" ", at=AT)


def written(words: str) -> list[str]:
    """Return the tables in which some row holds `words`, looking into every column of every table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s',  # noqa: S608  (names of our tables)
                [f"%{words}%"],
            )
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


def test_an_address_is_forgotten_to_the_last_byte_after_delivery(store: Store) -> None:
    person = people.employee()
    choose(offer=offer(person), giver="catalogue", key=str(gift(store).public_id), ship_to=ADDRESS, at=AT)
    order = Order.objects.get()
    tell_all(at=AT)
    assert written(ADDRESS) == ["commerce_order"]
    for step in ("packed", "shipped", "delivered"):
        if order.status != step:
            order = _advance(order, step)
    tell_all(at=AT)
    assert forget_addresses(at=AT + timedelta(days=30)) == 0
    assert forget_addresses(at=AT + timedelta(days=30, seconds=1)) == 1
    assert written(ADDRESS) == []
    assert written("Kanarienvogelgasse") == []
    assert Given.objects.count() == 1


def _advance(order: Order, step: str) -> Order:
    from kith.commerce.orders.rules import next_status  # noqa: PLC0415

    while order.status != "delivered":
        following = next_status(order)
        assert following is not None, step
        order = advance(order=order, to=following, by_id=1, at=AT)
    return order


def test_a_lost_or_cancelled_parcel_is_forgotten_too(store: Store) -> None:
    for run in (1, 2):
        made = offer(people.employee(), run=run)
        choose(offer=made, giver="catalogue", key=str(gift(store).public_id), ship_to=ADDRESS, at=AT)
    Order.objects.filter(pk=Order.objects.order_by("id")[0].pk).update(status="cancelled")
    assert forget_addresses(at=AT) == 1
    assert forget_addresses(at=AT + timedelta(days=181)) == 1
    assert written(ADDRESS) == []


def test_who_has_no_login_chooses_by_a_signed_link_of_their_own(store: Store) -> None:
    guest = people.customer("Guest")
    thing = gift(store)
    made = offer(guest)
    path = greeted(guest)
    assert path.startswith("/t/")
    client = Client()
    assert b"Where shall it go?" in client.get(path).content
    assert GiftOffer.objects.get(pk=made.pk).chosen_at is None
    wrong = client.post(path, {"gift": f"catalogue|{thing.public_id}", "ship_to": ""})
    assert (wrong.status_code, Order.objects.count()) == (422, 0)
    client.post(path, {"gift": f"catalogue|{thing.public_id}", "ship_to": ADDRESS})
    assert Order.objects.get().ship_to == ADDRESS
    client.post(path, {"gift": f"catalogue|{thing.public_id}", "ship_to": "Other"})
    assert Order.objects.get().ship_to == ADDRESS


def test_who_has_a_login_gets_no_link(store: Store) -> None:
    assert store.pk
    person = people.employee()
    access.login(person)
    offer(person)
    assert greeted(person) == "/gifts/"


def _given(store: Store, person: Person, cost: str, day: date, country: str) -> None:
    made = offer(person, run=Given.objects.count() + 1)
    choose(offer=made, giver="catalogue", key=str(gift(store, "100000").public_id), ship_to="Desk", at=AT)
    last = Given.objects.order_by("-id")[0]
    at = AT.replace(year=day.year, month=day.month, day=day.day)
    currency = {"DE": "EUR", "AT": "EUR", "VN": "VND"}.get(country, "USD")
    Given.objects.filter(pk=last.pk).update(
        cost=Decimal(cost), currency=currency, at=at, year=day.year, country=country
    )


def test_the_tax_report_tells_what_was_given_to_whom_and_by_which_rule(store: Store) -> None:
    anna, otto, lan = people.employee("Anna"), people.employee("Otto"), people.employee("Lan")
    _given(store, anna, "60", date(2026, 3, 1), "DE")
    _given(store, anna, "61", date(2026, 5, 1), "DE")
    _given(store, otto, "150", date(2026, 3, 1), "AT")
    _given(store, otto, "50", date(2026, 6, 1), "AT")
    _given(store, lan, "70000", date(2026, 3, 1), "VN")
    _given(store, lan, "10", date(2026, 4, 1), "ZZ")
    _given(store, lan, "10", date(2025, 4, 1), "VN")
    rows = [(row.country, row.person.full_name, row.amount, row.income) for row in report(year=2026)]
    assert rows == [
        ("AT", "Otto", 150, 0), ("AT", "Otto", 50, 14), ("DE", "Anna", 60, 0), ("DE", "Anna", 61, 61),
        ("VN", "Lan", 70000, 70000), ("ZZ", "Lan", 10, None),
    ]  # fmt: skip
    asking = Asking(None, frozenset({"finance"}), AT, {"year": "2026", "country": "de"})
    lines = list(EXPORTS.get("gift-tax").rows(asking))
    assert [line.cells[6] for line in lines] == [60, 61]
    assert lines[0].cells[-1] == "R 19.6 Abs. 1 LStR"
    assert not EXPORTS.get("gift-tax").may(Asking(1, frozenset({"agent"}), AT, {}))


def test_the_desk_sets_budgets_charities_and_the_catalogue(store: Store) -> None:
    client = access.client(people.employee(), "hr")
    caps = {"organization": store.organization_id, "currency": "VND", "cap_a_gift": "5", "cap_a_year": "9"}
    assert client.get("/desk/gifts/").status_code == 200
    assert client.post("/desk/gifts/", {"part": "pot", **caps, "country": "1x"}).status_code == 422
    assert client.post("/desk/gifts/", {"part": "pot", **caps, "country": "vn", "reason": "Law"}).status_code == 302
    product = make.product(store)
    thing = {"part": "gift", "sku": product.item.sku, "cost": "5", "currency": "VND", "fits": "tea, music"}
    assert client.post("/desk/gifts/", {**thing, "sku": "none"}).status_code == 422
    assert client.post("/desk/gifts/", thing).status_code == 302
    assert client.post(
        "/desk/gifts/", {"part": "charity", "organization": store.organization_id, "name": "Blue Dragon"}
    ).status_code == 302  # fmt: skip
    made = Gift.objects.get()
    assert made.fits == ["tea", "music"]
    assert client.post(f"/desk/gifts/{made.public_id}/take-off/").status_code == 302
    made.refresh_from_db()
    assert not made.is_active
    shown = client.get("/desk/gifts/").content.decode()
    assert "Blue Dragon" in shown
    assert "Law" in shown
    assert access.client(people.employee(), "agent").get("/desk/gifts/").status_code == 403
