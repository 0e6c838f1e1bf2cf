"""Settings are read once, from what is given and then from the environment."""

from datetime import date, datetime

import pytest

from communique.config import load
from communique.errors import UsageError


def test_given_settings_win_over_the_environment(monkeypatch):
    monkeypatch.setenv("COMMUNIQUE_PIPELINE", "from_environment")
    monkeypatch.setenv("COMMUNIQUE_THREADS", "2")
    assert load().pipeline == "from_environment" and load().threads == 2
    assert load(pipeline="given").pipeline == "given"
    assert load(published="2024-05-15").published == date(2024, 5, 15)


@pytest.mark.parametrize("value", ["2024-02-30", "yesterday", "1715731200", "", "20240515", "2024-W20-3", 20240515])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(UsageError, match="is no day; write it as YYYY-MM-DD"):
        load(published=value)


def test_a_moment_gives_its_day():
    assert load(published=datetime(2024, 5, 15, 18, 30)).published == date(2024, 5, 15)


def test_threads_in_the_environment_must_be_a_number(monkeypatch):
    monkeypatch.setenv("COMMUNIQUE_THREADS", "many")
    with pytest.raises(UsageError, match="threads: 'many'"):
        load()
