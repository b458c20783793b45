"""Records of a few papers become one node for one thing, and facts with evidence."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from kg.catalogue import load
from kg.link.known import CatalogueKnown
from kg.link.names import abbreviates, fold, is_short, version
from kg.link.resolve import resolve
from kg.link.senses import Senses
from kg.link.tables import tabulate
from kg.records import Evidence, Relationship, Result
from kg.schema import RELATION
from tests.link.papers import Fake, item, label_of


def test_names_of_one_chip_are_one_node_with_its_class_and_vendor_above():
    items = [
        item(1, "FastX runs on NVIDIA A100.", ("Method", "FastX"), ("Hardware", "NVIDIA A100"), proposes="FastX"),
        item(2, "We used an A100.", ("Hardware", "A100"), role="evaluated_on"),
    ]
    tables = tabulate(items, Fake())
    keys = {r["key"]: r["papers"] for r in tables.entities.to_pylist()}
    assert keys == {"hardware/nvidia-a100": 2, "hardware/gpu": 0, "vendor/nvidia": 0, "method/fastx": 1}
    facts = {(f["subject"], f["relation"], f["object"]) for f in tables.facts.to_pylist()}
    assert ("method/fastx", "targets", "hardware/nvidia-a100") in facts
    assert ("paper/p2", "evaluated_on", "hardware/nvidia-a100") in facts


def test_every_relation_joins_kinds_that_the_schema_allows():
    items = [
        item(
            1,
            "FastX on A100 for parsing.",
            ("Method", "FastX"),
            ("Hardware", "A100"),
            ("Task", "parsing"),
            proposes="FastX",
        )
    ]
    for fact in tabulate(items, Fake()).facts.to_pylist():
        relation = RELATION[fact["relation"]]
        assert fact["subject"].split("/")[0] in relation.subjects
        assert fact["object"].split("/")[0] in relation.objects


def test_an_abbreviation_with_one_long_form_is_that_thing_everywhere():
    items = [
        item(1, "We study post-training quantization, PTQ.", ("Method", "post-training quantization", "PTQ")),
        item(2, "With post-training quantization, PTQ.", ("Method", "post-training quantization", "PTQ")),
        item(3, "PTQ is cheap.", ("Method", "PTQ")),
    ]
    assert label_of(tabulate(items, Fake()), "PTQ") == ["method/post-training-quantization"]


def test_an_abbreviation_with_two_long_forms_is_merged_with_neither():
    items = [
        item(1, "We study processing in memory, PIM.", ("Method", "processing in memory", "PIM")),
        item(2, "We study personal information management, PIM.", ("Method", "personal information management", "PIM")),
        item(3, "PIM is old.", ("Method", "PIM")),
    ]
    resolution = resolve(items, Fake())
    assert (
        len(
            {
                resolution.keys[("Method", fold(n))]
                for n in ("processing in memory", "personal information management", "PIM")
            }
        )
        == 3
    )
    assert {d.verdict for d in resolution.decisions} == {"doubtful"}


def test_what_one_paper_calls_a_short_abbreviation_is_not_that_thing_elsewhere():
    items = [
        item(1, "We study alternating optimization, AO.", ("Method", "alternating optimization", "AO")),
        item(2, "AO helps.", ("Method", "AO")),
    ]
    tables = tabulate(items, Fake())
    assert label_of(tables, "AO") == ["method/ao"]
    assert {m["entity"] for m in tables.mentions.to_pylist() if m["paper"] == "paper/p1"} == {
        "method/alternating-optimization"
    }


def test_a_single_word_is_a_rival_long_form():
    items = [item(n, "An adversarial example, AE.", ("Method", "adversarial example", "AE")) for n in (1, 2, 3, 4)] + [
        item(5, "An autoencoder, AE.", ("Method", "autoencoder", "AE")),
        item(6, "AE.", ("Method", "AE")),
    ]
    assert label_of(tabulate(items, Fake()), "AE") == ["method/ae"]


def test_an_abbreviation_that_stands_for_nothing_else_is_a_name_of_its_long_form():
    items = [item(1, "We study alternating optimization, AO.", ("Method", "alternating optimization", "AO"))]
    assert label_of(tabulate(items, Fake()), "AO") == ["method/alternating-optimization"]


def test_a_narrower_name_is_not_the_wider_one_however_many_papers_shorten_it():
    text = "Active fine-tuning. This fine-tuning is fast."
    items = [item(n, text, ("Method", "Active fine-tuning", "fine-tuning")) for n in range(1, 6)]
    items.append(item(9, "We use fine-tuning.", ("Method", "fine-tuning")))
    tables = tabulate(items, Fake())
    assert label_of(tables, "fine-tuning") == ["method/fine-tuning"]
    assert label_of(tables, "Active fine-tuning") == ["method/active-fine-tuning"]


def test_a_long_name_is_not_a_catalogue_entry_for_the_sake_of_its_abbreviation():
    items = [item(1, "Graph Prompt Units, GPU, help.", ("Hardware", "Graph Prompt Units", "GPU"))]
    assert label_of(tabulate(items, Fake()), "Graph Prompt Units") == ["hardware/graph-prompt-units"]


def test_a_name_that_papers_type_differently_takes_the_type_of_the_majority():
    items = [
        item(1, "Mamba is fast.", ("Model", "Mamba")),
        item(2, "Mamba again.", ("Model", "Mamba")),
        item(3, "Mamba as a method.", ("Method", "Mamba")),
    ]
    assert label_of(tabulate(items, Fake()), "Mamba") == ["model/mamba"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Flash Attention", "FlashAttention"),
        ("post-training quantisation", "Post-Training Quantization"),
        ("GPT-4", "GPT4"),
    ],
)
def test_spelling_variants_fold_to_one_key(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("Llama-2", "Llama-3"), ("ResNet-50", "ResNet-101"), ("A100", "A10")])
def test_versions_are_kept_apart(left, right):
    assert fold(left) != fold(right)
    assert version(left) != version(right)


def test_the_order_of_papers_does_not_change_the_tables():
    items = [
        item(1, "We study post-training quantization, PTQ.", ("Method", "post-training quantization", "PTQ")),
        item(2, "PTQ on A100.", ("Method", "PTQ"), ("Hardware", "A100")),
        item(3, "Mamba on A100.", ("Model", "Mamba"), ("Hardware", "A100")),
    ]
    results = {tuple(t.to_pandas().to_json() for t in tabulate(list(p), Fake())) for p in itertools.permutations(items)}
    assert len(results) == 1


def test_a_result_points_to_the_nodes_of_its_metric_and_hardware():
    paper, record = item(1, "FastX gives 3x speedup on A100.", ("Metric", "speedup"), ("Hardware", "A100"))
    result = Result("3x", "speedup", Evidence(0, 5, "Paper", "test", 1.0), 3.0, 3.0, "x", "higher", "gain", "A100")
    row = tabulate([(paper, msgspec.structs.replace(record, results=(result,)))], Fake()).results.to_pylist()[0]
    assert (row["metric_entity"], row["hardware"], row["low"]) == ("metric/speedup", "hardware/nvidia-a100", 3.0)


@pytest.mark.parametrize(("short", "long"), [("MoE", "mixture of experts"), ("GLA", "Gated Linear Attention")])
def test_abbreviations_are_recognised_by_their_letters(short, long):
    assert is_short(short)
    assert abbreviates(short, long)


def test_a_statement_keeps_to_the_kinds_of_the_schema_when_the_corpus_retypes_its_object():
    papers = [item(n, "We use Mamba.", ("Method", "Mamba")) for n in (1, 2)]
    paper, record = item(3, "FastX solves Mamba.", ("Method", "FastX"), ("Task", "Mamba"), proposes="FastX")
    said = Relationship(("Method", "FastX"), "addresses_task", ("Task", "Mamba"), record.proposes[0].evidence)
    items = [*papers, (paper, msgspec.structs.replace(record, relationships=(said,)))]
    about = {(f["subject"], f["relation"], f["object"]) for f in tabulate(items, Fake()).facts.to_pylist()}
    assert ("method/fastx", "uses_method", "method/mamba") in about
    assert all(o.split("/")[0] in RELATION[r].objects for _, r, o in about)


def spelled_out(number: int, long: str, kind: str = "Method"):
    return item(number, f"We study {long} (IR). Then IR again.", (kind, "IR"))


def test_in_a_paper_that_spells_an_abbreviation_out_it_is_that_whatever_it_is_elsewhere():
    items = [
        spelled_out(1, "infrared"),
        spelled_out(2, "intermediate representation"),
        item(3, "IR (image restoration) works.", ("Method", "IR"), ("Task", "image restoration")),
        item(4, "Our IR is small.", ("Method", "IR")),
    ]
    tables = tabulate(items, CatalogueKnown(load()))
    at = {m["paper"]: m["entity"] for m in tables.mentions.to_pylist() if m["text"] == "IR"}
    assert [at[f"paper/p{n}"].split("/")[1] for n in (1, 2, 3, 4)] == [
        "infrared", "intermediate-representation", "image-restoration", "ir",
    ]  # fmt: skip
    assert label_of(tables, "IR") == [at["paper/p4"]]


def test_an_abbreviation_goes_with_what_the_paper_spells_out_also_where_that_has_another_type():
    text = "We use expectation maximization (EM)."
    items = [item(1, text, ("Metric", "EM"), ("Method", "expectation maximization"), role="")]
    tables = tabulate(items, CatalogueKnown(load()))
    assert {m["entity"] for m in tables.mentions.to_pylist()} == {"method/expectation-maximization"}


def test_a_name_that_a_paper_uses_for_two_things_is_parted():
    text = "Exact match counts. So does electron microscopy (EM)."
    tables = tabulate([item(1, text, ("Metric", "Exact match", "EM"))], CatalogueKnown(load()))
    entities = {m["text"]: m["entity"] for m in tables.mentions.to_pylist()}
    assert entities == {"Exact match": "metric/exact-match", "EM": "metric/electron-microscopy"}


@pytest.mark.parametrize(
    ("short", "long", "clear"),
    [
        ("RAG", "retrieval-augmented generation", True),
        ("LLMs", "large language models", True),
        ("LoRA", "low-rank adaptation", True),
        ("LoRa", "low-rank adaptation", False),
        ("IR", "information retrieval", False),
        ("RF", "random forest", False),
        ("EM", "exact match", False),
        ("TTS", "text-to-speech", False),
        ("DP", "differential privacy", False),
        ("ADC", "analog-to-digital converter", False),
        ("SPQR", "sparse quantized representation", False),  # one paper's
    ],
)
def test_where_nobody_spells_it_out_an_abbreviation_is_only_what_nearly_all_papers_mean(short, long, clear):
    senses = Senses()
    senses.add(short, long)
    assert senses.verdict(short, (long,)).clear is clear


def test_a_rival_in_the_corpus_at_hand_keeps_a_clear_abbreviation_apart():
    senses = Senses()
    senses.add("MoE", "mixture of experts")
    assert senses.verdict("MoE", ("mixture of experts",)).clear
    senses.add("MoE", "margin of error")
    assert not senses.verdict("MoE", ("mixture of experts",)).clear


def test_the_capital_letters_of_an_abbreviation_count_where_they_make_another():
    items = [item(1, "With LoRA.", ("Method", "LoRA")), item(2, "Over LoRa.", ("Method", "LoRa"))]
    tables = tabulate(items, CatalogueKnown(load()))
    assert len({m["entity"] for m in tables.mentions.to_pylist()}) == 2


def test_a_class_of_devices_may_lack_its_noun():
    known = CatalogueKnown(load())
    keys = [known.resolve(name, "Hardware").key for name in ("IoT", "mobile", "edge")]
    assert keys == ["hardware/iot-device", "hardware/mobile-device", "hardware/edge-device"]
    assert known.resolve("quantum leap", "Hardware") is None


def test_a_long_form_that_lacks_words_of_what_most_papers_write_is_not_what_the_abbreviation_stands_for():
    senses = Senses()
    assert senses.fuller("PPO", "policy optimization").lower() == "proximal policy optimization"
    assert senses.fuller("PPO", "proximal policy optimization") == ""
    items = [item(1, "With policy optimization (PPO).", ("Method", "policy optimization", "PPO"))]
    items += [item(i, f"We use PPO, {i}.", ("Method", "PPO")) for i in range(2, 5)]
    tables = tabulate(items, CatalogueKnown(load()))
    assert label_of(tables, "policy optimization") != ["method/ppo"]


def test_a_longer_name_is_not_the_entry_whose_name_is_a_part_of_it():
    paper, record = item(1, "We collect Gaze-MNIST from readers.", ("Dataset", "MNIST"))
    tables = tabulate([(paper, record)], CatalogueKnown(load()))
    assert [m["entity"] for m in tables.mentions.to_pylist()] == ["dataset/gaze-mnist"]
    assert label_of(tables, "MNIST") == []


def test_a_name_that_ends_in_a_capital_s_of_its_own_is_no_plural():
    assert fold("UMLS") != fold("UML")
    assert fold("GPUS") == fold("GPU")


def test_what_many_papers_call_something_is_not_what_one_paper_spells_out():
    spelled = [item(0, "A Software Lore Dataset (SoLoD).", ("Dataset", "Software Lore Dataset", "SoLoD"))]
    used = [item(i, f"We train on SoLoD, {i}.", ("Dataset", "SoLoD")) for i in range(1, 7)]
    assert len(label_of(tabulate([*spelled, *used[:2]], Fake()), "SoLoD")) == 1
    tables = tabulate([*spelled, *used], Fake())
    assert len({m["entity"] for m in tables.mentions.to_pylist() if m["paper"] != "paper/p0"}) == 1
    assert label_of(tables, "Software Lore Dataset") != label_of(tables, "SoLoD")
