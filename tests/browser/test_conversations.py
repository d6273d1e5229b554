"""Two people talk live in two real browsers; one of them loses the connection in between."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from kith.messaging.conversations.models import Conversation, Post
from tests.browser import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(demo_address: str) -> str:
    make.demo()
    return demo_address


def send(page: Page, text: str) -> None:
    page.locator("#talk-text").fill(text)
    page.locator("#talk-text").press("Control+Enter")


def test_two_people_talk_live_in_order_and_nothing_arrives_twice(chromium: Browser, page: Page, stage: str) -> None:
    phone = chromium.new_context(viewport=make.PHONE, locale="vi-VN").new_page()  # type: ignore[arg-type]
    make.become(page, stage, "mai")
    make.become(phone, stage, "lan")
    talk = Conversation.objects.get(kind="direct", members__person__full_name="Nguyễn Thị Lan")
    for each in (page, phone):
        each.goto(f"{stage}/messages/{talk.public_id}/")
        make.look(each)
    send(page, "Chị nhận ca sáng rồi nhé <b>")
    expect(phone.locator("#talk-posts > li").last).to_contain_text("Chị nhận ca sáng rồi nhé <b>")
    send(phone, "Dạ, em báo anh Hùng rồi ạ 🎉")
    expect(page.locator("#talk-posts > li").last).to_contain_text("em báo anh Hùng rồi ạ 🎉")
    phone.context.set_offline(True)
    send(phone, "viết lúc mất mạng")
    expect(phone.locator("#talk-state")).not_to_be_empty()
    send(page, "trong lúc đó")
    phone.context.set_offline(False)
    expect(page.locator("#talk-posts > li").last).to_contain_text("viết lúc mất mạng", timeout=15_000)
    for each in (page, phone):
        expect(each.locator("#talk-posts > li").filter(has_text="viết lúc mất mạng")).to_have_count(1)
        expect(each.locator("#talk-posts > li").filter(has_text="trong lúc đó")).to_have_count(1)
        numbers = each.locator("#talk-posts > li").evaluate_all("all => all.map(one => Number(one.dataset.seq))")
        assert numbers == list(range(1, len(numbers) + 1))
    page.locator("#talk-posts > li").last.locator("summary").click()
    make.look(page)
    phone.context.close()


def test_a_group_mentions_members_by_the_keyboard_and_one_click_makes_an_idea(page: Page, stage: str) -> None:
    make.become(page, stage, "hung")
    group = Conversation.objects.get(kind="group")
    page.goto(f"{stage}/messages/{group.public_id}/")
    box = page.locator("#talk-text")
    box.press_sequentially("Hello @李", delay=20)
    expect(page.locator("#talk-pick [role=option]")).to_have_count(1)
    make.look(page)
    box.press("Enter")
    expect(box).to_have_value("Hello @李娜 ")
    box.press("Control+Enter")
    expect(page.locator("#talk-posts > li").last.locator(".k-talk-name")).to_have_text("@李娜")
    assert Post.objects.latest("pk").mentions != []
    page.locator("#talk-posts > li").last.locator("summary").click()
    page.get_by_role("button", name="ý tưởng").or_(page.get_by_role("button", name=re.compile("idea"))).click()
    page.wait_for_url(re.compile(r"\?at=\d+"))
    expect(page.locator("#talk-posts > li").last.locator('a[href^="/ideas/"]')).to_be_visible()


def test_every_page_of_conversations_is_clean_on_phone_and_desk_dark_too(page: Page, stage: str) -> None:
    make.become(page, stage, "hung")
    line = Conversation.objects.get(kind="roster")
    paths = ("/messages/", "/messages/new/", "/messages/settings/", "/messages/moderation/", f"/messages/{line.public_id}/",
             f"/messages/{line.public_id}/settings/")  # fmt: skip
    for size, scheme in (({"width": 1280, "height": 800}, "light"), (make.PHONE, "dark")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for path in paths:
            page.goto(f"{stage}{path}")
            make.look(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    make.become(page, stage, "anna")
    for path in ("/desk/moderation/", "/desk/messages/"):
        page.goto(f"{stage}{path}")
        make.look(page)
