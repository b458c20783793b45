"""Serving a knowledge base on this machine: SPARQL endpoint, query page, explorer, and a page for every IRI."""
