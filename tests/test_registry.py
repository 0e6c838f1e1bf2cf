"""Components are looked up by group and name; what is missing is said clearly."""

import pytest

from communique import registry
from communique.errors import UsageError
from communique.pipeline.stages import ORDER


def test_every_stage_of_the_order_is_registered():
    assert set(ORDER) == set(registry.names(registry.STAGES))


@pytest.mark.parametrize("group", [registry.STAGES, registry.SOURCES, registry.EVALUATIONS])
def test_every_registered_component_can_be_loaded(group):
    for name in registry.names(group):
        assert callable(registry.find(group, name)), name


def test_an_unknown_component_is_named_with_those_there_are():
    with pytest.raises(UsageError, match=r"divine: no such component in communique.stages; there are: actors, annotate"):
        registry.find(registry.STAGES, "divine")


def test_a_component_that_cannot_be_loaded_says_from_where(monkeypatch):
    from importlib.metadata import EntryPoint, EntryPoints

    found = EntryPoints([EntryPoint("x", "communique.nowhere:X", "communique.stages")])
    monkeypatch.setattr(registry, "_installed", lambda _: found)
    with pytest.raises(UsageError, match=r"x of communique\.stages can't be loaded from communique.nowhere:X"):
        registry.find(registry.STAGES, "x")
