"""What the tests of resolving share."""

from __future__ import annotations

import pytest

from communique.resolve.actors.resolver import ActorResolver


@pytest.fixture(scope="session")
def resolver() -> ActorResolver:
    return ActorResolver()
