"""Knowledge graph of research papers in which hardware is a first-class thing."""
