"""Quantities: how they are written, what numbers and units they hold, and what is no quantity."""

from pathlib import Path

import pytest

from kg.extract import units
from kg.extract.quantities import quantities
from kg.extract.units import direction, unit_code

CATCH = [  # text, as written, low, high, unit code
    ("runs 11.6x faster", "11.6x", 11.6, 11.6, "x"),
    ("a gain of 20\\%-50\\% in energy", "20\\%-50\\%", 20.0, 50.0, "PERCENT"),
    ("speedups of 1.5X-55X", "1.5X-55X", 1.5, 55.0, "x"),
    ("it is 3.2$\\times$ quicker", "3.2$\\times$", 3.2, 3.2, "x"),
    ("latency of 14.7 ms per query", "14.7 ms", 14.7, 14.7, "MilliSEC"),
    ("reaches 1,200 tokens/s", "1,200 tokens/s", 1200.0, 1200.0, "TOKEN-PER-SEC"),
    ("uses 7.5 GB of memory", "7.5 GB", 7.5, 7.5, "GigaBYTE"),
    ("at 139.5 FPS on the board", "139.5 FPS", 139.5, 139.5, "FRAME-PER-SEC"),
    ("needs 11 pJ for each step", "11 pJ", 11.0, 11.0, "PicoJ"),
    ("drawing 2.5 mW", "2.5 mW", 2.5, 2.5, "MilliW"),
    ("two orders of magnitude faster", "two orders of magnitude", 100.0, 100.0, "x"),
    ("is twice as fast", "twice", 2.0, 2.0, "x"),
    ("a 5-fold gain", "5-fold", 5.0, 5.0, "x"),
    ("costs \\$3.50 an hour", "\\$3.50", 3.5, 3.5, "CCY_USD"),
    ("by 12 percent", "12 percent", 12.0, 12.0, "PERCENT"),
    ("rises 3.1 percentage points", "3.1 percentage points", 3.1, 3.1, "PERCENT"),
    ("an error of 2.4e-3", "2.4e-3", 0.0024, 0.0024, None),
    ("delivers 32.6 TOPS/W", "32.6 TOPS/W", 32.6, 32.6, "TeraOPS-PER-W"),
    ("moves 900 GB/s", "900 GB/s", 900.0, 900.0, "GigaBYTE-PER-SEC"),
    ("ran 4 times faster", "4 times", 4.0, 4.0, "x"),
    ("a gain of 0.59 dB", "0.59 dB", 0.59, 0.59, "DeciB"),
]

LEAVE = [
    "ResNet-50 and GPT-4 stand", "the A100 and the MI300X", "version v2 of the tool", "3D scenes from 2D views",
    "CIFAR-100 images", "H100s serve it", "an INT8 kernel", "the x86 family", "COVID-19 scans", "Llama-3.1-8B runs",
    "the RTX4090 card", "FP16 and BF16 formats", "an L2 cache", "YOLOv8 finds it", "a 2-D mesh", "F1 and R2 are given",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "low", "high", "code"), CATCH)
def test_a_quantity_is_read_as_written_with_numbers_and_unit(text, value, low, high, code):
    (q,) = quantities(text)
    assert text[q.start : q.end] == value
    assert q.low == pytest.approx(low)
    assert q.high == pytest.approx(high)
    assert unit_code(q.unit, q.kind) == code


@pytest.mark.parametrize("text", LEAVE)
def test_a_number_inside_a_name_is_no_quantity(text):
    assert quantities(text) == []


def test_a_list_gives_one_quantity_a_value():
    text = "12X, 20X and 33X over the baseline"
    assert [text[q.start : q.end] for q in quantities(text)] == ["12X", "20X", "33X"]


def test_from_one_value_to_another_gives_two():
    text = "drops from 51.7% to 2.6% in a week"
    assert [text[q.start : q.end] for q in quantities(text)] == ["51.7%", "2.6%"]


def test_a_span_of_values_stays_one():
    text = "ranging from 3x to 9x"
    assert [text[q.start : q.end] for q in quantities(text)] == ["3x to 9x"]


@pytest.mark.parametrize("text", ["a" * 3000, "1" * 3000, "$" * 3000, "1,1" * 1000, "\\textbf{" * 400, "x1.5 " * 500])
def test_hostile_text_takes_no_long_time(text):
    assert all(q.start < q.end <= len(text) for q in quantities(text))


@pytest.mark.parametrize(
    ("metric", "sentence", "better", "change"),
    [
        ("latency", "cuts latency by 40%", "lower", "loss"),
        ("accuracy", "raises accuracy by 40%", "higher", "gain"),
        ("energy efficiency", "40% higher energy efficiency", "higher", "gain"),
        ("throughput", "throughput of 40%", "higher", None),
        ("memory footprint", "40% less memory", "lower", "loss"),
    ],
)
def test_the_direction_follows_metric_and_words(metric, sentence, better, change):
    (q,) = quantities(sentence)
    assert direction(metric, sentence, q, 0) == (better, change)


@pytest.mark.parametrize("place", ["fresh", "damaged", "file", "off"])
def test_units_are_read_whatever_the_cache_holds(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", "off" if place == "off" else str(tmp_path / place))
    if place == "file":
        (tmp_path / "file").write_text("no folder")
    for _ in range(2):
        units._registry.cache_clear()
        units.unit_code.cache_clear()
        assert unit_code("ms", "") == "MilliSEC"
        if place == "damaged":
            for file in (tmp_path / place).rglob("*.pickle"):
                file.write_bytes(b"damaged")
    assert (place == "fresh") == any((tmp_path / "fresh").rglob("*.pickle"))
    units._registry.cache_clear()
