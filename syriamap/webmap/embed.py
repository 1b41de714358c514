"""
The snippet that puts a page into a report.

Comes in: the path of a page. Goes out: a ``<figure>`` with a sandboxed ``<iframe>``: the page keeps
its scripts, hands out the files it makes and may open a source in a new tab, a tab like any other;
it can reach nothing of the site around it.
"""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

from syriamap.errors import PageError
from syriamap.files import parse_date
from syriamap.look.headings import Headline, headline_text
from syriamap.look.wording import LANGUAGES
from syriamap.webmap.encode import inert_html

if TYPE_CHECKING:
    from typing import Any, BinaryIO

__all__ = ["SANDBOX", "embed_snippet", "page_title", "page_title_in"]

SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
"""What a page in a frame may do; without the last, a source would open without its own storage."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r'<script type="application/json" id="syriamap-data">(.*?)</script>', re.DOTALL)
# The title stands in the head, before the libraries and the data.
_HEAD_BYTES = 65_536


def embed_snippet(
    path: str | Path,
    title: str | None = None,
    *,
    src: str | None = None,
    state: str = "",
    caption: str | None = None,
    image: str | None = None,
    ratio: tuple[int, int] = (4, 3),
    least_height: int = 480,
) -> str:
    """
    HTML that embeds a page in a report or an article.

    Parameters
    ----------
    path
        The page, as ``syriamap map`` wrote it.
    title
        What a screen reader calls the frame; what the page says of itself when not given.
    src
        Address of the page where the report will be; its file name when not given, for a page
        that lies beside the report.
    state
        What the page opens with, as its address says it (`date=…&story=…`); the title and the
        caption tell of that day and that story.
    caption
        Text below the map; the title when not given.
    image
        Address of a static picture of the same map, linked below it for readers without scripts.
    ratio
        Width to height.
    least_height
        Pixels that the map is high at least: upright where the column is narrow.

    Returns
    -------
    str
        A ``<figure>`` element; every text in it is escaped.

    Raises
    ------
    PageError
        If the file cannot be read or is no page, or an address is none of the web.
    """
    page = Path(path)
    wanted = quote(state.lstrip("#"), safe="=&,:-+.%")
    title = title or (page_title_in(page, wanted) if wanted else page_title(page))
    address = _reachable(src, "src") if src is not None else quote(page.name)
    address = inert_html(f"{address.split('#')[0]}#{wanted}" if wanted else address)
    link = f'<a href="{address}">Open the map</a>'
    if image is not None:
        link += f' · <a href="{inert_html(_reachable(image, "image"))}">Static image</a>'
    size = f"width:100%;aspect-ratio:{ratio[0]}/{ratio[1]};min-height:{least_height}px"
    return (
        '<figure style="margin:0">\n'
        f'<iframe src="{address}" title="{inert_html(title)}"\n'
        f'  sandbox="{SANDBOX}"\n'
        '  loading="lazy" referrerpolicy="no-referrer"\n'
        f'  allow="fullscreen; clipboard-write" style="{size};border:0"></iframe>\n'
        f"<figcaption>{inert_html(caption or title)} · {link}</figcaption>\n"
        "</figure>"
    )


def _reachable(address: str, word: str) -> str:
    """An address of the web, or one beside the report; a browser would run ``javascript:``."""
    # browsers look past white space and control characters in front of and inside a scheme
    bare = "".join(one for one in address if one.isprintable() and not one.isspace())
    try:
        parts = urlsplit(bare)
    except ValueError as error:
        raise PageError(f"{word} {address!r}: is no address: {error}") from error
    if parts.scheme in {"http", "https"} or (not parts.scheme and ":" not in bare.split("/")[0]):
        return address.strip()
    raise PageError(f"{word} {address!r}: http, https or a file beside the report would do")


def page_title(path: str | Path) -> str:
    """
    Title of a page.

    Raises
    ------
    PageError
        If the file cannot be read or has no title.
    """
    with _opened(path) as file:
        head = file.read(_HEAD_BYTES).decode("utf-8", errors="replace")
    match = _TITLE.search(head)
    if match is None or not match[1].strip():
        raise PageError(f"{path}: has no <title>; `syriamap map` writes pages that have one")
    return unescape(match[1]).strip()


def page_title_in(path: str | Path, state: str) -> str:
    """
    What a page says of itself on the day and in the story that its address asks for.

    Parameters
    ----------
    path
        The page.
    state
        As in its address, without the ``#``.

    Raises
    ------
    PageError
        If the file cannot be read, is no page, or has no such day or story.
    """
    with _opened(path) as file:
        match = _DATA.search(file.read().decode("utf-8", errors="replace"))
    if match is None:
        raise PageError(f"{path}: holds no map; `syriamap map` writes pages that do")
    try:
        return _headline_of(json.loads(match[1])["page"], path, state)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PageError(f"{path}: holds a map that cannot be read: {error!r}") from error


def _headline_of(page: Any, path: str | Path, state: str) -> str:
    asked = dict(parse_qsl(state))
    language = asked.get("lang", page["language"])
    story = asked.get("story", "") or page["according_to"]
    known = page.get("newest_on", {"": {page["until"]: page["newest"]}})
    told = known.get(asked.get("story", ""), {})
    if not told:
        sides = ", ".join(filter(None, known)) or "none; --stories adds them"
        raise PageError(f"{path}: no story {story!r}; there are: {sides}")
    day = asked.get("date", page["until"])
    if day not in told:
        raise PageError(f"{path}: no day {day!r}; there are {min(told)} to {max(told)}")
    first, _, second = asked.get("changes", "").partition(":")
    if first not in told or second not in told:
        first, second = "", day
    arabic = language == "ar"
    names = (arabic and page.get("sides_ar")) or page["sides"]
    is_last = second == page["until"] and not asked.get("story")
    head = Headline(
        theater=(arabic and page["theater_ar"]) or page["theater"],
        day=date.fromisoformat(second),
        since=parse_date(first),
        kind="changes" if first else "day",
        side=story and (names.get(story) or story),
        known_by=parse_date(page["known_by"]),
        latest_report=parse_date(page["latest_report"]) if is_last else None,
        newest=parse_date(told[second]),
    )
    return headline_text(head, language if language in LANGUAGES else "en")


def _opened(path: str | Path) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise PageError(f"{path}: cannot be read: {error.strerror}") from error
