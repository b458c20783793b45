"""What is wider than what, by names: Llama-2 and Llama-3 are two models, and both are Llama.

In: the entities of a corpus. Out: the same, each version with the wider thing that its name says (`broader`), and the
families that no paper names by themselves. What the form of a name says is marked as inferred; what the catalogue says
of an entry stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from kg.link.known import Known
from kg.link.names import fold, is_short, words
from kg.records import Entity
from kg.schema import TYPE
from kg.text import slug

_TYPES = frozenset({"Model", "Dataset", "Software"})
# What says which version or size: "3.1", "8B", "4o", "8x7B", "v2", "16/32"; with another letter before it ("R1", "B0")
# only below a family that is known by itself, for an R1 is a style, too.
_PLAIN = r"[vV]?\d+(?:[.x/]\d+)*(?:[a-zA-Z]{1,2})?\+?"
_LETTERED = r"[A-Za-z]/?\d+(?:[.x]\d+)*[a-z]?"
_VERSION = re.compile(rf"{_PLAIN}|{_LETTERED}")
_SURE = re.compile(_PLAIN)
# Words that may stand beside a version: sizes, editions, and what a network was tuned for.
_EDITION = frozenset([
    "tiny", "nano", "micro", "mini", "small", "base", "medium", "large", "huge", "giant", "xs", "xl", "xxl", "lite",
    "light", "plus", "pro", "max", "ultra", "turbo", "flash", "sonnet", "opus", "haiku", "instruct", "it", "chat",
    "preview", "thinking", "distill", "coder", "code", "math", "vl", "vision", "audio", "omni", "hd", "text",
    "uncased", "cased", "full", "val", "test", "train", "dev", "open",
])  # fmt: skip
_SIZES = frozenset(["tiny", "mini", "small", "base", "medium", "large", "huge", "giant", "xl", "xxl", "turbo"])
_MAKER = re.compile(r"(?i)(?:meta|google|openai|anthropic|alibaba|microsoft|nvidia|deepmind)(?:['’]s)?[\s-]+(?=\w)")
_GLUED = re.compile(r"(?<=[A-Za-z]{2})(?=[vV]?\d)")  # Llama3, YOLOv8
# A stem that nobody names by itself is a family if it has so many letters and versions.
_LETTERS, _LEAST = 3, 2


def wider(name: str) -> tuple[str, ...]:
    """The names that the form of a version's name puts above it, nearest first; empty where it is no version.

    >>> wider("Llama-3.1-8B-Instruct"), wider("ResNet50"), wider("YOLOv8")
    (('Llama-3.1-8B', 'Llama-3.1', 'Llama'), ('ResNet',), ('YOLO',))
    >>> wider("word2vec"), wider("U-Net"), wider("2D diffusion models"), wider("Flan-T5 and BERT")
    ((), (), (), ())
    """
    name = _MAKER.sub("", name.strip())
    parts = [part for piece in re.split(r"([\s_-]+)", name) for part in _glued(piece)]
    words, ends = [], []
    end = 0
    for part in parts:
        end += len(part)
        if part.strip(" _-\t\n"):
            words.append(part)
            ends.append(end)
    first = next((i for i, word in enumerate(words) if _VERSION.fullmatch(word)), None)
    if first is None:
        sized = len(words) > 1 and words[-1].casefold() in _SIZES
        first = len(words) - 1 if sized else None
    while first and first > 1 and words[first - 1].casefold() in _EDITION:
        first -= 1
    if not first or sum(c.isalpha() for c in name[: ends[first - 1]]) < 2 or not any(c.isupper() for c in name):
        return ()
    if not all(_VERSION.fullmatch(word) or word.casefold() in _EDITION for word in words[first:]):
        return ()
    return tuple(name[: ends[i]] for i in range(len(words) - 2, first - 2, -1))


def _glued(piece: str) -> list[str]:
    """A word and the version that is glued to it, as two; other words whole."""
    found = [m.start() for m in _GLUED.finditer(piece)]
    return [piece[:i], piece[i:]] if (i := found[0] if found else 0) and _SURE.fullmatch(piece[i:]) else [piece]


def with_wider(entities: dict[str, Entity], pairs: Iterable[tuple[str, str]]) -> dict[str, Entity]:
    """The entities, each longer one of the pairs below the shorter that ends it: active fine-tuning is fine-tuning.

    The first pair counts; what has something wider already keeps it.
    """
    out = dict(entities)
    for long, short in pairs:
        if long not in out or short not in out or out[long].broader or out[long].type != out[short].type:
            continue
        if is_short(out[short].label):
            continue  # 3D-IDS need be no IDS
        tail, name = words(out[short].label), words(out[long].label)
        if len(name) > len(tail) and name[-len(tail) :] == tail and long not in chain(short, out):
            out[long] = msgspec.structs.replace(out[long], broader=(short,))
    return out


def with_families(entities: dict[str, Entity], known: Known) -> dict[str, Entity]:
    """The entities, versions with `broader` set where the catalogue leaves it open, and the families themselves."""
    out = dict(entities)
    index = {
        (entity.type, fold(name)): key
        for key, entity in sorted(entities.items(), reverse=True)
        if entity.type in _TYPES
        for name in (*entity.aliases, entity.label)
    }
    stems: dict[tuple[str, str], dict[str, str]] = defaultdict(
        dict
    )  # (type, folded stem) -> version -> stem as written
    todo = sorted(key for key, entity in out.items() if entity.type in _TYPES)
    while todo:
        key = todo.pop()
        entity = out[key]
        names = wider(entity.label) if not entity.broader else ()
        for name in names:
            above = index.get((entity.type, fold(name))) or _listed(name, entity.type, known)
            if above and above != key and key not in chain(above, out):
                if above not in out and (entry := known.entity(above)):
                    out[above] = entry
                    todo.append(above)
                out[key] = msgspec.structs.replace(entity, broader=(above,))
                break
        else:
            if names and _sure(entity.label, names[-1]):
                stems[entity.type, fold(names[-1])][key] = names[-1]
    for (kind, _), versions in sorted(stems.items()):
        label = min(versions.values(), key=lambda s: (-[*versions.values()].count(s), s))
        family = f"{TYPE[kind].slug}/{slug(label)}"
        if (
            len(versions) < _LEAST
            or sum(c.isalpha() for c in label) < _LETTERS
            or family in out
            or known.entity(family)
        ):
            continue
        out[family] = Entity(key=family, type=kind, label=label, inferred=True)
        for key in versions:
            out[key] = msgspec.structs.replace(out[key], broader=(family,))
    return out


def _sure(label: str, stem: str) -> bool:
    """Whether the first word after the stem is a version and nothing else."""
    rest = _MAKER.sub("", label.strip())[len(stem) :].strip(" _-")
    return bool(_SURE.match(rest))


def _listed(name: str, kind: str, known: Known) -> str | None:
    entry = known.resolve(name, kind)
    return entry.key if entry and entry.type == kind else None


def chain(key: str, entities: Mapping[str, Entity], known: Known | None = None) -> set[str]:
    """The key and all that stands above it in the entities; of others, what is known of them."""
    seen: set[str] = set()
    todo = [key]
    while todo:
        now = todo.pop()
        if now not in seen:
            seen.add(now)
            entity = entities.get(now) or (known.entity(now) if known else None)
            todo += entity.broader if entity else ()
    return seen
