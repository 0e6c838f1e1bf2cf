"""Bodies of states: institutions, seats, parties, armed groups, outlets, organisations."""

from collections import Counter

import pytest

from communique.ontology.tables import read_rows
from communique.ontology.world import load_world


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Wolesi Jirga", "inst:AFG:wolesi-jirga"),
        ("the Sabor", "inst:HRV:sabor"),
        ("Jogorku Kenesh", "inst:KGZ:jogorku-kenesh"),
        ("ASIO", "inst:AUS:asio"),
        ("Luftwaffe", "inst:DEU:luftwaffe"),
        ("Reserve Bank of India", "inst:IND:rbi"),
        ("Cotroceni", "state:ROU"),
        ("Villa Somalia", "state:SOM"),
        ("Koulouba", "state:MLI"),
        ("Palais Wilson", "org:ohchr"),
        ("Luthuli House", "group:anc"),
        ("ECOWAS Court", "org:ecowas-court"),
        ("Organisation of Eastern Caribbean States", "org:oecs"),
        ("Three Seas Initiative", "org:three-seas"),
        ("ACLED", "org:acled"),
        ("Prosperity Party", "group:prosperity-party"),
        ("Wazalendo", "group:wazalendo"),
        ("La Libertad Avanza", "group:lla"),
        ("Cumhuriyet", "outlet:cumhuriyet"),
        ("Middle East Eye", "outlet:middle-east-eye"),
        ("Bulgarian News Agency", "agency:bta"),
        ("Sonangol", "company:sonangol"),
        ("Gazprombank", "company:gazprombank"),
        ("Khyber Pakhtunkhwa", "region:khyber-pakhtunkhwa"),
        ("Malabo", "state:GNQ"),
    ],
)
def test_a_name_leads_to_the_body(text: str, entry: str) -> None:
    assert entry in {n.entry.id for n in load_world().names(text)}


@pytest.mark.parametrize("text", ["Unity", "Progress", "Future", "Target", "Vanguard", "Continental", "Revival", "Focus"])
def test_an_ordinary_word_is_no_body(text: str) -> None:
    assert {n.entry.kind for n in load_world().names(text)} <= {"person"}


def test_a_party_name_that_many_have_is_known_for_each_of_their_states() -> None:
    states = {n.entry.country for n in load_world().names("Labour Party")}
    assert {"GBR", "NOR", "NZL", "MLT", "IRL"} <= states


@pytest.mark.parametrize("table", ["organisations", "groups", "companies", "institutions", "regions"])
def test_no_body_stands_twice(table: str) -> None:
    rows = read_rows(f"{table}.tsv")
    counted = Counter((row[1], row[3]) for row in rows)
    assert not [name for name, count in counted.items() if count > 1]
    for row in rows:
        assert not row[6] or not row[7] or row[6] < row[7], row[0]
