"""Linked data on a page: the JSON-LD that says of which article it is, after schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

ARTICLE = re.compile(r"(?:Article|BlogPosting|PressRelease|^Report|^Review|SpecialAnnouncement)$")
_WRAPPED = re.compile(
    r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://)?\s*(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TRAILING = re.compile(r",(\s*[}\]])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST = 2_000_000
_MOST_NODES = 10_000
_MOST_SCRIPTS = 50

Node = dict[str, Any]


class LinkedData:
    """The nodes of a page's JSON-LD scripts. Scripts that are not JSON are passed over."""

    def __init__(self, scripts: Sequence[str]) -> None:
        self.nodes = [n for s in scripts[:_MOST_SCRIPTS] for n in _nodes(_load(s))][:_MOST_NODES]
        self._known = {n["@id"]: n for n in self.nodes if isinstance(n.get("@id"), str) and len(n) > 2}

    def article(self, urls: Sequence[str], titles: Sequence[str]) -> Node | None:
        """The article that the page is about: of several the one that has its address or title."""
        found = [n for n in self.nodes if any(ARTICLE.search(t) for t in types(n))]
        for node in found:
            if set(urls) & set(texts(node.get("url")) + texts(node.get("mainEntityOfPage")) + texts(node.get("@id"))):
                return node
        for node in found:
            if any(h and any(h in t or t in h for t in titles) for h in texts(node.get("headline"))):
                return node
        return found[0] if found else None

    def resolve(self, value: Any) -> list[Node]:
        """The nodes that a value is or refers to; a bare string is a node with that name."""
        values = value if isinstance(value, list) else [value]
        nodes = [{"name": v} if isinstance(v, str) else v for v in values[:_MOST_SCRIPTS]]
        return [self._known.get(str(n.get("@id")), n) if "name" not in n else n for n in nodes if isinstance(n, dict)]


def types(node: Node) -> list[str]:
    """The types of a node, without the vocabulary's address."""
    value = node.get("@type")
    return [t.rsplit("/", 1)[-1] for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]


def texts(value: Any) -> list[str]:
    """The strings that a value is, or holds as value, name, text or id."""
    values = value if isinstance(value, list) else [value]
    found = []
    for part in values[:_MOST_NODES]:
        if isinstance(part, dict):
            part = next(
                (part[k] for k in ("@value", "name", "text", "@id", "url") if isinstance(part.get(k), str)),
                None,
            )
        if isinstance(part, str) and part.strip():
            found.append(_SURROGATE.sub("\ufffd", part))
    return found


def _load(script: str) -> Any:
    if len(script) > _LONGEST:
        return None
    text = _WRAPPED.sub("", script)
    for version in (text, _TRAILING.sub(r"\1", text)):
        try:
            return json.loads(version, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[Node]:
    """The nodes at the top, in lists and graphs, and what is the main entity of one."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting.extend(reversed(node[:_MOST_NODES]))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[k] for k in ("mainEntity", "@graph") if isinstance(node.get(k), dict | list))
