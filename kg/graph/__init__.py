"""Tables -> networkx.MultiDiGraph, its written contract, its measures and its file formats."""
