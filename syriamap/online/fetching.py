"""
One address asked, within one deadline, for its whole body.

Everything happens in a thread that is left behind when the deadline passes: looking up the name,
connecting, redirects, head and body together. A body that breaks off, is longer than allowed or
packed to be longer than it looks is no body.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import queue
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from syriamap.errors import OnlineError
from syriamap.online.targets import Target, dial, shown, target_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Answer", "fetch"]

_AGENT = "syriamap (offline-first map of control)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 8
_WHOLE = 200
_ERROR = 400
_AT_ONCE = 65_536
_MOST_REASON = 60


@dataclass(frozen=True)
class Answer:
    """
    What an address answered.

    Attributes
    ----------
    address
        Where the body came from, after all redirects.
    passed
        The addresses before it, in order; empty where there was no redirect.
    kind, charset
        The kind of content in lower case, and the encoding that the answer names, perhaps empty.
    data
        The whole body.
    """

    address: str
    passed: tuple[str, ...]
    kind: str
    charset: str
    data: bytes


def fetch(
    address: str,
    *,
    seconds: float,
    most_bytes: int,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """
    Ask an address.

    Parameters
    ----------
    address
        ``http`` or ``https``. One that is written as a private number or ``localhost`` may be
        reached, with its port; no redirect and no name on the network leads to another such.
    seconds
        The deadline for all of it.
    most_bytes
        Length of a body that is taken.
    headers
        Sent with it. They go to this address only: with a redirect to another host none of them
        but ``Accept`` is sent.
    body
        Sent as POST; redirects are then refused.

    Raises
    ------
    OnlineError
        If no whole body came in time; `reason` tells which way, `status` what was answered.
    """
    call = _Call(target_of(address), time.monotonic() + seconds, most_bytes, dict(headers or {}))
    done: queue.SimpleQueue[Answer | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            done.put(call.answered(body))
        except BaseException as error:
            done.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        result = done.get(timeout=seconds)
    except queue.Empty:
        call.hang_up()
        raise OnlineError(
            f"{shown(address)}: no whole answer within {seconds:g} s", reason="slow"
        ) from None
    if isinstance(result, Answer):
        return result
    if isinstance(result, OnlineError):
        raise result
    if isinstance(result, TimeoutError):
        raise OnlineError(
            f"{shown(address)}: no whole answer within {seconds:g} s", reason="slow"
        ) from result
    if isinstance(result, OSError | http.client.HTTPException | ValueError):
        raise OnlineError(
            f"{shown(address)}: cannot be fetched: {_said(result)}", reason="unreachable"
        ) from result
    raise result


def _said(error: BaseException) -> str:
    """What an error says, without a word that a server wrote."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({_printable(error.verify_message)})"
    if isinstance(error, http.client.HTTPException | ValueError):
        return f"the answer is no HTTP ({type(error).__name__})"
    text = getattr(error, "strerror", "") or str(error)
    return _printable(text)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text).strip()[:_MOST_REASON]


class _Call:
    """One request with all its redirects; what it holds open can be closed by whoever waits."""

    def __init__(
        self, first: Target, deadline: float, most_bytes: int, headers: dict[str, str]
    ) -> None:
        self._first, self._deadline, self._most = first, deadline, most_bytes
        self._headers = headers
        self._wire: socket.socket | None = None
        self._closed = False

    def hang_up(self) -> None:
        """Close what is open, so that the thread ends."""
        self._closed = True
        wire = self._wire
        if wire is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(wire, socket.SHUT_RDWR)

    def answered(self, body: bytes | None) -> Answer:
        target = self._first
        passed: list[str] = []
        while True:
            connection = self._connected(target)
            with contextlib.closing(connection):
                self._sent(connection, target, body)
                # the answer holds the socket by itself once the connection is to be closed
                with contextlib.closing(connection.getresponse()) as response:
                    onward = self._onward(target, response, body)
                    if onward is None:
                        kind = response.headers.get_content_type().lower()
                        charset = response.headers.get_content_charset() or ""
                        data = self._whole(target, response)
                        return Answer(target.address, tuple(passed), kind, charset, data)
            passed.append(target.address)
            if len(passed) > _MOST_REDIRECTS or onward.address in passed:
                raise OnlineError(
                    f"{shown(self._first.address)}: is sent from address to address without end",
                    reason="redirect",
                )
            target = onward

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0 or self._closed:
            raise TimeoutError("deadline")
        return left

    def _connected(self, target: Target) -> http.client.HTTPConnection:
        """A connection to a target, by way of the proxy that the system names for it."""
        by_way = _proxy_of(target)
        asked = target.origin == self._first.origin
        if target.local and not (asked and self._first.local):
            raise OnlineError(
                f"{shown(self._first.address)}: is sent on to {shown(target.address)}, "
                "an address of this machine or its network, which nobody asked for",
                reason="private",
            )
        origin = by_way[0].origin if by_way else target.origin

        def opened(*_: object, **__: object) -> socket.socket:
            private = by_way is not None or (asked and target.local)
            self._wire = dial(origin, self._left(), private=private)
            return self._wire

        connection: http.client.HTTPConnection
        if target.scheme == "https":
            safe = ssl.create_default_context()
            connection = http.client.HTTPSConnection(*origin, timeout=self._left(), context=safe)
            if by_way:
                connection.set_tunnel(*target.origin, headers=by_way[1])
        else:
            connection = http.client.HTTPConnection(*origin, timeout=self._left())
        connection._create_connection = opened  # type: ignore[attr-defined]  # noqa: SLF001
        connection.connect()
        self._left()
        if connection.sock is not None:
            self._wire = connection.sock
        return connection

    def _sent(
        self, connection: http.client.HTTPConnection, target: Target, body: bytes | None
    ) -> None:
        same = target.origin == self._first.origin and target.scheme == self._first.scheme
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity", "Connection": "close"}
        own = self._headers if same else {}
        if not same and "Accept" in self._headers:
            own = {"Accept": self._headers["Accept"]}
        by_way = _proxy_of(target) if target.scheme == "http" else None
        path = target.address if by_way else target.path
        headers |= {"Host": target.netloc, **own, **(by_way[1] if by_way else {})}
        connection.request("GET" if body is None else "POST", path, body=body, headers=headers)

    def _onward(
        self, target: Target, response: http.client.HTTPResponse, body: bytes | None
    ) -> Target | None:
        """Where an answer sends the request; None for a body. Whatever else it says is an error."""
        status, told = response.status, shown(target.address)
        if status == _WHOLE:
            return None
        if status in _REDIRECTS and body is not None:
            raise OnlineError(
                f"{told}: sends the request on to another address, which is not followed",
                reason="redirect",
                status=status,
            )
        if status in _REDIRECTS and response.headers.get("Location"):
            return target_of(urljoin(target.address, response.headers["Location"].strip()))
        what = http.client.responses.get(status, "")
        if status < _ERROR:
            what = f"{what}, no whole page".removeprefix(", ")
        raise OnlineError(f"{told}: the server answers {status} {what}", "status", status)

    def _whole(self, target: Target, response: http.client.HTTPResponse) -> bytes:
        told, most = shown(target.address), self._most
        length = response.headers.get("Content-Length", "").strip()
        expected = int(length) if length.isascii() and length.isdigit() else None
        if response.headers.get("Transfer-Encoding"):
            expected = None
        if expected is not None and expected > most:
            raise _too_long(told, most)
        parts, size = [], 0
        try:
            while part := response.read(min(_AT_ONCE, most + 1 - size)):
                parts.append(part)
                size += len(part)
                if size > most:
                    raise _too_long(told, most)
                self._left()
        except http.client.IncompleteRead as error:
            raise OnlineError(f"{told}: the answer breaks off", reason="broken") from error
        if expected is not None and size < expected:
            raise OnlineError(
                f"{told}: the answer breaks off after {size:,} of {expected:,} bytes",
                reason="broken",
            )
        packed = response.headers.get("Content-Encoding", "identity").strip().lower()
        return _unpacked(b"".join(parts), packed, told, most)


def _too_long(told: str, most: int) -> OnlineError:
    size = f"{most / 1e6:g} MB" if most >= 1e5 else f"{most:,} bytes"
    return OnlineError(f"{told}: is longer than {size}", reason="large")


def _unpacked(data: bytes, packed: str, told: str, most: int) -> bytes:
    """A body that a server packed although it was asked not to; never longer than allowed."""
    if packed in {"", "identity"}:
        return data
    if packed not in {"gzip", "x-gzip"}:
        raise OnlineError(f"{told}: is packed in a way that nobody asked for", reason="broken")
    unpack = zlib.decompressobj(wbits=31)
    try:
        plain = unpack.decompress(data, most + 1)
    except zlib.error as error:
        raise OnlineError(f"{told}: is no gzip, though it says so", reason="broken") from error
    if len(plain) > most:
        raise _too_long(told, most)
    if not unpack.eof:
        raise OnlineError(f"{told}: the answer breaks off", reason="broken")
    return plain


def _proxy_of(target: Target) -> tuple[Target, dict[str, str]] | None:
    """The proxy that the system names for a target, if any, and the header that it asks for."""
    named = getproxies().get(target.scheme, "")
    if not named or target.local or proxy_bypass(target.host):
        return None
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    if proxy.scheme != "http":
        told = shown(proxy.geturl())
        raise OnlineError(f"{told}: a proxy of this kind is not used; http would do")
    who, _, host = proxy.netloc.rpartition("@")
    header = {}
    if who:
        secret = base64.b64encode(unquote(who).encode()).decode("ascii")
        header["Proxy-Authorization"] = f"Basic {secret}"
    return target_of(f"http://{host}"), header
