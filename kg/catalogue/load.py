"""Files -> Catalogue: the packaged YAML first, then the user's, every problem reported at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.catalogue.build import Built, build, drafts
from kg.catalogue.cache import fingerprint, kept
from kg.catalogue.catalogue import Catalogue
from kg.catalogue.figures import attach
from kg.catalogue.read import Item, Problem, read
from kg.catalogue.user import apply
from kg.errors import CatalogueError, InputError

PACKAGED = Path(__file__).parent


def load(extra: Sequence[Path | str] = ()) -> Catalogue:
    """The packaged catalogue with the user's files applied in turn.

    Raises CatalogueError with every problem and its line, InputError where a file cannot be read.

    >>> load().entries["hardware/nvidia-a100"].label
    'NVIDIA A100'
    """
    paths = sorted((*PACKAGED.glob("*.yaml"), *PACKAGED.glob("hardware/*.yaml")))
    texts = [(path.relative_to(PACKAGED).as_posix(), _text(path)) for path in paths]
    mine = [(str(path), _text(Path(path))) for path in extra]
    mark = fingerprint([*texts, ("", ""), *mine])
    return Catalogue(kept("catalogue", mark, Built, lambda: compiled(texts, mine)), mark)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"no catalogue file {path}; give the path of a YAML file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read catalogue file {path}: {error}; it must be UTF-8 YAML") from None


def compiled(packaged: Sequence[tuple[str, str]], extra: Sequence[tuple[str, str]]) -> Built:
    """(file name, text) pairs -> what the catalogue holds. Raises CatalogueError.

    >>> list(compiled([("a.yaml", "entries:\\n- {label: GPU}")], []).entries)
    ['hardware/gpu']
    """
    items: list[Item] = []
    problems: list[Problem] = []
    for name, text in packaged:
        new, wrong = read(text, name)
        items += new
        problems += wrong
    made, wrong = drafts(items)
    problems += wrong
    decided: list[Item] = []
    for name, text in extra:
        new, wrong = read(text, name)
        decided += new
        problems += wrong
    problems += attach(made, [item for item in items if item.what == "figures"])
    decisions, wrong = apply(made, [item for item in decided if item.what != "figures"])
    problems += [*wrong, *attach(made, [item for item in decided if item.what == "figures"])]
    built, wrong = build(made, decisions)
    problems += wrong
    if problems:
        lines = [str(p) for p in sorted(set(problems))]
        many = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
        raise CatalogueError(f"the catalogue has {many}:\n" + "\n".join(lines))
    return built
