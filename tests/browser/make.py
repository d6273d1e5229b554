"""What browser journeys share: the demo, being somebody, and axe."""

from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Page

from kith.config.demo.actions import ensure_demo
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Message

PHONE = {"width": 390, "height": 844}


def demo(people: int = 40) -> None:
    """Generate the demo and let everything go out, as the worker would."""
    ensure_demo(people=people, at=clock.now())
    work()


def work() -> None:
    """Do what the worker does: messages go out, facts are told."""
    for message in Message.objects.filter(sent_out_at=None):
        with transaction.atomic():
            send_out(message_id=message.pk, at=clock.now())
    tell_all(at=clock.now())


def become(page: Page, address: str, who: str) -> None:
    """Sign in as one of the cast with one click."""
    page.context.clear_cookies()
    page.goto(f"{address}/demo/")
    with page.expect_navigation():
        page.evaluate(
            "who => [...document.querySelectorAll('form')]"
            ".find(f => f.querySelector('input[name=person]')?.value === who).submit()",
            who,
        )


def look(page: Page) -> None:
    """Let axe look at the page; it must find nothing."""
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
    assert told == [], "\n".join(told)


def look_at_all(page: Page, address: str, pages: list[tuple[str, str]]) -> None:
    """Let axe look at pages, each as one of the cast (or a "visitor"), in light and dark; say all it finds at once."""
    last, faults = "", []
    for who, path in pages:
        if who == "visitor":
            page.context.clear_cookies()
        elif who != last:
            become(page, address, who)
        last = who
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(address + path)
            try:
                look(page)
            except AssertionError as error:
                faults.append(f"{who} {path} {scheme}: {error}")
    assert faults == [], "\n".join(faults)
