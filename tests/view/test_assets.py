"""The built assets come from the sources that stand beside them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import kg.view

VIEW = Path(kg.view.__file__).parent


def test_assets_are_built_from_the_present_sources():
    sources = VIEW / "frontend"
    digest = hashlib.sha256()
    for file in [*sorted(sources.joinpath("src").iterdir()), sources / "package.json"]:
        digest.update(f"{file.relative_to(sources).as_posix()}\n".encode())
        digest.update(file.read_bytes())
    built = (VIEW / "assets" / "built-from.txt").read_text().strip()
    assert built == digest.hexdigest(), "run `npm install --no-package-lock && npm run build` in kg/view/frontend"
