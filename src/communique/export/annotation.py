"""W3C Web Annotation: an annotation for each piece of evidence, in one collection with one page (JSON-LD).

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017. Positions count code points of the text as the desk
has it, which for a page is its extracted text; the quote finds the words on the page itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from communique.export.arrays import ArrayWriter, filled
from communique.export.exports import Loss, Row, Rows, document_of
from communique.export.identity import circumstances, moment_of, source_iri, title_of, uuid_of

_AROUND = 32


class WebAnnotations:
    """Events, statements and facts as annotations of the words that tell them."""

    name = "annotation"
    needs = frozenset({"documents", "events", "statements", "facts"})
    carries = frozenset(
        {"type", "mode", "contexts", "status", "auxiliary", "attribution", "denial", "amounts", "interval", "place", "evidence"}
    )

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss, seen = Loss(self.name), sha256()
        writer = ArrayWriter(out, {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage"}, "items")
        for rows in documents:
            loss.documents += 1
            for event in rows.get("events", ()):
                loss.take(event, self.carries)
            for annotation in _annotations(rows):
                writer.add(annotation)
                seen.update(annotation["id"].encode())
                loss.written += 1
        ours = seen.hexdigest()
        collection = {
            "id": _urn("collection", ours),
            "type": "AnnotationCollection",
            "label": "Events, statements and facts",
            "total": loss.written,
            "first": _urn("page", ours),
        }
        writer.close({"id": _urn("page", ours), "startIndex": 0, "partOf": collection})
        return loss


def _annotations(rows: Rows) -> Iterator[dict[str, Any]]:
    document = document_of(rows)
    for event in rows.get("events", ()):
        tags = [event["plover"], event["status"], event["mode"], event["cameo"], *(event["contexts"] or ())]
        bodies = [
            _body("classifying", event["plover"]),
            _body("describing", "\n".join((title_of(event), *circumstances(event)))),
        ]
        bodies += [_body("tagging", tag) for tag in tags[1:] if tag]
        for span in event["evidence"] or ():
            yield _annotation(document, event, "classifying", span, bodies, event["coded_by"])
    for statement in rows.get("statements", ()):
        said = f"{statement['speaker_name'] or 'someone'}: {statement['cue'] or 'says'} ({statement['kind']})"
        span = {"start": statement["content_start"], "end": statement["content_end"]}
        yield _annotation(document, statement, "describing", span, [_body("describing", said)], None)
    for fact in rows.get("facts", ()):
        told = f"{fact['subject_name']} {fact['predicate']} {fact['object_name']}"
        for span in fact["evidence"] or ():
            yield _annotation(document, fact, "describing", span, [_body("describing", told)], None)


def _annotation(
    document: Row, claim: Row, motivation: str, span: Row, bodies: list[dict[str, str]], coder: str | None
) -> dict[str, Any]:
    start, end, text = span["start"], span["end"], document["text"]
    quote = {"exact": text[start:end], "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    selectors = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector"} | filled(quote),
    ]
    return {
        "id": _urn("annotation", claim["document"], claim["id"], str(start), str(end)),
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Software", "name": coder or "Communique"},
        "generated": moment_of(document["read_at"]),
        "body": bodies,
        "target": {"source": source_iri(document), "selector": selectors},
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid_of(*parts)}"
