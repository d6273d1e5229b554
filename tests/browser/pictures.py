"""Takes the README's pictures from a running demo: `python tests/browser/pictures.py http://localhost:8000`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PHONE, DESK = (390, 844), (1280, 800)
PICTURES = (
    ("home", "lan", "/", PHONE),
    ("notice", "anna", "/desk/notices/ a", DESK),
    ("segment", "sam", "/admin/segments/ a", DESK),
    ("store", "minh", "/store/sen/", DESK),
    ("idea", "minh", "/ideas/ a", PHONE),
    ("care", "ha", "/desk/care/birthday/rehearsal/", DESK),
)
BE = "who => [...document.querySelectorAll('form')].find(f => f.querySelector('input[name=person]')?.value === who).submit()"


def main(address: str) -> None:
    """Save every picture; a path ending in ` a` opens the last link of the page's list."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, who, path, (width, height) in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            page.goto(f"{address}/demo/")
            with page.expect_navigation():
                page.evaluate(BE, who)
            url, _, first = path.partition(" ")
            page.goto(address + url)
            if first:
                links = page.locator("main table a, main ul a")
                page.goto(address + str(links.nth(links.count() - 1).get_attribute("href")))
            page.wait_for_timeout(500)
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
