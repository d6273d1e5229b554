"""The stories of the demo in a real Chromium, on phone and desk, with axe on every page."""

import re

import pytest
from playwright.sync_api import Page, expect

from kith.kernel import clock
from kith.messaging.deliveries.models import Delivery, State
from kith.messaging.deliveries.rendering import render
from kith.messaging.links.tokens import ACKNOWLEDGE, DeliveryLink, link_for
from kith.messaging.mail.models import MailOut
from kith.people.persons.models import Person
from kith.portal.signin.actions import send
from kith.portal.signin.kinds import SIGN_IN_LINK
from kith.voice.ideas.models import Idea
from tests.browser import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(demo_address: str) -> str:
    make.demo()
    return demo_address


def test_an_urgent_notice_reaches_the_line_and_is_acknowledged_on_a_phone(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    make.become(page, stage, "lan")
    expect(page.get_by_text("Dừng chuyền 3").first).to_be_visible()
    make.look(page)
    page.locator(".k-card", has_text="Dừng chuyền 3").locator("form[action*=acknowledge] button").first.click()
    expect(page.locator("body")).not_to_contain_text("form[action*=acknowledge]")
    page.wait_for_timeout(800)
    lan = Person.objects.get(full_name="Nguyễn Thị Lan")
    row = Delivery.objects.get(person_id=lan.pk, message__needs_acknowledgement=True, message__notice__drill=False)
    assert (row.state, row.seen_language) == (State.ACKNOWLEDGED, "vi")


def test_communications_writes_previews_and_publishes(page: Page, stage: str) -> None:
    make.become(page, stage, "anna")
    page.goto(f"{stage}/desk/notices/new/")
    make.look(page)
    page.get_by_label("Who must hear this").select_option(index=2)
    expect(page.locator("#audience")).to_contain_text("get this")
    for tag, title in (("en", "Water tomorrow"), ("vi", "Nước ngày mai"), ("zh-Hans", "明天停水")):
        page.locator(f"#id_title_{tag}").fill(title)
        page.locator(f"#id_body_{tag}").fill(title)
    page.locator("#id_due_at").fill("2031-01-01T08:00")
    page.get_by_role("button", name="Keep draft and preview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Water tomorrow")
    make.look(page)
    page.get_by_role("button", name="Publish to").click()
    make.work()
    page.reload()
    expect(page.locator("#standing")).to_contain_text("in the audience")
    make.look(page)


def test_a_link_by_mail_signs_in_once(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    send(typed="jonas@sen.example", purpose=SIGN_IN_LINK, at=clock.now())
    found = re.search(r"/t/\S+", MailOut.objects.get().text)
    assert found is not None
    link = stage + found[0]
    page.goto(link)
    make.look(page)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jonas Becker")
    page.context.clear_cookies()
    page.goto(link)
    expect(page.locator("main")).to_contain_text("The link was used on")


def test_a_link_by_mail_acknowledges_without_signing_in(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    lan = Person.objects.get(full_name="Nguyễn Thị Lan")
    row = Delivery.objects.get(person_id=lan.pk, message__needs_acknowledgement=True, message__notice__drill=False)
    text = render(row.message, language="vi").sha256
    address = link_for(DeliveryLink(ACKNOWLEDGE, row.pk, lan.pk, text), at=clock.now())
    page.goto(stage + address[address.index("/m/") :])
    make.look(page)
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()
    row.refresh_from_db()
    assert row.state == State.ACKNOWLEDGED


def test_an_employee_sees_own_price_and_buys_two(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    make.become(page, stage, "minh")
    page.goto(f"{stage}/store/sen/")
    make.look(page)
    page.goto(f"{stage}/store/sen/oolong-from-bao-loc-tin/")
    make.look(page)
    page.locator("input[name=quantity]").fill("2")
    page.locator("form:has(input[name=quantity]) button[type=submit]").first.click()
    page.goto(f"{stage}/store/sen/basket/")
    make.look(page)
    page.goto(f"{stage}/store/sen/checkout/")
    make.look(page)


def test_an_idea_is_written_on_a_phone_and_somebody_owes_the_answer(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    make.become(page, stage, "lan")
    page.goto(f"{stage}/ideas/new/")
    make.look(page)
    page.locator("#id_title").fill("Quạt ở chuyền 3")
    page.locator("#id_text").fill("Buổi chiều rất nóng.")
    page.locator("form:has(#id_title) button[type=submit]").last.click()
    expect(page.locator("button[name=anyway]")).to_be_visible()
    make.look(page)
    page.locator("button[name=anyway]").click()
    page.wait_for_url("**/ideas/*-*/")
    make.look(page)
    idea = Idea.objects.get(title="Quạt ở chuyền 3")
    assert idea.author.full_name == "Nguyễn Thị Lan"


PAGES = [
    ("sam", "/"), ("sam", "/admin/"), ("sam", "/admin/segments/new/"), ("sam", "/admin/imports/"), ("sam", "/admin/people/"),
    ("sam", "/admin/people/new/"), ("sam", "/people/"),
    ("sam", "/me/"), ("sam", "/search/?q=nguyen"), ("ha", "/desk/care/birthday/"), ("ha", "/desk/"),
    ("emily", "/bills/"), ("emily", "/orders/"), ("long", "/desk/unanswered/"), ("anna", "/desk/outbox/"),
    ("na", "/"), ("visitor", "/"), ("visitor", "/sign-in/"), ("visitor", "/demo/"), ("visitor", "/terms/"),
]  # fmt: skip


def test_axe_finds_nothing_on_the_main_pages_in_light_and_dark(page: Page, stage: str) -> None:
    make.look_at_all(page, stage, PAGES)


def test_the_keyboard_alone_reads_and_acknowledges(page: Page, stage: str) -> None:
    make.become(page, stage, "lan")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement?.closest('form')?.action?.includes('acknowledge')"
            " && document.activeElement.closest('.k-card')?.textContent.includes('Dừng chuyền 3')"
        ):
            break
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    lan = Person.objects.get(full_name="Nguyễn Thị Lan")
    assert (
        Delivery.objects.get(person_id=lan.pk, message__needs_acknowledgement=True, message__notice__drill=False).state
        == State.ACKNOWLEDGED
    )
