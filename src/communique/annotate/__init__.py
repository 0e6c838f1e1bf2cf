"""The linguistic pipeline: passages → `Reading`. The only importer of spaCy."""

from communique.annotate.annotator import Annotator

__all__ = ["Annotator"]
