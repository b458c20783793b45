"""The learned tagger as a spaCy component: names that no list knows.

In: a Doc, in which `kg_catalogue` has marked the names that it knows: input of the network, too. Out:
`doc.spans["kg_tagger"]`, the names as the network alone decides, each with its type as label and "network" and the
calibrated confidence as `id_`; and, for the combination with rules and catalogue, every span from
`kg.model.network.FLOOR` on as candidates of the group (`kg.extract.candidates.get`), improbable and overlapping ones
too, with what the network says of them beyond their type (`kg.extract.aspects`). A name that does not begin and end
with tokens of the Doc is no span of it. The network is loaded once, on the first Doc, and does not read again what it
read before (`put`); torch is never imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import aspects, candidates
from kg.extract.candidates import Candidate
from kg.extract.known import places
from kg.extract.tokens import text_of

if TYPE_CHECKING:
    from kg.model.network import Name, Network

GROUP = "kg_tagger"
RULE = "network"
_AHEAD = "kg_network"


def put(doc: Doc, names: list[Name]) -> None:
    """Give a Doc what the network found in its text before: spans from `kg.model.network.FLOOR` on."""
    doc.user_data[_AHEAD] = names


class Tagger:
    """The component. `threads` is the number of threads of the network, one for all of its products."""

    def __init__(self, threads: int = 1, network: Network | None = None) -> None:
        self.threads = threads
        self._network = network

    def use(self, network: Network) -> None:
        """Take this network instead of loading it again."""
        self._network = network

    @property
    def network(self) -> Network:
        """The packaged network, loaded when first asked for. Raises ConfigurationError where it is damaged."""
        if self._network is None:
            from kg.model.network import load  # here, so that fast mode pays for no runtime

            self._network = load(threads=self.threads)
        return self._network

    def __call__(self, doc: Doc) -> Doc:
        """Add the network's spans to one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Add the network's spans to Docs, which come out in the order they came in."""
        docs_left = iter(stream)
        while docs := list(islice(docs_left, batch_size)):
            for doc, found in zip(docs, self._found(docs), strict=True):
                candidates.put(doc, GROUP, [Candidate(n.start, n.end, n.type, RULE, n.confidence) for n in found])
                aspects.put(doc, ((n.start, n.end, n.aspects) for n in found))
                doc.spans[GROUP] = [span for n in self.network.decide(found) if (span := _span(doc, n)) is not None]
                yield doc

    def _found(self, docs: list[Doc]) -> list[list[Name]]:
        from kg.model.network import FLOOR

        ahead = [doc.user_data.pop(_AHEAD, None) for doc in docs]
        left = [doc for doc, names in zip(docs, ahead, strict=True) if names is None]
        known = [places(candidates.get(doc, "kg_catalogue")) for doc in left]
        asked = iter(self.network.candidates([text_of(doc) for doc in left], known, FLOOR))
        return [next(asked) if names is None else names for names in ahead]


def _span(doc: Doc, name: Name) -> Span | None:
    return doc.char_span(name.start, name.end, label=name.type, span_id=f"{RULE} {name.confidence:.3f}")


@Language.factory("kg_tagger", default_config={"threads": 1})
def make_tagger(nlp: Language, name: str, threads: int) -> Any:
    """Factory of the learned tagger."""
    return Tagger(threads)
