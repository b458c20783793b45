"""The questions of docs/explorer.md on the example build: each answered in the clicks that stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]


class Reader:
    """Somebody in front of the page who counts what he does; choosing in a list is one click, so is Enter."""

    def __init__(self, page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, found) -> None:
        found.click()
        self.clicks += 1

    def choose(self, field: str, label: str) -> None:
        self.page.locator(field).select_option(label=label)
        self.clicks += 1

    def search(self, words: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.get_by_role("option").first.wait_for()


def methods_by_hardware(reader):
    cell = reader.page.locator("td button[data-cell]").first
    return cell.get_attribute("aria-label"), "targets"


def who_says_so(reader):
    reader.click(reader.page.locator("td button[data-cell]").first)
    panel = reader.page.get_by_label("Evidence", exact=True)
    panel.locator("blockquote").first.wait_for()
    return panel.inner_text(), "% sure"


def fpgas_only(reader):
    reader.search("fgpa")
    reader.click(reader.page.get_by_role("option").first)
    reader.click(reader.page.get_by_role("link", name="In the matrix"))
    reader.page.locator("td button[data-cell]").first.wait_for()
    return ", ".join(reader.page.locator("thead .leaf").all_inner_texts()), "FPGA"


def compared_with(reader):
    reader.choose("#f-cols", "Product")
    return reader.page.locator("td .glyph.g2").first.evaluate("g => g.closest('button').ariaLabel"), "compared with"


def techniques(reader):
    reader.choose("#f-rows", "Techniques")
    return reader.page.locator(".summary").inner_text(), "techniques × "


def families(reader):
    reader.choose("#f-rows", "Families of techniques")
    return reader.page.locator(".summary").inner_text(), "families × "


def years(reader):
    reader.choose("#f-rows", "Years")
    return reader.page.locator("tbody th").first.inner_text(), "20"


def vendors(reader):
    reader.choose("#f-cols", "Vendor")
    return ", ".join(reader.page.locator("thead").all_inner_texts()), "NVIDIA"


def speed_ups(reader):
    reader.click(reader.page.get_by_role("link", name="Results", exact=True))
    reader.page.locator("g.dot").first.focus()
    reader.page.locator(".reading blockquote").wait_for()
    return reader.page.locator(".reading").inner_text(), "% sure"


def known_of_a100(reader):
    reader.search("a100")
    reader.page.keyboard.press("Enter")
    reader.clicks += 1
    reader.page.locator("article.entity h1").wait_for()
    return reader.page.locator("article.entity").inner_text(), "Also called"


def one_paper(reader):
    who_says_so(reader)
    reader.click(reader.page.locator(".panel .reference a").first)
    reader.page.locator(".abstract mark").first.wait_for()
    return reader.page.locator("article.paper").inner_text(), "What was read from it"


ASKED = (
    methods_by_hardware,
    who_says_so,
    fpgas_only,
    compared_with,
    techniques,
    families,
    years,
    vendors,
    speed_ups,
    known_of_a100,
    one_paper,
)


def documented() -> list[int]:
    """The column of clicks in the table of docs/explorer.md."""
    lines = (ROOT / "docs" / "explorer.md").read_text("utf-8").split("## Eleven questions")[1].split("##")[0]
    return [int(n) for n in re.findall(r"\| (\d+) \|$", lines, re.MULTILINE)]


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_a_newcomers_question_is_answered_in_the_clicks_that_the_docs_say(open_page, number):
    reader = Reader(open_page(ROOT / "output" / "example" / "index.html"))
    reader.page.set_default_timeout(10_000)
    shown, expected = ASKED[number](reader)
    assert expected in shown
    assert reader.clicks == documented()[number]
