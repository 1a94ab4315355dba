from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.collect.address import is_public, machines, normal, target, untracked
from dateline.collect.refused import Refused


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("HTTPS://Velm.Example", "https://velm.example/"),
        (" https://velm.example:443/a b#part".replace(" b", "%20b"), "https://velm.example/a%20b"),
        ("http://velm.example:80/ü?q=ö", "http://velm.example/%C3%BC?q=%C3%B6"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
    ],
)
def test_an_address_is_written_one_way(given: str, asked: str) -> None:
    assert normal(given) == asked
    assert normal(asked) == asked


@pytest.mark.parametrize(
    "address",
    [
        "ftp://velm.example/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://user:secret@velm.example/",
        "https://velm.example:99999/",
        "https://velm.example/a b",
        "https://velm.example/\r\nHost: other.example",
        "https://velm.example/" + "a" * 5000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        normal(address)


@given(st.text(max_size=80))
def test_any_words_are_an_address_or_refused(words: str) -> None:
    for address in (words, f"https://velm.example/{words}", f"https://{words}/"):
        try:
            asked = normal(address)
        except Refused:
            continue
        assert asked.isascii()
        assert asked == normal(asked)


def test_a_redirect_is_seen_from_where_it_stands() -> None:
    assert target("https://velm.example/a/b", "../c") == "https://velm.example/c"
    with pytest.raises(Refused):
        target("https://velm.example/a", "file:///etc/passwd")


def test_what_counts_readers_goes_and_nothing_else() -> None:
    assert untracked("https://velm.example/a?id=7&utm_source=rss&b=") == "https://velm.example/a?id=7&b="
    assert untracked("https://velm.example/a?id=%2F7;x") == "https://velm.example/a?id=%2F7;x"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:0001::",
        "64:ff9b::7f00:1",
        "no number",
    ],
)
def test_private_machines_are_told(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_machines_are_told(number: str) -> None:
    assert is_public(number)


@given(st.ip_addresses(v=4))
def test_no_ipv4_number_becomes_public_by_being_wrapped(number: ipaddress.IPv4Address) -> None:
    for wrapped in (f"::ffff:{number}", str(ipaddress.IPv6Address((0x64FF9B << 96) | int(number)))):
        assert is_public(wrapped) <= is_public(str(number))


def test_a_name_is_looked_up_and_what_it_leads_to_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def numbers(*found: str) -> None:
        entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in found]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)

    numbers("10.0.0.1", "93.184.216.34")
    assert machines("velm.example", 80, False) == ["93.184.216.34"]
    assert machines("velm.example", 80, True) == ["10.0.0.1", "93.184.216.34"]
    numbers("10.0.0.1")
    with pytest.raises(Refused, match="private network"):
        machines("velm.example", 80, False)
