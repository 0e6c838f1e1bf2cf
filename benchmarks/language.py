"""Our language network against a spaCy CNN pipeline that was trained on the same data: accuracy and speed, side by side.

usage: python benchmarks/language.py train --data DATA/train --out PEER [--minutes N]
       python benchmarks/language.py run --data DATA --peer PEER [--split dev|test] [--json]

The peer is what spaCy's small English pipelines are made of: hash embeddings and a CNN of width 96 and depth 4, shared by
tagger, morphologizer and transition-based parser; the entity recognizer has its own. It learns, on one core, from the
treebanks and the corpora of names that our network learns from (`training/language/`). It has our tokenizer, and the same
functions score it.

Speed is that of one core, in sentences a second of processor time: `words` from words to all annotations, 32 sentences of news
at a time; `text` from paragraphs of news, tokenizer included; for ours also `network`, without reading trees, spans and events
off its scores, a paragraph at a time, and `alone`, a sentence at a time. The news is that of the chosen part of GUM. Both run
in turns, so that other work on the machine slows both.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from read import use_one_core

WIDTH, DEPTH = 96, 4
BATCH = 32
ROUNDS = 5  # of which the best counts: other work on the machine only ever slows


def peer() -> Any:
    """The pipeline, untrained."""
    import spacy

    cnn = {
        "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": WIDTH, "depth": DEPTH,
        "embed_size": 2000, "window_size": 1, "maxout_pieces": 3, "subword_features": True,
    }  # fmt: skip
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}
    states = {
        "@architectures": "spacy.TransitionBasedParser.v2", "extra_state_tokens": False, "hidden_width": 64,
        "maxout_pieces": 2, "use_upper": True,
    }  # fmt: skip
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": cnn})
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": states | {"state_type": "parser", "tok2vec": shared}})
    nlp.add_pipe("ner", config={"model": states | {"state_type": "ner", "tok2vec": cnn}})
    return nlp


def units(data: Path) -> list[dict[str, Any]]:
    """The training units that have trees or names."""
    sys.path.append(str(Path(__file__).parents[1] / "training/language"))
    import gather

    return [u for u in gather.read_all(data)["train"] if "arcs" in u or "entities" in u]


def groups(content: list[dict[str, Any]], rng: random.Random) -> Iterator[list[dict[str, Any]]]:
    """One to six neighbouring sentences of a treebank's document at a time, other units alone."""
    at = 0
    while at < len(content):
        size = rng.randint(1, 6) if "arcs" in content[at] else 1
        group = [u for u in content[at : at + size] if u["doc"] == content[at]["doc"]]
        yield group
        at += len(group)


def example(nlp: Any, group: list[dict[str, Any]]) -> Any:
    """A training example of spaCy; what a unit has no labels for is left open."""
    from spacy.tokens import Doc
    from spacy.training import Example

    words = [w for u in group for w in u["words"]]
    gold: dict[str, Any] = {"words": words, "entities": []}
    for unit in group:
        gold["entities"] += _biluo(unit.get("entities") or ["?"] * len(unit["words"]))
    if "arcs" in group[0]:
        starts = [sum(len(u["words"]) for u in group[:k]) for k in range(len(group))]
        rows = [(s, i, *arc) for s, u in zip(starts, group, strict=True) for i, arc in enumerate(u["arcs"])]
        arcs = [(start + head - 1 if head else start + i, dep) for start, i, head, dep in rows]
        tags = [t for u in group for t in u["tags"]]
        gold["heads"], gold["deps"] = [h for h, _ in arcs], ["ROOT" if d == "root" else d for _, d in arcs]
        gold |= {"pos": [t[0] for t in tags], "tags": [t[1] for t in tags]}
        gold["morphs"] = ["" if t[2] == "_" else t[2] for t in tags]
        gold["sent_starts"] = [i in starts for i in range(len(words))]
    return Example.from_dict(Doc(nlp.vocab, words=words), gold)


def _biluo(labels: list[str]) -> list[str]:
    """BIO labels in spaCy's scheme; those that are not known become "-"."""
    out = []
    for before, label, after in zip(["O", *labels], labels, [*labels[1:], "O"], strict=False):
        mark, _, kind = label.partition("-")
        if mark in "O?":
            out.append("-" if mark == "?" else "O")
            continue
        begins, ends = before[2:] != kind or mark == "B", after != f"I-{kind}"
        out.append(f"{'U' if begins and ends else 'B' if begins else 'L' if ends else 'I'}-{kind}")
    return out


def train(data: Path, out: Path, minutes: float, seed: int = 1) -> None:
    """Learn for so many minutes of processor time; the averaged weights are kept after every twentieth of it."""
    import spacy
    from spacy.util import minibatch

    spacy.util.fix_random_seed(seed)
    rng = random.Random(seed)
    content = units(data)
    nlp = peer()
    optimizer = nlp.initialize(lambda: [example(nlp, g) for g in groups(content, random.Random(seed))])
    begin, words, kept, losses = time.process_time(), 0, 0.0, dict[str, float]()
    for batch in _endless(lambda: minibatch([example(nlp, g) for g in _shuffled(list(groups(content, rng)), rng)], 32)):
        nlp.update(batch, sgd=optimizer, drop=0.1, losses=losses)
        words += sum(len(e) for e in batch)
        spent = (time.process_time() - begin) / 60
        if spent - kept > minutes / 20 or spent > minutes:
            kept = spent
            print(f"{spent:.1f} min, {words} words, { ({k: round(float(v)) for k, v in losses.items()}) }", flush=True)
            losses.clear()
            with nlp.use_params(optimizer.averages):
                nlp.to_disk(out)
        if spent > minutes:
            return


def _endless(epoch: Callable[[], Iterator[Any]]) -> Iterator[Any]:
    while True:
        yield from epoch()


def _shuffled(items: list[Any], rng: random.Random) -> list[Any]:
    rng.shuffle(items)
    return items


def words_of(nlp: Any, sentences: list[list[str]]) -> Iterator[Any]:
    """The peer's documents of sentences with given words."""
    from spacy.tokens import Doc

    docs = (Doc(nlp.vocab, words=w, sent_starts=[True, *[False] * (len(w) - 1)]) for w in sentences)
    return nlp.pipe(docs, batch_size=BATCH)


def analysis_of(doc: Any) -> Any:
    """A document in the form that is scored."""
    from communique.annotate.words import WordAnalysis, WordTag

    words = (WordTag(t.pos_, t.lemma_, 0 if t.head.i == t.i else t.head.i + 1, t.dep_.replace("ROOT", "root")) for t in doc)
    return WordAnalysis(tuple(words), (0,), tuple((e.start, e.end, e.label_) for e in doc.ents))


def reading_of(nlp: Any, texts: Iterable[str]) -> Iterator[Any]:
    """Readings by the peer, with the root's relation as Universal Dependencies writes it."""
    from communique.annotate.texts import readings

    for reading in readings(texts, nlp):
        tokens = tuple(replace(t, dep="root") if t.dep == "ROOT" else t for t in reading.tokens)
        yield replace(reading, tokens=tokens)


def accuracy(data: Path, split: str, nlp: Any, model: Any) -> dict[str, tuple[float, float]]:
    """Each figure of ours and of the peer."""
    from communique.annotate.texts import read_texts
    from communique.annotate.words import analyse_words
    from communique.evaluation import names, treebanks
    from communique.evaluation.language import find

    ours: dict[str, float] = {}
    theirs: dict[str, float] = {}
    for name in ("ewt", "gum"):
        sentences = [s for s in treebanks.load(find(data, name, split)) if name == "ewt" or s.genre in treebanks.GUM_OPEN]
        words = [[w.form for w in s.words] for s in sentences]
        ours |= treebanks.tagged(name, sentences, analyse_words(words, whole=True, model=model))
        theirs |= treebanks.tagged(name, sentences, [analysis_of(d) for d in words_of(nlp, words)])
        ours |= treebanks.raw(name, sentences, lambda texts: read_texts(texts, model))
        theirs |= treebanks.raw(name, sentences, lambda texts: reading_of(nlp, texts))
    for name, load in (("crossner", names.load_crossner), ("uner", names.load_uner)):
        content = load(find(data, name, split))
        words = [w for w, _ in content]
        ours |= names.scored(name, content, analyse_words(words, whole=True, model=model))
        theirs |= names.scored(name, content, [analysis_of(d) for d in words_of(nlp, words)])
    return {key: (ours[key], theirs[key]) for key in ours if key in theirs and "lemma" not in key}


def speed(data: Path, split: str, nlp: Any, model: Any) -> dict[str, tuple[float, float]]:
    """Sentences a second of ours and of the peer, in turns.

    `alone`: the network with all its heads, a sentence at a time; `network`: the same sentences a paragraph at a time, as the
    reader takes passages; `words`: with decoding; `text`: from raw text, with tokens.
    """
    from communique.annotate.texts import pipeline_with
    from communique.annotate.words import analyse_words, cut
    from communique.evaluation import treebanks
    from communique.evaluation.language import find

    sentences = [s for s in treebanks.load(find(data, "gum", split)) if s.genre == "news"]
    words = [[w.form for w in s.words] for s in sentences]
    batches = [words[i : i + BATCH] for i in range(0, len(words) - BATCH + 1, BATCH)]
    texts_of = [treebanks.paragraphs(sentences[i : i + BATCH]) for i in range(0, len(words) - BATCH + 1, BATCH)]
    joined = [[part for g in group for part in cut(model, [w.form for s in g for w in s.words])] for group in texts_of]
    texts = ["".join(s.text for s in group).strip() for group in treebanks.paragraphs(sentences)]
    pipeline = pipeline_with(model)
    of_words, of_text = sum(map(len, batches)), len(sentences)
    tasks: dict[str, tuple[int, Callable[[], Any]]] = {
        "alone": (of_words, lambda: [list(model.read(batch)) for batch in batches]),
        "network": (of_words, lambda: [list(model.read(batch)) for batch in joined]),
        "words": (of_words, lambda: [analyse_words(batch, whole=True, model=model) for batch in batches]),
        "peer_words": (of_words, lambda: [list(words_of(nlp, batch)) for batch in batches]),
        "text": (of_text, lambda: list(pipeline.pipe(texts))),
        "peer_text": (of_text, lambda: list(nlp.pipe(texts))),
    }
    best = dict.fromkeys(tasks, 0.0)
    for round_ in range(ROUNDS + 1):
        for name, (count, task) in tasks.items():
            start = time.process_time()
            task()
            if round_:  # the first round fills caches
                best[name] = max(best[name], count / (time.process_time() - start))
    return {
        "alone_sentences_per_second": (best["alone"], best["peer_words"]),
        "network_sentences_per_second": (best["network"], best["peer_words"]),
        "words_sentences_per_second": (best["words"], best["peer_words"]),
        "text_sentences_per_second": (best["text"], best["peer_text"]),
    }


def run(data: Path, peer_at: Path, split: str, folder: Path | None, as_json: bool) -> None:
    """Measure both and print ours, theirs and ours / theirs."""
    import spacy

    from communique.annotate.tokens import english
    from communique.models.language import FOLDER, LanguageModel

    model, nlp = LanguageModel(folder or FOLDER, threads=1), spacy.load(peer_at)
    nlp.tokenizer.from_bytes(english().tokenizer.to_bytes(exclude=["vocab"]), exclude=["vocab"])
    figures = accuracy(data, split, nlp, model) | speed(data, split, nlp, model)
    if as_json:
        print(json.dumps({k: {"ours": a, "peer": b, "ratio": a / b if b else None} for k, (a, b) in figures.items()}, indent=1))
        return
    print(f"{'':36}{'ours':>10}{'peer':>10}{'ratio':>8}")
    for key, (a, b) in figures.items():
        digits = 1 if key.endswith("second") else 4
        print(f"{key:36}{a:10.{digits}f}{b:10.{digits}f}{a / b if b else 0:8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help="train the peer")
    training.add_argument("--data", type=Path, required=True, help="the folder with the training corpora")
    training.add_argument("--out", type=Path, required=True, help="where the peer goes")
    training.add_argument("--minutes", type=float, default=25.0, help="of processor time")
    running = commands.add_parser("run", help="measure both")
    running.add_argument("--data", type=Path, required=True, help="the folder with the corpora")
    running.add_argument("--peer", type=Path, required=True)
    running.add_argument("--split", choices=("dev", "test"), default="test")
    running.add_argument("--model", type=Path, help="another export of ours")
    running.add_argument("--json", action="store_true")
    args = parser.parse_args()
    use_one_core()
    if args.command == "train":
        train(args.data, args.out, args.minutes)
    else:
        run(args.data, args.peer, args.split, args.model, args.json)


if __name__ == "__main__":
    main()
