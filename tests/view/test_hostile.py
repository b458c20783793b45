"""Two hundred strings that run as code where text is taken for HTML: on our pages none runs and all are shown."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest

from kg.store import SCHEMAS, Tables
from kg.view import explorer, network

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# How a string leaves the place where it stands ...
BREAKS = [
    "",
    '"',
    "'",
    "-->",
    "]]>",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "`",
    "\u2028",
    "{{7*7}}",
    "&lt;",
    "\\",
    "javascript:",
]
# ... and what it then does; `ran` is what the page must not have.
RUNS = [
    "<script>ran=1</script>",
    "<img src=x onerror=ran=1>",
    "<svg onload=ran=1>",
    "<svg><script>ran=1</script></svg>",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "<iframe src=javascript:parent.ran=1>",
    "<details open ontoggle=ran=1>",
    "<input autofocus onfocus=ran=1>",
    "<body onload=ran=1>",
    "<math><mtext><style><img src=x onerror=ran=1></style></mtext></math>",
    "<a href=javascript:ran=1 autofocus onfocus=ran=1>href</a>",
    "<object data=javascript:ran=1>",
    "<meta http-equiv=refresh content='0;url=javascript:ran=1'>",
    "<base href=https://example.org/>",
]
CORPUS = [a + b for a, b in product(BREAKS, RUNS)][:200]


def tables() -> Tables:
    """Each string as title, in the abstract, as a name and as an alias."""
    papers, mentions, entities, facts = [], [], [], []
    for i, bad in enumerate(CORPUS):
        key, method = f"paper/{i:03}", f"method/m{i:03}"
        abstract = f"{bad} on a GPU."
        start = len(bad) + 2
        whole = {"start": start, "end": start + len(abstract)}
        papers.append(
            {
                "key": key,
                "title": bad,
                "abstract": abstract,
                "url": bad,
                "authors": [bad],
                "categories": [bad],
                "sources": [],
            }
        )
        entities.append({"key": method, "type": "Method", "label": bad, "aliases": [f"alias {bad}"], "wikidata": bad})
        mentions.append(
            {"paper": key, "start": start, "end": start + len(bad), "text": bad, "type": "Method", "entity": method}
        )
        facts.append(
            {"subject": key, "relation": "proposes", "object": method, "paper": key, "quote": abstract, **whole}
        )
        facts.append(
            {"subject": key, "relation": "targets", "object": "hardware/gpu", "paper": key, "quote": abstract, **whole}
        )
    entities.append({"key": "hardware/gpu", "type": "Hardware", "label": "GPU"})
    every = {"inferred": False, "source": "text", "papers": 1, "broader": [], "part_of": [], "specs": []}
    said = {"extractor": "<script>ran=1</script>", "score": 0.5, "cues": ["<img src=x onerror=ran=1>"]}
    near = {"rule": "<b>", "confidence": 0.5, "sentence_start": 0, "sentence_end": 10}
    rows = {
        "papers": papers,
        "mentions": [m | near for m in mentions],
        "entities": sorted([e | every for e in entities], key=lambda e: e["key"]),
        "facts": [f | said for f in facts],
        "results": [],
    }
    filled = {n: [{f.name: row.get(f.name) for f in SCHEMAS[n]} for row in rows[n]] for n in SCHEMAS}
    return Tables(**{n: pa.Table.from_pylist(filled[n], schema=SCHEMAS[n]) for n in SCHEMAS})


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return explorer.write(tables(), tmp_path_factory.mktemp("hostile"), name=CORPUS[0])


def ran(page) -> object:
    return page.evaluate("globalThis.ran")


def test_all_are_text_in_the_matrix(open_page, path):
    page = open_page(path, "#/matrix?rows=papers")
    while page.locator("button.more").is_visible():
        page.locator("button.more").click()
    shown = page.locator("tbody th a").evaluate_all("links => links.map(a => a.textContent)")
    assert sorted(shown) == sorted(CORPUS)
    assert ran(page) is None


def test_all_are_text_on_the_pages_of_papers_and_methods(open_page, path):
    page = open_page(path)
    wrong = page.evaluate(
        """async corpus => {
          const wrong = [];
          const codeless = ['script', 'img', 'object', 'base', 'meta', 'style', 'math', 'iframe',
            '[onload]', '[onerror]'];
          for (const [i, bad] of corpus.entries()) {
            const id = String(i).padStart(3, '0');
            for (const hash of [`#/paper/${id}`, `#/entity/method/m${id}`]) {
              location.hash = hash;
              await new Promise(done => addEventListener('rendered', done, { once: true }));
              const main = document.getElementById('main');
              const harmful = main.querySelector([...codeless, 'a[href^="javascript"]'].join());
              const where = hash.startsWith('#/paper') ? '.abstract' : 'aside.facts dl';
              const shown = main.querySelector('h1').textContent === bad
                && main.querySelector(where).textContent.includes(bad);
              if (!shown || harmful) wrong.push([hash, bad]);
            }
          }
          return wrong;
        }""",
        CORPUS,
    )
    assert wrong == []
    assert ran(page) is None


def test_all_are_text_as_a_query_and_in_the_address(open_page, path):
    page = open_page(path)
    wrong = page.evaluate(
        """async corpus => {
          const wrong = [], field = document.getElementById('search'), main = document.getElementById('main');
          const go = async (hash) => {
            location.hash = hash;
            await new Promise(done => addEventListener('rendered', done, { once: true }));
          };
          for (const bad of corpus) {
            field.value = bad;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            const code = document.querySelector('#hits script, #hits img, #hits iframe, #hits [onload], #hits object');
            await go('#/matrix?q=' + encodeURIComponent(bad) + '&cell=' + encodeURIComponent(bad));
            const asked = document.getElementById('f-q').value;
            await go('#/entity/' + encodeURIComponent(bad));
            const named = main.querySelector('h1').textContent.includes(bad);
            if (code || asked !== bad || !named || main.querySelector('script, img, iframe, object')) wrong.push(bad);
          }
          return wrong;
        }""",
        CORPUS,
    )
    assert wrong == []
    assert ran(page) is None


def test_all_are_text_in_the_network(open_page, tmp_path):
    page = open_page(network.write(tables(), tmp_path, limit=500))
    shown = page.evaluate(
        """corpus => corpus.map((_, i) => {
          if (i % 10) return null;
          showNode(`method/m${String(i).padStart(3, '0')}`);
          return document.querySelector('#about h2').textContent;
        })""",
        CORPUS,
    )
    assert shown[::10] == CORPUS[::10]
    assert ran(page) is None
