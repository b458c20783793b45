"""Papers in, a folder with the knowledge base and its views out.

`build` knows the order of the stages, nothing else does; `spool` keeps papers and records on disk between the stages;
`engine` is the one Daft plan.
"""

from kg.pipeline.build import build, extract, link, views

__all__ = ["build", "extract", "link", "views"]
