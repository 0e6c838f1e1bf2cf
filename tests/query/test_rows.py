"""The rows that a record gives have what questions about actors are asked by."""

from dataclasses import replace

from communique.store.tables import SCHEMAS, rows_of
from communique.types.record import build


def test_sides_speakers_and_subjects_stand_with_their_registry_entries(analysis):
    sol, sudria, radio = analysis.actors
    known = (sol, replace(sudria, entry="state:SDR"), radio)
    ally = replace(analysis.facts[0], id="f2", predicate="allied_with", object="a2")
    rows = rows_of(build(replace(analysis, actors=known, facts=(*analysis.facts, ally))), "r1")
    assert rows["events"][0]["actor_entries"] == ["state:SDR"] and rows["events"][1]["recipient_entries"] == []
    said = rows["statements"][0]
    assert (said["speaker_name"], said["speaker_sectors"], said["speaker_entry"]) == ("Ana Sol", ["GOV"], None)
    office, alliance = rows["facts"]
    assert (office["object_name"], office["object_entry"]) == ("Premier of Norland", None)
    assert (alliance["object_name"], alliance["object_country"], alliance["object_entry"]) == ("Sudria", "SDR", "state:SDR")
    for name, table in rows.items():
        assert all(set(row) == set(SCHEMAS[name].names) for row in table), name
