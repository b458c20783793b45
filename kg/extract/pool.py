"""The pool of candidates of one text before they are weighed: span -> type -> which rules found it, and its id.

In: finds, one by one. Out: a dictionary of dictionaries; plain, because thousands of texts pass through it a second.
"""

from __future__ import annotations

#: The rules by initial: `pool[span][type]` names them in this order, as "hc" or "p".
RULES = {
    "a": "announced",
    "b": "brackets",
    "c": "catalogue",
    "h": "product",
    "n": "announced",
    "p": "phrase",
    "s": "shape",
}
Types = dict[str, tuple[str, str | None]]
Pool = dict[tuple[int, int], Types]


def add(pool: Pool, start: int, end: int, kind: str, rule: str, key: str | None = None) -> None:
    """Note that a rule, by its initial, found a name of a type.

    >>> pool: Pool = {}
    >>> for rule in "scs":
    ...     add(pool, 0, 4, "Model", rule)
    >>> pool
    {(0, 4): {'Model': ('cs', None)}}
    """
    types = pool.get((start, end))
    if types is None:
        pool[start, end] = {kind: (rule, key)}
        return
    known = types.get(kind)
    if known is None:
        types[kind] = (rule, key)
    elif rule not in known[0]:
        types[kind] = ("".join(sorted(known[0] + rule)), known[1] or key)


def add_all(pool: Pool, span: tuple[int, int], types: Types) -> None:
    """Note what a rule found of a span, for several types at once; `types` stays as it is."""
    known = pool.get(span)
    if known is None:
        pool[span] = dict(types)
        return
    for kind, (rule, key) in types.items():
        before = known.get(kind)
        if before is None:
            known[kind] = (rule, key)
        elif rule not in before[0]:
            known[kind] = ("".join(sorted(before[0] + rule)), before[1] or key)
