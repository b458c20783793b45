"""Records in, knowledge base out: which mentions of which papers are one thing, and what is said of it."""
