"""PLOVER types and the CAMEO codes that follow from them."""

import pytest

from communique.errors import DataError
from communique.ontology.plover import cameo_codes, cameo_of, contexts, plover_of, plover_types, quad_of, score_of, sectors
from communique.ontology.tables import read_rows

STATUSES = ("happened", "ongoing", "planned", "uncertain", "denied")


def test_there_are_sixteen_types_in_four_quads() -> None:
    assert len(plover_types()) == 16
    assert {quad_of(name) for name in plover_types()} == {1, 2, 3, 4}
    assert len(contexts()) == 37
    assert {"GOV", "MIL", "REB", "IGO"} <= set(sectors())


def test_every_choice_names_known_type_mode_and_code() -> None:
    for plover, mode, status, _, code in read_rows("cameo_of.tsv"):
        assert plover in plover_types()
        assert not mode or mode in plover_types()[plover].modes
        assert status in ("", *STATUSES)
        assert code in cameo_codes()


def test_no_choice_is_listed_twice() -> None:
    keys = [tuple(row[:4]) for row in read_rows("cameo_of.tsv")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("plover", sorted(plover_types()))
def test_every_type_mode_and_status_has_a_code(plover: str) -> None:
    for mode in (None, *plover_types()[plover].modes):
        for status in STATUSES:
            assert -10 <= cameo_of(plover, mode, status).goldstein <= 10


@pytest.mark.parametrize(
    ("plover", "mode", "status", "lemma", "code"),
    [
        ("CONSULT", "visit", "planned", "visit", "036"),
        ("CONSULT", "visit", "happened", "visit", "042"),
        ("CONSULT", "visit", "happened", "host", "043"),
        ("CONSULT", "talk", "happened", None, "041"),
        ("CONSULT", "negotiate", "ongoing", "talks", "046"),
        ("CONSULT", "mediate", "planned", None, "039"),
        ("CONSULT", None, "planned", "meeting", "036"),
        ("AID", None, "planned", "send", "033"),
        ("COOPERATE", None, "planned", None, "031"),
        ("SUPPORT", None, "planned", "back", "032"),
        ("SUPPORT", None, "happened", "recognise", "054"),
        ("ACCUSE", None, "happened", "condemn", "111"),
        ("ACCUSE", "allege", "denied", None, "112"),
        ("REQUEST", "meet", "denied", None, "026"),
        ("ASSAULT", "drone", "happened", "strike", "195"),
        ("ASSAULT", "aerial", "planned", None, "138"),
        ("COERCE", "arrest", "uncertain", None, "173"),
        ("SANCTION", None, "happened", None, "160"),
        ("SANCTION", None, "happened", "impose", "163"),
        ("COOPERATE", None, "happened", "restore", "050"),
    ],
)
def test_type_mode_status_and_lemma_decide_the_code(
    plover: str, mode: str | None, status: str, lemma: str | None, code: str
) -> None:
    assert cameo_of(plover, mode, status, lemma).code == code


def test_goldstein_values_are_those_of_the_code_book() -> None:
    assert cameo_of("CONSULT", "visit", "happened").goldstein == 1.9
    assert cameo_of("SANCTION", None, "happened", "sanction").goldstein == -8.0


def test_a_mode_has_its_own_score() -> None:
    assert score_of("CONSULT", "visit") == 4
    assert score_of("CONSULT") == 2.5


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(DataError, match="DEMAND"):
        cameo_of("DEMAND", None, "happened")


@pytest.mark.parametrize(
    ("code", "plover"),
    [
        ("036", "AGREE"),
        ("081", "CONCEDE"),
        ("0814", "RETREAT"),
        ("0871", "RETREAT"),
        ("174K", "COERCE"),
        ("163", "COERCE"),
        ("1631", "COERCE"),
        ("162", "SANCTION"),
        ("175", "ASSAULT"),
        ("1711", "COERCE"),
        ("1712", "ASSAULT"),
        ("192", "COERCE"),
        ("193", "ASSAULT"),
        ("023", None),
        ("224", None),
    ],
)
def test_cameo_codes_are_filed_under_plover_types(code: str, plover: str | None) -> None:
    assert plover_of(code) == plover
