"""Pages: the explorer and the networks, pure functions of the tables."""
