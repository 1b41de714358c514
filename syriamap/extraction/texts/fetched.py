"""
Pages fetched from an address, only when somebody asks for it: :mod:`syriamap.online` reaches it.

What is no text is told in one sentence; where redirects led is told with the text.
"""

from __future__ import annotations

from typing import NamedTuple

from syriamap.errors import ExtractionError, OnlineError
from syriamap.online.fetching import fetch
from syriamap.online.targets import shown

__all__ = ["Fetched", "page_at"]

_SECONDS = 30.0
_MOST_BYTES = 20_000_000
_ACCEPT = {"Accept": "text/html, text/plain"}


class Fetched(NamedTuple):
    """The text of a page, the address that it came from, and the addresses that led there."""

    text: str
    address: str
    passed: tuple[str, ...] = ()


def page_at(address: str, seconds: float = _SECONDS) -> Fetched:
    """
    Fetch the text of a page.

    Parameters
    ----------
    address
        ``http`` or ``https``; redirects are followed, but to nothing private.
    seconds
        The deadline for all of it.

    Raises
    ------
    ExtractionError
        If no whole answer comes in time, or one that says no, or one that is no text.
    """
    try:
        answer = fetch(address, seconds=seconds, most_bytes=_MOST_BYTES, headers=_ACCEPT)
    except OnlineError as error:
        raise ExtractionError(str(error)) from error
    if not answer.kind.startswith("text/") and answer.kind != "application/xhtml+xml":
        kind = shown(answer.kind)
        raise ExtractionError(f"{shown(address)}: is {kind}; a page or a plain text would do")
    charset = _charset(answer.charset, answer.data)
    return Fetched(answer.data.decode(charset, errors="replace"), answer.address, answer.passed)


def _charset(named: str, data: bytes) -> str:
    """The encoding that the answer names, or the page; UTF-8 where they name none that is known."""
    if not named:
        head = data[:2_000].lower()
        at = head.find(b"charset=")
        named = (
            head[at + 8 : at + 40]
            .strip(b"\"' ")
            .split(b'"')[0]
            .split(b"'")[0]
            .decode("ascii", errors="ignore")
            if at >= 0
            else ""
        )
        named = named.split(">")[0].split("/")[0].strip()
    try:
        b"".decode(named or "utf-8")
        text = "".encode(named or "utf-8")
    except (LookupError, ValueError):  # "hex", "idna" and the like are codecs, but not of texts
        return "utf-8"
    return named or "utf-8" if isinstance(text, bytes) else "utf-8"
