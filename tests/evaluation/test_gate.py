"""The gate: no figure that was reached is lost again."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("gate", ROOT / "evaluation/gate.py")
gate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(gate)


def test_examples_hold_their_pins():
    assert gate.worse(gate.pins()["examples"], gate.measure_examples()) == []


@pytest.mark.parametrize("name", gate.MEASURED)
def test_annotated_data_hold_their_pins(shared, name):
    assert gate.worse(gate.pins()[name], gate.measure(name, shared)) == []


def test_speed_and_memory_stay_within_their_limits(shared):
    command = [sys.executable, str(ROOT / "benchmarks/read.py"), "--json"]
    figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert figures["sentences_per_second"] >= 60
    assert figures["first_record_seconds"] <= 3
    assert figures["peak_memory_mb"] <= 1200


def test_a_drop_is_seen():
    pinned = {"events_f1": 0.7, "failed": 0, "status": 0.9}
    assert gate.worse(pinned, {"events_f1": 0.696, "failed": 0, "status": 0.95}) == []
    assert gate.worse(pinned, {"events_f1": 0.69, "failed": 1}) == [
        "events_f1 dropped from 0.7000 to 0.6900",
        "failed rose from 0 to 1",
        "status is no longer measured; it was 0.9000",
    ]


def test_an_error_is_held_from_above():
    assert gate.worse({"calibration_error": 0.03}, {"calibration_error": 0.034}) == []
    assert len(gate.worse({"calibration_error": 0.03}, {"calibration_error": 0.05})) == 1


def test_a_distance_is_held_from_above():
    assert gate.worse({"median_days": 300.0}, {"median_days": 314.0}) == []
    assert gate.worse({"mean_km": 100.0}, {"mean_km": 110.0}) == ["mean_km rose from 100 to 110"]
