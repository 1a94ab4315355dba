import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture.charset import decode, encoding_of, looks_binary

RUSSIAN = (
    "Совет города Вельм собрался в понедельник и ничего не решил о мосте через реку. Мэр сказал, что вода высока. " * 3
)
FRENCH = "Le conseil de Velm s’est réuni lundi, mais il n’a rien décidé à propos du pont fermé. " * 3


@pytest.mark.parametrize(
    ("text", "written", "claimed"),
    [
        (RUSSIAN, "utf-8", None),
        (RUSSIAN, "utf-8", "windows-1251"),  # a claim that lies
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "windows-1251", None),
        (RUSSIAN, "windows-1251", "iso-8859-1"),  # a claim that lies the other way
        (RUSSIAN, "windows-1251", "utf-8"),
        (RUSSIAN, "windows-1251", "x-no-such-charset"),
        (FRENCH, "windows-1252", "iso-8859-1"),
        (FRENCH, "utf-16", None),
        (FRENCH, "utf-16-le", None),
    ],
)
def test_survives_what_was_claimed(text: str, written: str, claimed: str | None) -> None:
    assert decode(text.encode(written), claimed) == text


def test_the_page_names_its_charset() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>{RUSSIAN}'
    assert RUSSIAN in decode(page.encode("windows-1251"))


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"Velm") == "Velm"


def test_a_few_broken_bytes_do_not_change_the_charset() -> None:
    assert "Вельм" in decode(RUSSIAN.encode()[:200] + b"\xff" + RUSSIAN.encode()[200:])


def test_binary() -> None:
    assert looks_binary(b"\x00\x01\x02\x03" * 100)
    assert not looks_binary(FRENCH.encode("utf-16"))
    assert not looks_binary(RUSSIAN.encode("windows-1251"))


def test_encoding_of_a_long_text_by_its_head() -> None:
    assert encoding_of(RUSSIAN.encode()[:101]) == "utf-8"  # cut inside a letter
    assert encoding_of(b"plain\nascii") == "utf-8"


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "no such", "punycode", "rot13"]))
def test_never_fails_and_gives_what_can_be_stored(data: bytes, claimed: str | None) -> None:
    text = decode(data, claimed)
    text.encode("utf-8")
    assert "\0" not in text
    assert "\r" not in text
