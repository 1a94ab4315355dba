"""A server that speaks as much of S3 as the clients of object storage need, on this machine's loopback, in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_XML = "http://s3.amazonaws.com/doc/2006-03-01/"


class Bucket:
    """What is stored: bytes by bucket and key; and what was asked."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, dict[int, bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        self.endpoint = ""


@contextmanager
def serving() -> Iterator[Bucket]:
    """A server that is there meanwhile, with its objects."""
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": bucket}))
    bucket.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _etag(data: bytes) -> str:
    return f'"{md5(data, usedforsecurity=False).hexdigest()}"'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def log_message(self, format: str, *args: object) -> None:
        return

    # ── what is asked ─────────────────────────────────────────────────────────────────────────────────────────────

    def _asked(self) -> tuple[str, dict[str, str], bytes]:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        chunked = "chunked" in self.headers.get("Transfer-Encoding", "")
        data = self._chunks() if chunked else self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "aws-chunked" in self.headers.get("Content-Encoding", "") or self.headers.get(
            "x-amz-content-sha256", ""
        ).startswith("STREAMING"):
            data = _unchunked(data)
        self.bucket.asked.append((self.command, self.path))
        return unquote(parts.path).strip("/"), query, data

    def _chunks(self) -> bytes:
        """A body that came in pieces because nobody knew how long it would be."""
        whole = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return whole

    def do_GET(self) -> None:
        key, query, _ = self._asked()
        if "/" not in key:
            self._list(key, query)
        elif key in self.bucket.objects:
            self._give(self.bucket.objects[key])
        else:
            self._answer(404, _error("NoSuchKey"))

    def do_HEAD(self) -> None:
        key, _, _ = self._asked()
        if key in self.bucket.objects:
            self._give(self.bucket.objects[key])
        else:
            self._answer(200 if "/" not in key else 404)

    def do_PUT(self) -> None:
        key, query, data = self._asked()
        if "uploadId" in query:
            self.bucket.uploads[query["uploadId"]][int(query["partNumber"])] = data
        elif "/" in key:
            self.bucket.objects[key] = data
        self._answer(200, etag=_etag(data))

    def do_POST(self) -> None:
        key, query, data = self._asked()
        if "uploads" in query:
            upload = f"upload-{len(self.bucket.uploads)}"
            self.bucket.uploads[upload] = {}
            self._answer(200, _told("InitiateMultipartUploadResult", Bucket="b", Key=key, UploadId=upload))
        elif "uploadId" in query:
            parts = self.bucket.uploads.pop(query["uploadId"])
            self.bucket.objects[key] = b"".join(parts[number] for number in sorted(parts))
            self._answer(200, _told("CompleteMultipartUploadResult", Key=key, ETag=_etag(self.bucket.objects[key])))
        elif "delete" in query:
            keys = [each.text or "" for each in ElementTree.fromstring(data).iter() if each.tag.endswith("Key")]
            for each in keys:
                self.bucket.objects.pop(f"{key.partition('/')[0]}/{each}", None)
            self._answer(200, _told("DeleteResult"))
        else:
            self._answer(501, _error("NotImplemented"))

    def do_DELETE(self) -> None:
        key, query, _ = self._asked()
        if "uploadId" in query:
            self.bucket.uploads.pop(query["uploadId"], None)
        else:
            self.bucket.objects.pop(key, None)
        self._answer(204)

    # ── what is answered ──────────────────────────────────────────────────────────────────────────────────────────

    def _list(self, bucket: str, query: dict[str, str]) -> None:
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        after = query.get("continuation-token") or query.get("start-after") or ""
        keys, folders = [], []
        for whole in sorted(self.bucket.objects):
            owner, _, key = whole.partition("/")
            if owner != bucket or not key.startswith(prefix) or key <= after:
                continue
            inner = key[len(prefix) :]
            if delimiter and delimiter in inner:
                folders.append(prefix + inner.partition(delimiter)[0] + delimiter)
            else:
                keys.append(key)
        most = int(query.get("max-keys", "1000"))
        more, keys = len(keys) > most, keys[:most]
        told = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.bucket.objects[f'{bucket}/{key}'])}</Size>"
            f"<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>x</ETag></Contents>"
            for key in keys
        )
        told += "".join(
            f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in sorted(set(folders))
        )
        told += f"<IsTruncated>{str(more).lower()}</IsTruncated><KeyCount>{len(keys)}</KeyCount>"
        told += f"<NextContinuationToken>{escape(keys[-1])}</NextContinuationToken>" if more else ""
        self._answer(200, f'<ListBucketResult xmlns="{_XML}">{told}</ListBucketResult>'.encode())

    def _give(self, data: bytes) -> None:
        wanted = self.headers.get("Range", "")
        etag = _etag(data)
        if not wanted.startswith("bytes="):
            self._answer(200, data, etag=etag)
            return
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        start, end = (int(first), int(last or len(data) - 1)) if first else (len(data) - int(last), len(data) - 1)
        end = min(end, len(data) - 1)
        self._answer(206, data[start : end + 1], etag=etag, span=f"bytes {start}-{end}/{len(data)}")

    def _answer(self, status: int, data: bytes = b"", etag: str | None = None, span: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.send_header("Content-Type", "application/octet-stream")
        for name, value in (("ETag", etag), ("Content-Range", span)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _told(name: str, **values: str) -> bytes:
    inner = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in values.items())
    return f'<{name} xmlns="{_XML}">{inner}</{name}>'.encode()


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()


def _unchunked(data: bytes) -> bytes:
    """A body that came in signed pieces, each after its size in a line."""
    whole, at = b"", 0
    while True:
        end = data.index(b"\r\n", at)
        size = int(data[at:end].partition(b";")[0], 16)
        if size == 0:
            return whole
        whole += data[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
