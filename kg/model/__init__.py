"""The packaged network, its labels, its tokenizer and its model card.

In: nothing but the files beside this one. Out: `card()`, the model card as Markdown; the network itself is loaded by
`kg.model.network.load`. Nothing is read on import.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import ConfigurationError

FOLDER = Path(__file__).parent
#: What to do where a file of the network is missing or damaged.
RESTORE = (
    "reinstall the package (`pip install --force-reinstall --no-deps hardware-kg`), in a clone "
    "`git checkout kg/model`, or leave the network out with `--fast`"
)


def card() -> str:
    """The model card: data and licences, figures by type, experiments, limits, how to retrain, checksum.

    Raises ConfigurationError where the file is missing.
    """
    path = FOLDER / "CARD.md"
    try:
        return path.read_text(encoding="utf8")
    except OSError as error:
        raise ConfigurationError(f"{path}: the model card cannot be read ({error.strerror}); {RESTORE}") from error
