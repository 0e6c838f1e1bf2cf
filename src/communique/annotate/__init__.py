"""The linguistic pipeline: passages → `Reading`. The only importer of spaCy."""

from communique.annotate.startup import import_spacy

import_spacy()

from communique.annotate.annotator import Annotator  # noqa: E402  # spaCy has to be there before

__all__ = ["Annotator"]
