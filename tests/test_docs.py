"""What the docs say exists, and what exists is said in the docs."""

import re
import tomllib
from pathlib import Path

import pytest
import typer

from communique import registry
from communique.cli.app import app
from communique.coding.userbook import load_userbook
from communique.config import PREFIX, load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*/README.md"))]
GROUPS = typer.main.get_command(app).commands
COMMANDS = {name: c for name, c in GROUPS.items() if not hasattr(c, "commands")} | {
    f"{group} {name}": c for group, commands in GROUPS.items() for name, c in getattr(commands, "commands", {}).items()
}
OPTIONS = {name: {o for p in command.params for o in p.opts if o.startswith("--")} for name, command in COMMANDS.items()}


def _command_lines():
    for document in DOCS:
        blocks = re.findall(r"(?ms)^```.*?^```|^(?: {4}.*\n)+", document.read_text(encoding="utf-8"))
        for line in "\n".join(blocks).splitlines():
            for call in re.findall(r"(?:^|\| )\s*(?:\$ )?communique ([a-z-].*)", line.split("#")[0]):
                yield document.name, call


@pytest.mark.parametrize(("document", "call"), sorted(set(_command_lines())))
def test_commands_in_the_docs_exist(document, call):
    name = " ".join(call.split()[: 2 if call.split()[0] in GROUPS.keys() - COMMANDS.keys() else 1])
    if name == "--version":
        return
    assert name in COMMANDS, f"{document}: communique {call}"
    assert set(re.findall(r"--[a-z-]+", call)) <= OPTIONS[name], f"{document}: communique {call}"


def test_the_readme_shows_commands():
    assert {"read", "evaluate"} <= {call.split()[0] for name, call in _command_lines() if name == "README.md"}


@pytest.mark.parametrize(("command", "option"), [(c, o) for c, options in OPTIONS.items() for o in options])
def test_every_option_is_in_the_readme(command, option):
    assert re.search(rf"`{re.escape(option)}[ `]", README), f"{option} of communique {command}"


def test_every_setting_of_the_environment_is_in_the_readme(monkeypatch):
    for name, value in {"pipeline": "x", "threads": "3", "knowledge": "x.jsonl", "codebook": "x.yaml"}.items():
        monkeypatch.setenv(PREFIX + name.upper(), value)
        assert str(getattr(load(), name)) == value
        assert f"`{PREFIX}{name.upper()}`" in README


def test_every_evaluation_is_in_the_readme():
    for name in registry.names(registry.EVALUATIONS):
        assert re.search(rf"`{name}`", README), name


def test_codebooks_in_the_docs_can_be_read(tmp_path):
    blocks = re.findall(r"(?ms)^```yaml\n(.*?)^```", (ROOT / "docs/codebooks.md").read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        (tmp_path / "book.yaml").write_text(block, encoding="utf-8")
        assert load_userbook(tmp_path / "book.yaml").types


def test_make_targets_in_the_docs_exist():
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for document in DOCS:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"`make ([a-z]+)`|^ +make ([a-z]+)", text, re.MULTILINE):
            assert set(filter(None, target)) <= targets, (document.name, target)


def test_links_between_documents_lead_somewhere():
    for document in DOCS:
        for link in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if not link.startswith("http"):
                assert (document.parent / link).exists(), (document.name, link)


def test_figures_in_the_readme_are_those_that_were_pinned():
    pins = tomllib.loads((ROOT / "evaluation/pins.toml").read_text(encoding="utf-8"))
    table = re.search(r"(?s)<!-- figures.*?-->(.*?)<!-- end of figures", README)[1].strip().splitlines()
    names = [cell.strip() for cell in table[0].split("|")[2:-1]]
    assert names == [name for name in pins if name != "language"]  # these stand in the model card
    for line in table[2:]:
        figure, *cells = (cell.strip() for cell in line.split("|")[1:-1])
        for name, cell in zip(names, cells, strict=True):
            assert cell == (f"{pins[name][figure]:.2f}" if figure in pins[name] else ""), (figure, name)
