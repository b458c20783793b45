"""Results: which quantities of a text are results, and of which metric."""

import pytest

from kg.extract.results import results
from kg.train.roles_gold import made_paper

CATCH = [  # sentence, its metrics, value, a word of the metric
    ("Experiments show that FlashX is 2.3x faster than the baseline.", "", "2.3x", "speedup"),
    ("Our method reaches an accuracy of 84.1% on the test set.", "accuracy", "84.1%", "accuracy"),
    ("It reduces energy consumption by 34%-52% over prior work.", "energy consumption", "34%-52%", "energy"),
    ("The design achieves a throughput of 1,200 tokens/s.", "throughput", "1,200 tokens/s", "throughput"),
    ("FlashX cuts latency by up to 40% compared to the baseline.", "latency", "40%", "latency"),
    ("The accelerator consumes only 2.5 mW of power.", "power", "2.5 mW", "power"),
    ("We obtain an average speedup of 3.1$\\times$ over cuBLAS.", "speedup", "3.1$\\times$", "speedup"),
    ("Results demonstrate an mAP of 41.2 at lower cost.", "mAP", "41.2", "mAP"),
    ("Our system lowers peak memory usage by 65% without losing quality.", "memory usage", "65%", "memory"),
    ("It runs at 139.5 FPS with real-time performance.", "", "139.5 FPS", "FPS"),
    ("The model improves the F1 score from 0.71 to 0.78.", "F1 score", "0.78", "F1"),
    ("FlashX outperforms the best baseline by 5.8% in accuracy.", "accuracy", "5.8%", "accuracy"),
    ("Inference takes 14.7 ms per image, a latency that users accept.", "latency", "14.7 ms", "latency"),
    ("Evaluation shows 10x higher energy efficiency than a GPU.", "energy efficiency", "10x", "energy"),
    ("It achieves a perplexity of 5.12 after quantization.", "perplexity", "5.12", "perplexity"),
    ("The kernel reaches 92% of peak bandwidth utilization.", "bandwidth utilization", "92%", "bandwidth"),
]

LEAVE = [
    "We train a model with 7B parameters for this purpose.",
    "The clips hold 16 to 128 frames each.",
    "The corpus was gathered in 2019 by volunteers.",
    "Training used 64 GPUs of one kind.",
    "The dataset contains 12,000 images of leaves.",
    "We study 3 tasks and 5 languages.",
    "The network has 24 layers and a width of 1024.",
    "Images of 512 pixels are split into 16 patches.",
    "There are 4 stages in the pipeline.",
    "We consider 2 settings in this paper.",
    "A survey of 150 papers forms the base of our study.",
    "The weights are stored with 4 bits each.",
    "The corpus has 1.2 million documents in 40 languages.",
    "Section 3 gives the proofs.",
    "The board has 8 GB of memory and runs Linux.",
    "We release 30 hours of recordings for research.",
]


@pytest.mark.parametrize(("sentence", "metrics", "value", "metric"), CATCH)
def test_a_reported_quantity_is_a_result_of_its_metric(sentence, metrics, value, metric):
    doc, found = made_paper(
        "FlashX: a fast kernel", f"We present FlashX. {sentence}", **({"Metric": metrics} if metrics else {})
    )
    read = {r.value: r.metric for r in results(doc, found)}
    assert value in read
    assert metric.lower() in read[value].lower()


@pytest.mark.parametrize("sentence", LEAVE)
def test_sizes_years_and_counts_are_no_results(sentence):
    doc, found = made_paper("FlashX: a fast kernel", f"{sentence} We present FlashX.", Method="FlashX")
    assert results(doc, found) == ()


def test_open_ends_stay_open():
    doc, found = made_paper(
        "T", "Results show a speedup of up to 4x and an accuracy of over 90%.", Metric="speedup, accuracy"
    )
    bounds = {r.value: (r.low, r.high) for r in results(doc, found)}
    assert bounds == {"4x": (None, 4.0), "90%": (90.0, None)}


def test_hardware_dataset_and_baseline_are_read_where_the_sentence_says_so():
    doc, found = made_paper(
        "T", "Experiments on the A100 show that FlashX is 2.3x faster than vLLM.",
        Hardware="A100", Software="vLLM", Method="FlashX",
    )  # fmt: skip
    (result,) = results(doc, found)
    assert (result.hardware, result.baseline, result.dataset) == ("A100", "vLLM", None)
    assert (result.low, result.unit, result.better, result.change) == (2.3, "x", "higher", "gain")


def test_the_evidence_is_the_exact_sentence_with_its_cues():
    doc, found = made_paper("T", "Nothing here. Results show a 4x speedup.", Metric="speedup")
    (result,) = results(doc, found)
    assert doc.text[result.evidence.start : result.evidence.end] == result.evidence.quote
    assert result.evidence.quote == "Results show a 4x speedup."
    assert result.evidence.cues
