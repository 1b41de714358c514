"""
Pages fetched from an address, only when somebody asks for it.

Standard library only; what does not answer, is no text or is too long is told in one sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, build_opener

from syriamap.errors import ExtractionError

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["is_address", "page_at"]

_SECONDS = 30.0
_MOST_BYTES = 20_000_000
_AGENT = "syriamap (news text to draft claims)"


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a file.

    >>> is_address("https://example.org/a"), is_address("article.txt")
    (True, False)
    """
    return name.lower().startswith(("http://", "https://"))


def page_at(address: str) -> str:
    """
    Fetch the text of a page.

    Parameters
    ----------
    address
        ``http`` or ``https``; redirects are followed.

    Raises
    ------
    ExtractionError
        If there is no answer, an answer that says no, or one that is no text.
    """
    if not urlsplit(address).hostname:
        raise ExtractionError(f"{address}: names no host")
    request = Request(address, headers={"User-Agent": _AGENT, "Accept": "text/html, text/plain"})  # noqa: S310
    try:
        with build_opener().open(request, timeout=_SECONDS) as answer:
            kind = answer.headers.get_content_type()
            if not kind.startswith("text/") and kind != "application/xhtml+xml":
                raise ExtractionError(f"{address}: is {kind}; a page or a plain text would do")
            data: bytes = answer.read(_MOST_BYTES + 1)
            charset = _charset(answer.headers, data)
    except HTTPError as error:
        raise ExtractionError(
            f"{address}: the server answers {error.code} {error.reason}"
        ) from error
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", "") or error
        raise ExtractionError(f"{address}: cannot be fetched: {reason}") from error
    if len(data) > _MOST_BYTES:
        raise ExtractionError(f"{address}: is longer than {_MOST_BYTES // 1_000_000} MB")
    return data.decode(charset, errors="replace")


def _charset(headers: Message, data: bytes) -> str:
    """The encoding that the answer names, or the page; UTF-8 where they name none that is known."""
    named = headers.get_content_charset() or ""
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
        "".encode(named or "utf-8")
    except LookupError:
        return "utf-8"
    return named or "utf-8"
