"""Tables -> RDF: terms, ontology, export, shapes, description of the data set, and their check."""
