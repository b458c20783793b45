"""YAML -> items with their lines.

In: the text of a catalogue file, a mapping:

    type: Hardware                # the entity type of every entry, or Vendor
    defaults: {vendor: nvidia}    # fields that every entry has unless it says otherwise
    entries:
    - {label: NVIDIA A100, aliases: [A100], broader: [nvidia-ampere], year: 2020}
    - {label: Xeon Gold, members: [Xeon Gold 6148, [EPYC 7B13, EPYC 7B13 64-Core]]}  # each an entry narrower than this
    - defaults: {kind: cpu}       # a group: an item that has entries of its own
      entries: [...]

Out: `Item`s, defaults applied, and `Problem`s. Nothing is raised: problems of all files are reported together.
A user's file may have further lists beside `entries`; see `kg.catalogue.user`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from kg.schema import TYPE
from kg.text import slug

#: field -> what its value must be; `names` is a list of strings
FIELDS = {
    "id": "text", "label": "text", "aliases": "names", "ambiguous": "names", "context": "names", "kind": "text",
    "vendor": "text", "family": "text", "broader": "names", "part_of": "names", "year": "year", "wikidata": "wikidata",
    "specs": "specs", "members": "members",
}  # fmt: skip
SPEC_FIELDS = {"name", "value", "unit", "source", "format"}
SPEC_NAMES = {"memory", "bandwidth", "peak", "power", "process"}
#: what a file may hold beside its entries, in the order in which it is applied
LISTS = ("rename", "merge", "split", "ban", "distinct", "figures")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast, and not everywhere


class Problem(NamedTuple):
    """Something wrong in a catalogue file, and where."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Item(NamedTuple):
    """An entry or a decision as written: `what` is "entries" or one of `LISTS`."""

    what: str
    type: str
    fields: dict[str, Any]
    file: str
    line: int


def read(text: str, file: str) -> tuple[list[Item], list[Problem]]:
    """The items of one file, and what is wrong with it.

    >>> items, problems = read("type: Hardware\\nentries:\\n- {label: NVIDIA A100, yaer: 2020}", "mine.yaml")
    >>> items[0].fields
    {'label': 'NVIDIA A100'}
    >>> print(*problems)
    mine.yaml:3: unknown field 'yaer'; known are aliases, ambiguous, broader, context, family, id, kind, label,
    members, part_of, specs,
    vendor, wikidata, year
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return [], [Problem(file, mark.line + 1 if mark else 1, f"not YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return [], [Problem(file, 1, f"not YAML: {' '.join(str(error).split())}")]
    if root is None:
        return [], []
    reader = _Reader(file)
    return list(reader.top(root)), reader.problems


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, node: yaml.Node, text: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, text))

    def top(self, root: yaml.Node) -> Iterator[Item]:
        parts = self.mapping(root)
        type_node = parts.pop("type", None)
        kind = str(type_node.value) if type_node is not None else "Hardware"
        if kind != "Vendor" and kind not in TYPE:
            self.wrong(type_node or root, f"unknown type '{kind}'; known are Vendor, {', '.join(sorted(TYPE))}")
            return
        yield from self.group(parts, kind, {})
        for name in (name for name in LISTS if name in parts):
            for node in self.sequence(parts.pop(name)):
                if not isinstance(node, yaml.MappingNode):
                    self.wrong(node, f"expected a mapping (key: value) as an item of '{name}'; see docs/catalogue.md")
                    continue
                yield Item(name, kind, self.plain_mapping(node), self.file, node.start_mark.line + 1)
        for name, node in parts.items():
            self.wrong(node, f"unknown list '{name}'; known are defaults, entries, type, {', '.join(sorted(LISTS))}")

    def group(self, parts: dict[str, yaml.Node], kind: str, defaults: dict[str, Any]) -> Iterator[Item]:
        defaults = defaults | (self.fields(parts.pop("defaults")) if "defaults" in parts else {})
        for node in self.sequence(parts.pop("entries")) if "entries" in parts else ():
            if isinstance(node, yaml.MappingNode) and any(key.value == "entries" for key, _ in node.value):
                inner = self.mapping(node)
                yield from self.group(inner, kind, defaults)
                for name, rest in inner.items():
                    self.wrong(rest, f"unknown key '{name}' of a group; known are defaults, entries")
            else:
                yield from self.entry(kind, defaults | self.fields(node), node.start_mark.line + 1)

    def entry(self, kind: str, fields: dict[str, Any], line: int) -> Iterator[Item]:
        """The entry, and one narrower than it for each of its members, with its vendor, kind and family."""
        members = fields.pop("members", ())
        yield Item("entries", kind, fields, self.file, line)
        if not members:
            return
        common = {name: fields[name] for name in ("vendor", "kind", "family") if name in fields}
        above = str(fields.get("id") or slug(str(fields.get("label", ""))))
        for label, *aliases in members:
            member = common | {"label": label, "aliases": tuple(aliases), "broader": (above,)}
            yield Item("entries", kind, member, self.file, line)

    def mapping(self, node: yaml.Node) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "expected a mapping (key: value)")
            return {}
        parts: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in parts:
                self.wrong(key, f"'{key.value}' is given twice")
            parts[str(key.value)] = value
        return parts

    def sequence(self, node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if not (isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null")):
            self.wrong(node, "expected a list")
        return []

    def fields(self, node: yaml.Node) -> dict[str, Any]:
        out = {}
        for name, value in self.mapping(node).items():
            if name not in FIELDS:
                self.wrong(value, f"unknown field '{name}'; known are {', '.join(sorted(FIELDS))}")
            elif (read := self.value(FIELDS[name], name, value)) is not None:
                out[name] = read
        return out

    def value(self, form: str, name: str, node: yaml.Node) -> Any:
        if form == "names":
            return self.names(name, node)
        if form == "members":
            return tuple(
                self.names(name, item) if isinstance(item, yaml.SequenceNode) else (item.value.strip(),)
                for item in self.sequence(node)
            )
        if form == "specs":
            return tuple(spec for item in self.sequence(node) if (spec := self.spec(item)))
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.wrong(node, f"'{name}' must be one word or line of text")
            return None
        text = node.value.strip()
        if form == "year":
            if not (text.isascii() and text.isdigit() and 1940 <= int(text) <= 2040):
                self.wrong(node, f"bad year '{text}'; expected a year from 1940 to 2040")
                return None
            return int(text)
        if form == "wikidata" and not (text[0] == "Q" and text[1:].isascii() and text[1:].isdigit()):
            self.wrong(node, f"bad Wikidata id '{text}'; expected the form Q42")
            return None
        return text

    def names(self, name: str, node: yaml.Node) -> tuple[str, ...]:
        out = []
        for item in self.sequence(node):
            if isinstance(item, yaml.ScalarNode) and item.value.strip():
                out.append(item.value.strip())
            else:
                self.wrong(item, f"'{name}' must be a list of names")
        return tuple(dict.fromkeys(out))

    def spec(self, node: yaml.Node) -> dict[str, Any] | None:
        spec = self.plain_mapping(node)
        if unknown := sorted(spec.keys() - SPEC_FIELDS):
            self.wrong(node, f"unknown part '{unknown[0]}' of a spec; known are {', '.join(sorted(SPEC_FIELDS))}")
            return None
        if missing := sorted({"name", "value", "unit", "source"} - spec.keys()):
            self.wrong(node, f"a spec lacks '{missing[0]}'")
            return None
        if spec["name"] not in SPEC_NAMES:
            self.wrong(node, f"unknown spec '{spec['name']}'; known are {', '.join(sorted(SPEC_NAMES))}")
            return None
        try:
            spec["value"] = float(spec["value"])
        except ValueError:
            self.wrong(node, f"the value of a spec must be a number, not '{spec['value']}'")
            return None
        return spec

    def plain_mapping(self, node: yaml.Node) -> dict[str, Any]:
        return {name: self.plain(value) for name, value in self.mapping(node).items()}

    def plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return node.value.strip()
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.plain(item) for item in node.value)
        return self.plain_mapping(node)
