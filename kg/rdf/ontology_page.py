"""The ontology in, a page for people out: every class and property with its definition, in one file."""

from __future__ import annotations

from jinja2 import Environment

from kg.rdf import ontology
from kg.rdf.describe import program_version
from kg.rdf.terms import NAMESPACES, Terms

_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ontology of hardware in research papers</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
  h2 { margin-top: 2.5rem } section { border-top: 1px solid #ddd; padding: .5rem 0 }
  h3 { margin: .5rem 0 } code { overflow-wrap: anywhere }
  dl { display: grid; grid-template-columns: 9rem 1fr; margin: 0 }
  dt { color: #595959 } dd { margin: 0 } nav a { margin-right: .75rem; white-space: nowrap }
</style>
<h1>Ontology of hardware in research papers</h1>
<p>Namespace <code>{{ space }}</code>, written <code>kg:</code>. Statements are read from titles and abstracts by a
program; none is asserted by the authors of a paper. Version {{ version }}, Apache License 2.0.
<a href="ontology.ttl">Turtle</a></p>
{% for title, terms in groups %}
<h2>{{ title }}</h2>
<nav>{% for term in terms %}<a href="#{{ term.name[3:] }}">{{ term.label }}</a>{% endfor %}</nav>
{% for term in terms %}
<section id="{{ term.name[3:] }}">
<h3>{{ term.label }} <code>{{ term.name }}</code></h3>
<p>{{ term.definition }}{% if term.note %} {{ term.note }}{% endif %}</p>
<dl>
{% for name, values in (("within", term.parents), ("near", term.close), ("of", term.domain), ("is", term.range)) %}
{% if values %}
<dt>{{ name }}</dt><dd>{{ values | join(", ") }}</dd>
{% endif %}
{% endfor %}
</dl>
</section>
{% endfor %}
{% endfor %}
<h2>Vocabularies</h2>
<dl>
{% for prefix, iri in vocabularies %}
<dt><code>{{ prefix }}:</code></dt><dd><code>{{ iri }}</code></dd>
{% endfor %}
</dl>
</html>
"""


def page(base: str) -> str:
    """The page as HTML."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    terms = ontology.terms()
    groups = [
        ("Classes", [t for t in terms if t.kind == "owl:Class"]),
        ("Relations", [t for t in terms if t.kind == "owl:ObjectProperty"]),
        ("Values", [t for t in terms if t.kind == "owl:DatatypeProperty"]),
    ]
    vocabularies = sorted(NAMESPACES.items())
    template = environment.from_string(_PAGE)
    return (
        template.render(groups=groups, space=Terms(base).ontology, version=program_version(), vocabularies=vocabularies)
        + "\n"
    )
