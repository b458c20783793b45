"""Files of papers in, `Paper` out: one file a format, `formats.FORMATS` is their table.

`read` gives what stands in the files, item by item; `merge` makes one paper of duplicates.
"""

from kg.sources.formats import FORMATS
from kg.sources.merge import Merger, merge
from kg.sources.read import read, said

__all__ = ["FORMATS", "Merger", "merge", "read", "said"]
