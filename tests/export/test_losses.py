"""What the docs say that formats lose is what their loss reports say. `python -m tests.export.test_losses` writes it down."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.conftest import sample
from tests.export.conftest import READ, record

from communique import registry
from communique.export.exports import ASPECTS, load
from communique.store.tables import rows_of
from communique.types.events import Amount
from communique.types.record import build
from communique.types.text import Published

ROOT = Path(__file__).parents[2]
DOC = ROOT / "docs/exports.md"
BLOCK = re.compile(r"(?s)(<!-- losses: .*? -->\n\n).*?(\n\n<!-- end of losses -->)")


def reports() -> Iterator[dict[str, list[dict[str, object]]]]:
    """The rows of reports that have all that a report can have, and all that it can lack."""
    whole = record()
    first, *others = whole.events
    paid = replace(first, amounts=(Amount("money", first.trigger, 1.0, 2.0, "EUR"),))
    further = (
        replace(first, actor=("a8",), recipient=("a4",)),
        replace(first, actor=(), where=None),
        replace(first, actor=(), recipient=()),
        replace(first, actor=("a9",), recipient=("a2",)),
        replace(first, status="ongoing"),
        replace(first, auxiliary=("historical",)),
        replace(first, when=None),
    )
    events = (paid, *others, *(replace(event, id=f"e{n}") for n, event in enumerate(further, 12)))
    dated = replace(whole, events=events)
    undated = replace(dated, document=replace(whole.document, published=Published()))
    for one in (dated, undated, build(sample()), replace(whole, actors=(), events=())):
        yield rows_of(one, "r1", READ)


def losses(name: str) -> Counter[str]:
    return load(name).write(reports(), io.BytesIO()).lost


def table() -> str:
    """A row for each format: which aspects of an event it does not carry, and what else its loss report can name."""
    lines = ["| Format | Does not carry | Leaves out, drops or tells otherwise |", "|---|---|---|"]
    for name in registry.names(registry.EXPORTS):
        lost = losses(name)
        aspects = ", ".join(aspect for aspect, words in ASPECTS.items() if words in lost)
        lines.append(f"| `{name}` | {aspects} | {'; '.join(sorted(lost.keys() - ASPECTS.values()))} |")
    return "\n".join(lines)


def test_the_docs_have_the_losses_of_every_format():
    assert BLOCK.search(DOC.read_text(encoding="utf-8"))[0].split("\n\n", 1)[1].rsplit("\n\n", 1)[0] == table()


def test_a_format_loses_what_it_does_not_carry():
    for name in registry.names(registry.EXPORTS):
        lost = {aspect for aspect, words in ASPECTS.items() if words in losses(name)}
        # some count each status by itself
        assert ASPECTS.keys() - load(name).carries - lost <= {"status"} and not lost & load(name).carries, name


def test_no_loss_that_the_code_counts_is_missing():
    found = {words for name in registry.names(registry.EXPORTS) for words in losses(name)}
    for file in sorted((ROOT / "src/communique/export").glob("*.py")):
        source = re.sub(r'(?s)""".*?"""', "", file.read_text(encoding="utf-8"))
        counted = re.findall(r'(?:drop|leave)\(\s*f?"([^"]+)"|"([^"\n]+ left out)"', source)
        for said in {one or other for one, other in counted}:
            pattern = re.sub(r"\\{.*?\\}", ".+", re.escape(said))
            assert any(re.fullmatch(pattern, words) for words in found), f"{file.name}: {said}"


if __name__ == "__main__":
    DOC.write_text(BLOCK.sub(lambda m: m[1] + table() + m[2], DOC.read_text(encoding="utf-8")), encoding="utf-8")
