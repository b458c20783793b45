"""An extractor that works without a language pipeline, for tests of what stands around it."""

import re
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ClassVar

from kg.errors import ConfigurationError
from kg.pipeline.engine import Extractor
from kg.records import Evidence, Found, HardwareRole, Mention, Paper, Record


class FakeExtractor(Extractor):
    """Finds the A100 and nothing else, at once; fails on the papers whose title has a word of `FAIL`."""

    FAIL: ClassVar[tuple[str, ...]] = ()

    def __init__(self, catalogue: object, fast: bool, threads: int = 1) -> None:
        """Nothing to load."""
        self._reader = ThreadPoolExecutor(threads)
        self._turn = threading.Lock()
        self._pipeline: Future[Any] = Future()
        self._pipeline.set_result(None)

    def names(self, paper: Paper) -> None:
        """No network."""

    def record(self, paper: Paper, names: object) -> Record:
        """The mentions of the A100."""
        if any(word in paper.title for word in self.FAIL):
            raise ZeroDivisionError("what")
        spans = [match.span() for match in re.finditer("A100", paper.text)]
        mentions = tuple(Mention(a, b, paper.text[a:b], "Hardware", "fake", 1.0, (a, b)) for a, b in spans)
        if not mentions:
            return Record(paper.id)
        first = mentions[0]
        role = HardwareRole("A100", "targets", Evidence(first.start, first.end, first.text, "fake", 1.0))
        return Record(paper.id, (Found("Hardware", "A100", ("A100",), mentions),), hardware_roles=(role,))


class Damaged:
    """An extractor that cannot be made."""

    def __init__(self, catalogue: object, fast: bool, threads: int = 1) -> None:
        raise ConfigurationError("the network is damaged; get it again")
