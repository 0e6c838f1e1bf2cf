"""Where filters let nothing through, it is said which do so, and what the desk has that is like it."""

import pytest

from communique.query.empty import undated, why_empty

ALL = "nothing fits all filters at once, though each by itself lets something through"


@pytest.mark.parametrize(
    ("listing", "asked", "said"),
    [
        ("events", {}, []),
        ("events", {"actor": "Ana Sol"}, []),
        ("events", {"actor": "Anna Sohl"}, ["actor: nothing on the desk fits 'Anna Sohl'; it has Ana Sol"]),
        ("events", {"actor": "Sohl"}, ["actor: nothing on the desk fits 'Sohl'; it has Ana Sol"]),
        (
            "events",
            {"recipient": "norland radio"},
            ["recipient: nothing on the desk fits 'norland radio'; Norland Radio is on the desk, but stands in no such place"],
        ),
        ("events", {"actor": ["Sudrja", "Xyz"]}, ["actor: nothing on the desk fits 'Sudrja' or 'Xyz'; it has Sudria"]),
        ("documents", {"outlet": "norland herld"}, ["outlet: nothing on the desk fits 'norland herld'; it has Norland Herald"]),
        ("documents", {"outlet": "Reuter"}, ["outlet: nothing on the desk fits 'Reuter'; it has Reuters"]),
        ("stories", {"outlet": ["Zzz"]}, ["outlet: nothing on the desk fits 'Zzz'"]),
        ("events", {"place": "Lisbn", "status": "denied"}, ["place: nothing on the desk fits 'Lisbn'; it has Lisbon"]),
        ("events", {"place": "1,1", "radius": 3.0}, ["place: nothing on the desk fits '1,1'"]),
        (
            "events",
            {"dyad": ("NRL", "Sudra"), "both_ways": True},
            ["dyad: nothing on the desk fits 'NRL' and 'Sudra'; it has Sudria"],
        ),
        (
            "incidents",
            {"since": "2030", "type": "AID"},
            ["since: nothing on the desk fits '2030'", "type: nothing on the desk fits 'AID'"],
        ),
        ("facts", {"predicate": "holds_ofice"}, ["predicate: nothing on the desk fits 'holds_ofice'; it has holds_office"]),
        ("events", {"status": "planned", "place": "Lisbon"}, [ALL]),
    ],
)  # fmt: skip
def test_what_keeps_all_out_is_named(desk, listing, asked, said):
    assert list(why_empty(desk.view, listing, asked)) == said


def test_events_without_days_are_counted(desk):
    assert undated(desk.view, {"since": "2019"}) == 4 and undated(desk.view, {"since": "2019", "type": "CONSULT"}) == 0
