"""Nobody forgets a table: every column that names a person or holds words is some holding's, or stands here with a reason."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.people.persons.models import Person
from kith.people.privacy.shelf import HOLDINGS

NO_PERSON = {
    "access.tally": "keys are hashes of what is counted",
    "billing.allocation": "a payment and a bill, by identifier",
    "billing.invoicetax": "sums of a tax",
    "billing.numberseries": "the last number of a series",
    "billing.paymentprocess": "a definition of the organization",
    "billing.payrollplan": "a definition of the organization",
    "billing.taxrate": "a definition of the organization",
    "care.programme": "a definition of the organization",
    "care.programmeversion": "a definition of the organization",
    "commerce.category": "goods",
    "commerce.charity": "organizations that take donations",
    "commerce.gift": "goods",
    "commerce.giftpolicy": "a definition of the organization",
    "commerce.giftpot": "a definition of the organization",
    "commerce.price": "goods",
    "commerce.pricelist": "goods",
    "commerce.product": "goods",
    "commerce.store": "goods",
    "insight.snapshot": "numbers over many",
    "kernel.switch": "a name of ours",
    "kernel.tickstate": "a name of ours",
    "notices.wave": "counts of a step",
    "people.calendar": "working hours of a place",
    "people.holiday": "days of a country",
    "people.shift": "hours of a shift",
    "people.site": "a place; its owner is an organization",
    "portal.document": "folded words of a subject; dropped with it (portal.search)",
    "portal.homedefault": "what an audience sees first",
    "portal.identityversion": "the organization's name and theme",
    "portal.logo": "the organization's logo",
    "portal.setup": "how far a new organization is",
    "promises.dutyrole": "a code of ours",
    "supply.stocklevel": "goods",
    "supply.supplieditem": "goods",
    "voice.filing": "hashes in a chain",
}
"""Tables without anything of a person, and why."""

NO_WORDS = {
    "access.grant": {"role": "a code"},
    "access.kiosk": {"token_hash": "a hash of a device's secret"},
    "access.onetimetoken": {"digest": "a hash"},
    "access.apitoken": {"digest": "a hash"},
    "access.session": {"digest": "a hash"},
    "commerce.order": {"currency": "a code"},
    "kernel.fact": {"kind": "a name of ours"},
    "kernel.idempotencykey": {
        "scope": "a verb and an identifier", "key": "random, of the caller", "fingerprint": "a hash"
    },
    "kernel.importbatch": {"kind": "a name of ours", "system": "a name", "stored": "a random name"},
    "kernel.importedrow": {"model": "a name of ours"},
    "kernel.externalid": {"system": "a name", "kind": "a name of ours"},
    "kernel.pending": {"listener": "a name of ours"},
    "ledger.account": {"kind": "a code"},
    "ledger.lot": {"kind": "a code"},
    "messaging.mailout": {"message_class": "a code"},
    "notices.notice": {"rule": "a predicate over identifiers"},
    "content.news": {"rule": "a predicate over identifiers"},
    "people.organization": {"tax_id": "a firm's", "country": "a code", "currency": "a code"},
    "people.segment": {"code": "a code", "rule": "a predicate over identifiers"},
    "people.unit": {"code": "a code", "path": "identifiers"},
    "supply.item": {"sku": "goods", "gtin": "goods", "measure": "goods"},
    "supply.supplier": {"currency": "a code"},
    "supply.warehouse": {"code": "a code"},
}  # fmt: skip
"""Columns of words that hold nothing of a person, and why."""


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("kith.") and not model._meta.proxy:
            yield model


def names_a_person(field: Any) -> bool:
    if field.related_model is Person:
        return True
    named = field.name in {"person_id", "by_id", "sender_id"} or field.name.endswith("_by_id")
    return named and isinstance(field, models.BigIntegerField)


def holds_words(field: Any) -> bool:
    if isinstance(field, ArrayField):
        return True
    if isinstance(field, models.JSONField | models.TextField):
        return True
    return isinstance(field, models.CharField) and not field.choices and not isinstance(field, models.SlugField)


def covered() -> dict[type[models.Model], set[str]]:
    found: dict[type[models.Model], set[str]] = {}
    for holding in HOLDINGS:
        for model, names in holding.covers().items():
            found.setdefault(model, set()).update(names)
    return found


def test_every_column_that_names_a_person_or_holds_words_is_some_holdings() -> None:
    held, forgotten = covered(), []
    for model in ours():
        label = model._meta.label_lower
        known = held.get(model, set()) | set(NO_WORDS.get(label, {}))
        for field in model._meta.concrete_fields:
            if field.name.removesuffix("_id") in known or field.name in known:
                continue
            if names_a_person(field) or (holds_words(field) and label not in NO_PERSON):
                forgotten.append(f"{label}.{field.name}")
    assert forgotten == [], "declare these in the capability's privacy.py, or say here why not"


def test_every_table_with_a_person_in_it_is_some_holdings() -> None:
    held = covered()
    forgotten = [m._meta.label_lower for m in ours() if m not in held and m._meta.label_lower not in NO_PERSON]
    assert forgotten == []


def test_the_exceptions_are_still_tables_and_columns() -> None:
    tables = {model._meta.label_lower: {f.name for f in model._meta.concrete_fields} for model in ours()}
    assert set(NO_PERSON) <= set(tables)
    assert [f"{t}.{c}" for t, columns in NO_WORDS.items() for c in columns if c not in tables.get(t, set())] == []


def test_every_column_declared_exists() -> None:
    wrong = [
        f"{model._meta.label_lower}.{name}"
        for model, names in covered().items()
        for name in names
        if name != "pk" and name not in {f.name.removesuffix("_id") for f in model._meta.concrete_fields}
    ]
    assert wrong == []


def test_the_net_is_not_torn() -> None:
    """Without a capability's holdings the test above must find its tables."""
    left = {model for name, holding in HOLDINGS.items() if not name.startswith("voice.") for model in holding.covers()}
    forgotten = {m._meta.label_lower for m in ours() if m not in left and m._meta.label_lower not in NO_PERSON}
    assert {"voice.idea", "voice.comment", "voice.vote", "voice.rating"} <= forgotten
