"""The command line: reads reports, measures, and says what a record is."""

from communique.cli.app import main

__all__ = ["main"]
