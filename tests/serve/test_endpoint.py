"""The endpoint over HTTP: the query requests of the SPARQL 1.1 Protocol, dereferencing, and what guards it."""

from __future__ import annotations

import json
import re

import pyoxigraph
import pytest

from kg.rdf.terms import Terms
from tests.serve.conftest import MAX_ROWS, ORIGIN
from tests.tables_fixture import HOSTILE_KEY, HOSTILE_TITLE

ASK = "ASK { ?s a kg:Paper }"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("GET", {"params": {"query": ASK}}),
        ("POST", {"data": {"query": ASK}}),
        ("POST", {"content": ASK, "headers": {"Content-Type": "application/sparql-query"}}),
    ],
)
def test_a_query_is_answered_by_each_of_the_three_ways(server, method, options):
    answer = server.request(method, "/sparql", **options)
    assert (answer.status_code, answer.headers["content-type"]) == (200, JSON)
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("status", "method", "options"),
    [
        (400, "GET", {"params": {"query": "SELECT * {"}}),
        (400, "GET", {"params": [("query", ASK), ("query", ASK)]}),
        (400, "GET", {"params": {"format": "json"}}),
        (400, "POST", {"data": {"nothing": "here"}}),
        (400, "POST", {"content": ASK.encode("utf-16"), "headers": {"Content-Type": "application/sparql-query"}}),
        (403, "GET", {"params": {"query": "DROP ALL"}}),
        (403, "POST", {"data": {"update": "DROP ALL"}}),
        (403, "POST", {"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}),
        (403, "GET", {"params": {"query": "ASK FROM <file:///etc/passwd> { ?s ?p ?o }"}}),
        (403, "GET", {"params": {"query": ASK, "default-graph-uri": "file:///etc/passwd"}}),
        (405, "PUT", {"content": ASK, "headers": {"Content-Type": "application/sparql-query"}}),
        (405, "DELETE", {}),
        (406, "GET", {"params": {"query": ASK}, "headers": {"Accept": "image/png"}}),
        (415, "POST", {"content": ASK}),
        (415, "POST", {"content": ASK, "headers": {"Content-Type": "text/plain"}}),
    ],
)
def test_a_wrong_request_has_the_status_of_the_protocol(server, status, method, options):
    answer = server.request(method, "/sparql", **options)
    assert answer.status_code == status
    assert answer.text


def test_a_wrong_method_says_which_are_right(server):
    assert {"GET", "POST"} <= set(server.request("PUT", "/sparql").headers["allow"].split(", "))


@pytest.mark.parametrize("accept", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_solutions_have_the_media_type_that_was_asked_for(server, accept):
    answer = server.ask("SELECT ?s { ?s a kg:Vendor }", accept)
    assert answer.headers["content-type"].split(";")[0] == accept
    assert "vendor/amd" in answer.text


def test_a_dataset_of_graphs_that_are_not_there_is_empty(server):
    assert server.ask("ASK { ?s ?p ?o }", JSON, **{"default-graph-uri": "http://example.org/none"}).json() == {
        "head": {},
        "boolean": False,
    }


def test_without_a_query_the_endpoint_describes_itself_and_a_browser_goes_to_the_query_page(server):
    described = server.get("/sparql", headers={"Accept": "application/n-triples"})
    space = "http://www.w3.org/ns/sparql-service-description#"
    assert f"<{space}endpoint> <{server.url}/sparql>" in described.text
    assert f"{space}SPARQL11Query" in described.text
    assert server.get("/sparql", headers=BROWSER).headers["location"] == "/query"


def test_an_answer_that_was_cut_says_so(strict):
    answer = strict.ask("SELECT * { ?s ?p ?o }")
    assert len(answer.text.splitlines()) == MAX_ROWS + 1
    assert f"first {MAX_ROWS} rows" in answer.headers["kg-truncated"]


def test_a_literal_of_every_plane_comes_back_as_it_went(server):
    text = "".join(chr(plane * 0x10000 + 0x41) for plane in range(17)) + "\u200d\"'\\\n"
    escaped = json.dumps(text, ensure_ascii=False)
    found = server.ask(f"SELECT ({escaped} AS ?x) {{}}", JSON).json()
    assert found["results"]["bindings"][0]["x"]["value"] == text


def test_a_named_question_is_answered_with_its_parameter_as_a_term(server):
    answer = server.get("/questions/methods-by-hardware", params={"hardware": "A100"}, headers={"Accept": "text/csv"})
    assert "TileFlow" in answer.text
    listed = {question["name"] for question in server.get("/questions").json()}
    assert "methods-by-hardware" in listed


@pytest.mark.parametrize(
    "text", ['A100" } INSERT { ?s ?p ?o', "A100> . ?s ?p ?o . #", "} SERVICE <http://example.org> {"]
)
def test_text_that_was_to_be_injected_is_only_a_name_that_nothing_has(server, text):
    answer = server.get("/questions/methods-by-hardware", params={"hardware": text})
    assert answer.status_code == 400
    assert "no Hardware is called" in answer.text


def test_a_question_that_is_not_there_is_answered_with_those_that_are(server):
    answer = server.get("/questions/none")
    assert (answer.status_code, "methods-by-hardware" in answer.text) == (404, True)


def follow(server, path, **headers):
    first = server.get(path, headers=headers)
    assert first.status_code == 303
    assert first.headers["vary"] == "Accept"
    return server.get(first.headers["location"], headers=headers, follow_redirects=True)


def test_an_iri_leads_a_program_to_triples_and_a_reader_to_a_page(server):
    triples = follow(server, "/hardware/nvidia-a100", Accept="application/n-triples")
    assert '"NVIDIA A100"' in triples.text
    assert (
        "<https://kg.example.org/paper/arxiv:2401.00001> <https://kg.example.org/ontology#targetsHardware>"
        in triples.text
    )
    page = follow(server, "/hardware/nvidia-a100", **BROWSER)
    assert "<h1>NVIDIA A100</h1>" in page.text
    assert "designed for the NVIDIA A100" in page.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", pyoxigraph.RdfFormat.TURTLE),
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
def test_triples_of_an_iri_come_in_every_format(server, accept, form):
    found = follow(server, "/method/tileflow", Accept=accept)
    assert found.headers["content-type"].split(";")[0] == form.media_type
    assert len(list(pyoxigraph.parse(found.content, format=form))) > 5


def test_a_short_answer_has_a_short_head(server):
    found = server.ask("CONSTRUCT WHERE { hardware:nvidia-a100 rdfs:label ?l }", "text/turtle")
    assert found.text.count("@prefix") == 2


def test_every_iri_of_the_store_leads_somewhere(server):
    rows = server.ask("SELECT DISTINCT ?s { ?s a ?type } ORDER BY ?s", JSON).json()["results"]["bindings"]
    base = Terms().base
    paths = ["/" + row["s"]["value"].removeprefix(base) for row in rows if row["s"]["value"].startswith(base)]
    assert len(paths) > 100
    for path in paths[::5]:
        assert follow(server, path, **BROWSER).status_code == 200, path


def test_a_hostile_id_leads_to_a_page_on_which_it_is_text(server):
    iri = Terms().iri(HOSTILE_KEY)[1:-1]
    page = follow(server, "/" + iri.removeprefix(Terms().base), **BROWSER)
    assert "<script>alert" not in page.text
    assert HOSTILE_TITLE not in page.text
    triples = follow(server, "/" + iri.removeprefix(Terms().base), Accept="application/n-triples")
    assert f"<{iri}>" in triples.text


@pytest.mark.parametrize(
    "path", ["/none", "/page/hardware/none", "/data/hardware/none", "/page/%00", "/data/..%2f..%2fetc/passwd"]
)
def test_what_is_not_there_is_not_found(server, path):
    assert server.get(path).status_code == 404


def test_an_iri_that_would_lead_to_another_host_stays_here(server):
    location = server.get("/x//evil.example/", headers=BROWSER).headers["location"]
    assert location.startswith("/page/x")


def test_the_ontology_is_served_where_its_terms_point(server):
    found = follow(server, "/ontology", Accept="text/turtle")
    assert "targetsHardware" in found.text


def test_the_version_of_the_ontology_leads_to_it(server):
    turtle = follow(server, "/ontology", Accept="text/turtle")
    (version,) = (
        quad.object.value for quad in pyoxigraph.parse(turtle.content, format=pyoxigraph.RdfFormat.TURTLE)
        if quad.predicate.value.endswith("owl#versionIRI")
    )  # fmt: skip
    path = "/" + version.removeprefix(Terms().base)
    assert follow(server, path, Accept="text/turtle").content == turtle.content
    page = follow(server, path, **BROWSER)
    assert "Ontology of hardware" in page.text
    for link in set(re.findall(r'href="([^"#]+)"', page.text)):
        assert server.get(str(page.url.join(link))).status_code == 200, link


@pytest.mark.parametrize("path", ["/shapes", "/void"])
def test_the_documents_of_shapes_and_description_stand_where_their_iris_point(server, path):
    found = server.get(path)
    assert found.headers["content-type"].startswith("text/turtle")
    assert len(list(pyoxigraph.parse(found.content, format=pyoxigraph.RdfFormat.TURTLE))) > 50


def test_the_files_that_the_description_names_can_be_downloaded(server, folder):
    dump = server.get("/kg.nt")
    assert (dump.content, dump.headers["content-type"]) == ((folder / "kg.nt").read_bytes(), "application/n-triples")
    assert server.get("/.well-known/void").headers["location"] == "/void"
    assert server.get("/manifest.json").status_code == 404


def test_the_explorer_stands_at_the_root(server):
    page = server.get("/")
    assert "Which methods target which hardware" in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/query", "/sparql", "/page/hardware/fpga", "/assets/query.js", "/none"])
def test_every_answer_forbids_guessing_framing_and_referring(server, path):
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_no_file_outside_the_assets_is_served(server):
    for path in ("/assets/../app.py", "/assets/..%2fapp.py", "/assets/%2e%2e/app.py", "/assets//etc/passwd"):
        assert server.get(path).status_code == 404


def test_no_other_origin_may_read_unless_it_is_named(server, strict):
    query = {"params": {"query": ASK}}
    assert "access-control-allow-origin" not in server.get("/sparql", **query, headers={"Origin": ORIGIN}).headers
    allowed = strict.get("/sparql", **query, headers={"Origin": ORIGIN})
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    other = strict.get("/sparql", **query, headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


def test_a_request_under_a_foreign_name_is_refused(server):
    assert server.get("/sparql", headers={"Host": "rebound.example"}).status_code == 400
