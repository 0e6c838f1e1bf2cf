"""Rows of contradictions."""

from tests.merge.test_incidents import told
from tests.merge.test_rivals import ROCKET, SHELLS

from communique.merge.incidents import incidents_of
from communique.pipeline import accounts


def test_rival_authors_are_laid_side_by_side(monkeypatch):
    incidents = incidents_of([told("a", **ROCKET), told("b", "2024-03-17", **SHELLS)])
    monkeypatch.setattr(accounts, "incidents_in", lambda view: incidents)
    for chosen, found in ((None, 1), ({incidents[1].id}, 1), (set(), 0)):
        monkeypatch.setattr(accounts, "_chosen", lambda view, asked, chosen=chosen: chosen)
        rows = accounts.contradictions_on(None).to_pylist()
        assert len(rows) == found
        for row in rows:
            assert (row["incident"], row["field"], row["events"]) == (incidents[0].id, "author", [["a/e1"], ["b/e1"]])
            assert row["said"] == ["Dale Front (1 source, by Sudria)", "Sudrian troops (1 source, by Dale Front)"]
