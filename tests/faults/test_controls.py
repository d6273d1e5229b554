"""The negative controls of families that live elsewhere: with the guard switched off, the promise is broken."""

import csv
import io
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models import F

from kith.billing.invariants import lines_that_do_not_add_up
from kith.billing.invoices.models import Invoice
from kith.care.programmes import actions as care
from kith.care.programmes.models import ProgrammeVersion, Run
from kith.care.seeds import ensure_birthday
from kith.config.environment import MailAddress
from kith.kernel.exports import writers
from kith.kernel.facts.telling import tell_all
from kith.kernel.imports.actions import run_import
from kith.kernel.imports.models import ExternalId
from kith.messaging.consents.actions import say
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.mail import sending
from kith.messaging.mail.actions import make_mails
from kith.people.persons.models import Person
from tests.care.test_birthdays import BEFORE, ZONES
from tests.commerce import make as commerce
from tests.messaging import make as messages
from tests.messaging.sink import Sink, sinking
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.fault, pytest.mark.django_db]


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with sinking() as (made, port):
        settings.KITH_MAIL = MailAddress(host="127.0.0.1", port=port, user="", password="", tls=False)
        yield made


def greeted_too_early(weekend: date) -> int:
    """Greet everybody born on a day, each in a zone of their own; return how many were before 09:00 where they live."""
    at = datetime(weekend.year, weekend.month, weekend.day, tzinfo=UTC) - timedelta(days=1)
    lives_in = dict(zip(Person.objects.order_by("pk").values_list("pk", flat=True), ZONES, strict=True))
    for _ in range(80):
        care.begin_due(at=at)
        at += timedelta(hours=1)
    begun = {run.person_id: run.begun_at.astimezone(ZoneInfo(lives_in[run.person_id])) for run in Run.objects.all()}
    return sum(there.date() < weekend or there.hour < 9 for there in begun.values())


@pytest.mark.row(13)
@pytest.mark.parametrize("knows_zones", [True, False])
def test_the_control_an_engine_that_knows_no_zones_greets_too_early(*, knows_zones: bool) -> None:
    weekend = date(2027, 3, 28)
    programme = ensure_birthday(budget=Decimal(100000), currency="VND", at=BEFORE, rule={"everyone": True})
    ProgrammeVersion.objects.filter(programme=programme).update(hour=9)
    Person.objects.bulk_create(
        Person(
            full_name=zone, zone=zone if knows_zones else "UTC", created_at=BEFORE - timedelta(days=900),
            birth_month=weekend.month, birth_day=weekend.day,
        )
        for zone in ZONES
    )  # fmt: skip
    assert (greeted_too_early(weekend) == 0) is knows_zones


@pytest.mark.row(10)
def test_the_control_a_sender_that_asks_for_no_wishes_mails_who_refused(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = people.employee(mailbox="lan@example.com")
    message = messages.message([lan], message_class=MessageClass.MARKETING, needs_acknowledgement=False)
    make_mails(message_id=message.pk, after=0, upto=lan.pk, at=AT)
    say(person_id=lan.pk, message_class=MessageClass.MARKETING, given=False, source="mail", at=AT)
    monkeypatch.setattr(sending, "REFUSABLE", frozenset())
    sending.send_batch(at=AT + timedelta(days=1))
    assert sink.to == ["lan@example.com"]


@pytest.mark.row(29)
def test_the_control_a_writer_that_neutralises_nothing_writes_a_live_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "neutralise", lambda text: text)
    [content] = writers.csv_pieces(("a",), [("=1+1",)])
    [_head, [cell]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert cell == "=1+1"


@pytest.mark.row(30)
@pytest.mark.parametrize(("remembers", "created"), [(True, 0), (False, 3)])
def test_the_control_an_import_that_forgets_whose_keys_it_saw_makes_them_again(
    tmp_path: Path, *, remembers: bool, created: int
) -> None:
    company = people.organization(name="Sao Mai")
    people.unit(organization=company, code="plant")
    people.site(organization=company, code="hue")
    path = tmp_path / "people.csv"
    lines = [f"K{n},Name {n},2020-01-01,plant,hue" for n in range(3)]
    path.write_text("\n".join(["external_id,full_name,hired,unit,site", *lines]) + "\n")
    assert run_import(kind="people", source=path, at=AT).created == 3
    if not remembers:
        ExternalId.objects.all().delete()
    assert run_import(kind="people", source=path, at=AT).created == created


@pytest.mark.row(31)
def test_the_control_a_pattern_that_looks_back_and_back_takes_longer_than_a_second() -> None:
    begun = time.monotonic()
    re.match(r"(a+)+$", "a" * 27 + "!")
    assert time.monotonic() - begun > 1


@pytest.mark.row(5)
def test_the_control_a_bill_changed_by_hand_is_seen() -> None:
    shop = commerce.shop()
    commerce.order(shop.store, {shop.product: 1}, shop.employee, method="payroll")
    tell_all(at=AT)
    assert lines_that_do_not_add_up() == []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the bill's own guard
        Invoice.objects.update(total=F("total") + 1, net=F("net") + 1)
        assert lines_that_do_not_add_up() != []
        transaction.set_rollback(True)
