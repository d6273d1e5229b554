from typing import Any

import pytest
from django.test import Client

from kith.kernel import clock
from kith.messaging.deliveries.actions import acknowledge
from kith.messaging.deliveries.models import Delivery
from kith.messaging.deliveries.rendering import render
from kith.promises.debts import debts_of
from tests.access import make as access
from tests.notices import make
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def test_an_acknowledgement_is_owed_until_it_is_given_and_named_among_my_promises(
    django_assert_num_queries: Any,
) -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    lan = plant.workers[0]
    with django_assert_num_queries(1):
        (debt,) = debts_of(person_id=lan.pk, at=AT)
    assert (debt.label, debt.due_at, debt.since) == ("Acknowledge: Stop line 3", notice.due_at, notice.published_at)
    browser: Client = access.client(lan, at=clock.now())
    page = browser.get("/promises/", headers={"accept-language": "en"}).content.decode()
    assert debt.link in page
    assert debt.link.strip("/").split("/")[-1] == str(notice.message.public_id)
    row = Delivery.objects.select_related("message").get(message_id=notice.message_id, person_id=lan.pk)
    seen = render(row.message, language="vi").sha256
    acknowledge(delivery_id=row.pk, person_id=lan.pk, seen_sha256=seen, at=AT, via="page")
    assert debts_of(person_id=lan.pk, at=AT) == []
