"""Questions in SPARQL -> tables of answers."""
