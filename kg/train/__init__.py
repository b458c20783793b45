"""What builds the packaged network and weights from annotated papers; nothing here runs when papers are read."""

import sys
from itertools import pairwise
from types import TracebackType

_EXTRA = frozenset({"torch", "sklearn", "scipy", "onnx", "safetensors"})


def _say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What an uncaught error of a training command shows: where a library of the extra is missing, how to get it."""
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] in _EXTRA:
        sys.stderr.write(f"{error}: training needs the extra `train`; pip install 'hardware-kg[train]'\n")
    else:
        sys.__excepthook__(kind, error, trace)


if any(flag == "-m" and module.startswith(f"{__name__}.") for flag, module in pairwise(sys.orig_argv)):
    sys.excepthook = _say
