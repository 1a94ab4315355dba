"""Mutants of captures, reproducible by their number: the same number gives the same bytes everywhere."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.hardening.seeds import Seed, seeds

TOKENS: tuple[bytes, ...] = (
    b"", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"\n\n\n\n", b"\t", b" " * 40, b"\xc2\xa0", b"\xe2\x80\xa8",
    b"\xe2\x80\xae", b"\xe2\x80\x8d", b"\xcc\x81", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xc0\xaf", b"\xef\xac\x81", b"\xe2\x80\x9c", b"\xe2\x80\x9d",
    b'"', b"'", b"(", b")", b"[", b"]", b"{", b"}", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"&#1114112;", b"&amp;", b"&nbsp;", b"&lt;p&gt;",
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<script>", b"</script>", b"<p>", b"</p>", b"<div>", b"</article>", b"<table><tr><td>", b"<svg>",
    b"<br/>", b"<template>", b"<title>", b"<base href='//x'>", b"<meta charset=utf-7>", b"<meta http-equiv=refresh content=0>", b"<plaintext>",
    b"<item>", b"</item>", b"<entry>", b"</rss>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<?xml version='1.0' encoding='utf-16'?>",
    b"0", b"-1", b"99999999999999999999", b"1e999", b"NaN", b"1,000,000.5", b"0x10", b"2021-02-30", b"9999-99-99", b"0000-00-00", b"31 February 2021",
    b"yesterday", b"5,000-10,000", b"$", b"\xe2\x82\xac", b"%", b"...", b"\xe2\x80\xa6", b"said", b"told reporters", b"By ", b"(Reuters) - ",
    b"null", b"true", b"[[", b'{"a":', b"\\u0000", b"\\ud83d", b'\\"', b'":', b",", b";", b"|", b"text,title\n", b'""',
    b"WARC/1.0\r\n", b"Content-Length: 0\r\n", b"Content-Length: 99999999\r\n", b"Content-Type: text/plain; charset=utf-16\r\n",
    b"Content-Encoding: br\r\n", b"Transfer-Encoding: chunked\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"WARC-Type: response\r\n",
    b"--b\r\n", b"--b--\r\n", b"MIME-Version: 1.0\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
    b"=?utf-8?B?/w==?=", b"=?x?q?=?=", b"Subject: \r\n", b"From x Mon Dec  6 10:00:00 2021\n", b"From: \r\n",
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b"%PDF-1.7\n", b"endstream", b"stream\n", b"/Filter /LZWDecode", b"<< /Length -1 >>",
    b"0 0 0 0 k BT (x) Tj ET", b"1 0 obj", b"endobj", b"xref", b"trailer",
    b"../../etc/passwd", b"file:///etc/passwd", b"http://[::1", b"https://velm.example/%ff", b"javascript:alert(1)",
)  # fmt: skip
"""What stands in the formats, and what parsers of them have stumbled over."""

LARGEST = 400_000  # bytes of a mutant
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1251", "cp932", "cp037", "utf-7")


class Mutant(NamedTuple):
    """A capture with something done to it: its number, the format it was, and its bytes."""

    number: int
    seed: str
    data: bytes


def mutant(number: int) -> Mutant:
    """The mutant of a number."""
    rng = random.Random(number)
    every = seeds()
    seed = every[number % len(every)]
    times = rng.choice((1, 1, 1, 2, 2, 3, 5, 8, 20, 60))
    if rng.random() < 0.75:
        data = seed.wrap(_mutated(rng, seed.inner, every, times))
        if rng.random() < 0.1:
            data = _mutated(rng, data, every, 1)
    else:
        data = _mutated(rng, seed.whole, every, times)
    return Mutant(number, seed.name, data)


def _mutated(rng: random.Random, data: bytes, every: tuple[Seed, ...], times: int) -> bytes:
    for _ in range(times):
        data = rng.choices(_WAYS, _WEIGHTS)[0](rng, data, every)[:LARGEST]
    return data


Way = Callable[[random.Random, bytes, tuple[Seed, ...]], bytes]


def _stretch(rng: random.Random, data: bytes) -> tuple[int, int]:
    """A stretch of some bytes, mostly a short one."""
    start = rng.randint(0, len(data))
    return start, min(len(data), start + int(rng.paretovariate(0.7)))


def _flip(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _put(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(rng, data)
    return data[:start] + rng.choice(TOKENS) + data[start if rng.random() < 0.6 else end :]


def _noise(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.randbytes(int(rng.paretovariate(0.8)) % 5000) + data[at:]


def _drop(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(rng, data)
    return data[:start] + data[end:]


def _double(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 5, 20)) + data[end:]


def _repeat(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    """A token over and over: nesting without end, lines without end, what sends an expression back and forth."""
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(TOKENS) * rng.choice((3, 30, 300, 1000, 5000)) + data[at:]


def _move(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(rng, data)
    rest = data[:start] + data[end:]
    at = rng.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _cut(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    return data[: rng.randint(0, len(data))]


def _graft(rng: random.Random, data: bytes, every: tuple[Seed, ...]) -> bytes:
    other = rng.choice(every).whole
    start, end = sorted((rng.randint(0, len(other)), rng.randint(0, len(other))))
    at = rng.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


def _number(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    places = [i for i, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + rng.choice((b"", b"0", b"9" * 30, b"-", b"000", b".", b"1" * 5000)) + data[at + 1 :]


def _recode(rng: random.Random, data: bytes, _: tuple[Seed, ...]) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")


_WAYS: tuple[Way, ...] = (_flip, _put, _noise, _drop, _double, _repeat, _move, _cut, _graft, _number, _recode)
_WEIGHTS = (12, 24, 6, 10, 8, 8, 6, 4, 6, 6, 1)
