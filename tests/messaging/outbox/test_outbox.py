from typing import Any

import pytest

from kith.messaging.mail.actions import post
from kith.messaging.mail.letters import Letter
from kith.messaging.mail.models import MailOut, MailState
from tests.access import make as access
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]

KEY = "http://localhost:8000/t/secret~signature/"


@pytest.fixture(autouse=True)
def no_demo(settings: Any) -> None:
    settings.KITH_DEMO = False


def kept(subject: str = "Hello", address: str = "lan@example.com", **given: Any) -> MailOut:
    made = Letter(subject=subject, text=f"Go to {KEY} now\n", html=f'<p style="color:red"><a href="{KEY}">Go</a></p>')
    mail = post(
        person_id=given.pop("person_id", None), address=address, made=made, message_class="transactional", at=AT
    )
    MailOut.objects.filter(pk=mail.pk).update(**given)
    return mail


def test_communications_and_administrators_see_it_and_nobody_else() -> None:
    kept()
    for roles, status in ((("communications",), 200), (("administrator",), 200), (("hr",), 403), ((), 403)):
        assert access.client(people.person(), *roles).get("/desk/outbox/").status_code == status
    assert access.client().get("/desk/outbox/").status_code == 302


def test_in_a_demo_everyone_signed_in_sees_it(settings: Any) -> None:
    settings.KITH_DEMO = True
    assert access.client(people.person()).get("/desk/outbox/").status_code == 200


def test_it_finds_by_state_name_address_and_subject() -> None:
    lan = people.person("Trần Thị Lan")
    kept("First", person_id=lan.pk)
    kept("Second", address="bob@example.org")
    kept("Third", address="eve@example.org", state=MailState.FAILED, error="550 no such person")
    desk = access.client(people.person(), "communications")

    def found(query: str) -> list[str]:
        content = desk.get(f"/desk/outbox/{query}").content.decode()
        return [word for word in ("First", "Second", "Third") if f">{word}<" in content]

    assert found("") == ["First", "Second", "Third"]
    assert found("?q=example.org") == ["Second", "Third"]
    assert found("?q=thị lan") == ["First"]
    assert found("?q=secon") == ["Second"]
    assert found("?state=failed") == ["Third"]
    assert found("?state=failed&q=bob") == []
    assert found("?q=%00&before=99999999999999999999&state=nonsense") == ["First", "Second", "Third"]
    assert "550 no such person" in desk.get("/desk/outbox/?state=failed").content.decode()
    assert "Trần Thị Lan" in desk.get("/desk/outbox/").content.decode()


def test_pages_follow_one_another_and_cost_the_same_whatever_is_on_them(django_assert_max_num_queries: Any) -> None:
    for n in range(60):
        kept(f"Mail {n:02}", person_id=people.person().pk)
    desk = access.client(people.person(), "communications")
    with django_assert_max_num_queries(12) as first:
        content = desk.get("/desk/outbox/").content.decode()
    assert content.count("Mail ") == 50
    assert "Mail 09" not in content
    before = MailOut.objects.order_by("-id")[49].pk
    assert f"before={before}" in content
    with django_assert_max_num_queries(len(first)):
        assert desk.get(f"/desk/outbox/?before={before}").content.decode().count("Mail ") == 10


def test_a_failed_mail_is_tried_again_and_a_sent_one_is_not() -> None:
    failed, sent = kept(state=MailState.FAILED, attempts=3), kept(state=MailState.SENT)
    desk = access.client(people.person(), "communications")
    for mail in (failed, sent):
        assert desk.post(f"/desk/outbox/{mail.public_id}/retry/").status_code == 302
    assert list(MailOut.objects.order_by("id").values_list("state", "attempts")) == [("waiting", 0), ("sent", 0)]
    assert desk.get(f"/desk/outbox/{failed.public_id}/retry/").status_code == 405


def test_links_that_act_for_the_recipient_are_cut() -> None:
    mail = kept()
    desk = access.client(people.person(), "communications")
    for address in (f"/desk/outbox/{mail.public_id}/", f"/desk/outbox/{mail.public_id}/html/"):
        content = desk.get(address).content.decode()
        assert "Go" in content
        assert "secret" not in content
        assert "signature" not in content


def test_the_control_a_demo_shows_them(settings: Any) -> None:
    settings.KITH_DEMO = True
    mail = kept()
    reader = access.client(people.person())
    for address in (f"/desk/outbox/{mail.public_id}/", f"/desk/outbox/{mail.public_id}/html/"):
        assert KEY in reader.get(address).content.decode()


def test_a_mail_shown_as_html_can_do_nothing() -> None:
    mail = kept()
    answer = access.client(people.person(), "communications").get(f"/desk/outbox/{mail.public_id}/html/")
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert access.client(people.person()).get(f"/desk/outbox/{mail.public_id}/html/").status_code == 403
