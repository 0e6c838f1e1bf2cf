"""Places measured on TR-News (Kamalloo and Rafiei 2018), GeoVirus (Gritta et al. 2018) and LGL (Lieberman et al. 2010):
`communique evaluate where --data FOLDER`.

The folder holds `eval/geoparsing`, or the three gzipped XML files themselves. For each corpus:

- within_161km: the share of the gold toponyms with coordinates whose point is at most 161 km (100 miles) off on the great
  circle, where the gold spans are given; a toponym without a point is wrong, and so are all of a report that can't be read.
  mean_km and median_km are over those that have a point.
- recognition_f1: toponyms found with the same start and end as a gold one; recognition_overlap_f1: any overlap, one to one.
- end_to_end_within_161km: the share of the gold toponyms with coordinates that are found (any overlap) and at most 161 km off.
"""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from statistics import fmean, median

from communique.config import Settings
from communique.errors import DataError
from communique.pipeline.stages import make
from communique.resolve.places.resolver import PlaceResolver
from communique.sources.text import from_string
from communique.types.analysis import Analysis, Failed
from communique.types.entities import Place
from communique.types.text import Document, Span

CORPORA = {"tr_news": "TR-News.xml.gz", "geovirus": "GeoVirus.xml.gz", "lgl": "lgl.xml.gz"}
NEAR_KM = 161.0
EARTH_KM = 6371.0
# How far the offsets of a toponym may be off: GeoVirus counts from 1, some texts lost a character.
_SHIFT = 40


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold toponym, with its latitude and longitude in degrees where it has some."""

    span: Span
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Article:
    """A document of a corpus, and the toponyms in it."""

    document: Document
    gold: tuple[Toponym, ...]


@dataclass(slots=True)
class Counts:
    """What is added up over a corpus; the distances are those of the resolved gold toponyms, in kilometres."""

    toponyms: int = 0
    located: int = 0
    found: int = 0
    strict: int = 0
    overlap: int = 0
    end_to_end: int = 0
    distances: list[float] | None = None

    def figures(self, corpus: str) -> dict[str, float]:
        """The figures of one corpus."""
        distances, both = self.distances or [], self.toponyms + self.found or 1
        return {
            f"{corpus}_within_161km": sum(d <= NEAR_KM for d in distances) / (self.located or 1),
            f"{corpus}_resolved": len(distances) / (self.located or 1),
            f"{corpus}_mean_km": fmean(distances) if distances else 0.0,
            f"{corpus}_median_km": median(distances) if distances else 0.0,
            f"{corpus}_recognition_f1": 2 * self.strict / both,
            f"{corpus}_recognition_overlap_f1": 2 * self.overlap / both,
            f"{corpus}_end_to_end_within_161km": self.end_to_end / (self.located or 1),
            f"{corpus}_toponyms": float(self.toponyms),
        }


def read_corpus(path: Path) -> list[Article]:
    """The articles of one gzipped XML file. Raises DataError when it is none."""
    try:
        with gzip.open(path) as file:
            root = ElementTree.parse(file).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise DataError(f"{path}: not a gzipped XML file of articles ({error})") from error
    return [_article(element, f"{path.name}/{number}") for number, element in enumerate(root.iter("article"), 1)]


def _article(element: ElementTree.Element, source: str) -> Article:
    text = element.findtext("text") or ""
    address = element.findtext("url") or element.findtext("source")
    # The text is taken as it is, so that the offsets hold.
    document = replace(from_string(text or " ", source=source), text=text, url=address.strip() if address else None)
    gold = []
    for place in (*element.iter("toponym"), *element.iter("location")):
        name = place.findtext("phrase") or place.findtext("name") or ""
        span = _aligned(text, name, int(place.findtext("start") or 0))
        latitude, longitude = place.findtext(".//lat"), place.findtext(".//lon")
        point = (float(latitude), float(longitude)) if latitude and longitude else None
        if span is not None:
            gold.append(Toponym(span, point))
    return Article(document, tuple(sorted(gold, key=lambda g: g.span)))


def _aligned(text: str, name: str, start: int) -> Span | None:
    """Where the name stands in the text, nearest to its offset; none when it is not there."""
    near = [i for i in range(max(start - _SHIFT, 0), start + _SHIFT + 1) if text.startswith(name, i)]
    if not near or not name:
        return None
    at = min(near, key=lambda i: abs(i - start))
    return Span(at, at + len(name))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance between two points in degrees (haversine)."""
    (north, west), (south, east) = (tuple(map(radians, point)) for point in (a, b))
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))


def _point(place: Place) -> tuple[float, float] | None:
    return (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None


def score(gold: Sequence[Toponym], given: Sequence[Place], found: Sequence[Place], counts: Counts) -> None:
    """Add up one article: `given` are the places of the gold spans, `found` those that we find ourselves."""
    resolved = {span: _point(place) for place in given for span in place.mentions}
    predicted = {span: _point(place) for place in found for span in place.mentions}
    counts.toponyms += len(gold)
    counts.found += len(predicted)
    counts.strict += sum(toponym.span in predicted for toponym in gold)
    distances = counts.distances if counts.distances is not None else []
    counts.distances = distances
    free = set(predicted)
    for toponym in gold:
        match = max((s for s in free if s.overlap(toponym.span)), key=toponym.span.overlap, default=None)
        if match is not None:
            free.remove(match)
            counts.overlap += 1
        if toponym.point is None:
            continue
        counts.located += 1
        point = resolved.get(toponym.span)
        if point is not None:
            distances.append(kilometres(point, toponym.point))
        own = predicted[match] if match is not None else None
        counts.end_to_end += own is not None and kilometres(own, toponym.point) <= NEAR_KM


def evaluate(data: Path) -> dict[str, float]:
    """Read and resolve the corpora under a folder, or the one whose file is given, and score them.

    Raises DataError when the folder lacks one, or when the file is none of them.
    """
    folder = data / "eval" / "geoparsing" if (data / "eval" / "geoparsing").is_dir() else data
    wanted = CORPORA
    if data.is_file():
        folder, wanted = data.parent, {corpus: name for corpus, name in CORPORA.items() if name == data.name}
    missing = [name for name in wanted.values() if not (folder / name).is_file()]
    if missing or not wanted:
        raise DataError(f"{data}: lacks {', '.join(missing or CORPORA.values())}; give the folder that holds eval/geoparsing")
    resolver = PlaceResolver()
    figures: dict[str, float] = {}
    for corpus, name in wanted.items():
        counts = Counts()
        articles = read_corpus(folder / name)
        for article, analysis in zip(articles, _read(articles), strict=True):
            if isinstance(analysis, Failed):
                score(article.gold, (), (), counts)
                continue
            given = resolver.resolve(analysis, [toponym.span for toponym in article.gold])
            score(article.gold, given, resolver.places(analysis), counts)
        figures |= counts.figures(corpus)
    return figures


def _read(articles: Sequence[Article]) -> Iterator[Analysis | Failed]:
    """The articles cleaned and read, but not yet resolved."""
    clean, annotate, *_ = make(Settings())
    return annotate(clean(Analysis(article.document) for article in articles))
