"""The layers of the house hold: imports go downward only, and each outside library has the one place it belongs to."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_contracts_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_importing_communique_loads_none_of_its_stages():
    code = (
        "import sys, communique; "
        "print([m for m in sys.modules if m.startswith(('spacy', 'onnxruntime', 'communique.', 'pydantic', 'pandas'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
