"""Which addresses may be fetched: the web's own, and only machines that everybody can reach."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from dateline.collect.refused import Refused

_LONGEST = 4000
_UNFIT = re.compile(r"[\x00-\x20\x7f]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?", re.IGNORECASE)
_SAFE = "%/:=&?~#+!$,;'@()*[]"
# What newsletters and feeds hang on an address to count readers; the page is the same without.
_TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|at_medium|at_campaign|ns_mchannel", re.IGNORECASE)
# Networks that lead to others: an IPv4 address hides in the last or middle bytes.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def normal(address: str) -> str:
    """An address as it is asked for: no fragment, host in lower case, everything else encoded as it must be.

    Raises:
        Refused: it is no address of the web.
    """
    words = address.strip()
    if len(words) > _LONGEST or _UNFIT.search(words):
        raise Refused("it is no address: too long, or with blanks in it")
    try:
        parts = urlsplit(words)
        host, port = parts.hostname, parts.port
        host = (host or "").encode("idna").decode("ascii") if host and not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise Refused(f"it is no address ({error})") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise Refused("only http and https are fetched")
    if not host or not (_HOST.fullmatch(host) or ":" in host):
        raise Refused("it is no address: it names no host")
    if parts.username is not None or parts.password is not None:
        raise Refused("it holds a name or a password, which would stand in the archive")
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        place += f":{port}"
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return urlunsplit((parts.scheme.lower(), place, path, query, ""))


def untracked(address: str) -> str:
    """An address without what only counts readers."""
    parts = urlsplit(address)
    if not _TRACKERS.search(parts.query):
        return address
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKERS.fullmatch(name)]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def target(address: str, location: str) -> str:
    """Where a redirect from an address leads.

    Raises:
        Refused: to no address of the web.
    """
    try:
        return normal(urljoin(address, location.strip()))
    except ValueError as error:
        raise Refused(f"it redirects to what is no address ({error})") from error


def host_of(address: str) -> str:
    """The host of an address that is `normal`."""
    return urlsplit(address).hostname or ""


def origin_of(address: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def machines(host: str, port: int, allow_private: bool) -> list[str]:
    """The numbers under which a host is reached, those that may be connected to.

    The connection must be made to one of these numbers: asking for the name again may give another answer.

    Raises:
        Refused: there is no such host, or it is none that everybody can reach.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise Refused(f"the host {host} is not found", passing=passing) from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [number for number in numbers if allow_private or is_public(number)]
    if not allowed:
        raise Refused(f"{host} is a machine of a private network ({numbers[0]}); --allow-private fetches from there")
    return allowed


def is_public(number: str) -> bool:
    """Whether a number is one that everybody can reach: not private, local, reserved, nor for many at once."""
    try:
        machine = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(machine, ipaddress.IPv6Address):
        inner = machine.ipv4_mapped or machine.sixtofour or (machine.teredo[1] if machine.teredo else None)
        if machine in _NAT64:
            inner = ipaddress.IPv4Address(int(machine) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if machine.is_site_local:
            return False
    return machine.is_global and not machine.is_multicast and not machine.is_reserved
