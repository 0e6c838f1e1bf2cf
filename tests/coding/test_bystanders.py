"""Words near an act that are no side of it; sentences of our own wording."""

from __future__ import annotations

import pytest

from communique import read


def sides(text: str, kind: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    record = read(text)
    return [(record.names(e.actor), record.names(e.recipient)) for e in record.events if e.plover == kind]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Omar Haddad was jailed for ten years in May. Canada has offered a reward.", "COERCE", (), ("Omar Haddad",)),
        ("The mayor was shot by soldiers in 1994. Ten thousand people were deported.", "COERCE", (), ("people",)),
        ("The truce was brokered by Qatar and Egypt.", "RETREAT", (), ()),
        ("The truce was brokered by Qatar and Egypt.", "CONSULT", ("Qatar", "Egypt"), ()),
        ("Kenya mediated talks between Chad and Mali.", "CONSULT", ("Kenya",), ("Chad", "Mali")),
        ("Peru flew in 168 rescuers from Chile.", "AID", ("Peru",), ("Chile",)),
        ("Chile lifted its objections in Madrid on Monday.", "CONCEDE", ("Chile",), ()),
        ("Peru and Chile discussed aid to Chad.", "CONSULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("Peru condemned the raid as a violation of Chile's airspace.", "ACCUSE", ("Peru",), ()),
        ("Peru and Kenya discussed Peru's border dispute with Chile.", "CONSULT", ("Peru", "Kenya"), ("Peru", "Kenya")),
        ("Peru discussed trade with Chile with Kenya.", "CONSULT", ("Peru", "Kenya"), ("Peru", "Kenya")),
        ("Peru discussed trade with Chile.", "CONSULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("Peru discussed its dispute with Chile.", "CONSULT", ("Peru",), ()),
        ("The talks with Chile were long.", "CONSULT", (), ("Chile",)),
        ("Peru said that the talks with Chile were long.", "CONSULT", ("Peru", "Chile"), ("Peru", "Chile")),
        ("The ministers met in May.", "CONSULT", ("ministers",), ("ministers",)),
        ("Ten soldiers of Chad died in the shelling of the port.", "ASSAULT", (), ("soldiers",)),
    ],
    ids=[
        *("the next sentence", "the one before", "brokered", "who brokers", "who mediates", "sent", "venue"),
        *("talked about", "wronged", "whose dispute", "about whom, with whom", "with whom", "whose dispute alone"),
        *("one side told", "who tells and takes part", "several who meet", "the dead"),
    ],
)
def test_who_stands_near_an_act_is_no_side_of_it(text, kind, actor, recipient):
    assert sides(text, kind) == [(actor, recipient)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru recalled its chargé d'affaires from Chile.",
        "Peru recalled its ambassador in Santiago over the remarks.",
        "Peru's ambassador to Chile was recalled.",
        "Peru called home its envoy to Chile.",
        "Peru called back its ambassador from Chile.",
    ],
)
def test_the_envoy_who_is_called_home_is_no_side_of_it(text):
    assert [e.plover for e in read(text).events] == ["SANCTION"]
    assert sides(text, "SANCTION") == [(("Peru",), ("Chile",))]
