"""What the rows of store, home and check-out stand on: a store with own prices, and people who are signed in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from django.db import transaction

from kith.access.logins.models import Login
from kith.access.sessions.actions import open_session
from kith.billing.processes.actions import save_process
from kith.billing.processes.rules import Step
from kith.billing.tax.models import TaxRate
from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.actions import ProductData, save_category, save_product
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.kernel import clock
from kith.kernel.texts import Text
from kith.people.organizations.models import Organization, OrganizationKind
from kith.people.persons.actions import register
from kith.people.persons.models import Person
from kith.people.segments.actions import save_segment
from kith.supply.stock.actions import receive
from kith.supply.stock.models import Warehouse

CODE = "bench"
PRODUCTS = 60
PRICE = Decimal(100_000)
STAFF_PRICE = "₫75,000"
_NO_PASSWORD = "!"  # noqa: S105  (no hash: nobody signs in with it)
_STOCK = 10**8
_LONG_AGO = date(2020, 1, 1)
_SHAPES = ("pet", "can", "carton", "bottle", "tin")
_numbers = count(1)


@dataclass(frozen=True)
class Reader:
    """Someone who is signed in: who, and the key in the session's cookie."""

    person: Person
    key: str


def opened() -> Store:
    """Return the store of the bench, made at first: 60 products in five categories, public prices and staff prices."""
    known = Store.objects.filter(code=CODE).first()
    if known is not None:
        return known
    with transaction.atomic():
        return _open()


def _open() -> Store:
    at = clock.now()
    owner = Organization.objects.filter(kind=OrganizationKind.OURS).order_by("id").first()
    if owner is None:
        raise LookupError("There is no organization to sell.")
    TaxRate.objects.get_or_create(
        code="standard",
        country="VN",
        defaults={"percent": Decimal(10), "label": Text(en="VAT 10%"), "since": _LONG_AGO},
    )
    save_process(code="standard", name=Text(en="Standard"), currency="VND", steps=[Step("bill")], at=at, by_id=None)
    staff = save_segment(
        name=Text(en="Employees"), rule={"attribute": "tie", "is": ["employee"]}, at=at, by_id=None, code="bench-staff"
    )
    warehouse = Warehouse.objects.create(code=CODE, name=Text(en="Bench"), organization=owner)
    store = Store.objects.create(
        code=CODE, name=Text(en="Bench"), organization=owner, warehouse=warehouse, currency="VND", country="VN",
        zone="Asia/Ho_Chi_Minh", languages=["en"], quota_kind="staff-quota", quota_units=24,
    )  # fmt: skip
    public = PriceList.objects.create(code="bench-public", store=store, name=Text(en="Public"), valid_from=_LONG_AGO)
    PriceList.objects.create(
        code="bench-staff", store=store, segment=staff, percent_off=Decimal(25), needs_quota=True,
        name=Text(en="Staff price"), valid_from=_LONG_AGO,
    )  # fmt: skip
    for number in range(PRODUCTS):
        _product(store, public, number)
    return store


def _product(store: Store, public: PriceList, number: int) -> Product:
    at, kind = clock.now(), number % len(_SHAPES)
    category = save_category(slug=f"bench-{kind}", name=Text(en=f"Shelf {kind}", vi=f"Kệ {kind}"), position=kind)
    data = ProductData(
        sku=f"BENCH-{number:03}", name=Text(en=f"Green tea {number}", vi=f"Trà xanh {number}"),
        description=Text(en="Filled the same day."), category=category, shape=_SHAPES[kind],
    )  # fmt: skip
    product = save_product(data=data, at=at)
    Price.objects.create(price_list=public, product=product, amount=PRICE)
    receive(warehouse=store.warehouse, item=product.item, quantity=_STOCK, at=at)
    return product


def products() -> list[Product]:
    """Return the products of the store."""
    return list(Product.objects.filter(item__sku__startswith="BENCH-").select_related("item").order_by("id"))


def employees(number: int) -> list[Person]:
    """Return the first people of the organization, who may buy at staff prices."""
    return list(Person.objects.filter(ties__kind="employee").order_by("id")[:number])


def customers(number: int) -> list[Person]:
    """Return new people without any tie: they buy at the public price."""
    at = clock.now()
    with transaction.atomic():
        return [
            register(full_name=f"Customer {next(_numbers)}", mailbox="", language="en", at=at) for _ in range(number)
        ]


def signed_in(people: list[Person]) -> list[Reader]:
    """Let people be signed in, each in a browser of its own."""
    at = clock.now()
    with transaction.atomic():
        Login.objects.bulk_create(
            [Login(person=one, username=f"bench-{one.pk}", password=_NO_PASSWORD, created_at=at) for one in people],
            ignore_conflicts=True,
        )
        logins = {login.person_id: login for login in Login.objects.filter(person__in=people)}
        return [Reader(one, open_session(login=logins[one.pk], at=at)) for one in people]
