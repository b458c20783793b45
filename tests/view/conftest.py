"""A page of the tests' browser that reports everything that it should not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


class Seen:
    """A page, and what went wrong on it: console errors, exceptions, dialogs, requests other than its own file."""

    def __init__(self, page, own: Path) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda m: self._console(m.type, m.text))
        page.on("pageerror", lambda e: self.wrong.append(f"exception: {e}"))
        page.on("dialog", lambda d: (self.wrong.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: self._request(r.url, own.as_uri()))

    def _console(self, kind: str, text: str) -> None:
        # Software rendering is told by the driver to be slow; that is no fault of the page.
        if kind in ("error", "warning") and "GL Driver Message" not in text:
            self.wrong.append(f"{kind}: {text}")

    def _request(self, url: str, own: str) -> None:
        if url.split("#")[0] != own and not url.startswith(("data:", "blob:")):
            self.wrong.append(f"request: {url}")


@pytest.fixture
def open_page(browser) -> Iterator[object]:
    """`open_page(path, hash)` gives a page that is ready; what went wrong on any of them fails the test at its end."""
    opened: list[Seen] = []
    contexts = []

    def open_(path: Path, fragment: str = "", **options):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        seen = Seen(context.new_page(), path)
        opened.append(seen)
        seen.page.goto(path.as_uri() + fragment)
        seen.page.wait_for_selector("html[data-ready]", timeout=10_000)
        return seen.page

    yield open_
    for context in contexts:
        context.close()
    assert [w for seen in opened for w in seen.wrong] == []
