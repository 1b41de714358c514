"""
Who may ask: pages of this program in a browser on this machine, and nobody else's.

In comes the app, out goes the app behind a gate. A browser on this machine also opens strange
sites, and their scripts can send requests to it: by a name that points here (DNS rebinding), by a
form, by a picture. So the Host must be one of this server's own, what is asked by another site is
refused by what the browser says of it (Sec-Fetch-Site, Origin), and what writes must bring a token
that only pages of this server hold. No answer carries a CORS header; none may be framed elsewhere.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGEST_BODY", "TOKEN_HEADER", "Guard", "holds", "hosts_of"]

LARGEST_BODY = 4_000_000
"""Bytes of a request's body; a sheet of a thousand claims is a tenth of it."""

TOKEN_HEADER = "x-syriamap-token"  # noqa: S105  (a header's name)
"""Header that brings the token where there is no form."""

_READS = ("GET", "HEAD")
_TYPES = ("application/x-www-form-urlencoded", "text/csv")

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none at all a form of ours has no Origin
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


def hosts_of(port: int) -> frozenset[str]:
    """
    Names by which this machine calls itself, with the port.

    >>> sorted(hosts_of(8350))
    ['127.0.0.1:8350', '[::1]:8350', 'localhost:8350']
    """
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


class Guard:
    """
    The gate before an app.

    Parameters
    ----------
    app
        What is guarded. It checks the token itself (:func:`holds`), for a form brings it in its
        body.
    hosts
        Of :func:`hosts_of`.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no sockets here
            return
        refused = self._refused(scope)
        asked: Any = PlainTextResponse(refused[1], refused[0]) if refused else self._app

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers[name] = value
                headers.setdefault(
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"
                )
            await send(message)

        await asked(scope, receive, sealed)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Status and words of a refusal, if it is one."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].casefold() not in self._hosts:
            return 421, "this server answers to its own name alone"
        reads, site = scope["method"] in _READS, headers.get("sec-fetch-site", "")
        if reads:
            follows_a_link = scope["path"] == "/" and headers.get("sec-fetch-dest") == "document"
            if site in {"", "none", "same-origin"} or follows_a_link:
                return None
            return 403, "another site asked"
        if scope["method"] != "POST":
            return 405, "GET and POST would do"
        return self._refused_writing(headers, hosts[0], site)

    def _refused_writing(self, headers: Headers, host: str, site: str) -> tuple[int, str] | None:
        origins = headers.getlist("origin")
        # a browser always sends one of the two with a POST; what sends neither is no page of ours
        if origins and origins != [f"http://{host}"]:
            return 403, "another site asked"
        if site not in {"", "same-origin"} or not (origins or site):
            return 403, "another site asked"
        if headers.get("content-type", "").split(";")[0].strip() not in _TYPES:
            return 415, f"{' or '.join(_TYPES)} would do"
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdigit() or int(length[:12]) > LARGEST_BODY:
            return 413, f"a body of known length up to {LARGEST_BODY} bytes would do"
        return None


def holds(given: str, token: str) -> bool:
    """Whether what was brought is the token, told in the same time for any other."""
    return secrets.compare_digest(given.encode(), token.encode())
