"""Head nouns -> noun phrases that may be names: "multi-head latent attention", "decode throughput".

In: the tokens of a Doc. Out: for each head noun of the tables, the phrases that end in it, with one to four words
before it; a stop word or a mark ends the phrase. Which of them is the name is the scorer's business.
"""

from __future__ import annotations

from kg.extract.pool import Pool, Types, add_all
from kg.extract.stops import STOPS
from kg.extract.tables import words
from kg.extract.tokens import Tokens

#: Heads by type. Measured on annotated abstracts: at least one in thirty of their phrases is a name of the type.
HEADS = {
    "Metric": words("""
        accuracy agreement area bandwidth budget capacity coherence completeness complexity consistency consumption
        controllability correctness cost count coverage delay density dissipation distance divergence diversity
        downtime efficiency emission entropy error f1 fairness faithfulness fidelity flop footprint frequency
        generalization hour index intensity interpretability latency length likelihood loss overhead performance
        perplexity power precision preservation quality rate ratio recall reduction regret relevance requirement
        robustness runtime saving scaling score similarity size slowdown sparsity speed speedup stability throughput
        time traffic usage utilization variance violation
    """),
    "Task": words("""
        acceleration adaptation alignment analysis answering assessment avoidance captioning classification
        communication comprehension compression computation control conversation counting deblurring decoding
        dehazing denoising deployment detection diagnosis discovery driving editing enhancement estimation evaluation
        exploration extraction forecasting generalization generation grading grounding identification imaging
        inference inpainting interaction learning localization management manipulation mapping matching matting
        modeling monitoring navigation odometry optimization parsing perception planning prediction problem
        processing programming qa quantification reasoning recognition recommendation reconstruction recovery
        registration regression rendering resolution restoration retrieval search segmentation selection sensing
        serving simulation slam summarization synthesis tracking training translation understanding unlearning
        verification vision
    """),
    "Method": words("""
        acceleration adaptation aggregation algorithm alignment allocation analysis approximation arithmetic attack
        attention augmentation batching cache caching calibration cipher clustering compensation compilation
        compression computation computing connection control controller convolution dataflow decoding decomposition
        descent design disaggregation distillation editing embedding encoding encryption estimator eviction execution
        exploration extraction factorization feedback filter filtering flow function fusion gemm generation generator
        gradient graph guidance hashing head inference initialization injection interpolation kernel kernels law
        layer layout learning logic loss management mapping masking matching mechanism merging method modeling module
        multiplication normalization offloading operator optimization overlap parallelism parallelization
        partitioning perturbation pipeline pipelining placement planner plasticity policy pooling precision
        prefetching primitive prior probing process profiling programming projection prompt prompting propagation
        protocol pruning quantization rag rasterization reduction refinement regression regularization representation
        retrieval reuse reward rl routing sampling scaling schedule scheduling scheme search selection sharing
        simulation simulator solver speculation splatting steering supervised supervision synthesis table theory
        tiling tracing training transform transformation tree tuning verification walk warping watermarking weighting
    """),
    "Model": words("""
        agent autoencoder classifier cnn decoder detector dnn encoder forest gan gnn llm lm mllm mlp model moe net
        network perceptron rnn snn transformer tree vae vlm
    """),
    "Hardware": words("""
        accelerator adder architecture array asic board cache card center cgra chip chiplet circuit cluster computer
        converter coprocessor core cpu crossbar datacenter device dpu dram element engine extension fabric fpga gpgpu
        gpu hardware hbm interconnect laptop machine macro mcu memory memristor microcontroller multiplier
        multiprocessor node npu nvlink phone platform processor register router rram server silicon smartphone soc
        sram ssd storage subsystem superchip supercomputer switch synapse system tpu unit wearable workstation
    """),
    "Dataset": words("""
        corpus database leaderboard
    """),
    "Software": words("""
        api compiler graph library sdk toolkit
    """),
}  # fmt: skip
_WIDEST = 5
_HYPHENS = frozenset("-‐‑–")


def _heads() -> dict[str, Types]:
    out: dict[str, Types] = {}
    for kind, nouns in HEADS.items():
        for noun in nouns:
            plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"
            for form in (noun, plural, noun + "es" if noun.endswith(("ch", "sh", "ss", "x")) else noun):
                out.setdefault(form, {})[kind] = ("p", None)
    return out


_TYPES = _heads()


def phrases(t: Tokens, pool: Pool) -> None:
    """Add the phrases of a text to its pool, head by head."""
    lower, starts, ends = t.lower, t.starts, t.ends
    for i, word in enumerate(lower):
        types = _TYPES.get(word)
        if types is None:
            continue
        end = ends[i]
        first = i
        for _ in range(_WIDEST - 1):
            start, before = starts[first], first - 1
            if before < 0:
                break
            if lower[before] in _HYPHENS and before and ends[before] == start and ends[before - 1] == starts[before]:
                before -= 1
            elif ends[before] + 1 != start:
                break
            if lower[before] in STOPS or not lower[before][0].isalnum() or lower[before].isdigit():
                break
            first, start = before, starts[before]
            add_all(pool, (start, end), types)
