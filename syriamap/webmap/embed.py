"""
The snippet that puts a page into a report.

Comes in: the path of a page. Goes out: a ``<figure>`` with a sandboxed ``<iframe>``: the page keeps
its scripts and may open a source in a new tab, and can reach nothing of the site around it.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

from syriamap.errors import PageError
from syriamap.webmap.encode import inert_html

__all__ = ["embed_snippet", "page_title"]

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
# The title stands in the head, before the libraries and the data.
_HEAD_BYTES = 65_536


def embed_snippet(
    path: str | Path,
    title: str | None = None,
    *,
    src: str | None = None,
    caption: str | None = None,
    image: str | None = None,
    ratio: tuple[int, int] = (4, 3),
) -> str:
    """
    HTML that embeds a page in a report or an article.

    Parameters
    ----------
    path
        The page, as ``syriamap map`` wrote it.
    title
        What a screen reader calls the frame; the page's own title when not given.
    src
        Address of the page where the report will be; its file name when not given, for a page
        that lies beside the report.
    caption
        Text below the map; the title when not given.
    image
        Address of a static picture of the same map, linked below it for readers without scripts.
    ratio
        Width to height.

    Returns
    -------
    str
        A ``<figure>`` element; every text in it is escaped.

    Raises
    ------
    PageError
        If the file cannot be read or is no page.
    """
    page = Path(path)
    title = title or page_title(page)
    address = inert_html(src if src is not None else quote(page.name))
    link = f'<a href="{address}">Open the map</a>'
    if image is not None:
        link += f' · <a href="{inert_html(image)}">Static image</a>'
    return (
        "<figure>\n"
        f'<iframe src="{address}" title="{inert_html(title)}"\n'
        '  sandbox="allow-scripts allow-popups" loading="lazy" referrerpolicy="no-referrer"\n'
        f'  style="width:100%;aspect-ratio:{ratio[0]}/{ratio[1]};border:0"></iframe>\n'
        f"<figcaption>{inert_html(caption or title)} · {link}</figcaption>\n"
        "</figure>"
    )


def page_title(path: str | Path) -> str:
    """
    Title of a page.

    Raises
    ------
    PageError
        If the file cannot be read or has no title.
    """
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8", errors="replace")
    except OSError as error:
        raise PageError(f"{path}: cannot be read: {error.strerror}") from error
    match = _TITLE.search(head)
    if match is None or not match[1].strip():
        raise PageError(f"{path}: has no <title>; `syriamap map` writes pages that have one")
    return unescape(match[1]).strip()
