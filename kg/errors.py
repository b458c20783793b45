"""Errors that a user may meet: one base, children by whose fault.

Each message names the thing, what was expected, what exists, and the next step. `kg` prints it in one line, without a
traceback, and exits with the class's `exit_code`.
"""


class KgError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_code = 1


class InputError(KgError):
    """A path, a file or a record that the user gave cannot be used."""

    exit_code = 3


class CatalogueError(KgError):
    """A catalogue file contradicts itself or its format; the message lists every problem with its line."""

    exit_code = 4


class ConfigurationError(KgError):
    """An option, a missing extra, a damaged network file or an output folder that cannot be written."""

    exit_code = 5


class QueryError(KgError):
    """A question that does not exist or does not parse, with the position and the nearest known name."""

    exit_code = 6
