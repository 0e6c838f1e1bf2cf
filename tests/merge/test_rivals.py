"""One act that two sides lay at each other's door, told in words that share nothing."""

from __future__ import annotations

import pytest
from tests.merge.test_incidents import NORLAND, SUDRIA, days, told

from communique.merge.incidents import incidents_of
from communique.merge.rivals import rivals_of
from communique.types.incidents import Party

REBELS = Party("Dale Front", "group:dale", "SDR", "group", ("REB",))
TROOPS = Party("Sudrian troops", "inst:SDR:army", "SDR", "military", ("MIL",))
ROCKET = {"evidence": "rockets of the Dale Front burned a bakery", "actor": (REBELS,), "attributed_to": ("Sudria",)}
SHELLS = {"evidence": "Sudrian troops pounded quay houses", "actor": (TROOPS,), "attributed_to": ("Dale Front",)}
FROM_NORLAND = {"evidence": "Norland burned a bakery", "attributed_to": ("Sudria",)}
FROM_SUDRIA = {"evidence": "Sudria pounded quay houses", "actor": (SUDRIA,), "recipient": (NORLAND,), "mode": "drone"}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (ROCKET, SHELLS, True),
        (FROM_NORLAND, FROM_SUDRIA | {"attributed_to": ("Norland",)}, True),
        (ROCKET, SHELLS | {"attributed_to": ()}, False),
        (ROCKET, SHELLS | {"attributed_to": ("hospital",)}, False),
        (ROCKET, SHELLS | {"when": days("2024-03-19"), "published": "2024-03-19"}, False),
        (ROCKET, SHELLS | {"place": "Westburg", "latitude": 47.9}, False),
        (ROCKET, SHELLS | {"actor": ()}, False),
    ],
)
def test_accounts_that_name_rival_authors_are_found(one, other, found):
    incidents = incidents_of([told("a", **one), told("b", **other)])
    assert len(incidents) == 2
    assert [{one.id, other.id} for one, other in rivals_of(incidents)] == [{i.id for i in incidents}] * found
    assert list(rivals_of(reversed(incidents))) == list(rivals_of(incidents))
