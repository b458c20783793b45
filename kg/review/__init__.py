"""What is doubtful in the linking of a build, and the user's answers to it.

In: the tables of a build and the catalogue. Out: cases, the most valuable first; for answers, the text of the user's
catalogue file, which the next build obeys.
"""

from kg.review.answers import VERDICTS, append, read_answers, to_items
from kg.review.cases import Case, Side, cases

__all__ = ["VERDICTS", "Case", "Side", "append", "cases", "read_answers", "to_items"]
