"""No view of the pages has a serious fault of accessibility, by axe-core, in light and in dark."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.rdf import export
from kg.view import explorer, network
from tests.tables_fixture import tables

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VIEWS = [
    "",
    "?rows=used&roles=0123",
    "entity/hardware/gpu",
    "paper/arxiv:2401.00001",
    "results",
    "browse",
    "sparql",
    "evidence",
    "network",
    "whole network",
]


@pytest.fixture(scope="module")
def axe():
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, from the extra `dev`")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("accessible")
    export.write(tables(), made)
    explorer.write(tables(), made, turtle=made / "kg.ttl")
    network.write(tables(), made)
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_serious_fault(open_page, folder, axe, view, scheme):
    file = "network.html" if view == "network" else "index.html"
    fragment = {"network": "", "evidence": "", "whole network": "#/network"}.get(view, f"#/{view}")
    page = open_page(folder / file, fragment, color_scheme=scheme, bypass_csp=True)
    if view == "evidence":
        page.locator("td button[data-cell]").first.click()
        page.locator(".panel blockquote").first.wait_for()
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    faults = {
        (v["id"], n["html"]) for v in found["violations"] for n in v["nodes"] if v["impact"] in ("serious", "critical")
    }
    assert faults == set()
