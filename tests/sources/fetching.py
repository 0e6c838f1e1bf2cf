"""Fetching in tests: without delays, private addresses allowed, unless a test says otherwise."""

from contextlib import contextmanager

import pytest

from communique.errors import InputError
from communique.sources.inputs import Limits, Options
from communique.sources.web.fetcher import Fetcher, Manners

QUICK = Manners(delay=0)


@contextmanager
def fetching(private=True, limits=None, manners=QUICK, **others):
    fetcher = Fetcher(Options(private=private, limits=limits or Limits()), manners=manners, **others)
    try:
        yield fetcher
    finally:
        fetcher.close()


def refused(url, **others):
    """What the error says."""
    with fetching(**others) as fetcher, pytest.raises(InputError) as error:
        fetcher.fetch(url)
    return str(error.value)
