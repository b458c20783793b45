# ruff: noqa: E501 - one broken graph, one line
"""The check of a folder: a good one passes, and each way of breaking it is refused by the rule that is broken."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from kg.errors import InputError
from kg.rdf import export, ontology, shapes, vocabulary
from kg.rdf.check import Problem, check
from kg.rdf.lines import lines
from kg.rdf.terms import DEFAULT_BASE, Terms
from tests.tables_fixture import tables

TERMS = Terms()
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in TERMS.prefixes().items())


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    export.write(tables(), folder)
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return shutil.copytree(good, tmp_path / "rdf")


def test_what_is_written_has_no_problem(good: Path) -> None:
    assert check(good) == []


def test_a_sample_of_subjects_has_no_problem_either(good: Path) -> None:
    assert check(good, shaped=400) == []


# One paper's neighbourhood is enough to break, and small enough for pySHACL to be quick.
@pytest.fixture(scope="module")
def neighbourhood() -> rdflib.Graph:
    from kg.store import Tables

    t = tables()
    paper = t.papers.slice(0, 1)["key"][0].as_py()
    ours = Tables(
        t.papers.slice(0, 1),
        *(
            x.filter([row == paper for row in x["paper"].to_pylist()]) if "paper" in x.column_names else x
            for x in t[1:]
        ),
    )
    return rdflib.Graph().parse(data="".join(lines(ours, DEFAULT_BASE)), format="nt")


@pytest.fixture(scope="module")
def rules() -> tuple[rdflib.Graph, rdflib.Graph]:
    return tuple(rdflib.Graph().parse(data="".join(m.lines(DEFAULT_BASE)), format="nt") for m in (shapes, ontology))  # type: ignore[return-value]


def broken(graph: rdflib.Graph, rules: tuple[rdflib.Graph, rdflib.Graph], *names: str) -> set[str]:
    """The rules that a graph breaks, of all or of those shapes."""
    import pyshacl

    only = [f"{DEFAULT_BASE}shapes#{name}" for name in names] or None
    found = pyshacl.validate(graph, shacl_graph=rules[0], ont_graph=rules[1], inference="none", use_shapes=only)
    return {str(rule).rpartition("#")[2] for rule in found[1].objects(None, rdflib.SH.sourceShape)}


ALTERNATIVES = sorted(
    {line.split("#")[1].split(">")[0] for line in shapes.lines(DEFAULT_BASE) if "shapes#a-" in line[:40]}
)
A100, STATEMENT = "hardware:nvidia-a100", "?x a rdf:Statement"
P = "<https://kg.example.org/paper/arxiv:2401.00001>"
BROKEN = [
    ("Paper-title", f"DELETE WHERE {{ {P} dcterms:title ?t }}"),
    ("Paper-title", f"INSERT DATA {{ {P} dcterms:title 'A second title' }}"),
    ("Paper-label", f"DELETE WHERE {{ {P} rdfs:label ?t }}"),
    ("Paper-label", f"DELETE {{ {P} rdfs:label ?t }} INSERT {{ {P} rdfs:label '' }} WHERE {{ {P} rdfs:label ?t }}"),
    ("Paper-abstract", f"INSERT DATA {{ {P} dcterms:abstract 'Another' }}"),
    ("Paper-hasPublicationYear", f"DELETE {{ {P} fabio:hasPublicationYear ?y }} INSERT {{ {P} fabio:hasPublicationYear '2024' }} WHERE {{ {P} fabio:hasPublicationYear ?y }}"),
    ("Paper-hasArXivId", f"DELETE {{ {P} fabio:hasArXivId ?y }} INSERT {{ {P} fabio:hasArXivId 'arXiv 7' }} WHERE {{ {P} fabio:hasArXivId ?y }}"),
    ("Paper-url", f"DELETE {{ {P} schema:url ?y }} INSERT {{ {P} schema:url 'text' }} WHERE {{ {P} schema:url ?y }}"),
    ("Paper-reports", f"INSERT DATA {{ {P} kg:reports {A100} }}"),
    ("Paper-creator", f"INSERT DATA {{ {P} dc:creator 7 }}"),
    ("targetsHardware-objects", f"INSERT DATA {{ {P} kg:targetsHardware vendor:nvidia }}"),
    ("targetsHardware-subjects", f"INSERT DATA {{ vendor:nvidia kg:targetsHardware {A100} }}"),
    ("proposes-subjects", f"INSERT DATA {{ {A100} kg:proposes method:tileflow }}"),
    ("proposes-objects", f"INSERT DATA {{ {P} kg:proposes vendor:nvidia }}"),
    ("mentions-objects", f"INSERT DATA {{ {P} kg:mentions {P} }}"),
    ("usesDataset-objects", f"INSERT DATA {{ {P} kg:usesDataset {A100} }}"),
    ("usesModel-objects", f"INSERT DATA {{ {P} kg:usesModel {A100} }}"),
    ("usesMethod-objects", f"INSERT DATA {{ {P} kg:usesMethod {A100} }}"),
    ("usesSoftware-objects", f"INSERT DATA {{ {P} kg:usesSoftware {A100} }}"),
    ("addressesTask-objects", f"INSERT DATA {{ {P} kg:addressesTask {A100} }}"),
    ("reportsMetric-objects", f"INSERT DATA {{ {P} kg:reportsMetric {A100} }}"),
    ("evaluatedOn-objects", f"INSERT DATA {{ {P} kg:evaluatedOn method:tileflow }}"),
    ("comparedWith-objects", f"INSERT DATA {{ {P} kg:comparedWith vendor:nvidia }}"),
    ("madeBy-objects", f"INSERT DATA {{ {A100} kg:madeBy hardware:gpu }}"),
    ("Hardware-madeBy", f"INSERT DATA {{ {A100} kg:madeBy vendor:amd }}"),
    ("partOf-subjects", f"INSERT DATA {{ method:tileflow kg:partOf {A100} }}"),
    ("Hardware-prefLabel", f"INSERT DATA {{ {A100} skos:prefLabel 'A second name' }}"),
    ("Hardware-altLabel", f"INSERT {{ {A100} skos:altLabel ?l }} WHERE {{ {A100} skos:prefLabel ?l }}"),
    ("Hardware-exactMatch", f"INSERT DATA {{ {A100} skos:exactMatch 'Q1' }}"),
    ("Hardware-paperCount", f"DELETE {{ {A100} kg:paperCount ?n }} INSERT {{ {A100} kg:paperCount -1 }} WHERE {{ {A100} kg:paperCount ?n }}"),
    ("Hardware-knownFrom", f"DELETE {{ {A100} kg:knownFrom ?n }} INSERT {{ {A100} kg:knownFrom 'hearsay' }} WHERE {{ {A100} kg:knownFrom ?n }}"),
    ("Hardware-inScheme", f"DELETE WHERE {{ {A100} skos:inScheme ?s }}"),
    ("Hardware-year", f"DELETE {{ {A100} kg:year ?n }} INSERT {{ {A100} kg:year 2020 }} WHERE {{ {A100} kg:year ?n }}"),
    ("Hardware-broader", f"INSERT DATA {{ {A100} skos:broader vendor:nvidia }}"),
    ("Hardware-specification", f"INSERT DATA {{ {A100} kg:specification hardware:gpu }}"),
    ("Hardware-within", f"DELETE WHERE {{ {A100} kg:within ?t }}"),
    ("Method-label", "DELETE WHERE { method:tileflow rdfs:label ?l }"),
    ("Vendor-label", "DELETE WHERE { vendor:amd rdfs:label ?l }"),
    ("Specification-numericValue", "DELETE WHERE { ?x kg:figure 'memory' ; qudt:numericValue ?v }"),
    ("Specification-figure", "INSERT { ?x kg:figure 'colour' } WHERE { ?x a kg:Specification }"),
    ("Specification-unitText", "DELETE { ?x kg:unitText ?u } WHERE { ?x a kg:Specification ; kg:unitText ?u }"),
    ("Statement-object", f"DELETE {{ ?x rdf:object ?o }} WHERE {{ {STATEMENT} ; rdf:object ?o }}"),
    ("Statement-subject", f"INSERT {{ ?x rdf:subject {A100} }} WHERE {{ {STATEMENT} }}"),
    ("Statement-predicate", f"DELETE {{ ?x rdf:predicate ?o }} WHERE {{ {STATEMENT} ; rdf:predicate ?o }}"),
    ("Statement-support", f"DELETE {{ ?x kg:support ?o }} INSERT {{ ?x kg:support 0 }} WHERE {{ {STATEMENT} ; kg:support ?o }}"),
    ("Statement-confidence", f"DELETE {{ ?x kg:confidence ?o }} INSERT {{ ?x kg:confidence 1.5 }} WHERE {{ {STATEMENT} ; kg:confidence ?o }}"),
    ("Statement-evidence", f"DELETE {{ ?x kg:evidence ?o }} WHERE {{ {STATEMENT} ; kg:evidence ?o }}"),
    ("Statement-wasDerivedFrom", f"DELETE {{ ?x prov:wasDerivedFrom ?o }} WHERE {{ {STATEMENT} ; prov:wasDerivedFrom ?o }}"),
    ("Evidence-value", "DELETE { ?x prov:value ?o } WHERE { ?x prov:value ?o }"),
    ("Evidence-value", "DELETE { ?x prov:value ?o } INSERT { ?x prov:value '' } WHERE { ?x prov:value ?o }"),
    ("Evidence-wasQuotedFrom", f"INSERT {{ ?x prov:wasQuotedFrom {A100} }} WHERE {{ ?x a kg:Evidence }}"),
    ("Evidence-hasSource", "DELETE { ?x oa:hasSource ?o } WHERE { ?x oa:hasSource ?o }"),
    ("Evidence-hasSelector", "DELETE { ?x oa:hasSelector ?o } WHERE { ?x oa:hasSelector ?o }"),
    ("Evidence-wasAttributedTo", f"INSERT {{ ?x prov:wasAttributedTo {A100} }} WHERE {{ ?x a kg:Evidence }}"),
    ("Evidence-confidence", "DELETE { ?x kg:confidence ?o } INSERT { ?x kg:confidence 'sure' } WHERE { ?x a kg:Evidence ; kg:confidence ?o }"),
    ("TextPositionSelector-start", "DELETE { ?x oa:start ?o } INSERT { ?x oa:start 99999 } WHERE { ?x oa:start ?o }"),
    ("TextPositionSelector-end", "DELETE { ?x oa:end ?o } WHERE { ?x oa:end ?o }"),
    ("Result-metricText", "DELETE { ?x kg:metricText ?o } WHERE { ?x kg:metricText ?o }"),
    ("Result-low", "DELETE { ?x kg:low ?o } INSERT { ?x kg:low 1000.0 } WHERE { ?x kg:low ?o }"),
    ("Result-high", "DELETE { ?x kg:high ?o } INSERT { ?x kg:high '2.5' } WHERE { ?x kg:high ?o }"),
    ("Result-better", "DELETE { ?x kg:better ?o } INSERT { ?x kg:better 'more' } WHERE { ?x kg:better ?o }"),
    ("Result-onHardware", "INSERT { ?x kg:onHardware dataset:imagenet } WHERE { ?x a kg:Result }"),
    ("Result-specifiedBy", "DELETE { ?x mls:specifiedBy ?o } INSERT { ?x mls:specifiedBy dataset:imagenet } WHERE { ?x mls:specifiedBy ?o }"),
    ("Result-wasDerivedFrom", "DELETE { ?x prov:wasDerivedFrom ?o } WHERE { ?x a kg:Result ; prov:wasDerivedFrom ?o }"),
    ("SoftwareAgent-evidenceCount", "DELETE { ?x kg:evidenceCount ?o } INSERT { ?x kg:evidenceCount 0 } WHERE { ?x kg:evidenceCount ?o }"),
    ("SpecificResource-hasSource", f"DELETE {{ ?x oa:hasSource ?o }} INSERT {{ ?x oa:hasSource {A100} }} WHERE {{ ?x oa:hasSource ?o }}"),
    ("ConceptScheme-label", "DELETE { ?x rdfs:label ?o } WHERE { ?x a skos:ConceptScheme ; rdfs:label ?o }"),
]  # fmt: skip


def test_the_neighbourhood_is_good(neighbourhood: rdflib.Graph, rules: tuple[rdflib.Graph, rdflib.Graph]) -> None:
    assert broken(neighbourhood, rules) == set()


@pytest.mark.parametrize(("rule", "harm"), BROKEN, ids=[f"{i}-{rule}" for i, (rule, _) in enumerate(BROKEN)])
def test_a_broken_graph_is_refused_by_its_rule(
    neighbourhood: rdflib.Graph, rules: tuple[rdflib.Graph, rdflib.Graph], rule: str, harm: str
) -> None:
    graph = rdflib.Graph() + neighbourhood
    graph.update(PREFIXES + harm)
    parts = ALTERNATIVES if rule.endswith("jects") else [rule.partition("-")[0]]
    assert rule in broken(graph, rules, rule, *parts)


def kinds(problems: list[Problem]) -> Iterator[str]:
    return (problem.kind for problem in problems)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("kg.nt", "<https://kg.example.org/a b> <https://kg.example.org/p> <https://kg.example.org/o> .\n"),
        ("kg.ttl", "\nhardware:x a kg:Hardware ;; , .\n"),
        ("kg.trig", "\npaper:g { hardware:x a \n"),
        ("kg.jsonld", "]"),
        ("ontology.ttl", "\nkg:X rdfs:label 'no end\n"),
        ("void.ttl", '\n<x> dcterms:created "2026"^^ .\n'),
    ],
)
def test_a_file_that_a_strict_parser_refuses_is_a_problem(folder: Path, name: str, bad: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(bad)
    problems = check(folder)
    assert [(problem.file, problem.kind) for problem in problems] == [(name, "syntax")]


def test_formats_that_differ_are_a_problem(folder: Path) -> None:
    with (folder / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write('hardware:gpu skos:altLabel "another" .\n')
    assert [(problem.file, problem.kind) for problem in check(folder, 0)] == [("kg.ttl", "formats")]


def appended(folder: Path, line: str, shaped: int = 0) -> list[str]:
    """The problems of a folder whose kg.nt alone has one more line."""
    for name in ("kg.ttl", "kg.trig", "kg.jsonld"):
        (folder / name).unlink()
    with (folder / export.NT).open("a", encoding="utf-8") as file:
        file.write(line)
    return [str(problem) for problem in check(folder, shaped)]


A = "<https://kg.example.org/hardware/gpu>"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (f'{A} <http://purl.org/spar/fabio/hasArXivID> "1" .\n', "fabio:hasArXivID is not declared"),
        (f'{A} <https://kg.example.org/ontology#color> "1" .\n', "kg:color is not declared"),
        (f'{A} <http://unknown.example/p> "1" .\n', "is of no vocabulary that is listed"),
        (f"{A} <{TERMS.expand('rdf:type')}> <{TERMS.expand('skos:Koncept')}> .\n", "skos:Koncept is not declared"),
        (f"{A} <{TERMS.expand('qudt:hasUnit')}> <{TERMS.expand('unit:GigaBITE')}> .\n", "unit:GigaBITE is not declared"),
        (f"{A} <{TERMS.expand('rdfs:seeAlso')}> <https://kg.example.org/hardware/gone> .\n", "dangling: <https://kg.example.org/hardware/gone>"),
        (f"{A} <{TERMS.expand('skos:broader')}> <https://kg.example.org/hardware/nvidia-a100> .\n", "circle: skos:broader"),
        (f'{A} <{TERMS.expand("rdfs:label")}> "again" .\n', "breaks Hardware-label"),
    ],
)  # fmt: skip
def test_a_line_that_should_not_be_there_is_a_problem(folder: Path, line: str, complaint: str) -> None:
    assert any(complaint in problem for problem in appended(folder, line, 5000 if "breaks" in complaint else 0))


def test_many_problems_of_a_kind_are_cut(folder: Path) -> None:
    lines = "".join(
        f"{A} <{TERMS.expand('rdfs:seeAlso')}> <https://kg.example.org/hardware/g{i}> .\n" for i in range(50)
    )
    problems = appended(folder, lines)
    assert len([problem for problem in problems if "dangling" in problem]) == 21
    assert any("and more IRIs" in problem for problem in problems)


def test_a_folder_without_rdf_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no kg.nt in"):
        check(tmp_path)


def test_our_own_terms_lean_only_on_terms_that_exist() -> None:
    for term in ontology.terms():
        for name in (*term.parents, *term.close, *term.domain, *term.range):
            if not name.startswith(("https:", "http:")):
                prefix, _, local = name.partition(":")
                assert vocabulary.declares(prefix, local), f"{term.name}: {name}"


def test_every_relation_of_the_schema_is_in_the_ontology() -> None:
    from kg import schema

    assert {r.term for r in schema.RELATIONS} - {"broader"} <= ontology.names()
    assert {kind.name for kind in schema.NODE_KINDS.values()} <= ontology.names()


def test_the_ontology_page_names_every_term(good: Path) -> None:
    page = (good / export.ONTOLOGY_PAGE).read_text("utf-8")
    assert all(f'id="{name}"' in page for name in ontology.names())
    assert "<script" not in page
    assert 'href="http' not in page
