"""A report as the files beside the samples have it."""

from pathlib import Path

from communique.types.analysis import Failed
from communique.types.text import Document


def told(found: Document | Failed) -> dict[str, object]:
    """What is expected of a report; of one that can't be read, what is wrong."""
    if isinstance(found, Failed):
        return {"failed": str(found.error).rpartition("/")[2]}
    interval = found.published.interval
    return {
        "source": Path(found.source).name,
        "format": found.format,
        "title": found.title,
        "published": interval and interval.start.isoformat(),
        "byline": list(found.byline),
        "publisher": found.publisher,
        "url": found.url,
        "language": found.language,
        "text": found.text,
        "details": [[d.key, d.value] for d in found.details],
    }
