"""Mentions as Web Annotations: sorted, strict, true to the papers' texts; and each way of breaking them is found."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyoxigraph
import pytest
import rdflib

from kg.rdf import annotations, check_mentions, export, ontology, shapes
from kg.rdf.check import check
from kg.rdf.store import load, open_store
from kg.rdf.terms import DEFAULT_BASE, Terms
from tests.tables_fixture import HOSTILE_KEY, tables

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in Terms().prefixes().items())


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annotated")
    export.write(tables(), folder, formats=("nt",))
    annotations.write(tables(), folder / annotations.MENTIONS)
    return folder


def test_they_are_sorted_canonical_and_each_once(good: Path) -> None:
    content = (good / annotations.MENTIONS).read_bytes()
    lines = content.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    form = pyoxigraph.RdfFormat.N_TRIPLES
    assert pyoxigraph.serialize(pyoxigraph.parse(content, form), format=form) == content


@pytest.mark.parametrize("base", ["http://a.example/%20/", "http://www.w3.org/2001/kg/", "https://z.example/kg/"])
def test_they_are_sorted_wherever_the_base_stands_among_the_vocabularies(base: str, tmp_path: Path) -> None:
    count = annotations.write(tables(), tmp_path / "m.nt", base)
    lines = (tmp_path / "m.nt").read_bytes().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert count == len(lines)


def test_the_order_of_rows_does_not_matter(good: Path, tmp_path: Path) -> None:
    rows = tables().mentions.to_pylist()
    rows = [*rows[::-1], *rows[::2]]
    turned = tables()._replace(mentions=pa.Table.from_pylist(rows, schema=tables().mentions.schema))
    annotations.write(turned, tmp_path / "m.nt")
    known, turned_ = (
        [line for line in path.read_text("utf-8").splitlines() if "mentionCount" not in line]  # of rows, doubled or not
        for path in (good / annotations.MENTIONS, tmp_path / "m.nt")
    )
    assert known == turned_


def test_a_mention_says_paper_place_words_entity_class_rule_and_confidence(good: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=good / annotations.MENTIONS)
    found = store.query(
        """SELECT ?paper ?start ?end ?exact ?prefix ?entity ?class ?rule ?sure WHERE {
             ?m a oa:Annotation, kg:Mention ; oa:motivatedBy oa:identifying ; oa:hasBody ?entity ; oa:hasTarget ?there ;
                kg:mentionedAs ?class ; prov:wasAttributedTo/rdfs:label ?rule ; kg:confidence ?sure .
             ?there oa:hasSource ?paper ; oa:hasSelector [ oa:start ?start ; oa:end ?end ] ,
                [ oa:exact ?exact ; oa:prefix ?prefix ] }""",
        prefixes=Terms().prefixes(),
    )
    said = {(row["paper"].value, int(row["start"].value), row["entity"].value): row for row in found}
    texts = {r["key"]: f"{r['title']}\n\n{r['abstract']}" for r in tables().papers.to_pylist()}
    iri = {key: Terms().iri(key)[1:-1] for key in texts}
    rows = [row for row in tables().mentions.to_pylist() if row["start"]]
    assert len(said) == len(rows) > 10
    for row in rows:
        there = said[iri[row["paper"]], row["start"], Terms().iri(row["entity"])[1:-1]]
        whole = texts[row["paper"]]
        assert there["exact"].value == whole[row["start"] : row["end"]] == row["text"]
        assert whole[: row["start"]].endswith(there["prefix"].value)
        assert there["class"].value.endswith(f"#{row['type']}")
        assert (there["rule"].value, float(there["sure"].value)) == (row["rule"], round(row["confidence"], 4))


def test_a_mention_in_a_paper_of_a_hostile_id_points_to_it(good: Path) -> None:
    source = pyoxigraph.NamedNode(Terms().expand("oa:hasSource"))
    store = pyoxigraph.Store()
    store.bulk_load(path=good / annotations.MENTIONS)
    assert any(store.quads_for_pattern(None, source, pyoxigraph.NamedNode(Terms().iri(HOSTILE_KEY)[1:-1])))


def test_every_unicode_plane_may_stand_before_a_mention(tmp_path: Path) -> None:
    t = tables()
    paper = {**t.papers.to_pylist()[0], "title": "".join(chr(p * 0x10000 + 0x1234) for p in range(17)) + ' "\\\n A100'}
    start = len(paper["title"]) - 4
    mention = {**t.mentions.to_pylist()[0], "paper": paper["key"], "start": start, "end": start + 4, "text": "A100"}
    only = t._replace(
        papers=pa.Table.from_pylist([paper], schema=t.papers.schema),
        mentions=pa.Table.from_pylist([mention], schema=t.mentions.schema),
    )
    annotations.write(only, tmp_path / annotations.MENTIONS)
    assert list(check_mentions.check(tmp_path / annotations.MENTIONS, load(only), Terms(), 0)) == []


def test_an_empty_table_is_an_empty_file(tmp_path: Path) -> None:
    assert annotations.write(tables()._replace(mentions=tables().mentions.slice(0, 0)), tmp_path / "m.nt") == 0


def test_what_is_written_has_no_problem(good: Path) -> None:
    assert check(good) == []


M = "mention/[0-9a-f]{20}"
HARMS = [
    (
        "oa:hasBody",
        "hardware:nvidia-a100",
        "hardware:gone",
        "dangling: <https://kg.example.org/hardware/gone> is not in",
    ),
    ("oa:hasSource", "paper:arxiv:2401.00001", "paper:arxiv:9", "dangling: <https://kg.example.org/paper/arxiv:9>"),
    ("oa:exact", '"A100"', '"H100"', "stands 'A100', not 'H100'"),
    ("oa:motivatedBy", "oa:identifying", "oa:identyfying", "breaks Mention-motivatedBy"),
    ("kg:mentionedAs", "kg:Hardware", "kg:Hardwear", "kg:Hardwear is not declared"),
]


@pytest.mark.parametrize(("predicate", "good_value", "bad", "complaint"), HARMS, ids=[h[0] for h in HARMS])
def test_what_is_wrong_with_a_mention_is_said(
    good: Path, tmp_path: Path, predicate: str, good_value: str, bad: str, complaint: str
) -> None:
    def line(value: str) -> str:
        own = value.startswith(("hardware:", "paper:"))
        shown = Terms().iri(value.replace(":", "/", 1)) if own else value if '"' in value else Terms().term(value)
        return f"{Terms().term(predicate)} {shown} ."

    content = (good / annotations.MENTIONS).read_text("utf-8")
    assert line(good_value) in content
    path = tmp_path / annotations.MENTIONS
    path.write_text(content.replace(line(good_value), line(bad), 1), encoding="utf-8")
    problems = [str(p) for p in check_mentions.check(path, open_store(good), Terms(), 1_000_000)]
    assert any(complaint in problem for problem in problems), problems


BROKEN = [
    ("Mention-hasBody", "DELETE { ?x oa:hasBody ?o } WHERE { ?x oa:hasBody ?o }"),
    ("Mention-hasTarget", "DELETE { ?x oa:hasTarget ?o } WHERE { ?x oa:hasTarget ?o }"),
    ("Mention-motivatedBy", "DELETE { ?x oa:motivatedBy ?o } WHERE { ?x oa:motivatedBy ?o }"),
    ("Mention-wasAttributedTo", "DELETE { ?x prov:wasAttributedTo ?o } WHERE { ?x prov:wasAttributedTo ?o }"),
    ("Mention-confidence", "INSERT { ?x kg:confidence 1.5 } WHERE { ?x a kg:Mention }"),
    ("Mention-mentionedAs", "INSERT { ?x kg:mentionedAs kg:Paper } WHERE { ?x a kg:Mention }"),
    ("SpecificResource-hasSource", "DELETE { ?x oa:hasSource ?o } WHERE { ?x oa:hasSource ?o }"),
    ("SpecificResource-hasSelector", "DELETE { ?x oa:hasSelector ?o } WHERE { ?x oa:hasSelector ?o }"),
    ("TextQuoteSelector-exact", "DELETE { ?x oa:exact ?o } INSERT { ?x oa:exact '' } WHERE { ?x oa:exact ?o }"),
    ("TextQuoteSelector-prefix", "INSERT { ?x oa:prefix 7 } WHERE { ?x oa:exact ?o }"),
    ("TextQuoteSelector-suffix", "INSERT { ?x oa:suffix 'two' } WHERE { ?x oa:suffix ?o }"),
    ("SoftwareAgent-mentionCount", "INSERT { ?x kg:mentionCount 0 } WHERE { ?x a prov:SoftwareAgent }"),
]


@pytest.fixture(scope="module")
def one() -> rdflib.Graph:
    """One mention with what it points to."""
    t = tables()
    only = t._replace(mentions=t.mentions.slice(0, 1), papers=t.papers.slice(0, 1))
    graph = rdflib.Graph().parse(data="".join(annotations.blocks(only)), format="nt")
    entity, paper = (Terms().iri(only.mentions[name][0].as_py())[1:-1] for name in ("entity", "paper"))
    graph.update(f"{PREFIXES} INSERT DATA {{ <{entity}> a kg:Method . <{paper}> a kg:Paper }}")
    return graph


@pytest.fixture(scope="module")
def rules() -> tuple[rdflib.Graph, rdflib.Graph]:
    return tuple(rdflib.Graph().parse(data="".join(m.lines(DEFAULT_BASE)), format="nt") for m in (shapes, ontology))  # type: ignore[return-value]


@pytest.mark.parametrize(("rule", "harm"), BROKEN, ids=[rule for rule, _ in BROKEN])
def test_a_broken_mention_is_refused_by_its_rule(
    one: rdflib.Graph, rules: tuple[rdflib.Graph, rdflib.Graph], rule: str, harm: str
) -> None:
    import pyshacl

    names = [f"{DEFAULT_BASE}shapes#{name}" for name in (rule, rule.partition("-")[0])]

    def broken(graph: rdflib.Graph) -> set[str]:
        found = pyshacl.validate(graph, shacl_graph=rules[0], ont_graph=rules[1], inference="none", use_shapes=names)
        return {str(shape).rpartition("#")[2] for shape in found[1].objects(None, rdflib.SH.sourceShape)}

    assert broken(one) == set()
    graph = rdflib.Graph() + one
    graph.update(PREFIXES + harm)
    assert rule in broken(graph)
