"""Which capabilities an organization may leave closed, and what kinds of organization begin with which."""

from django.utils.translation import gettext_lazy as _

from kith.portal.organization.capabilities import CAPABILITIES, STARTER_SETS, Capability, StarterSet

for _code, _capability in {
    "news": Capability(
        _("News"),
        _("What goes on, written for those it concerns."),
        "file-text",
        places=("news", "desk-news"),
        cards=("content.news",),
    ),
    "ideas": Capability(
        _("Ideas"),
        _("Everyone proposes, and every idea gets an answer in time."),
        "lightbulb",
        places=("ideas", "desk-ideas"),
        cards=("voice.answered",),
        paths=("/admin/ideas/", "/api/v1/ideas"),
    ),
    "working-life": Capability(
        _("Working life"),
        _("Who is away and who stands in; moves, and the end of service."),
        "palmtree",
        places=("absences", "desk-people"),
    ),
    "care": Capability(
        _("Care"),
        _("Birthdays remembered, and gifts that people like."),
        "heart",
        places=("gifts", "desk-care"),
        cards=("care.gift", "care.ask-again", "care.birthdays"),
        paths=("/errands/", "/me/care/", "/me/likes/", "/api/v1/programmes"),
    ),
    "store": Capability(
        _("Store"),
        _("Products at everyone's own price, for employees and customers."),
        "store",
        places=("store", "orders", "desk-orders", "desk-store"),
        cards=("commerce.orders",),
        paths=("/api/v1/baskets", "/api/v1/orders", "/api/v1/prices", "/api/v1/products", "/api/v1/stock"),
    ),
    "bills": Capability(
        _("Bills"),
        _("Bills shown, explained and paid online."),
        "receipt",
        places=("bills", "desk-bills", "payroll-deductions", "payment-processes"),
        cards=("billing.due",),
        paths=("/api/v1/invoices", "/api/v1/payments", "/desk/payroll-deductions.csv"),
    ),
    "support": Capability(
        _("Support"),
        _("Questions of customers and colleagues, each answered in time."),
        "headset",
        places=("support", "desk-requests"),
        paths=("/api/v1/requests",),
    ),
    "measures": Capability(
        _("Measures"),
        _("Whether promises are kept, seen at a glance."),
        "chart-line",
        places=("desk-measures", "desk-labour"),
    ),
}.items():
    CAPABILITIES.put(_code, _capability)

STARTER_SETS.put("small", StarterSet(_("A small firm"), frozenset({"news", "ideas", "support"}), order=10))
STARTER_SETS.put(
    "factory",
    StarterSet(
        _("A factory"), frozenset({"news", "ideas", "working-life", "care", "store", "bills", "measures"}), order=20
    ),
)
STARTER_SETS.put("school", StarterSet(_("A school"), frozenset({"news", "ideas", "working-life", "support"}), order=30))
STARTER_SETS.put(
    "hospital",
    StarterSet(_("A hospital"), frozenset({"news", "ideas", "working-life", "care", "support", "measures"}), order=40),
)
STARTER_SETS.put("all", StarterSet(_("Everything, to look around"), frozenset(CAPABILITIES.names()), order=50))
