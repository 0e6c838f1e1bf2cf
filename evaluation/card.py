"""Measure the language network on the test parts and write the figures into its model card. Once for each model that ships.

usage: python evaluation/card.py FOLDER [--against EXPORT] [--split dev]

FOLDER holds the annotated data; EXPORT is the same network in float32: the card then says in brackets what 8 bits cost.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

from communique.evaluation.language import evaluate
from communique.models.language import FOLDER

CARD = FOLDER / "README.md"
TABLE = re.compile(r"(?s)(?<=<!-- figures: evaluation/card.py -->\n).*?(?=<!-- end of figures -->)")
WORDS = {"UPOS": "upos", "lemma": "lemma", "UAS": "uas", "LAS": "las", "LAS without subtypes": "las_universal"}
RAW = {"words": "words", **WORDS, "sentences": "sentences", "boundaries": "boundaries"}
KINDS = {"F1": "f1", "PERSON": "person_f1", "ORG": "org_f1", "LOC": "loc_f1"}
GENRES = "academic bio conversation court interview news speech textbook vlog voyage".split()
GRAPH = ("trigger", "type", "actor", "recipient", "attributed_to", "status_other", "statements")
# what is measured: how each figure is called, and its key
ROWS: dict[str, dict[str, str]] = {
    "UD EWT, gold tokens": {name: f"ewt_{key}" for name, key in WORDS.items()},
    "UD EWT, raw text, F1": {name: f"ewt_raw_{key}_f1" for name, key in RAW.items()},
    "UD GUM (open genres), gold tokens": {name: f"gum_{key}" for name, key in WORDS.items()},
    "UD GUM, LAS by genre": {"news, interview, speech": "gum_newslike_las", **{g: f"gum_{g}_las" for g in GENRES}},
    "UD GUM, raw text, F1": {name: f"gum_raw_{key}_f1" for name, key in RAW.items()},
    "UD GUM news, raw text, F1": {name: f"gum_news_raw_{key}_f1" for name, key in RAW.items()},
    "entities, CrossNER politics": {name: f"entities_crossner_{key}" for name, key in KINDS.items()},
    "entities, UNER EWT": {name: f"entities_uner_{key}" for name, key in KINDS.items()},
    "semantic roles, EWT-PropBank, gold predicates": {"F1": "frames_ewt_f1", "predicates found": "frames_ewt_predicates_f1"},
    "factuality, UDS": {"Pearson r × 100": "factuality_uds_pearson"},
    "mentions and antecedents, UD GUM": {
        "mentions F1": "gum_mentions_f1",
        "pronouns": "gum_pronouns",
        "repeats F1": "gum_repeats_f1",
    },
    "pronouns, GAP": {"F1": "gap_f1"},
    "event graph, communique-events dev, F1": {name: f"graph_{name}_f1" for name in GRAPH},
}


def table(figures: Mapping[str, float], other: Mapping[str, float]) -> str:
    """The figures in percent, with the difference from the other export's in brackets where there is one."""
    lines = ["| measured on | figures |", "|---|---|"]
    for title, row in ROWS.items():
        cells = [f"{name} {100 * figures[key]:.1f}{_loss(figures, other, key)}" for name, key in row.items() if key in figures]
        if cells:
            lines.append(f"| {title} | {', '.join(cells)} |")
    return "\n" + "\n".join(lines) + "\n\n"


def _loss(figures: Mapping[str, float], other: Mapping[str, float], key: str) -> str:
    return f" ({100 * (figures[key] - other[key]):+z.1f})" if key in other else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path, metavar="EXPORT")
    parser.add_argument("--split", choices=("dev", "test"), default="test", help="dev only to try this command")
    args = parser.parse_args()
    figures = evaluate(args.folder / "data", args.split)
    other = evaluate(args.folder / "data", args.split, model=args.against) if args.against else {}
    text = table(figures, other)
    if args.split == "test":
        CARD.write_text(TABLE.sub(lambda _: text, CARD.read_text(encoding="utf-8")), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
