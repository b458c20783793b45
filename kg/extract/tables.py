"""How the word tables of the rules are written: words with spaces between them, read once."""


def words(table: str) -> frozenset[str]:
    """The words of a table.

    >>> sorted(words("e.g i.e"))
    ['e.g', 'i.e']
    """
    return frozenset(table.split())
