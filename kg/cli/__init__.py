"""The command line: one verb a stage, named like the library function. `-` is standard input and output."""

from kg.cli.app import main

__all__ = ["main"]
