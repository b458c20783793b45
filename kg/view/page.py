"""A self-contained page: template, styles, scripts and data in, one HTML file out that asks no host for anything.

The page carries a Content-Security-Policy that allows its own scripts by their hash and nothing else. Data stand in
script tags as JSON with `<` escaped, or, where they are large, gzipped and in base64.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigurationError

if TYPE_CHECKING:
    from jinja2 import Template

#: JSON beyond this many bytes is compressed: the page stays readable in an editor while it is small.
PLAIN = 2_000_000


def asset(name: str) -> str:
    """A text file of kg/view/assets."""
    return files("kg.view").joinpath("assets", name).read_text("utf-8")


def data_tags(values: dict[str, Any]) -> list[str]:
    """Script tags that hold values by name: as JSON while all of it is small, else each packed."""
    texts = {n: json.dumps(v, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for n, v in values.items()}
    if sum(map(len, texts.values())) > PLAIN:
        return [packed_tag(name, text.encode()) for name, text in texts.items()]
    return [_plain_tag(name, text) for name, text in texts.items()]


def data_tag(name: str, value: Any) -> str:
    """One such tag. No `<` stands in it, so nothing in the data can end it.

    >>> data_tag("x", "</script>")
    '<script type="application/json" id="x">"\\\\u003c/script>"</script>'
    """
    return data_tags({name: value})[0]


def _plain_tag(name: str, text: str) -> str:
    for char, escape in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(char, escape)
    return f'<script type="application/json" id="{name}">{text}</script>'


def packed_tag(name: str, content: bytes) -> str:
    """A script tag that holds bytes, gzipped (without a clock time) and in base64."""
    return _gzip_tag(name, gzip.compress(content, 6, mtime=0))


def binary_tag(name: str, file: str) -> str:
    """A script tag that holds a file of kg/view/assets that is gzipped already."""
    return _gzip_tag(name, files("kg.view").joinpath("assets", file).read_bytes())


def packed_call(function: str, number: int, value: Any) -> str:
    """A script that hands a value, as JSON, gzipped and in base64, to a function of the page that loads it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f'{function}({number},"{base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode()}")\n'


def _gzip_tag(name: str, packed: bytes) -> str:
    return f'<script type="application/gzip" id="{name}">{base64.b64encode(packed).decode()}</script>'


def policy(scripts: list[str], extra: str = "") -> str:
    """A Content-Security-Policy for a page with these inline scripts and no request to anywhere.

    `extra` is what scripts may do besides, such as standing in files beside the page.
    """
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes}{extra}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def render(template: str, package: str = "kg.view", **values: Any) -> str:
    """A template of the package's folder `templates`, with escaping of everything that is not markup already."""
    return _template(template, package).render(**values)


@cache
def _template(name: str, package: str) -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def save(path: Path, html: str) -> Path:
    """Writes a page as UTF-8. Raises ConfigurationError where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8", newline="\n")
    except OSError as error:
        raise ConfigurationError(
            f"{path}: the page cannot be written ({error.strerror}); give an output folder that you may write to"
        ) from error
    return path
