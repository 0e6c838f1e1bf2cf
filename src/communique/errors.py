"""The exception tree: everything that Communique raises on purpose is a `CommuniqueError`.

Each message names the input, says what is wrong with it and what to do about it.
"""


class CommuniqueError(Exception):
    """Base of all errors raised on purpose."""


class InputError(CommuniqueError):
    """A report that can't be read: missing, empty, binary, undecodable, not English, only advertisement."""


class UsageError(CommuniqueError):
    """A request that can't be met as it was put: a date that is none, an unknown format or pipeline."""


class DataError(CommuniqueError):
    """A data file, model file or record that does not have the form it should have."""


class StageError(CommuniqueError):
    """A stage was asked to work without what it requires, or failed on one report."""
