"""The report: a knowledge base, and an older one where there is one, in; a page and a Markdown digest for a mail out.

`kg.report.report("output", since="output/monday")` writes both; `digest` gives the figures as records.
"""

from kg.report.digest import digest
from kg.report.markdown import markdown
from kg.report.page import html
from kg.report.rows import Digest
from kg.report.write import report

__all__ = ["Digest", "digest", "html", "markdown", "report"]
