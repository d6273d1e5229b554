"""Where the drinks maker is: its legal entities, sites, functions and shifts, as plain data."""

from dataclasses import dataclass

from kith.kernel.texts import Text


@dataclass(frozen=True)
class Country:
    """A country with its legal entity, currency, main language and share of the staff in percent."""

    code: str
    entity: str
    currency: str
    language: str
    share: int
    tax_id: str


@dataclass(frozen=True)
class Place:
    """A site. `kind` is plant, shop or office; `share` its part of the country's staff in percent."""

    code: str
    country: str
    kind: str
    name: Text
    city: str
    zone: str
    latitude: str
    longitude: str
    share: int


COMPANY = "Sen Drinks"

COUNTRIES = (
    Country("VN", "Sen Drinks Vietnam JSC", "VND", "vi", 40, "0301464830"),
    Country("CN", "Sen Drinks (Suzhou) Co., Ltd.", "CNY", "zh-Hans", 25, "91320594MA1MPL3E5T"),
    Country("DE", "Sen Drinks Deutschland GmbH", "EUR", "en", 13, "DE136695976"),
    Country("US", "Sen Drinks America Inc.", "USD", "en", 12, "94-2404110"),
    Country("BR", "Sen Drinks do Brasil Ltda.", "BRL", "en", 10, "11222333000181"),
)

PLACES = (
    Place("VN-BD", "VN", "plant", Text({"en": "Bình Dương plant", "vi": "Nhà máy Bình Dương", "zh-Hans": "平阳工厂"}),
          "Thủ Dầu Một", "Asia/Ho_Chi_Minh", "10.98040", "106.65190", 70),
    Place("VN-HN", "VN", "office", Text({"en": "Hà Nội office", "vi": "Văn phòng Hà Nội", "zh-Hans": "河内办事处"}),
          "Hà Nội", "Asia/Ho_Chi_Minh", "21.02780", "105.83420", 15),
    Place("VN-Q1", "VN", "shop", Text({"en": "District 1 shop", "vi": "Cửa hàng Quận 1", "zh-Hans": "第一郡门店"}),
          "TP. Hồ Chí Minh", "Asia/Ho_Chi_Minh", "10.77690", "106.70090", 15),
    Place("CN-SZ", "CN", "plant", Text({"en": "Suzhou plant", "vi": "Nhà máy Tô Châu", "zh-Hans": "苏州工厂"}),
          "苏州", "Asia/Shanghai", "31.29890", "120.58530", 75),
    Place("CN-SH", "CN", "office",
          Text({"en": "Shanghai office", "vi": "Văn phòng Thượng Hải", "zh-Hans": "上海办事处"}),
          "上海", "Asia/Shanghai", "31.23040", "121.47370", 25),
    Place("DE-HH", "DE", "office", Text({"en": "Hamburg office", "vi": "Văn phòng Hamburg", "zh-Hans": "汉堡办事处"}),
          "Hamburg", "Europe/Berlin", "53.55110", "9.99370", 40),
    Place("DE-LE", "DE", "plant", Text({"en": "Leipzig plant", "vi": "Nhà máy Leipzig", "zh-Hans": "莱比锡工厂"}),
          "Leipzig", "Europe/Berlin", "51.33970", "12.37310", 60),
    Place("US-AU", "US", "office", Text({"en": "Austin office", "vi": "Văn phòng Austin", "zh-Hans": "奥斯汀办事处"}),
          "Austin", "America/Chicago", "30.26720", "-97.74310", 40),
    Place("US-SV", "US", "plant", Text({"en": "Savannah plant", "vi": "Nhà máy Savannah", "zh-Hans": "萨凡纳工厂"}),
          "Savannah", "America/New_York", "32.08090", "-81.09120", 60),
    Place("BR-SP", "BR", "shop", Text({"en": "São Paulo shop", "vi": "Cửa hàng São Paulo", "zh-Hans": "圣保罗门店"}),
          "São Paulo", "America/Sao_Paulo", "-23.55050", "-46.63330", 40),
    Place("BR-RE", "BR", "plant", Text({"en": "Recife plant", "vi": "Nhà máy Recife", "zh-Hans": "累西腓工厂"}),
          "Recife", "America/Recife", "-8.04760", "-34.87700", 60),
)  # fmt: skip


@dataclass(frozen=True)
class Function:
    """A department that each site of a kind has, with the titles of its people and whether it works in shifts."""

    code: str
    name: Text
    kinds: tuple[str, ...]
    titles: tuple[str, ...]
    shifts: bool
    mailboxes: bool


FUNCTIONS = (
    Function("FIL", Text({"en": "Filling", "vi": "Chiết rót", "zh-Hans": "灌装"}), ("plant",),
             ("Line operator", "Filler technician"), shifts=True, mailboxes=False),
    Function("PAC", Text({"en": "Packing", "vi": "Đóng gói", "zh-Hans": "包装"}), ("plant",),
             ("Packer", "Palletizer operator"), shifts=True, mailboxes=False),
    Function("LAB", Text({"en": "Quality", "vi": "Chất lượng", "zh-Hans": "质量"}), ("plant",),
             ("Laboratory technician", "Quality inspector"), shifts=True, mailboxes=True),
    Function("LOG", Text({"en": "Transport", "vi": "Vận tải", "zh-Hans": "运输"}), ("plant",),
             ("Driver", "Dispatcher"), shifts=True, mailboxes=False),
    Function("SAL", Text({"en": "Sales", "vi": "Bán hàng", "zh-Hans": "销售"}), ("shop", "office"),
             ("Sales associate", "Account manager"), shifts=False, mailboxes=True),
    Function("SRV", Text({"en": "Customer service", "vi": "Chăm sóc khách hàng", "zh-Hans": "客户服务"}),
             ("shop", "office"), ("Service agent",), shifts=False, mailboxes=True),
    Function("ADM", Text({"en": "Administration", "vi": "Hành chính", "zh-Hans": "行政"}), ("office",),
             ("Accountant", "HR specialist", "Analyst"), shifts=False, mailboxes=True),
)  # fmt: skip

SHIFTS = (
    ("early", Text({"en": "Early shift", "vi": "Ca sáng", "zh-Hans": "早班"}), "06:00", "14:00"),
    ("late", Text({"en": "Late shift", "vi": "Ca chiều", "zh-Hans": "中班"}), "14:00", "22:00"),
    ("night", Text({"en": "Night shift", "vi": "Ca đêm", "zh-Hans": "夜班"}), "22:00", "06:00"),
)
