"""What is known of things: the packaged catalogue, the user's own file, and the index from name to entry.

`load()` reads `kg/catalogue/*.yaml` and `kg/catalogue/hardware/*.yaml`; the form of the files is in `read`, that of a
user's file in `user`, both in docs/catalogue.md.
"""

from kg.catalogue.catalogue import Catalogue
from kg.catalogue.entry import Alias, Decisions, Entry, Match, Vendor
from kg.catalogue.load import load

__all__ = ["Alias", "Catalogue", "Decisions", "Entry", "Match", "Vendor", "load"]
