"""Web Annotation, FollowTheMoney, STIX, JSON-LD, graphs, GeoJSON and tables, read by the formats' own readers."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import networkx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from communique import registry
from communique.cli.app import app
from communique.errors import UsageError
from communique.export.annotation import WebAnnotations
from communique.export.exports import event_id, load
from communique.export.ftm import SCHEMATA, FtmEntities
from communique.export.geojson import Features
from communique.export.graphs import Dyad, Gexf, GraphMl
from communique.export.jsonld import SchemaOrg
from communique.export.stix import StixBundle
from communique.export.tables import Csv, Parquet
from communique.store.judgements import schema_of
from communique.store.tables import rows_of
from communique.types.record import build

ALL = (WebAnnotations, FtmEntities, StixBundle, SchemaOrg, GraphMl, Gexf, Features, Csv, Parquet)


@pytest.fixture
def told(analysis):
    """The rows of a report with a statement, a fact and mentions."""
    return rows_of(build(analysis), "r1", datetime(2026, 11, 26, 12, 30, 15, tzinfo=UTC))


def written(export, *documents):
    out = io.BytesIO()
    return export.write(documents, out), out.getvalue()


def as_json(export, *documents):
    loss, data = written(export, *documents)
    return loss, json.loads(data)


@pytest.mark.parametrize("export", ALL)
def test_each_export_is_found_by_its_name_and_writes_the_same_twice(export, rows):
    ours = export()
    assert isinstance(load(ours.name), export)
    assert ours.name in registry.names(registry.EXPORTS)
    only = {name: table for name, table in rows.items() if name in ours.needs}
    loss, first = written(ours, only)
    assert first and loss.written and loss.documents == 1 and loss.events == len(rows["events"])
    assert written(export(), only)[1] == first


@pytest.mark.parametrize("export", ALL)
def test_nothing_to_export_is_a_whole_file_too(export):
    loss, data = written(export())
    assert loss.events == 0
    if export in (WebAnnotations, StixBundle, SchemaOrg, Features):
        json.loads(data)
    elif export is Parquet:
        assert pq.read_table(io.BytesIO(data)).num_rows == 0
    elif export in (GraphMl, Gexf):
        ElementTree.fromstring(data)


def test_annotations_find_their_words_by_position_and_by_quote(told, analysis):
    text = analysis.document.text
    loss, page = as_json(WebAnnotations(), told)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    assert page["partOf"]["total"] == len(page["items"]) == loss.written == 5  # three events, a statement, a fact
    for annotation in page["items"]:
        position, quote = annotation["target"]["selector"]
        exact = text[position["start"] : position["end"]]
        assert position["type"] == "TextPositionSelector" and quote["type"] == "TextQuoteSelector"
        assert quote["exact"] == exact
        assert quote.get("prefix", "") + exact + quote.get("suffix", "") in text
        assert annotation["target"]["source"] == "sample.txt"
        assert annotation["id"].startswith("urn:uuid:")
    assert len({a["id"] for a in page["items"]}) == 5
    denied = page["items"][2]
    assert denied["body"][0] | {"format": ""} == {
        "type": "TextualBody",
        "purpose": "classifying",
        "format": "",
        "value": "ASSAULT",
    }
    assert denied["body"][1]["value"].startswith("denied ASSAULT: Sudria\n")
    assert "according to: Norland Radio\ndenied by: Sudria\nnumbers: killed: two" in denied["body"][1]["value"]
    assert loss.lost == {"confidences dropped": 3, "further tellings within a report dropped": 1}


def entities_of(rows):
    loss, data = written(FtmEntities(), rows)
    return loss, [json.loads(line) for line in data.splitlines()]


def test_entities_lead_to_one_another(told):
    loss, entities = entities_of(told)
    by_id = {e["id"]: e for e in entities}
    assert len(by_id) == len(entities) == loss.written
    events = [e["properties"] for e in entities if e["schema"] == "Event"]
    assert events[0]["startDate"] == events[0]["endDate"] == ["2019-06-03"]
    assert [by_id[i]["properties"]["name"] for i in events[0]["organizer"]] == [["Ana Sol"], ["Sudria"]]
    assert [by_id[i]["schema"] for i in events[0]["proof"]] == ["Article"]
    assert events[2]["name"] == ["denied ASSAULT: Sudria"] and "denied by: Sudria" in events[2]["notes"]
    sol = next(e for e in entities if e["schema"] == "Person")
    assert sol["properties"]["position"] == ["Premier"]
    mentions = [e["properties"] for e in entities if e["schema"] == "Mention"]
    assert ["Sol"] in [m["name"] for m in mentions if m["resolved"] == [sol["id"]]]
    assert loss.lost["statements left out"] == 1 and loss.lost["facts whose object is no actor left out"] == 1


def test_an_actor_of_the_registry_is_one_in_all_reports_and_another_is_not(rows):
    other = {name: [row | {"document": "another"} for row in table] for name, table in rows.items()}
    other["documents"] = [rows["documents"][0] | {"id": "another"}]
    people = [{e["id"] for e in entities_of(r)[1] if e["schema"] in SCHEMATA.values()} for r in (rows, other)]
    registered = [a for a in rows["actors"] if a["entry"]]
    assert registered and len(people[0] & people[1]) == len(registered)


def test_followthemoney_takes_the_entities(rows, told):
    ftm = pytest.importorskip("followthemoney")
    for entity in (*entities_of(rows)[1], *entities_of(told)[1]):
        proxy = ftm.model.get_proxy(entity)
        proxy.schema.validate({"properties": entity["properties"]})
        assert {name: sorted(values) for name, values in entity["properties"].items()} == {
            name: sorted(values) for name, values in proxy.to_dict()["properties"].items()
        }


def test_the_stix_bundle_refers_to_what_it_has(rows, told):
    loss, bundle = as_json(StixBundle(), rows, told)
    objects = {o["id"]: o for o in bundle["objects"]}
    assert len(objects) == len(bundle["objects"]) == loss.written
    for one in objects.values():
        assert one["spec_version"] == "2.1" and one["id"].startswith(f"{one['type']}--")
        for name, value in one.items():
            if name.endswith("_ref"):
                assert value in objects
        assert set(one.get("object_refs", ())) <= objects.keys()
        assert set(one.get("extensions", ())) <= objects.keys()
    killed = next(o for o in objects.values() if o["type"] == "incident" and o["name"].startswith("ASSAULT (drone)"))
    (told_of,) = killed["extensions"].values()
    assert (told_of["start"], told_of["end"], told_of["status"]) == ("2024-03-02", "2024-03-03", "happened")
    assert killed["confidence"] == 84 and killed["labels"] == ["assault", "happened"]
    links = {
        (o["relationship_type"], objects[o["target_ref"]]["name"])
        for o in objects.values()
        if o["type"] == "relationship" and o["source_ref"] == killed["id"]
    }
    assert links == {
        *(("attributed-to", "Sudria"), ("targets", "Norland"), ("denied-by", "Sudria")),
        *(("vouched-for-by", "the Norland army"), ("located-at", "Norland")),
    }


def test_stix2_takes_the_bundle(rows, told, undated):
    stix2 = pytest.importorskip("stix2")
    _, data = written(StixBundle(), rows, told, {**undated, "documents": [undated["documents"][0] | {"id": "other"}]})
    bundle = stix2.parse(data.decode(), allow_custom=False)
    assert {o.type for o in bundle.objects} == {
        *("identity", "extension-definition", "location", "relationship", "incident", "report")
    }
    assert len(stix2.MemoryStore(bundle).query([stix2.Filter("type", "=", "incident")])) == len(rows["events"]) + 3


def test_schema_org_asserts_no_act_that_the_report_does_not(rows, told):
    loss, graph = as_json(SchemaOrg(), rows, told)
    nodes = {n["@id"]: n for n in graph["@graph"]}
    assert graph["@context"] == "https://schema.org"
    actions = [n for n in nodes.values() if n["@type"] == "Action"]
    assert not [a for a in actions if a["name"].startswith(("denied", "uncertain"))]
    assert loss.lost["denied events told as claims alone"] == 2
    drones = next(a for a in actions if a["additionalType"] == "PLOVER:ASSAULT:drone")
    assert drones["startTime"] == "2024-03-02" and drones["endTime"] == "2024-03-03"
    assert drones["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 60.5, "longitude": 8.5}
    (claim,) = [n for n in nodes.values() if n["@type"] == "Claim" and n.get("about") == {"@id": drones["@id"]}]
    assert [nodes[a["@id"]]["name"] for a in claim["author"]] == ["the Norland army"]
    (review,) = [n for n in nodes.values() if n.get("itemReviewed") == {"@id": claim["@id"]}]
    assert nodes[review["author"]["@id"]]["name"] == "Sudria"
    planned = next(a for a in actions if a["name"].startswith("planned CONSULT"))
    assert planned["actionStatus"] == "https://schema.org/PotentialActionStatus"
    said = next(n for n in nodes.values() if n.get("text") == "We will reopen the border" and "name" not in n)
    assert nodes[said["author"]["@id"]]["name"] == "Ana Sol"
    for node in nodes.values():
        for value in node.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and one.keys() == {"@id"}:
                    assert one["@id"] in nodes


def test_networkx_reads_the_graphml(rows):
    loss, data = written(GraphMl(), rows)
    graph = networkx.read_graphml(io.BytesIO(data))
    assert graph.nodes["state:SWE"] == {"label": "Sudria", "kind": "state", "country": "SWE"}
    edge = graph.edges["state:SWE", "state:NOR"]
    days = {"first": "1990-01-01", "last": "2024-03-03"}
    assert edge == {"weight": 2, "goldstein": -9.75, "ASSAULT": 1, "COERCE": 1} | days
    assert not graph.has_edge("state:NOR", "state:SWE")  # what may be is no edge
    assert loss.lost["planned events left out"] == 2 and loss.lost["uncertain events left out"] == 1
    assert loss.lost["actors told apart by name, kind and country alone"] == 3


def test_networkx_reads_the_gexf_and_its_spells(rows):
    _, data = written(Gexf(), rows)
    graph = networkx.read_gexf(io.BytesIO(data), version="1.3")
    edge = graph.edges["state:SWE", "state:NOR"]
    assert edge["weight"] == 2.0 and edge["ASSAULT"] == 1 and edge["goldstein"] == -9.75
    assert graph.nodes["state:SWE"]["label"] == "Sudria"
    assert edge["spells"] == [("1990-01-01", "1990-12-31"), ("2024-03-02", "2024-03-03")]
    root = ElementTree.fromstring(data)
    space = "{http://gexf.net/1.3}"
    assert root.tag == f"{space}gexf" and root.get("version") == "1.3"
    order = [child.tag.removeprefix(space) for child in root.find(f"{space}graph")]
    assert order == ["attributes", "nodes", "attributes", "edges"]
    declared = {a.get("id") for a in root.iter(f"{space}attribute")}
    assert {v.get("for") for v in root.iter(f"{space}attvalue")} <= declared


def test_spells_that_touch_are_one():
    march = [(date(2024, 3, 3), date(2024, 3, 4)), (date(2024, 3, 1), date(2024, 3, 3)), (date(2024, 3, 8), date(2024, 3, 9))]
    assert Dyad(days=set(march)).spells() == [(date(2024, 3, 1), date(2024, 3, 4)), (date(2024, 3, 8), date(2024, 3, 9))]


def test_graphs_hold_no_character_that_xml_has_not(rows):
    rows["actors"] = [a | {"name": "Sud\x00ria <&>"} if a["id"] == "a2" else a for a in rows["actors"]]
    for export in (GraphMl(), Gexf()):
        assert "Sud ria &lt;&amp;&gt;" in written(export, rows)[1].decode()


def test_features_have_their_points_east_first_and_none_where_there_is_none(rows):
    loss, collection = as_json(Features(), rows)
    assert collection["type"] == "FeatureCollection"
    features = {f["id"]: f for f in collection["features"]}
    met = features["d1f0a5c3b9d2/e1"]
    assert met["geometry"] == {"type": "Point", "coordinates": [10.75, 59.91]}
    assert (met["properties"]["start"], met["properties"]["end"]) == ("2024-03-04", "2024-03-04")
    assert met["properties"]["place_precision"] == "city"
    assert features["d1f0a5c3b9d2/e5"]["geometry"] is None
    assert loss.lost["events without a point told without geometry"] == 9
    assert list(features) == [event_id(e) for e in rows["events"]]


def test_csv_tells_each_row_and_is_safe_where_asked(rows):
    rows["events"] = [rows["events"][0] | {"place_name": '=HYPERLINK("x")', "actor_names": ["-Sol", "Sudria"]}]
    for safe, mark in ((False, ""), (True, "'")):
        (row,) = csv.DictReader(io.StringIO(written(Csv(safe=safe), rows)[1].decode(), newline=""))
        assert row["place_name"] == mark + '=HYPERLINK("x")' and row["actor_names"] == mark + "-Sol; Sudria"
        assert row["goldstein"] == "1.0" and row["when_start"] == "2024-03-04" and row["mode"] == "meet"
        assert json.loads(row["evidence"])[0]["text"].startswith("met the envoys")
    negative = {**rows, "events": [rows["events"][0] | {"goldstein": -7.2}]}
    assert ",-7.2," in written(Csv(safe=True), negative)[1].decode()


@pytest.mark.parametrize("table", ["documents", "actors", "mentions", "places", "times", "events", "statements", "facts"])
def test_parquet_is_the_table(table, told):
    loss, data = written(Parquet(table=table), told, told)
    read = pq.read_table(io.BytesIO(data))
    assert read.schema.equals(schema_of(table))
    assert read.equals(pa.Table.from_pylist(told[table] * 2, schema=schema_of(table)))
    assert loss.written == 2 * len(told[table])
    assert len([*csv.reader(io.StringIO(written(Csv(table=table), told)[1].decode(), newline=""))]) == 1 + len(told[table])


def test_a_table_that_is_none_is_named():
    with pytest.raises(UsageError, match="runs: no such table; there are documents, actors"):
        load("csv", table="runs")


def test_a_report_without_anybody_is_counted_and_left_out_of_the_bundle(analysis):
    empty = rows_of(build(replace(analysis, actors=(), events=(), statements=(), facts=())), "r1")
    loss, bundle = as_json(StixBundle(), empty)
    assert "report" not in {o["type"] for o in bundle["objects"]}
    assert loss.lost == {"reports that name nobody and tell no event left out": 1}


def test_the_command_asks_for_tables_and_safe_words(tmp_path, analysis):
    records, out = tmp_path / "records.jsonl", tmp_path / "actors.csv"
    sol, *others = analysis.actors
    records.write_text(build(replace(analysis, actors=(replace(sol, name="=Sol"), *others))).to_json(), encoding="utf-8")
    asked = ["export", "csv", "--records", str(records), "--out", str(out), "--table", "actors", "--safe"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert [row["name"] for row in csv.DictReader(out.open(encoding="utf-8", newline=""))] == [
        "'=Sol",
        "Sudria",
        "Norland Radio",
    ]
    refused = CliRunner().invoke(app, [*asked[:1], "geojson", *asked[2:]])
    assert isinstance(refused.exception, UsageError) and "geojson: has no option" in str(refused.exception)
