"""Stories measured on articles that were put into clusters by hand, with B-cubed precision, recall and F1 (Bagga and Baldwin
1998, LREC workshop; the mean over articles), each article given by its title, text, outlet and day alone."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from communique.errors import DataError
from communique.merge.stories import tell_stories
from communique.types.stories import Told
from communique.types.text import Interval


def evaluate(data: Path) -> dict[str, float]:
    """Figures over the articles of a folder or `.tar.gz`: JSON objects with `title`, `text`, `source_domain`, `date_publish`
    and the cluster in `newsCluster.EventId`. Raises DataError where there are none, or one has another form."""
    told: list[Told] = []
    gold: dict[str, str] = {}
    for name, article in _articles(data):
        try:
            one = _told(article)
            gold[one.document] = str(article["newsCluster"]["EventId"])
        except (KeyError, TypeError, ValueError, AttributeError):
            raise DataError(
                f"{data}: {name} is no article with title, text, date_publish and newsCluster.EventId; mend it"
            ) from None
        told.append(one)
    if not told:
        raise DataError(f"{data}: holds no articles; give the folder with the clusters, or their .tar.gz")
    stories = tell_stories(told)
    figures = b_cubed([story.documents for story in stories], gold)
    return figures | {"articles": float(len(told)), "stories": float(len(stories)), "clusters": float(len(set(gold.values())))}


def b_cubed(found: Sequence[Sequence[str]], gold: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1 of groups that hold each document of `gold` once, against the cluster that each is of."""
    size: dict[str, int] = {}
    for cluster in gold.values():
        size[cluster] = size.get(cluster, 0) + 1
    precision = recall = 0.0
    for group in found:
        within: dict[str, int] = {}
        for document in group:
            within[gold[document]] = within.get(gold[document], 0) + 1
        precision += sum(n * n for n in within.values()) / len(group)
        recall += sum(n * n / size[cluster] for cluster, n in within.items())
    precision, recall = precision / len(gold), recall / len(gold)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}


def _articles(data: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(data.rglob("*")) if data.is_dir() else [data]:
        if path.suffix == ".json":
            yield path.name, _parse(path.read_bytes(), path)
        elif path.name.endswith((".tar.gz", ".tgz")):
            with tarfile.open(path) as archive:
                for member in archive:
                    file = archive.extractfile(member) if member.name.endswith(".json") else None
                    if file is not None:
                        yield member.name, _parse(file.read(), path)


def _parse(body: bytes, path: Path) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise DataError(f"{path}: holds a file that is no JSON ({error}); mend it") from None


def _told(article: Any) -> Told:
    title, text = str(article["title"] or ""), str(article["text"] or "")
    whole = text if text.lstrip().startswith(title) else f"{title}\n{text}"
    day = date.fromisoformat(article["date_publish"][:10]) if article.get("date_publish") else None
    digest = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
    return Told(
        document=hashlib.sha256(f"{article.get('url')}\n{whole}".encode("utf-8", "replace")).hexdigest(),
        text_id=digest,
        text=whole,
        title=title or None,
        publisher=article.get("source_domain"),
        published=Interval(day, day + timedelta(days=1)) if day else None,
    )
