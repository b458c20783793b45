"""The explorer in a browser: it answers the question, by mouse and by keyboard, and runs nothing that a paper says."""

from __future__ import annotations

import pytest

from kg.view import explorer
from tests.tables_fixture import HOSTILE_TITLE, tables

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return explorer.write(tables(), tmp_path_factory.mktemp("explorer"))


def cell(page, row, column):
    """The button of a cell, found as a screen reader would: by its name."""
    return page.get_by_role("button", name=f"{row}, {column}: ")


def test_the_first_view_has_a_row_for_a_method_and_says_the_role(open_page, path):
    page = open_page(path)
    assert page.get_by_role("heading", level=1).inner_text() == "Which methods target which hardware, and who says so?"
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="TileFlow"))
    assert row.get_by_role("button").first.get_attribute("aria-label").startswith("TileFlow, ")
    assert "targets 1" in row.get_by_role("button").first.get_attribute("aria-label")


def test_a_paper_that_names_nothing_of_its_own_is_a_row(open_page, path):
    page = open_page(path)
    assert cell(page, "A streaming accelerator for convolutional networks", "FPGA").count() == 1


def test_a_click_on_a_cell_shows_the_sentence_and_the_source(open_page, path):
    page = open_page(path, "#/matrix?cols=product")
    cell(page, "TileFlow", "NVIDIA A100").click()
    panel = page.get_by_label("Evidence", exact=True)
    assert "We propose TileFlow, an attention kernel designed for the NVIDIA A100." in panel.inner_text()
    assert panel.get_by_role("link", name="arxiv.org").get_attribute("href") == "https://arxiv.org/abs/2401.00001"
    assert "80 % sure" in panel.inner_text()


def test_the_entity_is_marked_in_the_sentence(open_page, path):
    page = open_page(path, "#/matrix?cols=product")
    cell(page, "TileFlow", "AMD MI300X").click()
    panel = page.get_by_label("Evidence", exact=True)
    assert panel.locator("blockquote mark").all_inner_texts() == ["AMD MI300X"]


def test_a_view_can_be_shared_and_the_back_button_undoes(open_page, path):
    page = open_page(path, "#/matrix?cols=product&cell=method%2Ftileflow%7Ehardware%2Fnvidia-a100")
    assert page.get_by_label("Evidence", exact=True).is_visible()
    page.get_by_role("button", name="Close evidence").click()
    page.get_by_label("Evidence", exact=True).wait_for(state="hidden")
    page.go_back()
    page.get_by_label("Evidence", exact=True).wait_for(state="visible")


def test_arrow_keys_move_between_cells_enter_opens_and_escape_returns(open_page, path):
    page = open_page(path, "#/matrix?cols=product")
    page.locator("td button[tabindex='0']").focus()
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert before != after
    page.keyboard.press("Enter")
    page.get_by_label("Evidence", exact=True).wait_for(state="visible")
    page.keyboard.press("Escape")
    page.get_by_label("Evidence", exact=True).wait_for(state="hidden")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == after


def test_a_column_opens_along_the_hierarchy(open_page, path):
    page = open_page(path, "#/matrix?cols=class")
    assert cell(page, "TileFlow", "NVIDIA A100").count() == 0
    page.get_by_role("button", name="Expand GPU").click()
    page.get_by_role("button", name="Expand NVIDIA Ampere").click()
    cell(page, "TileFlow", "NVIDIA A100").wait_for()


def test_a_role_that_is_switched_off_is_not_counted(open_page, path):
    page = open_page(path, "#/matrix?cols=product")
    assert cell(page, "TileFlow", "AMD MI300X").count() == 1
    page.locator(".toggle", has_text="evaluated on").click()
    cell(page, "TileFlow", "AMD MI300X").wait_for(state="detached")


def test_a_hostile_title_is_text_in_the_table_and_on_its_page(open_page, path):
    page = open_page(path, "#/matrix?rows=papers")
    page.get_by_role("rowheader").get_by_role("link", name=HOSTILE_TITLE).click()
    page.locator("article.paper h1").wait_for()
    assert page.locator("article.paper h1").inner_text() == HOSTILE_TITLE
    assert page.locator(".abstract b").count() == 0
    assert "</script><b>network</b>" in page.locator(".abstract").inner_text()


def test_marks_stand_on_their_words_after_characters_beyond_the_first_plane(open_page, path):
    page = open_page(path, "#/matrix?rows=papers")
    page.get_by_role("rowheader").get_by_role("link", name=HOSTILE_TITLE).click()
    page.locator(".abstract mark").first.wait_for()
    assert "microcontrollers" in page.locator(".abstract mark").all_inner_texts()


def test_an_entity_has_a_page_with_papers_by_role_and_what_is_known(open_page, path):
    page = open_page(path, "#/entity/hardware/nvidia-a100")
    text = page.locator("article.entity").inner_text()
    assert "Also called" in text
    assert "Tesla A100" in text
    assert "designed for the NVIDIA A100" in text
    assert page.locator(".tree").get_by_role("link", name="NVIDIA Ampere").count() == 1


def test_search_forgives_typing_errors(open_page, path):
    page = open_page(path)
    page.keyboard.press("/")
    page.keyboard.type("tilefolw")
    page.get_by_role("option").first.wait_for()
    assert "TileFlow" in page.get_by_role("option").first.inner_text()
    page.keyboard.press("Enter")
    page.locator("article.page h1").wait_for()
    assert "TileFlow" in page.locator("article.page h1").inner_text()


def test_results_are_drawn_and_a_dot_tells_its_sentence(open_page, path):
    page = open_page(path, "#/results")
    page.get_by_role("button", name="2.5x faster").focus()
    page.locator(".reading blockquote").wait_for()
    assert "2.5x faster than PyTorch on the A100" in page.locator(".reading").inner_text()


@pytest.mark.parametrize("fragment", ["", "#/results", "#/browse", "#/entity/hardware/gpu", "#/entity/none", "#/x%"])
def test_every_view_opens_on_a_narrow_dark_screen(open_page, path, fragment):
    page = open_page(path, fragment, color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
