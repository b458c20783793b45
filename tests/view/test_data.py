"""The data of the page hold what the tables hold, in a form that cannot end a script tag."""

from __future__ import annotations

import json
from html import unescape

from kg.view import data, explorer, page
from tests.tables_fixture import tables


def test_offsets_count_as_javascript_does():
    text = "a𝔸b"
    unit = data._Units(text)
    assert [unit(i) for i in range(4)] == [0, 1, 3, 4]


def test_every_fact_of_the_tables_is_in_the_core():
    core = data.core(tables(), "x")
    assert len(core["facts"]["s"]) == len(tables().facts)
    nodes = [row[0] for row in [*core["entities"], *core["papers"]]]
    facts = list(zip(*(core["facts"][k] for k in "sro"), strict=True))
    relations = [r["name"] for r in core["relations"]]
    said = {(nodes[s], relations[r], nodes[o]) for s, r, o in facts}
    assert ("method/tileflow", "targets", "hardware/nvidia-a100") in said


def test_a_source_is_only_ever_a_web_address():
    paper = {"url": "javascript:alert(1)", "arxiv": None, "doi": None}
    assert data.source(paper) is None
    assert data.source(paper | {"doi": "10.1/a b<"}) == "https://doi.org/10.1/a%20b%3C"


def test_large_data_are_packed_and_small_data_can_be_read(monkeypatch):
    assert 'type="application/json"' in page.data_tag("x", ["a"])
    monkeypatch.setattr(page, "PLAIN", 3)
    assert 'type="application/gzip"' in page.data_tag("x", ["a"])


def test_no_data_can_end_its_tag():
    tag = page.data_tag("x", "</script><script>alert(1)</script>\u2028")
    body = tag.removeprefix('<script type="application/json" id="x">').removesuffix("</script>")
    assert "<" not in body
    assert json.loads(body) == "</script><script>alert(1)</script>\u2028"


def test_the_page_allows_no_request_and_only_its_own_scripts():
    html = explorer.html(tables())
    policy = unescape(html.split('http-equiv="Content-Security-Policy" content="', 1)[1].split('"', 1)[0])
    assert "default-src 'none'" in policy
    script = policy.split("script-src", 1)[1].split(";")[0]
    assert "unsafe-inline" not in script
    assert "sha256-" in script


def test_the_same_tables_give_the_same_page():
    assert explorer.html(tables()) == explorer.html(tables())


def test_the_head_counts_what_is_narrower_and_passes_over_a_class_that_no_paper_names():
    said = explorer.answer(tables())
    assert said["papers"] == 7
    assert said["top"][0] == ("FPGA", 2)  # one paper on FPGAs, one on the Alveo U280
    assert "accelerator" not in [label for label, _ in said["top"]]
