"""Measure all that `communique evaluate` measures, count the kinds of error, and write both into docs/quality.md.

usage: python evaluation/quality.py FOLDER [--only PART ...]

FOLDER holds the annotated data (`data/` and `gold/`). Parts are coding, errors, who, when, where and published; each is written
with the commit that it was measured at, so that it can be measured again without the others. All of them take about half an
hour on one core. Only counts, figures and labels are written: no words of the data.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from communique import registry
from communique.evaluation import mistakes
from communique.evaluation.mistakes import Mistakes
from communique.ontology.plover import plover_types

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs/quality.md"
LABELS = HERE.parent / "tests/evaluation/data/contexts.jsonl"
MOST = 20
COLUMNS = ("seed", "dev", "sentences")  # of the figures of the coder, by how they begin
COUNTS = ("reports", "failed", "report_text_dropped", "sentences", "items", "documents")


def head(titles: Sequence[str]) -> list[str]:
    return ["| " + " | ".join(titles) + " |", "|---" + "|--:" * (len(titles) - 1) + "|"]


def rows(cells: Iterable[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in cells]


def shown(key: str, value: float) -> str:
    """A share with three digits; a count, or what is above 1, as a whole number where it is one."""
    return f"{value:.0f}" if value == int(value) and (value > 1 or key.endswith(COUNTS)) else f"{value:.3f}"


def figures(found: Mapping[str, float]) -> str:
    """The figures as a table of two columns."""
    return "\n".join(head(("figure", "value")) + rows((key, shown(key, value)) for key, value in found.items()))


def coder_figures(found: Mapping[str, float]) -> str:
    """The coder's figures: those on reports and sentences side by side, then the others."""
    split = {name: {k[len(name) + 1 :]: v for k, v in found.items() if k.startswith(f"{name}_")} for name in COLUMNS}
    keys = dict.fromkeys(key for own in split.values() for key in own)
    beside = [[key, *(shown(key, own[key]) if key in own else "" for own in split.values())] for key in keys]
    rest = {k: v for k, v in found.items() if not k.startswith(tuple(f"{name}_" for name in COLUMNS))}
    return "\n".join([*head(("figure", *COLUMNS)), *rows(beside)]) + "\n\n" + figures(rest)


def errors(found: Mistakes) -> str:
    """The confusion table and the most frequent kinds of error."""
    titles, *cells = mistakes.table(found, plover_types())
    short = [titles[0], *(t if t == mistakes.MISSED else t[:5].lower() for t in titles[1:])]
    kinds = [(kind, str(count)) for kind, count in found.kinds.most_common(MOST)]
    total = f"{sum(found.kinds.values())} errors of {len(found.kinds)} kinds; the {len(kinds)} most frequent:"
    return "\n".join([*head(short), *rows(cells), "", total, "", *head(("kind of error", "count")), *rows(kinds)])


def evaluated(name: str, data: str, **options: Path) -> Callable[[Path], str]:
    return lambda folder: figures(registry.find(registry.EVALUATIONS, name)(folder / data, **options))


def coding(folder: Path) -> str:
    measure = registry.find(registry.EVALUATIONS, "coding")
    return coder_figures(measure(folder / "data", gold=folder / "gold", labels=LABELS))


def all_errors(folder: Path) -> str:
    found = {
        "gold dev": mistakes.of_reports(folder / "gold/dev"),
        "communique-events dev": mistakes.of_sentences(folder / "data/train/communique-events/dev.jsonl"),
    }
    return "\n\n".join(f"### On {name}\n\n{errors(one)}" for name, one in found.items())


PARTS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "coding": ("Coder, on whole reports, sentences and the corpora of others", coding),
    "errors": ("Types confused and kinds of error", all_errors),
    "who": ("Whom names mean", evaluated("who", "data")),
    "when": ("Time expressions", evaluated("when", "data")),
    "where": ("Places", evaluated("where", "data")),
    "published": ("Day of publication", evaluated("published", "gold")),
}


def commit() -> str:
    """The commit that is checked out, with `-dirty` where anything but the page was changed since."""
    at = git("rev-parse", "--short=10", "HEAD")
    elsewhere = (":/", f":(exclude,top){PAGE.relative_to(HERE.parent)}")
    return f"{at}-dirty" if git("status", "--porcelain", "--untracked-files=no", "--", *elsewhere) else at


def git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(HERE), *words], capture_output=True, text=True, check=True).stdout.strip()


def written(page: str, part: str, text: str, at: str) -> str:
    """The page with a part replaced by a new text. Raises ValueError where the page has no place for it."""
    place = re.compile(rf"(?s)(?<=<!-- part: {part} -->\n).*?(?=<!-- end of {part} -->)")
    if not place.search(page):
        raise ValueError(f"{PAGE}: has no place for {part}; put <!-- part: {part} --> and <!-- end of {part} --> there")
    return place.sub(lambda _: f"\nMeasured at commit {at}.\n\n{text}\n\n", page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    args = parser.parse_args()
    for part in args.only:
        at = commit()
        text = PARTS[part][1](args.folder)
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), part, text, at), encoding="utf-8")
        print(f"{part}: measured at {at}", file=sys.stderr)


if __name__ == "__main__":
    main()
