"""Whatever a program sends, within or outside of the description: no fault of ours, and nothing undescribed comes back."""

import itertools
import json
import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kith.access.endpoints import limits
from kith.billing.invoices.models import Invoice
from kith.commerce.orders.models import Order
from kith.commerce.stores.models import Store
from kith.config.api import api as described
from kith.config.api_schema import schema_of
from kith.config.demo.actions import ensure_demo
from kith.config.wsgi import application
from kith.kernel import clock
from kith.kernel.facts.sequencing import number_facts
from kith.kernel.facts.telling import tell_all
from kith.notices.publishing.models import Notice
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.promises.commitments.models import Promise
from kith.support.requests.models import ServiceRequest
from kith.voice.ideas.models import Idea
from tests.config.api.make import Program

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls"), pytest.mark.fault]
EXAMPLES = {"quick": 5, "small": 15, "full": 100}[os.environ.get("KITH_CHECK_SIZE", "small")]
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, negative_data_rejection,
]  # fmt: skip
THINGS: dict[str, Any] = {
    "persons": Person, "orders": Order, "invoices": Invoice, "notices": Notice, "segments": Segment, "promises": Promise,
    "requests": ServiceRequest, "ideas": Idea,
}  # fmt: skip


DESCRIBED = schemathesis.openapi.from_dict(json.loads(json.dumps(schema_of(described))))
DESCRIBED.app = application
OPERATIONS = {each.ok().label: each.ok() for each in DESCRIBED.get_all_operations()}


@pytest.fixture
def program(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """Yield a program over the demo, of somebody who may do everything."""
    monkeypatch.setattr(limits, "A_MINUTE", 10**9)
    at = clock.now()
    ensure_demo(people=10, at=at)
    tell_all(at=at)
    number_facts()
    person = Person.objects.get(full_name="Nguyễn Thị Lan")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the test's own transaction goes on
    yield Program(person, roles=("administrator", "communications", "hr", "shop", "finance", "agent", "leadership"))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _real(case: schemathesis.Case) -> None:
    """Let half of the cases name a thing that exists, so that what lies behind a 404 is tried too."""
    for name, value in list((case.path_parameters or {}).items()):
        kind = case.path.split("/")[3]
        if name == "store":
            case.path_parameters[name] = Store.objects.values_list("code", flat=True).first()
        elif name.endswith("_id") and kind in THINGS and uuid.UUID(str(value)).int % 2:
            found = THINGS[kind].objects.order_by("pk").values_list("public_id", flat=True)
            case.path_parameters[name] = str(found[uuid.UUID(str(value)).int % len(found)])


def test_every_operation_is_tried() -> None:
    assert len(OPERATIONS) >= 60


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["within", "outside"])
def test_nothing_that_is_sent_breaks_anything(
    program: Program, mode: GenerationMode, measured: Callable[[str, str, str], None]
) -> None:
    found, asked = [], itertools.count()
    for label, operation in OPERATIONS.items():
        try:
            _try(operation, mode, program.token, asked)
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001  (every operation is tried, whatever the one before did)
            found.append(f"{label}: {error} {getattr(error, 'exceptions', '')}")
    assert found == []
    measured(
        f"API, fuzz {mode.value}",
        "0 faults, nothing undescribed",
        f"0 of {next(asked)} requests, {len(OPERATIONS)} operations",
    )


def _try(operation: Any, mode: GenerationMode, token: str, asked: "itertools.count[int]") -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        derandomize=True, database=None,
    )  # fmt: skip
    def ask(case: schemathesis.Case) -> None:
        next(asked)
        if mode == GenerationMode.POSITIVE:
            _real(case)
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    ask()
