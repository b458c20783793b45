"""What the paper itself introduces, with the words that say so.

In: a Doc and the entities found in it. Out: proposals, in order of first place. Pure; knows no catalogue.
"""

from kg.extract.announced import Announced, proposed_names

__all__ = ["Announced", "proposed_names"]
