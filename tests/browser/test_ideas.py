"""The journey of an idea in a real Chromium: said before, said without a name, answered, and done."""

import re

import pytest
from playwright.sync_api import Page, expect

from kith.kernel import clock
from kith.voice.anonymous.actions import next_opening
from kith.voice.anonymous.opening import open_box
from kith.voice.ideas.models import Idea, Vote
from tests.browser import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECEIPT = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture
def stage(demo_address: str) -> str:
    make.demo()
    return demo_address


def test_what_was_said_before_appears_while_the_title_is_typed_and_is_supported_instead(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    make.become(page, stage, "hung")
    page.goto(f"{stage}/ideas/new/")
    page.locator("#id_title").press_sequentially("khay de chai rong", delay=20)
    similar = page.locator("#similar li").filter(has_text="Khay để chai rỗng trên xe")
    expect(similar).to_be_visible()
    make.look(page)
    number = Idea.objects.count()
    similar.get_by_role("button").click()
    page.wait_for_url(re.compile(r"/ideas/[0-9a-f]{8}-"))
    assert Vote.objects.get(idea__title="Khay để chai rỗng trên xe", person__full_name="Lê Văn Hùng").mine
    assert Idea.objects.count() == number


def test_without_a_name_from_the_receipt_to_the_answer(page: Page, stage: str) -> None:
    page.set_viewport_size(make.PHONE)  # type: ignore[arg-type]
    make.become(page, stage, "anna")
    page.goto(f"{stage}/ideas/anonymous/")
    make.look(page)
    page.locator("#id_title").fill("The gate is too narrow")
    page.locator("#id_text").fill("Lorries scratch it every week.")
    with page.expect_navigation():
        page.locator("form:has(#id_title) button[type=submit]").click()
    found = RECEIPT.search(page.content())
    assert found is not None
    make.look(page)
    assert not Idea.objects.filter(title="The gate is too narrow").exists(), "it lies in the closed box"
    open_box(at=next_opening(clock.now()))
    receipt, idea = found[0], Idea.objects.get(title="The gate is too narrow")
    make.become(page, stage, "ha")
    page.goto(f"{stage}/ideas/{idea.public_id}/")
    make.look(page)
    page.locator("#reply-text").fill("Which gate?")
    with page.expect_navigation():
        page.locator("form:has(#reply-text) button[type=submit]").click()
    page.context.clear_cookies()
    page.goto(f"{stage}/ideas/anonymous/thread/")
    page.locator("#id_receipt").fill(receipt.lower().replace("-", " "))
    with page.expect_navigation():
        page.locator("form:has(#id_receipt) button[type=submit]").click()
    expect(page.get_by_text("Which gate?")).to_be_visible()
    make.look(page)
    assert receipt not in page.url


def test_a_no_beyond_authority_is_refused_with_its_words_kept_and_the_yes_is_done(page: Page, stage: str) -> None:
    idea = Idea.objects.get(title="包装线旁安装雾化风扇")
    make.become(page, stage, "hung")
    page.goto(f"{stage}/ideas/{idea.public_id}/")
    page.locator("input[name=state][value=declined]").check()
    page.locator("#id_text").fill("Nước phun làm ướt sàn và băng chuyền, dễ trượt ngã khi đi qua.")
    page.locator("#id_reason").select_option("safety")
    page.locator("#id_cost").fill("900000000")
    with page.expect_navigation():
        page.locator("form:has(#id_cost) button[type=submit]").click()
    expect(page.locator("#id_text")).to_have_value(re.compile("trượt ngã"))
    make.look(page)
    page.locator("#id_cost").fill("150000000")
    page.locator("input[name=state][value=accepted]").check()
    with page.expect_navigation():
        page.locator("form:has(#id_cost) button[type=submit]").click()
    page.locator("#id_outcome").fill("Đã lắp sáu quạt phun sương ở chuyền đóng gói.")
    make.look(page)
    with page.expect_navigation():
        page.locator("form:has(#id_outcome) button[type=submit]").click()
    page.goto(f"{stage}/ideas/done/")
    expect(page.get_by_text("sáu quạt phun sương")).to_be_visible()
    make.look(page)


PAGES = [
    ("long", "/ideas/"), ("long", "/ideas/numbers/"), ("long", "/ideas/campaigns/"), ("ha", "/admin/ideas/"),
    ("ha", "/desk/ideas/campaigns/new/"), ("long", "/desk/measures/"), ("minh", "/promises/"),
    ("visitor", "/ideas/done/"), ("visitor", "/ideas/filings/"), ("visitor", "/ideas/anonymous/thread/"),
]  # fmt: skip


def test_axe_finds_nothing_on_the_pages_of_ideas_in_light_and_dark(page: Page, stage: str) -> None:
    make.look_at_all(page, stage, PAGES)
