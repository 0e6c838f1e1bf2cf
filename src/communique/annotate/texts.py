"""Raw texts through the pipeline that ships, with any export of the network: for measuring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from communique.annotate.annotator import OURS, reading_of, text_of
from communique.annotate.component import NAME, LanguageComponent, our_pipeline
from communique.models.language import LanguageModel
from communique.types.analysis import Analysis
from communique.types.reading import Reading
from communique.types.text import Document, Passage, Span


def read_texts(texts: Iterable[str], model: LanguageModel | None = None) -> Iterator[Reading]:
    """The reading of each text, taken as one paragraph; offsets count in it. Raises StageError for a text without words."""
    return readings(texts, pipeline_with(model) if model else our_pipeline())


def pipeline_with(model: LanguageModel) -> Language:
    """The pipeline that ships, with this model in it."""
    nlp = our_pipeline()
    component = nlp.get_pipe(NAME)
    if isinstance(component, LanguageComponent):
        component.model = model
    return nlp


def readings(texts: Iterable[str], nlp: Language) -> Iterator[Reading]:
    """The same by any spaCy pipeline that speaks Universal Dependencies."""
    for text in texts:
        passage = Passage((Span(0, len(text)),))
        analysis = Analysis(Document("", "", "", text), (passage,))
        yield reading_of(analysis, [nlp(text_of(analysis, passage))], OURS)
