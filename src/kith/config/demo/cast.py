"""The people of the demo's stories: who they are, what they do, and how they sign in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Role:
    """One person of the cast.

    `place` and `function` name the unit (`VN-BD`, `FIL`); `born` is (month, day) with None for "today";
    a customer or partner has a `tie` other than employee and no place. `story` is what one can do as them.
    """

    key: str
    name: str
    language: str
    tie: str
    story: str
    place: str = ""
    function: str = ""
    title: str = ""
    shift: int | None = None
    mailbox: bool = True
    roles: tuple[str, ...] = ()
    born: tuple[int, int] | None = (5, 17)
    leads: bool = False
    firm: str = ""
    zone: str = ""
    likes: tuple[str, ...] = field(default_factory=tuple)


CAST = (
    Role("lan", "Nguyễn Thị Lan", "vi", "employee", "assembly line, no mailbox, birthday today",
         "VN-BD", "FIL", "Line operator", 0, mailbox=False, born=None, likes=("tea", "plants")),
    Role("minh", "Trần Quốc Minh", "vi", "employee", "driver on the road, has an idea waiting",
         "VN-BD", "LOG", "Driver", 1, likes=("music",)),
    Role("ha", "Phạm Thu Hà", "vi", "employee", "HR: people, birthdays, care programmes",
         "VN-HN", "ADM", "HR lead", roles=("hr",)),
    Role("hung", "Lê Văn Hùng", "vi", "employee", "line manager in Bình Dương", "VN-BD", "FIL", "Filling manager",
         leads=True),
    Role("mai", "Đỗ Ngọc Mai", "vi", "employee", "deputy of the line manager", "VN-BD", "FIL", "Shift leader", 0),
    Role("wei", "张伟", "zh-Hans", "employee", "plant manager in Suzhou, away this week", "CN-SZ", "PAC",
         "Plant manager", leads=True),
    Role("na", "李娜", "zh-Hans", "employee", "deputy of the plant manager", "CN-SZ", "PAC", "Shift leader", 1),
    Role("anna", "Anna Keller", "en", "employee", "communications: writes and publishes notices", "DE-HH", "ADM",
         "Head of communications", roles=("communications",)),
    Role("jonas", "Jonas Becker", "en", "employee", "born on 29 February", "DE-LE", "LAB", "Laboratory technician", 0,
         born=(2, 29)),
    Role("maria", "Maria Souza Lima", "en", "employee", "shop manager: products, prices, orders", "BR-SP", "SAL",
         "Shop manager", roles=("shop",), leads=True),
    Role("james", "James Carter", "en", "employee", "support agent and finance", "US-AU", "SRV", "Service lead",
         roles=("agent", "finance"), leads=True),
    Role("sam", "Sam Rivera", "en", "employee", "administrator", "US-AU", "ADM", "IT lead",
         roles=("administrator",)),
    Role("long", "Đặng Hoàng Long", "vi", "employee", "leadership: sees whether promises are kept", "VN-HN", "ADM",
         "Chief executive", roles=("leadership",), leads=True),
    Role("emily", "Emily Clark", "en", "customer", "customer, a bill is due", zone="America/New_York"),
    Role("katrin", "Katrin Vogel", "en", "customer", "buys for a hotel", firm="Hotel Sonne GmbH",
         zone="Europe/Berlin"),
    Role("hai", "Võ Thanh Hải", "vi", "supplier", "supplier of tea leaves", firm="Trà Xanh Bảo Lộc",
         zone="Asia/Ho_Chi_Minh"),
    Role("marco", "Marco Silva", "en", "dealer", "dealer in Recife", firm="Bebidas Silva", zone="America/Recife"),
)  # fmt: skip

OPENING = ("lan", "anna", "hung", "ha", "minh", "maria", "emily", "sam")
"""Whom the demo bar offers first."""


def by_key(key: str) -> Role | None:
    """Return the role called `key`."""
    return next((role for role in CAST if role.key == key), None)


def username(role: Role) -> str:
    """Return the name a person of the cast signs in with."""
    return f"{role.key}@sen.example" if role.mailbox else "S777"
