"""The learned tagger in a spaCy pipeline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.catalogue import load
from kg.extract import candidates
from kg.extract.candidates import Candidate
from kg.extract.nlp import load_nlp
from kg.extract.record import record
from kg.extract.tagger import GROUP, Tagger
from kg.extract.tokens import WordTokenizer
from kg.model.network import FLOOR
from kg.model.spans import Known
from kg.pipeline.engine import Extractor
from kg.records import Paper

NLP = spacy.blank("en")
NLP.tokenizer = WordTokenizer(NLP.vocab)
TAGGER = Tagger()
AWKWARD = st.sampled_from(["GPU", "A100 😀", "שלום NPU", "\x00", "\u202e", " ", "\n\n", "CUDA", "e\u0301", "𝔽PGA", "-"])


@settings(max_examples=40, deadline=None)
@given(st.lists(AWKWARD | st.text(max_size=12), max_size=25).map(" ".join))
def test_spans_of_any_text_give_their_words_exactly(text: str) -> None:
    doc = TAGGER(NLP(text))
    assert doc.text == text
    found = candidates.get(doc, GROUP)
    assert all((span.start_char, span.end_char) in {(c.start, c.end) for c in found} for span in doc.spans[GROUP])
    for c in found:
        name = text[c.start : c.end]
        assert name
        assert name == name.strip()
        assert 0 <= c.confidence <= 1
        assert c.rule == "network"


@pytest.mark.slow
def test_a_text_of_a_hundred_thousand_words_is_tagged_to_its_end() -> None:
    sentence = "The kernel runs on an NVIDIA A100 GPU with lower latency .\n"
    text = sentence * 9100
    found = candidates.get(TAGGER(NLP(text)), GROUP)
    assert found[-1].end > len(text) - len(sentence)
    assert all(text[c.start : c.end].strip() for c in found)


def test_what_the_catalogue_knows_is_input_of_the_network() -> None:
    text = "Sums at night\n\nWe run the Zorblax in a barn and look at it."
    place = Known(text.index("Zorblax"), text.index("Zorblax") + 7, "Hardware")
    sure, unsure = (
        max([n.confidence for n in found if n.type == "Hardware" and n.start == place.start], default=0.0)
        for known in ([place], [])
        for found in TAGGER.network.candidates([text], [known], 0.001)
    )
    assert sure > unsure + 0.1


def test_a_name_of_the_users_catalogue_reaches_the_network_in_a_pipeline_and_in_a_build(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("type: Hardware\nentries:\n- {label: Zorblax, vendor: nvidia}\n", "utf8")
    catalogue = load([mine])
    paper = Paper("p", "Sums at night", "We run the Zorblax in a barn and look at it.")
    extractor = Extractor(catalogue, fast=False)
    ahead = extractor.names(paper)
    assert ahead is not None
    nlp = load_nlp(catalogue)
    nlp.get_pipe("kg_tagger").use(TAGGER.network)  # type: ignore[attr-defined]
    doc = nlp(paper.text)
    assert candidates.get(doc, GROUP) == [Candidate(n.start, n.end, n.type, "network", n.confidence) for n in ahead]
    plain = TAGGER.network.candidates([paper.text], None, FLOOR)[0]
    assert ahead != plain
    assert "Zorblax" in {name for e in record(doc, "p").entities for name in e.names if e.type == "Hardware"}


def test_the_networks_own_names_are_spans_with_type_and_confidence() -> None:
    doc = TAGGER(NLP("Faster\n\nWe run ResNet-50 on an NVIDIA A100 GPU."))
    spans = {span.text: span for span in doc.spans[GROUP]}
    assert spans["ResNet-50"].label_ == "Model"
    assert spans["ResNet-50"].id_.startswith("network 0.")


def test_an_empty_text_has_no_names() -> None:
    assert candidates.get(TAGGER(NLP("")), GROUP) == []


def test_a_stream_gives_what_single_texts_give_in_their_order() -> None:
    texts = ["We port PyTorch to RISC-V CPUs. " * n for n in (3, 1, 0, 2)]
    together = [candidates.get(doc, GROUP) for doc in TAGGER.pipe(map(NLP, texts), batch_size=3)]
    assert together == [candidates.get(TAGGER(NLP(text)), GROUP) for text in texts]


def test_the_component_is_a_factory_of_its_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_tagger", config={"threads": 2})
    assert nlp.get_pipe("kg_tagger").threads == 2


def test_tagging_works_where_torch_cannot_be_imported() -> None:
    program = (
        "import sys; sys.modules['torch'] = None; import spacy; from kg.extract.tagger import Tagger; "
        "doc = Tagger()(spacy.blank('en')('It runs on an NVIDIA A100 GPU.')); sys.exit(not doc.spans['kg_tagger'])"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
