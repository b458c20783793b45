"""The SPARQL of docs/rdf.md: it parses, asks for terms that exist, and the federated queries join over HTTP."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.query.errors import check_names
from kg.query.run import run
from kg.query.source import Source, connect
from kg.rdf.terms import Terms
from tests.tables_fixture import tables

PAGE = Path(__file__).parents[2] / "docs" / "rdf.md"
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
FEDERATED = [query for query in QUERIES if "SERVICE" in query]
THEIRS = """
    <http://www.wikidata.org/entity/Q183484> <http://www.w3.org/2000/01/rdf-schema#label>
      "Grafikprozessor"@de , "graphics processing unit"@en .
    <https://linkedpaperswithcode.com/paper/tileflow> <http://purl.org/spar/fabio/hasArXivID> "2401.00001" ;
      <https://linkedpaperswithcode.com/property/hasRepository> <https://linkedpaperswithcode.com/repository/1> .
"""


@pytest.fixture(scope="module")
def source() -> Source:
    return connect(tables())


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_page_parses_for_both_engines_and_its_terms_exist(query: str, source: Source) -> None:
    check_names(query, source.terms)
    prepareQuery(query, initNs=source.terms.prefixes())
    if query not in FEDERATED:
        list(source.solve(query).rows)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An endpoint of somebody else: their data behind the SPARQL protocol, as Oxigraph's client asks it."""
    store = pyoxigraph.Store()
    store.load(THEIRS.encode(), pyoxigraph.RdfFormat.TURTLE)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = body if self.headers["Content-Type"].endswith("sparql-query") else parse_qs(body)["query"][0]
            answer = store.query(query).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


EXPECTED = {
    "wikidata": [("GPU", "Grafikprozessor", 1)],
    "linkedpaperswithcode": [
        (
            "TileFlow: attention kernels for the NVIDIA A100",
            "NVIDIA A100",
            "https://linkedpaperswithcode.com/repository/1",
        )
    ],
}


@pytest.mark.parametrize("whose", EXPECTED)
def test_a_federated_query_joins_our_graph_with_theirs(whose: str, endpoint: str) -> None:
    (query,) = (
        query for query in FEDERATED if f"SERVICE <https://query.{whose}" in query or f"<https://{whose}" in query
    )
    ours = connect(tables())
    iri = {
        name: pyoxigraph.NamedNode(Terms().iri(key)[1:-1]) for name, key in (("p", "paper/x"), ("gpu", "hardware/gpu"))
    }
    targets, kind, paper = (
        pyoxigraph.NamedNode(Terms().expand(n)) for n in ("kg:targetsHardware", "rdf:type", "kg:Paper")
    )
    for triple in ((iri["p"], targets, iri["gpu"]), (iri["p"], kind, paper)):
        ours.store.add(pyoxigraph.Quad(*triple))
    assert run(re.sub(r"SERVICE <[^>]*>", f"SERVICE <{endpoint}>", query), ours).rows == EXPECTED[whose]
