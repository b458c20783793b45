"""The pages in headless Chromium, drawn in software: `python benchmarks/pages.py network` or `... explorer FOLDER`.

`network` makes up a graph of 50,000 nodes and 150,000 edges, writes the page, opens its network and pans it with the
mouse. `explorer` writes the page of a build (or of `--papers` made-up ones) and times each thing that a reader does,
from the input to the last change that it made to the page, painted. Run it with nothing else running.
"""

# ruff: noqa: T201 - a benchmark prints its figures

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import CDPSession, Page, sync_playwright

from kg.store import Tables, read
from kg.view import explorer, network

SOFTWARE = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"]

# Beside the page: when the input came, and when the last change that followed it was on the screen.
WATCH = """
globalThis.bench = { begun: 0, changed: 0, painted: 0, busy: 0 };
for (const kind of ['pointerdown', 'keydown', 'change', 'pointerover'])
  addEventListener(kind, (e) => { if (bench.armed) bench.armed = false, bench.begun = e.timeStamp; }, true);
new MutationObserver(() => {
  bench.changed = performance.now();
  requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => (bench.painted = performance.now()); c.port2.postMessage(0); });
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
"""
QUIET = "bench.painted >= bench.changed && performance.now() - Math.max(bench.changed, bench.asked) > 250"


@contextmanager
def opened(path: Path, fragment: str = "", width: int = 1280) -> Iterator[tuple[Page, CDPSession]]:
    """A page in a browser of its own."""
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, headless=True, args=SOFTWARE)
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.add_init_script(WATCH)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        page.goto(path.as_uri() + fragment, wait_until="commit")
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        yield page, session
        browser.close()


def heap(session: CDPSession) -> float:
    """MB of JavaScript's heap after a collection of garbage."""
    session.send("HeapProfiler.collectGarbage")
    found = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(found["JSHeapUsedSize"]) / 1e6


def tab(page: Page) -> tuple[int, float]:
    """The process that holds the tab (Linux; the largest renderer of this browser), and its memory in MB."""
    info = page.context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")  # type: ignore[union-attr]
    sizes = []
    for process in info["processInfo"]:
        if process["type"] == "renderer":
            status = Path(f"/proc/{process['id']}/smaps_rollup").read_text("utf-8")
            sizes.append((int(status.split("Pss:")[1].split()[0]) / 1000, process["id"]))
    size, process = max(sizes)
    return process, size


def processor(process: int) -> float:
    """Milliseconds of processor that a process has used, in all its threads, which other work does not bend."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text("utf-8").split()[0]) for thread in threads) / 1e6


def figures(times: list[float]) -> str:
    """Median, best and worst: the best is what it takes where nothing else runs."""
    return f"{statistics.median(times):6.0f} ms (of {len(times)}: best {min(times):.0f}, worst {max(times):.0f})"


def until(page: Page, what: str, seconds: float = 120) -> None:
    """Waits until `what` holds in the page, asked from outside: the page's policy allows no evaluation inside."""
    end = time.monotonic() + seconds
    while not page.evaluate(what):
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.03)


def since_start(page: Page, what: str) -> float:
    """Milliseconds between navigation and now, once `what` holds in the page and was painted."""
    until(page, what)
    return float(
        page.evaluate("new Promise(d => requestAnimationFrame(() => setTimeout(() => d(performance.now()), 0)))")
    )


def pan(page: Page, seconds: float) -> dict[str, float]:
    """Drags the picture in circles with the mouse; frames a second by the browser's clock and by pictures drawn."""
    box = page.locator(".webgl").bounding_box()
    if box is None:
        raise LookupError("the page shows no network")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(
        """() => { const s = globalThis.frames_ = { raf: 0, drawn: 0, from: performance.now(), gaps: [], last: 0 };
        kgNetwork.sigma.on('afterRender', () => s.drawn++);
        s.moves = kgNetwork.told?.moves ?? 0;
        const tick = (t) => { s.raf++; if (s.last) s.gaps.push(t - s.last); s.last = t; requestAnimationFrame(tick); };
        requestAnimationFrame(tick); }"""
    )
    began, turn = time.monotonic(), 0.0
    while time.monotonic() - began < seconds:
        turn += 0.15
        page.mouse.move(x + 160 * math.sin(turn), y + 110 * (math.cos(turn) - 1))
    found = page.evaluate(
        """() => { const s = frames_, t = (performance.now() - s.from) / 1000, g = s.gaps.sort((a, b) => a - b);
        const moved = s.drawn + (kgNetwork.told?.moves ?? 0) - s.moves;
        return { raf: s.raf / t, drawn: moved / t, worst: g[g.length - 1] }; }"""
    )
    page.mouse.up()
    return dict(found)


def measure_network(papers: int, seconds: float) -> None:
    """The whole graph, made up: writing, opening, panning."""
    tables = import_module("synthetic").tables(papers)
    with tempfile.TemporaryDirectory() as folder:
        began, cpu = time.monotonic(), time.process_time()
        path = explorer.write(tables, Path(folder))
        took = time.monotonic() - began
        print(
            f"written in {took:.1f} s (processor {time.process_time() - cpu:.1f} s), {path.stat().st_size / 1e6:.1f} MB"
        )
        with opened(path, "#/network") as (page, session):
            ready = since_start(page, "!!globalThis.kgNetwork?.sigma")
            said = page.locator(".summary").inner_text().split(". ")[0]
            used = processor(tab(page)[0]) / 1000
            print(f"opened and drawn in {ready / 1000:.2f} s (processor, of the tab alone, {used:.1f} s); {said}")
            print("drawn by", page.evaluate(RENDERER))
            page.wait_for_timeout(1500)
            for name, zoom in (("whole", 1), ("near, names shown", 0.15)):
                page.evaluate("z => kgNetwork.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: z })", zoom)
                page.wait_for_timeout(800)
                found = pan(page, seconds)
                print(
                    f"panning, {name}: {found['raf']:.1f} frames/s, picture moved {found['drawn']:.1f} times/s, "
                    f"slowest frame {found['worst']:.0f} ms"
                )
                page.wait_for_timeout(1000)
            print(f"JavaScript heap {heap(session):.0f} MB, memory of the tab {tab(page)[1]:.0f} MB")
        began = time.monotonic()
        network.write(tables, Path(folder), limit=2000)
        print(f"pyvis, 2,000 nodes: written in {time.monotonic() - began:.1f} s")


RENDERER = """() => { const gl = document.createElement('canvas').getContext('webgl2');
const info = gl.getExtension('WEBGL_debug_renderer_info'); return gl.getParameter(info.UNMASKED_RENDERER_WEBGL); }"""


class Took(NamedTuple):
    """Milliseconds from the input to the last change that followed, painted; and of processor, in the tab's process."""

    wall: float
    used: float


def timed(page: Page, act: Callable[[], Any], done: str = QUIET) -> Took:
    """Does a thing and times it."""
    process, _ = tab(page)
    page.evaluate("() => { Object.assign(bench, { armed: true, begun: 0, asked: performance.now() }); }")
    before = processor(process)
    act()
    until(page, done)
    used = processor(process) - before
    return Took(float(page.evaluate("bench.painted > bench.begun ? bench.painted - bench.begun : 0")), used)


def clicked(page: Page, selector: str, nth: int = 0) -> Callable[[], None]:
    """A click of the mouse on the nth of what is found, once it is in view."""
    found = page.locator(selector).nth(nth)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    if box is None:
        raise LookupError(selector)
    x, y = box["x"] + min(box["width"], 60) / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_timeout(60)

    def act() -> None:
        page.mouse.click(x, y)

    return act


def chosen(page: Page, selector: str, index: int) -> Callable[[], None]:
    """Another choice of a select."""

    def act() -> None:
        page.evaluate(
            """([s, i]) => { const field = document.querySelector(s); field.selectedIndex = i;
            field.dispatchEvent(new Event('change', { bubbles: true })); }""",
            [selector, index],
        )

    return act


def typed(page: Page, selector: str, letter: str) -> Callable[[], None]:
    """A letter more in a field."""
    page.locator(selector).focus()
    return lambda: page.keyboard.press(letter)


def goes(page: Page, fragment: str) -> None:
    """Goes to a view without timing it."""
    page.evaluate("f => { location.hash = f; }", fragment)
    page.evaluate("bench.asked = performance.now()")
    until(page, QUIET)


def interactions(page: Page) -> Iterator[tuple[str, Took]]:
    """Each thing that a reader does, and how long it took."""
    for name, field in (("rows", "rows"), ("hardware by", "cols")):
        for index in range(page.locator(f"#f-{field} option").count() - 1, -1, -1):
            yield f"{name}", timed(page, chosen(page, f"#f-{field}", index))
    for role in (3, 0, 0, 1, 1, 3):
        yield "role on or off", timed(page, clicked(page, f"#f-role-{role}"))
    page.evaluate("() => { document.querySelector('details.filters').open = true; }")
    for field in ("from", "to", "vendor", "kind", "min", "sure", "sort"):
        for index in (2, 0):
            yield f"filter {field}", timed(page, chosen(page, f"#f-{field}", index))
    for letter in "gpu":
        yield "containing, a letter", timed(page, typed(page, "#f-q", letter))
    goes(page, "#/matrix")
    yield "sort by a column", timed(page, clicked(page, "button.total", 1))
    yield "expand a column", timed(page, clicked(page, "button.expand"))
    yield "collapse a group", timed(page, clicked(page, ".group button"))
    goes(page, "#/matrix")
    for n in (0, 3, 8):
        yield "click on a cell", timed(page, clicked(page, "td button[data-cell]", n))
    if page.locator(".close").first.is_visible():
        yield "close the evidence", timed(page, clicked(page, ".panel .close"))
    yield "next rows", timed(page, lambda: page.keyboard.press("End"))
    goes(page, "#/matrix")
    yield "a hardware's page", timed(page, clicked(page, ".leaf a.tall"))
    yield "back", timed(page, lambda: page.evaluate("history.back()"))
    yield "a method's page", timed(page, clicked(page, "tbody th a"))
    goes(page, "#/browse?type=hardware")
    yield "the widest hardware's page", timed(page, clicked(page, ".listing-table tbody a"))
    for kind in ("vendor", "metric"):
        goes(page, f"#/browse?type={kind}&all=1")
        if page.locator(".listing-table tbody a").count():
            yield f"a {kind}'s page", timed(page, clicked(page, ".listing-table tbody a"))
    goes(page, "#/matrix?rows=papers")
    yield "a paper's page", timed(page, clicked(page, "tbody th.paper a"))
    for letter in "transfromer":
        yield "search, a letter", timed(page, typed(page, "#search", letter))
    goes(page, "#/matrix")
    for name in ("results", "browse", "matrix"):
        yield f"view {name}", timed(page, clicked(page, f"#views [data-view={name}]"))
    goes(page, "#/results")
    if page.locator(".dot").count():
        yield "a dot's sentence", timed(page, clicked(page, ".dot"))
        yield "results by metric", timed(page, chosen(page, "main label + label select", 1))
        yield "results containing, a letter", timed(page, typed(page, "#r-q", "a"))
    goes(page, "#/browse?type=paper")
    yield "all papers containing, a letter", timed(page, typed(page, "#b-q", "a"))
    goes(page, "#/matrix")
    yield "dark colours", timed(page, clicked(page, "#theme"))
    yield "view network", timed(page, clicked(page, "#views [data-view=network]"))
    if page.locator("#views [data-view=sparql]").count():
        yield "view SPARQL", timed(page, clicked(page, "#views [data-view=sparql]"))
        shown = "!!document.querySelector('.answers table')"
        yield "the engine starts, first answer", timed(page, clicked(page, "#s-run"), shown)
        yield "a question again", timed(page, clicked(page, "#s-run"))


def measure_explorer(tables: Tables, turtle: Path | None, limit: float, runs: int) -> None:
    """A page of these tables: size, opening, each interaction."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        path = explorer.write(tables, Path(folder), turtle=turtle)
        text = path.read_text("utf-8")
        engine = sum(len(part.split("<", 1)[0]) for part in text.split('id="kg-wasm">')[1:])
        print(f"{len(tables.papers)} papers: written in {time.monotonic() - began:.1f} s, ", end="")
        print(f"{(len(text.encode()) - engine) / 1e6:.2f} MB and {engine / 1e6:.2f} MB of WebAssembly")
        drawn = "!!document.querySelector('.matrix td button')"
        with opened(path) as (page, session):
            cold, used = since_start(page, drawn), processor(tab(page)[0])
            print(f"opened in a browser just started, the table drawn: {cold:.0f} ms; processor {used:.0f} ms")
            opening = []
            for _ in range(runs):
                page.reload(wait_until="commit")
                opening.append(since_start(page, drawn))
        print(f"opened in one that runs: {figures(opening)}")
        with opened(path) as (page, session):
            print(f"heap {heap(session):.0f} MB after opening")
            page.wait_for_timeout(500)
            took: dict[str, list[Took]] = {}
            for _ in range(runs):
                goes(page, "#/matrix")
                for what, one in interactions(page):
                    took.setdefault(what, []).append(one)
            for what, times in took.items():
                walls, work = [t.wall for t in times], statistics.median(t.used for t in times)
                mark = "OVER" if min(statistics.median(walls), work) > limit else ""
                print(f"{mark:<5}{what:<34}{figures(walls)}; processor {work:.0f} ms")
            print(f"heap {heap(session):.0f} MB, memory of the tab {tab(page)[1]:.0f} MB after all of it")


def main() -> None:
    """Reads the options and measures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("what", choices=["network", "explorer"])
    options.add_argument("folder", type=Path, nargs="?", help="a build")
    options.add_argument("--papers", type=int, default=21_000, help="made-up papers, where no folder is given")
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--limit", type=float, help="milliseconds above which a line is marked OVER")
    given = options.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    if given.what == "network":
        measure_network(given.papers, given.seconds)
        return
    tables = read(given.folder) if given.folder else import_module("synthetic").tables(given.papers)
    turtle = given.folder / "rdf" / "kg.ttl" if given.folder else None
    limit = given.limit or (100 if len(tables.papers) <= explorer.SPARQL_PAPERS else 300)
    measure_explorer(tables, turtle if turtle and turtle.exists() else None, limit, given.runs)


if __name__ == "__main__":
    main()
