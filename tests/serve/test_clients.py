"""The clients that people have: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import shutil
import subprocess

import pyoxigraph
import pytest

from kg.rdf.terms import Terms

rdflib = pytest.importorskip("rdflib")
SPARQLWrapper = pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper, from the extra `dev`")

VENDORS = "SELECT ?l { ?s a <https://kg.example.org/ontology#Vendor> ; rdfs:label ?l } ORDER BY ?l"
A100 = "https://kg.example.org/hardware/nvidia-a100"


@pytest.fixture
def wrapper(server):
    return SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")


@pytest.mark.parametrize(
    ("method", "request_method"), [("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")]
)
def test_sparqlwrapper_reads_json(wrapper, method, request_method):
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    wrapper.setReturnFormat("json")
    wrapper.setQuery(VENDORS)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["l"]["value"] for row in rows] == ["AMD", "NVIDIA"]


def test_sparqlwrapper_reads_xml_csv_and_tsv(wrapper):
    wrapper.setQuery(VENDORS)
    wrapper.setReturnFormat("xml")
    assert [node.firstChild.data for node in wrapper.queryAndConvert().getElementsByTagName("literal")] == [
        "AMD",
        "NVIDIA",
    ]
    wrapper.setReturnFormat("csv")
    assert wrapper.queryAndConvert().decode().split() == ["l", "AMD", "NVIDIA"]
    wrapper.setReturnFormat("tsv")
    assert wrapper.queryAndConvert().decode().split() == ["?l", '"AMD"', '"NVIDIA"']


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper 2 makes one
@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld"])
def test_sparqlwrapper_reads_graphs(wrapper, form):
    wrapper.setQuery(f"DESCRIBE <{A100}>")
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    graph = rdflib.Graph().parse(data=found, format="turtle") if isinstance(found, bytes) else found
    assert (rdflib.URIRef(A100), rdflib.RDFS.label, rdflib.Literal("NVIDIA A100")) in graph


def test_sparqlwrapper_meets_a_wrong_query_as_such(wrapper):
    wrapper.setQuery("SELECT * { ?s skoss:broader ?o }")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="did you mean skos:"):
        wrapper.query()


def test_rdflib_asks_the_endpoint_as_if_it_were_a_graph(server):
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"))
    assert [str(row.l) for row in graph.query(VENDORS)] == ["AMD", "NVIDIA"]
    assert graph.value(rdflib.URIRef(A100), rdflib.RDFS.label) == rdflib.Literal("NVIDIA A100")
    assert (
        len(set(graph.triples((None, rdflib.RDF.type, rdflib.URIRef("https://kg.example.org/ontology#Vendor"))))) == 2
    )
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert len(graph.query(f"CONSTRUCT WHERE {{ <{A100}> ?p ?o }}").graph) > 5


def test_rdflib_reads_what_an_iri_leads_to(server):
    graph = rdflib.Graph().parse(f"{server.url}/hardware/nvidia-a100")
    assert (rdflib.URIRef(A100), rdflib.RDFS.label, rdflib.Literal("NVIDIA A100")) in graph


def test_a_store_of_the_users_own_joins_the_endpoint_with_its_data(server):
    theirs, fabio = pyoxigraph.NamedNode("https://linkedpaperswithcode.com/paper/1"), "http://purl.org/spar/fabio/"
    store = pyoxigraph.Store()
    arxiv = pyoxigraph.NamedNode(f"{fabio}hasArXivID")
    store.add(pyoxigraph.Quad(theirs, arxiv, pyoxigraph.Literal("2401.00001")))
    rows = store.query(
        f"""SELECT ?theirs ?hardware {{
            SERVICE <{server.url}/sparql> {{ ?ours fabio:hasArXivId ?arxiv ; kg:targetsHardware/rdfs:label ?hardware }}
            ?theirs fabio:hasArXivID ?arxiv }}""",
        prefixes={"fabio": fabio, "kg": Terms().ontology, "rdfs": str(rdflib.RDFS)},
    )
    assert [(row["theirs"], row["hardware"].value) for row in rows] == [(theirs, "NVIDIA A100")]


def curl(*arguments):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    done = subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


@pytest.mark.parametrize("how", [["--data-urlencode"], ["-G", "--data-urlencode"]])
def test_curl_asks_by_form_and_by_url(server, how):
    assert curl(f"{server.url}/sparql", "-H", "Accept: text/csv", *how, f"query={VENDORS}").split() == [
        "l",
        "AMD",
        "NVIDIA",
    ]


def test_curl_posts_the_query_itself(server):
    head = ["-H", "Accept: text/csv", "-H", "Content-Type: application/sparql-query"]
    assert curl(f"{server.url}/sparql", *head, "--data-binary", VENDORS).split() == ["l", "AMD", "NVIDIA"]


def test_curl_follows_an_iri_to_turtle(server):
    assert "NVIDIA A100" in curl("-L", "-H", "Accept: text/turtle", f"{server.url}/hardware/nvidia-a100")
