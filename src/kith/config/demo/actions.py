"""Generating the demo, and beginning anew."""

from datetime import datetime
from decimal import Decimal
from random import Random

from django.db import connection, transaction

from kith.care.preferences.actions import say
from kith.care.preferences.models import PreferenceKind
from kith.care.seeds import ensure_birthday, ensure_drafts, ensure_more
from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.stores.models import Store
from kith.config.demo import conversations, goods, ideas, organization, people, staff, stories
from kith.config.demo.cast import CAST
from kith.config.demo.headcount import count_heads
from kith.kernel.subjects import Subject
from kith.ledger.lots.actions import grant
from kith.people.models import Organization, Person
from kith.portal.search.actions import reindex_all
from kith.promises.duty.actions import set_holders

SEED = 2026
_DUTIES = (("general", "ha"), ("hr", "ha"), ("ideas", "ha"), ("moderation", "anna"), ("support", "james"))
_KEEP = ("django_migrations", "kith_start", "django_content_type", "procrastinate")


def ensure_demo(*, people: int, at: datetime) -> None:
    """Generate the demo organization of `people` employees in one transaction, unless it is there already."""
    if Organization.objects.exists():
        return
    with transaction.atomic():
        _generate(size=people, at=at)
    reindex_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _generate(*, size: int, at: datetime) -> None:
    random, today = Random(SEED), at.date()
    built = organization.build(people=max(size, 1), today=today, random=random)
    staff.employ(built, today=today, at=at, random=random)
    cast = people.make_cast(built, today=today, at=at)
    for code, key in _DUTIES:
        set_holders(code=code, persons=[cast[key]], at=at, by_id=None)
    segments = stories.draw_segments(built, at=at)
    store = goods.stock_shelves(built, today=today, at=at)
    stories.publish_notices(cast, segments, at=at)
    count_heads(cast["anna"], segments["plants"], at=at)
    stories.place_orders(cast, store, at=at)
    ideas.have_ideas(cast, segments, at=at)
    stories.ask_for_help(cast, at=at)
    conversations.talk(cast, at=at)
    stories.release_news(cast, segments, at=at)
    _care(store, cast, at=at)


def _care(store: Store, cast: dict[str, Person], *, at: datetime) -> None:
    holder = Subject("organization", store.organization_id)
    grant(
        holder=holder, kind=budget_kind(store.currency), amount=Decimal(50_000_000), valid_from=at.date(),
        source="demo", at=at,
    )  # fmt: skip
    ensure_birthday(budget=Decimal(150_000), currency=store.currency, at=at)
    ensure_more(at=at)
    ensure_drafts(at=at, by_id=cast["maria"].pk)
    for role in CAST:
        if role.likes:
            say(person=cast[role.key], said={PreferenceKind.LIKE: list(role.likes)}, day=at.date())


def reset(*, size: int, at: datetime) -> None:
    """Forget everything and generate the demo anew; only the tables of the installation itself are kept."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            tables = [name for (name,) in cursor.fetchall() if not name.startswith(_KEEP)]
            cursor.execute("TRUNCATE {} RESTART IDENTITY CASCADE".format(", ".join(f'"{name}"' for name in tables)))
        _generate(size=size, at=at)
