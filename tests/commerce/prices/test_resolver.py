"""The price of everything is the same whatever the order of anything, and never above the public price."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kith.commerce.prices.resolver import ListRules, Tier, resolve, tier_table
from kith.kernel.texts import Text

D = Decimal
PUBLIC = ListRules(1, "public", Text(en="Public"), is_public=True)
STAFF = ListRules(2, "staff", Text(en="Staff"), percent_off=D(25), needs_quota=True)
CLUB = ListRules(3, "club", Text(en="Club"), priority=5)


def price(lists: list[ListRules], tiers: list[Tier], quantity: int = 1, currency: str = "VND") -> tuple[Decimal, str]:
    found = resolve(lists=lists, tiers=tiers, quantity=quantity, currency=currency)
    assert found is not None
    return found.unit.amount, found.price_list.code


def test_the_staff_percentage_is_taken_off_the_public_price() -> None:
    found = resolve(lists=[PUBLIC, STAFF], tiers=[Tier(1, 1, D(99999))], quantity=1, currency="VND")

    assert found is not None
    assert (found.public.amount, found.unit.amount, found.needs_quota) == (D(99999), D(74999), True)
    assert [(str(step.label), step.amount) for step in found.steps] == [
        ("Public price", D(99999)),
        ("Staff", D(-25000)),
    ]


def test_a_staff_price_above_the_public_promotion_gives_way() -> None:
    tiers = [Tier(1, 1, D(100)), Tier(2, 1, D(80)), Tier(1, 10, D(70))]

    assert price([PUBLIC, STAFF], tiers) == (D(80), "staff")
    assert price([PUBLIC, STAFF], tiers, quantity=10) == (D(70), "public")


def test_at_the_same_price_the_higher_priority_is_named() -> None:
    tiers = [Tier(1, 1, D(100)), Tier(2, 1, D(90)), Tier(3, 1, D(90))]

    assert price([PUBLIC, STAFF, CLUB], tiers) == (D(90), "club")


def test_what_the_public_list_does_not_sell_has_no_price() -> None:
    assert resolve(lists=[PUBLIC, STAFF], tiers=[Tier(2, 1, D(80))], quantity=1, currency="VND") is None


def test_the_table_on_the_page_is_the_price_of_the_basket() -> None:
    tiers = [Tier(1, 1, D(100)), Tier(1, 5, D(90)), Tier(2, 3, D(95)), Tier(2, 10, D(60))]
    table = tier_table(lists=[PUBLIC, STAFF], tiers=tiers, currency="EUR")

    assert [(quantity, row.unit.amount) for quantity, row in table] == [
        (1, D("75")),
        (3, D(95)),
        (5, D(90)),
        (10, D(60)),
    ]
    for quantity in range(1, 30):
        shown = [row for start, row in table if start <= quantity][-1]
        assert price([PUBLIC, STAFF], tiers, quantity, "EUR") == (shown.unit.amount, shown.price_list.code)


amounts = st.integers(0, 10_000_00).map(lambda cents: D(cents) / 100)
tier_lists = st.lists(
    st.tuples(st.integers(2, 6), st.integers(1, 20), amounts), max_size=12, unique_by=lambda row: row[:2]
)
rule_lists = st.lists(
    st.builds(
        ListRules,
        id=st.integers(2, 6),
        code=st.text("abc", min_size=1, max_size=3),
        name=st.just(Text(en="List")),
        priority=st.integers(-2, 2),
        percent_off=st.none() | st.integers(1, 100).map(D),
    ),
    max_size=5,
    unique_by=(lambda rules: rules.id, lambda rules: rules.code),
)


@given(rule_lists, tier_lists, amounts, st.integers(1, 30), st.randoms(use_true_random=False))
def test_nobody_pays_more_than_the_public_price_and_order_never_matters(
    rules: list, rows: list, public: Decimal, quantity: int, random: object
) -> None:
    tiers = [Tier(1, 1, public), *(Tier(*row) for row in rows)]
    lists = [PUBLIC, *rules]
    found = resolve(lists=lists, tiers=tiers, quantity=quantity, currency="EUR")
    random.shuffle(tiers)  # type: ignore[attr-defined]
    random.shuffle(lists)  # type: ignore[attr-defined]
    again = resolve(lists=lists, tiers=tiers, quantity=quantity, currency="EUR")

    assert found is not None
    assert found == again
    assert found.unit.amount <= found.public.amount == public
    assert sum(step.amount for step in found.steps) == found.unit.amount
