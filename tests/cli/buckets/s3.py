"""A server of S3's protocol: as much of it as delta-rs speaks, with a PUT that refuses what is there.

Objects are put whole or in parts, read whole or by ranges, listed, removed one by one or together
(https://docs.aws.amazon.com/AmazonS3/latest/API/). Nobody's signature is looked at; `closed` buckets refuse everybody, `sealed`
ones whoever writes.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import gmtime, strftime
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

STATE = "-"  # no bucket, but what the server is asked about itself
_KEYS = 1000  # of a page of a listing


@dataclass
class Buckets:
    """What a server keeps, and the bytes that were read of each object."""

    objects: dict[str, dict[str, tuple[bytes, str]]] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    lock: threading.RLock = field(default_factory=threading.RLock)


class Handler(BaseHTTPRequestHandler):
    """One request. The path is `/BUCKET/KEY`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    buckets: Buckets

    def log_message(self, *said: object) -> None:
        pass

    def handle_request(self) -> None:
        parts = urlsplit(self.path)
        self.bucket, _, self.key = unquote(parts.path).removeprefix("/").partition("/")
        self.query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        self.body = self._read()
        with self.buckets.lock:
            if self.bucket == STATE:
                return self._tell()
            writes = self.command in ("PUT", "POST", "DELETE")
            if self.bucket in self.buckets.closed or (writes and self.bucket in self.buckets.sealed):
                return self._refuse(403, "AccessDenied")
            if self.bucket not in self.buckets.objects:
                return self._refuse(404, "NoSuchBucket")
            self.there = self.buckets.objects[self.bucket]
            getattr(self, f"_{self.command.lower()}")()
        return None

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_request

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _tell(self) -> None:
        """Change the state to what the body says, then tell what was read since it was last told, or list how large all is."""
        said = json.loads(self.body or "{}")
        if "new" in said:
            self.buckets.objects[said["new"]] = {}
        for name in ("closed", "sealed"):
            setattr(self.buckets, name, said.get(name, getattr(self.buckets, name)))
        sizes = {f"{name}/{key}": len(kept[0]) for name, there in self.buckets.objects.items() for key, kept in there.items()}
        self._answer(200, json.dumps(sizes if "list" in said else self.buckets.read))
        self.buckets.read.clear()

    def _put(self) -> None:
        if "partNumber" in self.query:
            self.buckets.parts[self.query["uploadId"]][int(self.query["partNumber"])] = self.body
            return self._answer(200, headers={"ETag": _tag(self.body)})
        return self._keep(self.body)

    def _keep(self, content: bytes) -> None:
        there = self.there.get(self.key)
        if there and self.headers.get("If-None-Match") == "*":
            return self._refuse(412, "PreconditionFailed")
        if (wanted := self.headers.get("If-Match")) and (there is None or _tag(there[0]) != wanted):
            return self._refuse(412, "PreconditionFailed")
        self.there[self.key] = (content, strftime("%Y-%m-%dT%H:%M:%S.000Z", gmtime()))
        told = f"<CompleteMultipartUploadResult><ETag>{_tag(content)}</ETag></CompleteMultipartUploadResult>"
        return self._answer(200, told if self.command == "POST" else "", {"ETag": _tag(content)})

    def _post(self) -> None:
        if "delete" in self.query:
            for one in ElementTree.fromstring(self.body).iter():
                if one.tag.endswith("Key"):
                    self.there.pop(one.text or "", None)
            return self._answer(200, "<DeleteResult/>")
        if "uploads" in self.query:
            upload = f"upload{len(self.buckets.parts)}"
            self.buckets.parts[upload] = {}
            return self._answer(200, f"<UploadResult><UploadId>{upload}</UploadId></UploadResult>")
        parts = self.buckets.parts[self.query["uploadId"]]
        return self._keep(b"".join(parts[number] for number in sorted(parts)))

    def _delete(self) -> None:
        if "uploadId" not in self.query:
            self.there.pop(self.key, None)
        self._answer(204)

    def _head(self) -> None:
        self._get()

    def _get(self) -> None:
        if not self.key:
            return self._list()
        if self.key not in self.there:
            return self._refuse(404, "NoSuchKey")
        content, _ = self.there[self.key]
        modified = strftime("%a, %d %b %Y %H:%M:%S GMT", gmtime())
        headers = {"ETag": _tag(content), "Last-Modified": modified, "Accept-Ranges": "bytes"}
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            return self._send(200, content, headers)
        first = int(asked[1]) if asked[1] else len(content) - int(asked[2])
        last = min(int(asked[2]), len(content) - 1) if asked[1] and asked[2] else len(content) - 1
        if first > last:
            return self._refuse(416, "InvalidRange")
        return self._send(206, content[first : last + 1], headers | {"Content-Range": f"bytes {first}-{last}/{len(content)}"})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        if self.command == "GET":
            self.buckets.read[self.key] += len(content)
        self._answer(status, content, headers)

    def _list(self) -> None:
        prefix, delimiter = self.query.get("prefix", ""), self.query.get("delimiter")
        after = max(self.query.get("start-after", ""), self.query.get("continuation-token", ""))
        lines, groups, last, more = [], set(), "", False
        for key in sorted(k for k in self.there if k.startswith(prefix) and k > after):
            group = prefix + key[len(prefix) :].split(delimiter)[0] + delimiter if delimiter else None
            if group and group != prefix + key[len(prefix) :] + delimiter:
                groups.add(group)
            elif len(lines) == int(self.query.get("max-keys", _KEYS)):
                more = True
                break
            else:
                content, when = self.there[key]
                told = f"<LastModified>{when}</LastModified><ETag>{_tag(content)}</ETag><Size>{len(content)}</Size>"
                lines.append(f"<Contents><Key>{escape(key)}</Key>{told}</Contents>")
            last = key
        found = "".join([*lines, *(f"<CommonPrefixes><Prefix>{escape(g)}</Prefix></CommonPrefixes>" for g in sorted(groups))])
        next_page = f"<NextContinuationToken>{escape(last)}</NextContinuationToken>" if more else ""
        head = f"<Name>{self.bucket}</Name><KeyCount>{len(lines)}</KeyCount><IsTruncated>{str(more).lower()}</IsTruncated>"
        self._answer(200, f"<ListBucketResult>{head}{next_page}{found}</ListBucketResult>")

    def _refuse(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>")

    def _answer(self, status: int, body: str | bytes = b"", headers: dict[str, str] | None = None) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()


def _tag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), type("Kept", (Handler,), {"buckets": Buckets()}))
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()
