"""
Which addresses may be reached: http and https, nothing private unless it was written as such.

A name on the network may point anywhere, and so may a redirect; what stands behind a firewall is
reached only if the address that somebody typed is a number or ``localhost``.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from syriamap.errors import OnlineError

__all__ = ["Target", "dial", "is_address", "is_private", "shown", "target_of"]

_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"
_MOST_SHOWN = 200
_UNSEEN = re.compile(r"[^\x21-\x7e]")
_LONGEST = 2_000


class Target(NamedTuple):
    """An address taken apart: scheme, host, port, and path with query, ready to be asked for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port

    @property
    def netloc(self) -> str:
        """Host as an address writes it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """The whole address, in ASCII."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def local(self) -> bool:
        """Whether whoever wrote it means this machine or one of the same network."""
        return self.host == "localhost" or self.host.endswith(".localhost") or is_private(self.host)


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a file.

    >>> is_address("https://example.org/a"), is_address("article.txt")
    (True, False)
    """
    return name.lower().startswith(("http://", "https://"))


def shown(address: str) -> str:
    """
    Give an address as a message may show it: no query, no password, no sign that drives a terminal.

    >>> shown("http://me:secret@example.org/a?key=1")
    'http://example.org/a'
    """
    plain = _UNSEEN.sub("", address).partition("?")[0].partition("#")[0]
    scheme, slashes, rest = plain.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"[:_MOST_SHOWN]


def target_of(address: str) -> Target:
    """
    Take an address apart.

    >>> target_of("https://example.org/حماة?a=b").path
    '/%D8%AD%D9%85%D8%A7%D8%A9?a=b'

    Raises
    ------
    OnlineError
        If it is none, of another kind than http and https, or holds a name and a password.
    """
    told = shown(address)
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise OnlineError(f"{told}: is no address ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise OnlineError(f"{told}: only http and https are fetched")
    if not host:
        raise OnlineError(f"{told}: names no host")
    if "@" in parts.netloc:
        raise OnlineError(f"{told}: holds a name or a password; an address without would do")
    if len(address) > _LONGEST:
        raise OnlineError(f"{told}: is longer than {_LONGEST} signs")
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
        path = quote(parts.path or "/", safe=_SAFE)
        query = quote(parts.query, safe=_SAFE)
    except UnicodeError as error:
        raise OnlineError(f"{told}: is no address that can be written in ASCII") from error
    if _UNSEEN.search(host):
        raise OnlineError(f"{told}: names no host that could be reached")
    return Target(scheme, host, port or _PORTS[scheme], f"{path}?{query}" if query else path)


def is_private(number: str) -> bool:
    """
    Whether a host is the number of no public machine: loopback, private, link-local, reserved.

    >>> is_private("127.0.0.1"), is_private("::ffff:10.0.0.1"), is_private("example.org")
    (True, True, False)
    """
    try:
        one = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        inside = one.ipv4_mapped or one.sixtofour
        if inside is not None:
            one = inside
    return not one.is_global or one.is_multicast


def dial(origin: tuple[str, int], seconds: float, *, private: bool) -> socket.socket:
    """
    Connect to a host, to a number that was looked at: a name may not point inside.

    Parameters
    ----------
    origin
        Host and port.
    seconds
        How long a connection may take.
    private
        Whether a private number will do.

    Raises
    ------
    OnlineError
        If all numbers of the host are private.
    """
    host, port = origin
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [one for one in found if private or not is_private(str(one[4][0]))]
    if not allowed:
        raise OnlineError(
            f"{host}: is an address of this machine or its network, which nobody asked for; "
            "write its number to mean it"
        )
    problem: OSError | None = None
    for family, kind, protocol, _, at in allowed:
        wire = socket.socket(family, kind, protocol)
        try:
            wire.settimeout(seconds)
            wire.connect(at)
        except OSError as error:
            wire.close()
            problem = problem or error
            continue
        return wire
    raise problem or OSError("no number")
