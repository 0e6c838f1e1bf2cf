# Needs Python 3.11 to 3.13 and the package registry; everything else is set up in .venv.

VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test gate bench clean

demo: $(VENV)/.ready
	$(BIN)/communique read examples/*.txt examples/harbour.html examples/briefs.csv

test: $(VENV)/.ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

gate: $(VENV)/.ready-dev
	@test -n "$(DATA)" || { echo "make gate: give DATA=FOLDER, the annotated data that the project does not hold" >&2; exit 2; }
	COMMUNIQUE_DATA=$(DATA) $(BIN)/pytest tests/evaluation -rs

bench: $(VENV)/.ready
	$(BIN)/python benchmarks/read.py

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@for python in python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    echo "setting up $(VENV) with $$($$python --version)"; exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo "Communique needs Python 3.11, 3.12 or 3.13; none of python3, python3.13, python3.12, python3.11 is one" >&2; exit 1

$(VENV)/.ready: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.ready
