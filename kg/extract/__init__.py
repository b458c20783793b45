"""Doc -> Record: names, entities, and what the text says of them."""
