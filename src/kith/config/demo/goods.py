"""What the drinks maker sells: categories, products with packshots and stock, two stores, prices, taxes, gifts."""

from datetime import date, datetime
from decimal import Decimal

from kith.billing.payroll.actions import save_plan
from kith.billing.processes.actions import save_process
from kith.billing.processes.rules import Step
from kith.billing.tax.models import TaxRate
from kith.commerce.gifts.actions import save_policy
from kith.commerce.gifts.models import Gift
from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.actions import ProductData, save_category, save_product
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.config.demo.organization import Built
from kith.kernel.texts import Text
from kith.people.segments.actions import save_segment
from kith.people.segments.models import Segment
from kith.supply.stock.actions import receive
from kith.supply.stock.models import Warehouse

_CATEGORIES = (
    ("tea", Text({"en": "Tea drinks", "vi": "Trà", "zh-Hans": "茶饮料"})),
    ("juice", Text({"en": "Juices", "vi": "Nước ép", "zh-Hans": "果汁"})),
    ("water", Text({"en": "Water", "vi": "Nước", "zh-Hans": "水"})),
    ("coffee", Text({"en": "Coffee", "vi": "Cà phê", "zh-Hans": "咖啡"})),
    ("gifts", Text({"en": "Gifts and things", "vi": "Quà tặng", "zh-Hans": "礼品"})),
)

_PRODUCTS = (
    ("tea", "Lotus green tea, 500 ml", "Trà xanh hương sen, 500 ml", "荷香绿茶 500毫升", "pet", 12_000, 400, ("tea",)),
    ("tea", "Jasmine tea, can", "Trà nhài, lon", "茉莉花茶 罐装", "can", 15_000, 320, ("tea",)),
    ("tea", "Oolong from Bảo Lộc, tin", "Ô long Bảo Lộc, hộp thiếc", "保禄乌龙 铁罐", "tin", 165_000, 60, ("tea",)),
    ("tea", "Black tea with peach, 1 l", "Hồng trà đào, 1 l", "蜜桃红茶 1升", "carton", 28_000, 240, ("tea", "fruit")),
    ("juice", "Mango juice", "Nước ép xoài", "芒果汁", "carton", 32_000, 180, ("fruit",)),
    ("juice", "Passion fruit and lime", "Chanh dây và chanh", "百香果青柠", "pet", 18_000, 220, ("fruit",)),
    ("juice", "Apple juice, glass bottle", "Nước táo, chai thủy tinh", "苹果汁 玻璃瓶", "bottle", 39_000, 120, ("fruit",)),
    ("juice", "Guaraná, can", "Guaraná, lon", "瓜拉纳 罐装", "can", 16_000, 300, ("fruit", "sport")),
    ("water", "Still water, 1.5 l", "Nước suối, 1,5 l", "天然水 1.5升", "pet", 9_000, 800, ("sport",)),
    ("water", "Sparkling water, glass", "Nước có ga, chai thủy tinh", "气泡水 玻璃瓶", "bottle", 22_000, 260, ()),
    ("coffee", "Cold brew, can", "Cà phê ủ lạnh, lon", "冷萃咖啡 罐装", "can", 29_000, 150, ("coffee",)),
    ("coffee", "Robusta beans, 500 g", "Cà phê Robusta, 500 g", "罗布斯塔咖啡豆 500克", "pouch", 189_000, 45, ("coffee",)),
    ("gifts", "Hand-thrown mug", "Cốc gốm thủ công", "手工陶杯", "mug", 140_000, 40, ("tea", "coffee", "home")),
    ("gifts", "Potted lotus", "Sen trồng chậu", "盆栽莲花", "plant", 210_000, 25, ("plants", "home")),
    ("gifts", "Book: the way of tea", "Sách: Đường trà", "书：茶之路", "book", 175_000, 30, ("reading", "tea")),
    ("gifts", "Headphones", "Tai nghe", "耳机", "headphones", 450_000, 12, ("music",)),
    ("gifts", "Cotton shirt", "Áo thun cotton", "棉T恤", "shirt", 220_000, 50, ("clothes", "sport")),
    ("gifts", "Tasting box, the last one", "Hộp nếm thử, hộp cuối", "品鉴礼盒（最后一盒）", "box", 320_000, 1, ("tea", "fruit")),
)  # fmt: skip

_STORY = Text(
    {
        "en": "Made in our own plants, filled the same day, and checked by our own laboratory.",
        "vi": "Sản xuất tại nhà máy của chúng tôi, chiết rót trong ngày và được phòng thí nghiệm kiểm tra.",
        "zh-Hans": "由我们自己的工厂生产，当日灌装，并经自有实验室检验。",
    }
)
_GIFT_CATEGORY = "gifts"
QUOTA_KIND = "staff-quota"


def _taxes() -> None:
    for code, country, percent in (("standard", "VN", 10), ("standard", "US", 0), ("standard", "DE", 19)):
        TaxRate.objects.create(
            code=code,
            country=country,
            percent=Decimal(percent),
            label=Text(en=f"VAT {percent}%"),
            since=date(2020, 1, 1),
        )


def _store(built: Built, code: str, name: Text, *, country: str, currency: str, zone: str, quota: int) -> Store:
    owner = built.entities[country]
    warehouse = Warehouse.objects.create(code=f"W-{code}", name=name, organization=owner)
    return Store.objects.create(
        code=code,
        name=name,
        welcome=_STORY,
        organization=owner,
        warehouse=warehouse,
        currency=currency,
        country=country,
        zone=zone,
        languages=["en", "vi", "zh-Hans"],
        quota_kind=QUOTA_KIND if quota else "",
        quota_units=quota,
    )


def stock_shelves(built: Built, *, today: date, at: datetime) -> Store:
    """Open the store in Vietnam (public, with staff prices and a quota) and fill it; return it."""
    _taxes()
    employees = save_segment(
        name=Text({"en": "All employees", "vi": "Toàn thể nhân viên", "zh-Hans": "全体员工"}),
        rule={"attribute": "tie", "is": ["employee"]}, at=at, by_id=None, code="employees",
    )  # fmt: skip
    for organization, currency, limit in ((built.entities["VN"], "VND", 2_000_000),):
        save_plan(
            organization=organization, currency=currency, limit_a_month=Decimal(limit), at=at,
            consent=Text({"en": "Take {amount} from my salary of {month}.", "vi": "Trừ {amount} vào lương tháng {month}.",
                          "zh-Hans": "从我 {month} 的工资中扣除 {amount}。"}),
        )  # fmt: skip
    save_process(
        code="standard", name=Text(en="Standard"), currency="VND",
        steps=[Step("payroll"), Step("test-gateway"), Step("bill")], at=at, by_id=None,
    )  # fmt: skip
    name = Text({"en": "Sen shop", "vi": "Cửa hàng Sen", "zh-Hans": "莲花商店"})
    store = _store(built, "sen", name, country="VN", currency="VND", zone="Asia/Ho_Chi_Minh", quota=24)
    public = PriceList.objects.create(
        code="sen-public", store=store, name=Text({"en": "Public price", "vi": "Giá bán", "zh-Hans": "公开价"}),
        valid_from=today.replace(year=today.year - 1, day=1),
    )  # fmt: skip
    _staff_prices(store, employees, today)
    _products(store, public, at=at)
    save_policy(
        organization=store.organization, currency="VND", cap_a_gift=Decimal(250_000), cap_a_year=Decimal(500_000)
    )
    return store


def _staff_prices(store: Store, employees: Segment, today: date) -> None:
    PriceList.objects.create(
        code="sen-staff", store=store, segment=employees, percent_off=Decimal(30), needs_quota=True,
        name=Text({"en": "Staff price", "vi": "Giá nhân viên", "zh-Hans": "员工价"}),
        valid_from=today.replace(year=today.year - 1, day=1),
    )  # fmt: skip


def _products(store: Store, public: PriceList, *, at: datetime) -> None:
    categories = {
        slug: save_category(slug=slug, name=name, position=n) for n, (slug, name) in enumerate(_CATEGORIES, start=1)
    }
    for number, (category, en, vi, zh, shape, price, stock, likes) in enumerate(_PRODUCTS, start=1):
        data = ProductData(
            sku=f"SEN-{number:03}", name=Text({"en": en, "vi": vi, "zh-Hans": zh}), description=_STORY,
            category=categories[category], shape=shape,
        )  # fmt: skip
        product = save_product(data=data, at=at)
        Product.objects.filter(pk=product.pk).update(likes=list(likes), seed=en)
        Price.objects.create(price_list=public, product=product, amount=Decimal(price))
        receive(warehouse=store.warehouse, item=product.item, quantity=stock, at=at)
        if category == _GIFT_CATEGORY or price < 50_000:  # noqa: PLR2004  (what a birthday budget can pay)
            Gift.objects.create(product=product, fits=list(likes), cost=Decimal(price) * Decimal("0.6"), currency="VND")
