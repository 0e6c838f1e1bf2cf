"""Makes `coding/data/background.npz`: ordinary predicates that likeness is measured against, from our own codebook's examples.

    python training/background.py

To be made anew when the network or many of the examples change.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from communique.annotate import Annotator
from communique.coding import likeness
from communique.coding.codebook import load_codebook, parse_example
from communique.types.analysis import Analysis
from communique.types.text import Document, Passage, Span

OUT = Path(likeness.__file__).parent / "data" / "background.npz"


def main() -> None:
    """Read the examples and write their verbs, and the nouns that the network takes for acts, those with words around them."""
    texts = [parse_example(p.example)[0] for entry in load_codebook().types.values() for p in entry.patterns]
    reports = (Analysis(Document("d", "t", "example", text), (Passage((Span(0, len(text)),)),)) for text in texts)
    words, around = [], []
    for report in Annotator(vectors=True)(reports):
        assert isinstance(report, Analysis) and report.reading is not None
        reading = report.reading
        acts = {i for e in reading.events for i in range(e.first, e.last) if reading.tokens[i].upos == "NOUN"}
        for token in reading.tokens:
            if token.upos == "VERB" or token.index in acts:
                word, beside = likeness.raw_shape(reading, token.index)
                if beside is not None:
                    words.append(word)
                    around.append(beside)
    np.savez_compressed(OUT, word=np.array(words, np.float16), around=np.array(around, np.float16))


if __name__ == "__main__":
    main()
