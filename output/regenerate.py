"""The example build: the sample corpus in, `output/example` out. `make example` runs it; a test says when it is due.

The build is `kg build --fast`: without the learned network, whose figures may differ in the last digit from one
processor to the next. Of what it writes, the example keeps what can be looked at and what the rest is made from.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

import kg
from kg.report import report

EXAMPLE = Path(__file__).parent / "example"
PAGES = ("index.html", "network.html", "report.html", "report.md")
_PLACES = re.compile(rb'"places":\[\[.*?\]\]|"[xy]": -?\d+')
_PACKED = re.compile(rb'(<script type="application/gzip" id="[\w-]+">)([A-Za-z0-9+/=]+)')


def make(folder: Path) -> None:
    """Write the example into a folder, in the place of what is there."""
    with tempfile.TemporaryDirectory() as temporary:
        built = Path(temporary) / "kb"
        kg.build(kg.sample_papers(), built, fast=True)
        report(built, name="The sample corpus")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(built / "tables", folder / "tables")
        for name in PAGES:
            shutil.copy(built / name, folder / name)
        manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = sorted(["manifest.json", "tables", *PAGES])
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


def content(folder: Path) -> dict[str, object]:
    """What each file says: rows of tables, pages with their packed parts opened and without the places of nodes.

    The bytes of Parquet and gzip depend on the version of the library that packed them, and a place, after eighty steps
    of a layout, on the last digit of the processor's sines. Neither makes an example stale.
    """
    found: dict[str, object] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        found[name] = pq.read_table(path).to_pylist() if path.suffix == ".parquet" else _opened(path.read_bytes())
    return found


def _opened(page: bytes) -> str:
    def digest(match: re.Match[bytes]) -> bytes:
        return match[1] + hashlib.sha256(gzip.decompress(base64.b64decode(match[2]))).hexdigest().encode()

    return hashlib.sha256(_PACKED.sub(digest, _PLACES.sub(b"", page))).hexdigest()


if __name__ == "__main__":
    make(EXAMPLE)
    size = sum(p.stat().st_size for p in EXAMPLE.rglob("*") if p.is_file())
    sys.stdout.write(f"wrote {EXAMPLE}, {size / 1e6:.1f} MB\n")
