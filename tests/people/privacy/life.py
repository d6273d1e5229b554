"""A whole life at the company: one person with rows in every table that keeps something on people, a canary in each word."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from kith.access.apitokens.actions import issue_token
from kith.access.kiosks.models import Pin
from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.tokens.actions import issue
from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment, PaymentEvent
from kith.billing.payroll.models import PayrollDeduction
from kith.care.cards.models import GroupCard, Signing
from kith.care.errands.models import Errand
from kith.care.kin.models import Child
from kith.care.mutes.models import Mute
from kith.care.offers.models import GiftOffer
from kith.care.preferences.models import Preference, Wishes
from kith.care.programmes.models import Programme, ProgrammeVersion, Run
from kith.care.silence.models import Presence
from kith.care.terms.models import Term
from kith.commerce.baskets.models import Basket, BasketLine
from kith.commerce.gifts.models import Charity, Donation, Gift, Given
from kith.commerce.orders.actions import cancel_units
from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.facts.telling import tell_all
from kith.kernel.imports.models import ExternalId, ImportBatch, ImportedRow
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.bounces.models import Bounce
from kith.messaging.consents.models import Consent, ConsentEntry, DigestChoice, Reach
from kith.messaging.conversations import models as talk
from kith.messaging.deliveries.models import SupersededAcknowledgement
from kith.messaging.digests.models import DigestEntry
from kith.messaging.mail.actions import make_mails
from kith.messaging.nudges.models import Nudge, Number, PushDevice
from kith.messaging.suppressions.models import Suppression
from kith.notices.board.models import MusterLink
from kith.notices.publishing.models import Approval, Escalation
from kith.notices.rulebook.models import Rulebook
from kith.people.calendars.models import Absence, Deputy
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person
from kith.people.privacy.models import ErasureRequest
from kith.people.privacy.shelf import HOLDINGS
from kith.people.privacy.tables import Table, Tables
from kith.people.ties.models import Assignment
from kith.portal.home.models import Arrangement
from kith.portal.search.actions import reindex
from kith.promises.commitments.models import Promise, PromiseEvent
from kith.promises.duty.models import DutyHolder, DutyRole
from kith.supply.suppliers.models import Supplier
from kith.support.requests.actions import ask
from kith.voice.campaigns.models import Campaign, Limit
from kith.voice.ideas.actions import submit
from kith.voice.ideas.models import Attachment, Category, Comment, Vote
from kith.voice.ratings.models import Rating
from tests.access import make as access
from tests.commerce import make as commerce
from tests.content import make as content
from tests.ledger import make as ledger
from tests.messaging import make as messaging
from tests.notices import make as notices
from tests.people import make as people
from tests.people.make import AT

NAME, CALLED, MAILBOX, PHONE, NUMBER = (
    "Kanari Fullname",
    "Kanarical",
    "kanari.mail@example.org",
    "+49555000111",
    "KANARI-77",
)
KEEPS_ITS_VALUE = {"status", "state", "kind", "currency", "language", "zone", "method", "code", "number"}
_numbers = itertools.count(1)


def boss() -> Person:
    """Return an administrator who can sign in, so that nobody else is the last one."""
    made = people.employee("Petra Leiter", number="B-1")
    access.client(made, "administrator", "hr", "communications", "finance", "shop")
    return made


def life(other: Person) -> Person:
    """Return the person after a whole life; `other` is a colleague who wrote about them."""
    shop = commerce.shop()
    person = people.employee(
        NAME, unit=None, number=NUMBER, title="Kanari machinist", preferred_name=CALLED, mailbox=MAILBOX, phone=PHONE,
        birth_day=28, birth_month=2, birth_year=1990,
    )  # fmt: skip
    _signs_in(person)
    _works(person, other)
    _buys(person, shop)
    _speaks(person, other)
    _is_written_to(person, other)
    _talks(person, other)
    _was_imported(person)
    tell_all(at=AT)
    for kind in ("person", "idea"):
        reindex(kind=kind)
    return person


def _signs_in(person: Person) -> None:
    access.login(person)
    access.client(person, "hr", at=AT)
    issue_token(person=person, name="kanari token", scopes=["read"], expires_at=AT + timedelta(days=9), at=AT)
    issue(purpose="sign-in", person_id=person.pk, expires_at=AT + timedelta(days=1))
    Pin.objects.create(login=access.login_of(person), secret="x", set_at=AT)
    Arrangement.objects.create(person=person, order=["care"])


def _works(person: Person, other: Person) -> None:
    looked(person_ids=[person.pk], by_id=other.pk, what=What.PROFILE, at=AT)
    Absence.objects.create(person=person, since=date(2026, 1, 1), until=date(2026, 1, 5), recorded_at=AT)
    Deputy.objects.create(person=person, deputy=other)
    Assignment.objects.filter(tie__person=other).update(manager=person)
    unit = people.unit()
    unit.manager = person
    unit.save()
    ErasureRequest.objects.create(
        person=person, asked_by_id=person.pk, asked_at=AT, due_at=AT, reason="Kanari wants", state="declined",
        decided_by_id=other.pk, decided_at=AT, answer="not for Kanari Fullname",
    )  # fmt: skip
    DutyHolder.objects.create(role=DutyRole.objects.create(code="kanari-duty"), person=person, since=AT)
    ledger.lot(5, holder=Subject("person", person.pk), at=AT)
    Supplier.objects.create(
        organization=people.organization(kind="outside", name="Lotus"), number="S-1", contact=person, currency="EUR"
    )


def _buys(person: Person, shop: commerce.Shop) -> None:
    paid = commerce.order(shop.store, {shop.product: 3}, person, ship_to="Kanaristraße 1").order
    tell_all(at=AT)
    line = paid.lines.get()
    cancel_units(
        line=line, quantity=1, by_id=person.pk, caller=f"person:{person.pk}", idempotency_key="k", at=AT,
        reason="Kanari does not like it",
    )  # fmt: skip
    Order.objects.filter(pk=paid.pk).update(
        status=OrderStatus.DELIVERED, mailbox=MAILBOX, message="Kanari rings twice", delivered_at=AT
    )
    basket = Basket.objects.create(store=shop.store, person=person, updated_at=AT)
    BasketLine.objects.create(basket=basket, product=shop.product, quantity=1)
    gift = Gift.objects.create(product=shop.product, cost=Decimal(5), currency="VND")
    given = commerce.order(shop.store, {shop.product: 1}, person, ship_to="Kanaristraße 2").order
    Order.objects.filter(pk=given.pk).update(status=OrderStatus.DELIVERED)
    charity = Charity.objects.create(organization=shop.store.organization, name="Blue Dragon")
    Donation.objects.create(
        charity=charity, person=person, key="gift-offer:9", budget="unit:1", amount=Decimal(5), currency="VND",
        year=2026, at=AT,
    )  # fmt: skip
    Given.objects.create(
        order=given, person=person, gift=gift, budget="unit:1", cost=Decimal(5), currency="VND", year=2026, at=AT
    )
    bill = Invoice.objects.filter(payer__person=person).first()
    assert bill is not None
    payment = Payment.objects.create(
        organization=bill.organization, payer=bill.payer, reference="invoice:1", method="test-gateway",
        amount=Decimal(5), currency="VND", created_at=AT, return_url="/kanari/",
    )  # fmt: skip
    PaymentEvent.objects.create(
        provider="test", event_id="e1", kind="captured", payment_key=str(payment.public_id), amount=Decimal(5),
        currency="VND", body={"holder": NAME}, received_at=AT,
    )  # fmt: skip
    plan = shop.store.organization.payroll_plans.get()
    PayrollDeduction.objects.create(
        person=person, plan=plan, payment=payment, month=date(2026, 12, 1), amount=Decimal(5), at=AT
    )


def _speaks(person: Person, other: Person) -> None:
    idea = submit(author=person, title="Kanari title", text="Kanari text of an idea", category=Category.SAFETY, at=AT)
    Comment.objects.create(idea=idea, author=person, text="Kanari comments", at=AT)
    Attachment.objects.create(
        idea=idea, added_by=person, kind="pdf", name="Kanari.pdf", size=6, sha256="0" * 64, at=AT,
        stored=default_storage.save("ideas/a.pdf", ContentFile(b"kanari")),
    )  # fmt: skip
    Limit.objects.create(person=person, amount=Decimal(5), currency="EUR", valid_from=AT.date())
    Campaign.objects.create(
        title=Text(en="A question"),
        question=Text(en="What?"),
        owner=person,
        opens_at=AT,
        closes_at=AT + timedelta(days=1),
    )
    Vote.objects.create(idea=idea, person=person, at=AT)
    Comment.objects.create(idea=idea, author=other, text=f"{NAME} is right, ask {CALLED}.", at=AT)
    Rating.objects.create(subject="product:1", person=person, stars=4, words="Kanari likes it", at=AT)
    asked = ask(asker=person, title="Kanari question", text="Kanari asks", at=AT)
    asked.sayings.create(author=other, ours=True, text=f"Dear {CALLED}", at=AT)
    theirs = ask(asker=other, title="Other question", text=f"{NAME} told me", at=AT)
    theirs.sayings.create(author=person, ours=True, text="I answered", at=AT)
    promise = Promise.objects.filter(waiting_person=person).first()
    assert promise is not None
    PromiseEvent.objects.create(promise=promise, what="extended", at=AT, reason="Kanari agreed")
    Promise.objects.filter(subject=f"request:{theirs.pk}").update(owner=person)
    notice = notices.draft(person, reason=f"{NAME} saw it")
    notices.published(person)
    notice.versions.create(version=9, title=Text(en="t"), body=Text(en="b"), released_by=person, released_at=AT)
    Escalation.objects.create(notice=notice, manager=person, sent_to=person, outstanding=1, sent_at=AT)
    content.released(person)
    Rulebook.objects.create(version=99, urgent_quota=3, ladder=[], changed_by=person, changed_at=AT)
    Approval.objects.create(
        notice=notice, kind="urgent", asked_by=person, asked_at=AT, granted=False, decided_by=other, decided_at=AT,
        why="too many",
    )  # fmt: skip
    MusterLink.objects.create(
        notice=notice, site=people.site(), label="Gate 3", issued_by=person, issued_at=AT,
        expires_at=AT + timedelta(days=1),
    )  # fmt: skip
    Wishes.objects.create(person=person, hour=8)
    Child.objects.create(person=person, name=f"{CALLED} junior", born_on=AT.date(), consented_at=AT)
    Term.objects.create(person=person, kind="contract", ends_on=AT.date(), recorded_by_id=other.pk, recorded_at=AT)
    Presence.objects.create(person=person, at=AT)
    for theirs, keeper in ((person, other), (other, person)):
        card = GroupCard.objects.create(
            person=theirs, organizer=keeper, kind="birthday", day=AT.date(), due_at=AT, made_at=AT, delivered_at=AT
        )
        Signing.objects.create(card=card, person=keeper, words=f"From {keeper.name}", signed_at=AT)
    Mute.objects.create(person=person, since=AT.date(), until=AT.date(), recorded_by_id=other.pk, recorded_at=AT)
    Errand.objects.create(run_id=1, position=0, person=person, words=Text(en=f"Call {CALLED}"), at=AT)
    Preference.objects.create(person=person, kind="like", value="kanari tea", expires_on=date(2030, 1, 1))
    GiftOffer.objects.create(
        run_id=1, person=person, budget=Decimal(5), currency="VND", offered_at=AT, until=AT, gift="order:1"
    )
    programme = Programme.objects.create(code="kanari-birthday", name=Text(en="Birthday"), moment="birthday")
    version = ProgrammeVersion.objects.create(
        programme=programme, version=1, rule={"attribute": "tie", "is": ["employee"]}, hour=9, steps=[], released_at=AT
    )
    Run.objects.create(
        programme=programme, version=version, person=person, occasion="2026", due_at=AT, begun_at=AT, state="done",
        done_at=AT,
    )  # fmt: skip


def _is_written_to(person: Person, other: Person) -> None:
    alone = messaging.message([person], title=Text(en=f"Hello {CALLED}"), body=Text(en=f"{NAME}, {MAILBOX}"))
    both = messaging.message([person, other], body=Text(en=f"Whoever saw {NAME}"))
    about = messaging.message([other], body=Text(en="Kanari text of an idea waits"), about=Subject("person", person.pk))
    for message in (alone, both, about):
        make_mails(message_id=message.pk, after=0, upto=Person.objects.latest("pk").pk, at=AT)
    SupersededAcknowledgement.objects.create(
        message=alone, person_id=person.pk, version=1, seen_sha256="0" * 64, seen_language="en", acknowledged_at=AT,
        superseded_at=AT,
    )  # fmt: skip
    Consent.objects.create(person=person, message_class="marketing", given=True, at=AT, source="page")
    Reach.objects.create(person=person)
    ConsentEntry.objects.create(
        person=person, message_class="marketing", given=True, at=AT, source="page", text_version="2",
        words="Offers by mail as well", language="en", by_id=person.pk,
    )  # fmt: skip
    DigestChoice.objects.create(person=person, message_class="survey", every="daily")
    PushDevice.objects.create(
        person=person,
        endpoint="https://push.example.com/1",
        p256dh="k",
        auth="a",
        label=f"{CALLED}'s phone",
        created_at=AT,
    )
    Number.objects.create(person=person, e164="+4955500011", confirmed_at=AT)
    Nudge.objects.create(
        person_id=person.pk, channel=3, number="+4955500011", title=NAME, text=f"Dear {CALLED}", link=MAILBOX,
        message_class="safety", error=MAILBOX, state="failed", next_try=AT, created_at=AT,
    )  # fmt: skip
    DigestEntry.objects.create(delivery_id=10**9, person_id=person.pk, due_at=AT, done_at=AT)
    Bounce.objects.create(
        mail_id=10**9,
        person_id=person.pk,
        address=MAILBOX,
        kind="hard",
        status="5.1.1",
        said=MAILBOX,
        day=AT.date(),
        at=AT,
    )
    Suppression.objects.create(address=MAILBOX, person_id=person.pk, reason="hard", detail=MAILBOX, since=AT)


def _talks(person: Person, other: Person) -> None:
    asked = talk.Conversation.objects.create(
        kind="duty", title="Kanari asks HR", duty="hr", asker=person, last_at=AT, created_at=AT
    )
    talk.Member.objects.create(conversation=asked, person=person, joined_at=AT)
    post = talk.Post.objects.create(
        conversation=asked, seq=1, rev=1, author=person, key=uuid4(), text="Kanari writes", at=AT,
        earlier=[{"text": "Kanari wrote", "at": AT.isoformat()}],
    )  # fmt: skip
    talk.PostFile.objects.create(
        post=post, kind="pdf", name="Kanari-plan.pdf", size=6, sha256="0" * 64,
        stored=default_storage.save("posts/a", ContentFile(b"kanari")),
    )  # fmt: skip
    theirs = talk.Post.objects.create(
        conversation=asked, seq=2, rev=2, author=other, key=uuid4(), text="It is done", at=AT, kind="handover"
    )
    talk.Post.objects.create(
        conversation=asked, seq=3, rev=3, author=people.person(), key=uuid4(), text=f"Ask {NAME}", at=AT
    )
    talk.Handover.objects.create(post=theirs, lead=person, due_at=AT)
    talk.Turned.objects.create(post=theirs, turn="promise", by=person, became="promise:1", at=AT)
    talk.Block.objects.create(person=person, blocked=other, at=AT)
    talk.Block.objects.create(person=other, blocked=person, at=AT)
    talk.Manners.objects.create(person=person, shows_reading=False)
    talk.Report.objects.create(post=theirs, author=other, by=person, text="x", reason="Kanari minds", at=AT)
    talk.Report.objects.create(post=post, author=person, by=other, text="Kanari writes", reason="rude", at=AT)


def _was_imported(person: Person) -> None:
    batch = ImportBatch.objects.create(
        kind="people", file_name=f"{NAME}.csv", at=AT, rejects=[["people.csv", 3, "mailbox", MAILBOX, "is taken"]]
    )
    ExternalId.objects.create(system="hr", kind="people.person", external_id=NUMBER, object_id=person.pk)
    ImportedRow.objects.create(
        batch=batch, model="people.person", object_id=person.pk, action="updated", before={"phone": PHONE},
        after={"full_name": NAME},
    )  # fmt: skip
    Organization.objects.filter(name="Lotus").update(address=f"c/o {NAME}")


def tables() -> list[tuple[str, Table]]:
    """Return every table of every holding."""
    return [
        (name, table) for name, holding in HOLDINGS.items() if isinstance(holding, Tables) for table in holding.tables
    ]


def words_of(table: Table) -> list[models.Field[Any, Any]]:
    """Return the columns of a table in which a person's own words can stand."""
    fields = {field.name: field for field in table.model._meta.concrete_fields}
    return [
        field
        for name in table.shows
        if (field := fields.get(name)) is not None
        and isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and name not in KEEPS_ITS_VALUE
    ]


def sow(person: Person) -> dict[str, str]:
    """Write a canary of its own into every such column of the person's rows; return them by `table.column`.

    Bills never change, so theirs are those that were there when they were issued.
    """
    canaries: dict[str, str] = {}
    for _name, table in tables():
        if not table.mine or table.model in {Invoice, *_lines_of_bills()}:
            continue
        rows = table.rows(person.pk)
        for field in words_of(table):
            canary = f"Zz{next(_numbers):03d}qx"
            size = field.max_length or 99
            value = f"{canary}@example.org" if isinstance(field, models.EmailField) else canary
            for row in rows[:1]:
                table.model._default_manager.filter(pk=row.pk).update(**{field.name: value[:size]})
                canaries[f"{table.model._meta.label_lower}.{field.name}"] = canary[:size]
    return canaries


def _lines_of_bills() -> set[type[models.Model]]:
    return {relation.related_model for relation in Invoice._meta.related_objects if relation.name in {"lines", "taxes"}}  # type: ignore[misc]
