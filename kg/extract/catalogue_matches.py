"""`kg_catalogue`: the names of a catalogue in a Doc. What they are and where they stand is `kg.extract.known`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import candidates
from kg.extract.known import Meaning, matcher, matches, packaged
from kg.extract.matcher import Matcher
from kg.extract.tokens import text_of, tokens

if TYPE_CHECKING:
    from kg.catalogue import Catalogue


class CatalogueComponent:
    """`kg_catalogue`: matches of the catalogue's names; loads the packaged catalogue when first used."""

    def __init__(self) -> None:
        self._matcher: Matcher[Meaning] | None = None

    def use(self, catalogue: Catalogue) -> None:
        """Match the names of this catalogue."""
        self._matcher = matcher(catalogue)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["kg_catalogue"]`."""
        if self._matcher is None:
            self._matcher = packaged()
        candidates.put(doc, "kg_catalogue", matches(text_of(doc), tokens(doc), self._matcher))
        return doc


@Language.factory("kg_catalogue")
def make_catalogue(nlp: Language, name: str) -> Any:
    """Factory of the catalogue matcher."""
    return CatalogueComponent()
