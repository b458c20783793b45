"""Figures of hardware, one line a product, attached to its entry as specs.

In: items of a `figures` list:

    figures:
    - {of: nvidia-h100, source: epoch-ml-hardware, memory: [80], bandwidth: [2039, 3352], peak: {FP16: 989}, power: 700}

memory in GB, bandwidth in GB/s, peak in TFLOP/s by number format, power in W, process in nm. A list holds the values of
several variants, smallest first. Out: each entry's `specs`, and what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.catalogue.build import Draft, whole
from kg.catalogue.read import Item, Problem

UNITS = {"memory": "GigaBYTE", "bandwidth": "GigaBYTE-PER-SEC", "power": "W", "process": "NanoM"}
#: short name of a source -> what the fact cites: title, licence, place
SOURCES = {
    "epoch-ml-hardware": "Epoch AI, Data on Machine Learning Hardware, CC BY 4.0, https://epoch.ai/data/machine-learning-hardware",
    "mlperf": "MLCommons, MLPerf system descriptions, Apache-2.0, https://github.com/mlcommons",
}


def attach(made: Mapping[str, Draft], items: Iterable[Item]) -> list[Problem]:
    """Give the entries their specs; return what is wrong."""
    problems = []
    for item in items:
        try:
            key, specs = specs_of(item.fields, item.type)
        except ValueError as error:
            problems.append(Problem(item.file, item.line, str(error)))
            continue
        if key not in made:
            problems.append(Problem(item.file, item.line, f"figures of unknown entry '{key}'"))
        else:
            made[key].fields["specs"] = (*made[key].fields.get("specs", ()), *specs)
    return problems


def specs_of(fields: Mapping[str, Any], kind: str = "Hardware") -> tuple[str, tuple[dict[str, Any], ...]]:
    """The key and the specs of one line. Raises ValueError with what is wrong in it.

    >>> specs_of({"of": "nvidia-t4", "source": "mlperf", "memory": "16"})[1][0]["unit"]
    'GigaBYTE'
    """
    known = {"of", "source", "peak", *UNITS}
    if unknown := sorted(fields.keys() - known):
        raise ValueError(f"unknown figure '{unknown[0]}'; known are {', '.join(sorted(known))}")
    if missing := sorted({"of", "source"} - fields.keys()):
        raise ValueError(f"figures lack '{missing[0]}'")
    source = SOURCES.get(fields["source"], fields["source"])
    peaks = fields.get("peak", {})
    if not isinstance(peaks, Mapping):
        raise ValueError("'peak' must give a value for each number format, as {FP16: 312}")
    rows = [(name, None, UNITS[name], fields[name]) for name in UNITS if name in fields]
    rows += [("peak", number_format, "TeraFLOPS", value) for number_format, value in peaks.items()]
    specs = [
        {"name": name, "value": _number(name, value), "unit": unit, "source": source}
        | ({"format": number_format} if number_format else {})
        for name, number_format, unit, values in rows
        for value in (values if isinstance(values, tuple) else (values,))
    ]
    return whole(str(fields["of"]), kind), tuple(specs)


def _number(name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"'{name}' must be a number, not '{value}'") from None
    if not 0 < number < 1e9:
        raise ValueError(f"'{name}' must be positive, not '{value}'")
    return number
