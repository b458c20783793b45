"""Head nouns -> noun phrases that may be names: "multi-head latent attention", "decode throughput".

In: the tokens of a Doc. Out: for each head noun of the tables, the phrases that end in it, from the bare noun to four words
before it; a stop word or a mark ends the phrase. Which of them is the name is the scorer's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import Candidate
from kg.extract.stops import STOPS
from kg.extract.tables import words
from kg.extract.tokens import Tokens

#: Heads by type, each with what its phrases look like. Measured: one in eight or more of their places ends a name.
HEADS = {
    "Metric": words("""
        accuracy latency throughput efficiency speedup cost overhead quality energy rate consumption fps utilization speed
        error bandwidth power complexity score area footprint usage precision runtime consistency time f1 ratio length
        loss generalization fidelity saving flop recall scaling stability correctness coverage hour sparsity distance
        fairness agreement delay similarity capacity regret likelihood requirement emission intensity count variance
        convergence controllability preservation memory performance divergence entropy correlation coherence diversity
        robustness size interpretability faithfulness perplexity index violation budget dissipation frequency density
        gain reduction traffic downtime slowdown relevance completeness
    """),
    "Task": words("""
        detection generation inference reasoning segmentation estimation classification planning recognition reconstruction
        tracking understanding localization prediction analysis optimization alignment serving perception slam answering
        modeling control identification synthesis simulation matching translation exploration navigation diagnosis
        manipulation mapping retrieval summarization editing monitoring sensing driving resolution adaptation forecasting
        communication verification search recommendation qa regression selection avoidance extraction ranking programming
        grounding restoration conversation management generalization discovery rendering compression captioning unlearning
        quantification denoising recovery parsing counting odometry enhancement comprehension registration grading
        training deployment computing computation acceleration evaluation imaging assessment interaction decoding
        processing learning vision workload application problem task matting inpainting deblurring dehazing
    """),
    "Method": words("""
        learning attention quantization training tuning optimization cache computing fusion distillation decoding analysis
        compression search function control loss splatting pruning decomposition graph multiplication scheduling
        parallelism representation adaptation sampling augmentation programming alignment convolution modeling routing
        precision selection scaling table retrieval flow controller reduction synthesis reuse embedding mechanism pooling
        transformation attack module descent offloading parallelization filtering regression tree masking law
        factorization sharing clustering refinement dataflow regularization transform management operator exploration
        injection connection filter theory encoding arithmetic profiling logic matching mapping acceleration hashing
        caching placement projection extraction approximation rasterization walk prompting aggregation estimator planner
        allocation verification guidance cipher tiling probing compensation warping weighting perturbation partitioning
        propagation reward plasticity generator merging schedule calibration solver head pipelining tracing compilation
        supervision overlap primitive simulator feedback framework algorithm pipeline strategy kernel policy prior prompt
        layer block unit process simulation rl rag design generation inference execution aware supervised method
        gemm gradient model kernels memory normalization initialization interpolation layout batching prefetching
        speculation eviction disaggregation steering editing watermarking encryption scheme protocol system computation
    """),
    "Model": words("""
        model llm network transformer cnn moe agent snn dnn mllm gnn expert vlm encoder autoencoder rnn mlp vae gan
        perceptron detector decoder forest tree policy backbone classifier net lm architecture
    """),
    "Hardware": words("""
        gpu fpga accelerator cpu device memory unit core processor cluster platform array soc npu engine asic tpu chip hbm
        dram chiplet ssd server dpu microcontroller node rram nvlink circuit mcu element datacenter interconnect sram
        supercomputer memristor smartphone cgra center computer workstation crossbar fabric board architecture hardware
        system macro multiprocessor coprocessor machine laptop phone cache storage register buffer synapse router switch
        gpgpu superchip card module wearable silicon multiplier adder converter subsystem network extension
    """),
    "Dataset": words("dataset benchmark corpus database suite challenge leaderboard"),
    "Software": words("compiler library api framework runtime language sdk simulator toolkit graph"),
}  # fmt: skip
_WIDEST = 5
_HYPHENS = frozenset("-‐‑–")


def _heads() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for kind, nouns in HEADS.items():
        for noun in nouns:
            plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"
            for form in (noun, plural, noun + "es" if noun.endswith(("ch", "sh", "ss", "x")) else noun):
                out[form] = tuple(dict.fromkeys((*out.get(form, ()), kind)))
    return out


_TYPES = _heads()


def phrases(t: Tokens) -> Iterator[Candidate]:
    """The phrases of a text, by head."""
    lower, starts, ends = t.lower, t.starts, t.ends
    for i, word in enumerate(lower):
        types = _TYPES.get(word)
        if types is None:
            continue
        end = ends[i]
        first, length = i, 1
        while True:
            start = starts[first]
            for kind in types:
                yield Candidate(start, end, kind, "phrase", 0.0)
            before = first - 1
            if length >= _WIDEST or before < 0:
                break
            if lower[before] in _HYPHENS and before and ends[before] == start and ends[before - 1] == starts[before]:
                before -= 1
            elif ends[before] + 1 != start:
                break
            if lower[before] in STOPS or not lower[before][0].isalnum() or lower[before].isdigit():
                break
            first, length = before, length + 1
