"""What the user decided, applied to the packaged entries: a user's file (`--catalogue mine.yaml`) wins.

Beside `type`, `defaults` and `entries` (see `read`), it may have these lists; a key is an id of the file's type
or whole (`method/flash-decode`), and a whole one may be of a thing that only papers know:

    entries:                              # a new entry; of a known id, its fields replace and its names are added
    - {label: Acme T1000, aliases: [T1000], kind: npu, broader: [npu]}
    rename:                               # the old label stays a name
    - {key: nvidia-a100, label: A100 Tensor Core GPU}
    merge:                                # one thing
    - {into: nvidia-h100, from: [nvidia-h100-nvl]}
    split:                                # these names of an entry become an entry of their own, below it
    - {from: nvidia-a100, names: [A100 80GB], label: NVIDIA A100 80GB}
    ban:                                  # never an entity: a name, of one type or of all, or an entry
    - {name: Spark, type: Hardware}
    - {key: apple-watch}
    distinct:                             # never one node, in no paper
    - {keys: [method/moe, model/moe]}

In: drafts by key, and the items of the user's files in order. Out: the drafts changed, decisions for the linker, and
problems.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.catalogue.build import Draft, key_of, names_of, whole
from kg.catalogue.entry import Decisions, Said
from kg.catalogue.read import Item, Problem
from kg.schema import NODE_KINDS, TYPE
from kg.text import lookup_key

_NEEDED = {"rename": {"key", "label"}, "merge": {"into", "from"}, "split": {"from", "names"}, "distinct": {"keys"}}
_NAMES = ("aliases", "ambiguous", "context")
_TEXTS = {"rename": ("key", "label"), "merge": ("into",), "split": ("from", "label"), "ban": ("key", "name", "type")}
_LISTS = {"merge": "from", "split": "names", "distinct": "keys"}


def apply(made: dict[str, Draft], items: Iterable[Item]) -> tuple[Decisions, list[Problem]]:
    """Change the drafts as the user says; the decisions that outlive them, and what cannot be done."""
    wanted = list(items)
    desk = _Desk(made, bool(wanted))
    for item in wanted:
        if missing := sorted(_NEEDED.get(item.what, set()) - item.fields.keys()):
            desk.wrong(item, f"an item of '{item.what}' lacks '{missing[0]}'")
        elif bad := _malformed(item):
            desk.wrong(item, f"'{bad}' of an item of '{item.what}' has another form; see docs/catalogue.md")
        else:
            getattr(desk, item.what)(item)
    merged = _followed(desk.merged)
    for (first, second), item in desk.pairs.items():
        if merged.get(first, first) == merged.get(second, second):
            desk.wrong(item, f"'{first}' and '{second}' are kept apart here and merged elsewhere; drop one of the two")
    banned, gone = frozenset(desk.banned), frozenset(desk.gone)
    return Decisions(merged, banned, frozenset(desk.pairs), gone, desk.labels, tuple(desk.said)), desk.problems


class _Desk:
    """The drafts while decisions are applied, one method for each kind of decision."""

    def __init__(self, made: dict[str, Draft], items: bool) -> None:
        self.made = made
        self.problems: list[Problem] = []
        self.merged: dict[str, str] = {}
        self.banned: set[tuple[str, str]] = set()
        self.pairs: dict[tuple[str, str], Item] = {}
        self.gone: set[str] = set()
        self.labels: dict[str, str] = {}
        self.said: list[Said] = []
        self.named: dict[tuple[str, str], set[str]] = defaultdict(set)  # (type, look-up key) -> who has had the name
        for key in made if items else ():
            self.note(key)

    def note(self, key: str) -> None:
        """Remember who has which names, so that `claim` need not look at every entry."""
        draft = self.made[key]
        for name in names_of(draft.fields):
            self.named[draft.type, lookup_key(name)].add(key)

    def wrong(self, item: Item, text: str) -> None:
        self.problems.append(Problem(item.file, item.line, text))

    def say(self, item: Item, key: str, names: Iterable[Any] = (), kind: str = "") -> None:
        """Remember what a decision is about, for `kg.link.unmatched`."""
        self.said.append(Said(item.what, item.file, item.line, key, tuple(map(str, names)), kind))

    def key(self, item: Item, reference: Any, must_exist: bool = True, about: bool = True) -> str | None:
        """The whole key, or None (and a problem) where it is no key or no such entry exists.

        A reference that is a whole key may be of a thing that only papers know. `about` says that the decision changes
        something only where papers name that thing.
        """
        key = whole(str(reference), item.type) if item.type in TYPE else str(reference)
        if key.split("/")[0] not in NODE_KINDS or not key.partition("/")[2]:
            self.wrong(item, f"'{key}' is no key of a type and an id; types are {', '.join(sorted(NODE_KINDS))}")
            return None
        if must_exist and key not in self.made and "/" not in str(reference):
            self.wrong(item, f"unknown entry '{key}'; `kg catalogue search` finds the right one")
            return None
        if about:
            draft = self.made.get(key)
            self.say(item, key, names_of(draft.fields) if draft else (), draft.type if draft else "")
        return key

    def entries(self, item: Item) -> None:
        key = key_of(item)
        if key in self.made:
            old = self.made[key].fields
            joined = {n: tuple(dict.fromkeys((*old.get(n, ()), *item.fields.get(n, ())))) for n in _NAMES}
            fields = old | item.fields | {name: value for name, value in joined.items() if value}
        elif "label" in item.fields:
            fields = dict(item.fields)
        else:
            self.wrong(item, "an entry lacks its 'label'")
            return
        self.made[key] = Draft(item.type, fields, item, by_user=True)
        if item.type != "Vendor":
            self.claim(key)

    def claim(self, key: str, names: Iterable[str] | None = None) -> None:
        """Take the entry's names from every other entry of its type."""
        mine = self.made[key]
        wanted = {lookup_key(n) for n in (names if names is not None else _sole_names(mine.fields))}
        for other in sorted({k for name in wanted for k in self.named[mine.type, name]} - {key}):
            if other in self.made:
                self.drop(self.made[other], wanted)
        self.note(key)

    @staticmethod
    def drop(draft: Draft, wanted: set[str]) -> None:
        for field in ("aliases", "ambiguous"):
            kept = tuple(n for n in draft.fields.get(field, ()) if lookup_key(n) not in wanted)
            if len(kept) != len(draft.fields.get(field, ())):
                draft.fields[field] = kept

    def rename(self, item: Item) -> None:
        if key := self.key(item, item.fields["key"]):
            if key not in self.made:
                self.labels[key] = str(item.fields["label"])
                return
            draft = self.made[key]
            old = draft.fields["label"]
            aliases = tuple(n for n in (*draft.fields.get("aliases", ()), old) if n != item.fields["label"])
            fields = draft.fields | {"label": str(item.fields["label"]), "aliases": aliases}
            self.made[key] = Draft(draft.type, fields, item, by_user=True)
            self.claim(key, [fields["label"]])

    def merge(self, item: Item) -> None:
        sources = item.fields["from"]
        sources = sources if isinstance(sources, tuple) else (sources,)
        into = self.key(item, item.fields["into"], must_exist=False, about=False)
        for source in (self.key(item, s, must_exist=False) for s in sources):
            if into is None or source is None:
                continue
            if source == into:
                self.wrong(item, f"'{into}' cannot be merged into itself")
            elif source in self.made and into not in self.made:
                self.wrong(item, f"unknown entry '{into}'; merge into an entry that the catalogue has")
            else:
                self.merged[source] = into
                self.absorb(source, into)

    def absorb(self, source: str, into: str) -> None:
        """Give the names of one entry to another, and point what stood below it to the other."""
        if source not in self.made:
            return
        gone, kept = self.made.pop(source), self.made[into]
        for field, more in (("aliases", (gone.fields["label"],)), ("ambiguous", ())):
            both = (*kept.fields.get(field, ()), *gone.fields.get(field, ()), *more)
            kept.fields[field] = tuple(dict.fromkeys(n for n in both if n != kept.fields["label"]))
        self.note(into)
        self.repoint(source, (into,))

    def repoint(self, old: str, new: tuple[str, ...]) -> None:
        for key, draft in self.made.items():
            for field in ("broader", "part_of"):
                above = [whole(ref, draft.type) for ref in draft.fields.get(field, ())] if draft.type in TYPE else []
                if old in above:
                    swapped = [n for ref in above for n in (new if ref == old else (ref,)) if n != key]
                    draft.fields[field] = tuple(dict.fromkeys(swapped))

    def split(self, item: Item) -> None:
        source, names = self.key(item, item.fields["from"], about=False), item.fields["names"]
        names = names if isinstance(names, tuple) else (names,)
        if source is None:
            return
        for name in names:
            self.say(item, "", (name,), next((t for t, each in TYPE.items() if source.startswith(f"{each.slug}/")), ""))
        if source not in self.made:
            self.split_unknown(item, source, names)
            return
        old = self.made[source]
        own = {lookup_key(name) for name in names_of(old.fields)}
        if strange := [name for name in names if lookup_key(name) not in own]:
            self.wrong(item, f"'{source}' has no name '{strange[0]}' to split off")
            return
        given: dict[str, Any] = {n: v for n, v in item.fields.items() if n not in ("from", "names")}
        kept = {n: old.fields[n] for n in ("kind", "vendor", "family") if n in old.fields}
        fields = kept | {"label": names[0], "broader": (source,)} | given
        fields["aliases"] = tuple(n for n in names if n != fields["label"])
        new = Item("entries", old.type, fields, item.file, item.line)
        if (key := key_of(new)) in self.made:
            self.wrong(item, f"'{key}' exists already; give the new entry another 'id' or 'label'")
            return
        self.drop(old, {lookup_key(name) for name in names})
        self.made[key] = Draft(old.type, fields, new, by_user=True)
        self.note(key)
        self.part(item, source, key)

    def split_unknown(self, item: Item, source: str, names: tuple[Any, ...]) -> None:
        """Names of a thing that only papers know become an entry, which the linker then keeps apart from it."""
        kind = next((name for name, each in TYPE.items() if each.slug == source.split("/")[0]), None)
        if kind is None:
            self.wrong(item, f"'{source}' is nothing that has names to split off")
            return
        given = {n: v for n, v in item.fields.items() if n not in ("from", "names")}
        fields: dict[str, Any] = {"label": names[0], "aliases": tuple(names[1:])} | given
        fields["aliases"] = tuple(n for n in names if n != fields["label"])
        new = Item("entries", kind, fields, item.file, item.line)
        self.entries(new)
        self.part(item, source, key_of(new))

    def part(self, item: Item, left: str, right: str) -> None:
        """Note that the linker never merges the two."""
        first, second = sorted((left, right))
        self.pairs[first, second] = item

    def ban(self, item: Item) -> None:
        if "key" in item.fields:
            if key := self.key(item, item.fields["key"]):
                self.gone.add(key)
                if key not in self.made:
                    return
                gone = self.made.pop(key)
                sole = (name for name in _sole_names(gone.fields) if gone.type in TYPE)
                self.banned.update((gone.type, lookup_key(name)) for name in sole)
                parents = tuple(whole(ref, gone.type) for ref in gone.fields.get("broader", ()))
                self.repoint(key, parents)
        elif "name" in item.fields:
            kind = str(item.fields.get("type", ""))
            if kind and kind not in TYPE:
                self.wrong(item, f"unknown type '{kind}'; known are {', '.join(sorted(TYPE))}")
            self.banned.add((kind, lookup_key(str(item.fields["name"]))))
            self.say(item, "", (item.fields["name"],), kind)
        else:
            self.wrong(item, "an item of 'ban' lacks 'name' or 'key'")

    def distinct(self, item: Item) -> None:
        given = item.fields["keys"]
        keys = [self.key(item, key, must_exist=False) for key in (given if isinstance(given, tuple) else (given,))]
        if len(keys) != 2:
            self.wrong(item, f"an item of 'distinct' has two keys, not {len(keys)}")
        elif keys[0] and keys[1]:
            self.part(item, keys[0], keys[1])


def _malformed(item: Item) -> str | None:
    """The first field of a decision that is no text, or no list of texts where it should be one."""
    for name in _TEXTS.get(item.what, ()):
        if name in item.fields and not (isinstance(item.fields[name], str) and item.fields[name]):
            return name
    name = _LISTS.get(item.what, "")
    value = item.fields.get(name, "x")
    texts = value if isinstance(value, tuple) else (value,)
    return None if texts and all(isinstance(text, str) and text for text in texts) else name


def _sole_names(fields: Mapping[str, Any]) -> list[str]:
    return [name for name, ambiguous in names_of(dict(fields)).items() if not ambiguous]


def _followed(merged: Mapping[str, str]) -> dict[str, str]:
    """Each key to where it ends when merges follow one another; a ring ends at its first key in order.

    >>> _followed({"model/a": "model/b", "model/b": "model/c"})
    {'model/a': 'model/c', 'model/b': 'model/c'}
    """
    out = {}
    for start in sorted(merged):
        seen = [start]
        while (key := merged.get(seen[-1])) is not None and key not in seen:
            seen.append(key)
        end = min(seen) if key is not None else seen[-1]
        if end != start:
            out[start] = end
    return out
