"""What the checks of a folder of RDF have in common: a problem, and the rules that hold for triples of any file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from kg.errors import ConfigurationError
from kg.rdf import ontology, shapes, vocabulary
from kg.rdf.terms import NAMESPACES, Terms

_SHOWN = 20  # problems of one kind that are listed one by one


class Problem(NamedTuple):
    """What is wrong: the file, the kind of check that found it, and the words."""

    file: str
    kind: str  # "syntax", "formats", "terms", "dangling", "circle", "words" or "shape"
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.kind}: {self.message}"


def few(problems: Iterable[Problem], what: str) -> Iterator[Problem]:
    """The first problems of a kind, and that there are more."""
    for number, problem in enumerate(problems):
        if number == _SHOWN:
            yield problem._replace(message=f"and more {what}")
            return
        yield problem


def undeclared(used: Iterable[str], terms: Terms, file: str) -> Iterator[Problem]:
    """The predicates, classes and units (IRIs without brackets) that their vocabulary does not declare."""
    spaces = {space: prefix for prefix, space in {**NAMESPACES, "kg": terms.ontology}.items()}
    for iri in sorted(set(used)):
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = spaces.get(iri[:cut])
        if prefix is None:
            yield Problem(file, "terms", f"<{iri}> is of no vocabulary that is listed")
        elif prefix in vocabulary.LISTED and not vocabulary.declares(prefix, iri[cut:]):
            yield Problem(file, "terms", f"{prefix}:{iri[cut:]} is not declared by {iri[:cut]}")


def broken(lines: Iterable[str], drawn: Collection[str], base: str, file: str) -> Iterator[Problem]:
    """What pySHACL refuses in lines of N-Triples, one problem for each node and rule; of the `drawn` nodes only, for of
    others a part may be missing. Raises ConfigurationError where pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError as e:
        raise ConfigurationError("pySHACL is not installed; pip install 'hardware-kg[shapes]'") from e
    import rdflib

    data = rdflib.Graph().parse(data="".join(lines), format="nt")
    shape, known = (rdflib.Graph().parse(data="".join(m.lines(base)), format="nt") for m in (shapes, ontology))
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shape, ont_graph=known, inference="none")
    if conforms:
        return
    sh, found = rdflib.SH, set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node, rule, value = (report.value(result, p) for p in (sh.focusNode, sh.sourceShape, sh.value))
        if str(node) in drawn:
            shown = "" if value is None else f" with {value.n3()}"
            found.add(Problem(file, "shape", f"<{node}> breaks {str(rule).rpartition('#')[2]}{shown}"))
    yield from few(sorted(found), "broken rules")
