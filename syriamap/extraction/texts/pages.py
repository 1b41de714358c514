"""
What a page says of itself: title, publisher, day of publication, address.

In comes the raw text of an HTML page, out goes a :class:`Card`. JSON-LD stands above meta tags,
these above ``<time>`` and ``<title>``. Nothing here is trusted to be well formed.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from syriamap.files import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Card", "card_of_page"]

_HEAD = 300_000
"""Characters of a page that are looked through."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,400})</title", re.IGNORECASE)
_JSON_LD = re.compile(
    r"<script[^<>]{0,300}application/ld\+json[^<>]{0,300}>([^<]{1,200000})</script", re.IGNORECASE
)
_TAG = re.compile(r"<(meta|link|time)\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([a-zA-Z:_-]{1,40})\s*=\s*(?:\"([^\"]{0,1000})\"|'([^']{0,1000})'|([^\s\"'>]{1,400}))"
)
_DATES = ("article:published_time", "og:published_time", "datepublished", "date", "pubdate",
          "publishdate", "publish-date", "dc.date", "dc.date.issued", "parsely-pub-date",
          "sailthru.date", "article:published", "dcterms.created", "dcterms.date")  # fmt: skip
_PUBLISHERS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_TITLES = ("og:title", "twitter:title", "dc.title")
_URLS = ("og:url",)
_ARTICLES = frozenset({"article", "newsarticle", "reportagenewsarticle", "blogposting",
                       "liveblogposting", "report", "webpage", "analysisnewsarticle"})  # fmt: skip


@dataclass(frozen=True)
class Card:
    """Title, publisher, ISO day and address of a text; empty where unknown."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""

    def over(self, other: Card) -> Card:
        """Give this card, and what it leaves empty from another."""
        return Card(*(getattr(self, one.name) or getattr(other, one.name) for one in fields(Card)))


def card_of_page(raw: str) -> Card:
    """
    Read what a page says of itself.

    >>> card_of_page('<meta property="og:site_name" content="Wire"><title>Hama falls</title>')
    Card(title='Hama falls', publisher='Wire', published='', url='')
    """
    head = raw[:_HEAD]
    card = Card()
    for one in _linked(head):
        card = card.over(one)
    card = card.over(_meta(head))
    title = _TITLE.search(head)
    return card.over(Card(title=_line(title[1]) if title else ""))


def _linked(head: str) -> Iterator[Card]:
    """What JSON-LD blocks say, of articles only."""
    for block in _JSON_LD.finditer(head):
        try:
            data = json.loads(block[1])
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else [data]
        graphs = [
            node["@graph"]
            for node in nodes
            if isinstance(node, dict) and isinstance(node.get("@graph"), list)
        ]
        for node in [*nodes, *(one for graph in graphs for one in graph)]:
            if isinstance(node, dict) and _kinds(node) & _ARTICLES:
                house = node.get("publisher")
                house = house[0] if isinstance(house, list) and house else house
                yield Card(
                    _text(node.get("headline")),
                    _text(house.get("name") if isinstance(house, dict) else house),
                    _day(_text(node.get("datePublished"))),
                    _address(_text(node.get("url"))),
                )


def _kinds(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {str(one).lower() for one in (kinds if isinstance(kinds, list) else [kinds])}


def _meta(head: str) -> Card:
    """What meta tags, the canonical link and the first ``<time>`` say."""
    said: dict[str, str] = {}
    for tag in _TAG.finditer(head):
        own = {
            found[1].lower(): found[2] or found[3] or found[4] or ""
            for found in _ATTRIBUTE.finditer(tag[2])
        }
        word = tag[1].lower()
        if word == "time":
            said.setdefault("<time>", own.get("datetime", ""))
        elif word == "link" and own.get("rel", "").lower() == "canonical":
            said.setdefault("<canonical>", own.get("href", ""))
        else:
            name = own.get("property") or own.get("name") or own.get("itemprop") or ""
            said.setdefault(name.lower(), own.get("content", ""))
    days = (_day(said.get(name, "")) for name in (*_DATES, "<time>"))
    return Card(
        next((_line(said[name]) for name in _TITLES if said.get(name)), ""),
        next((_line(said[name]) for name in _PUBLISHERS if said.get(name)), ""),
        next((day for day in days if day), ""),
        next(
            (url for name in ("<canonical>", *_URLS) if (url := _address(said.get(name, "")))), ""
        ),
    )


def _text(value: object) -> str:
    return _line(value) if isinstance(value, str) else ""


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())[:300]


def _day(text: str) -> str:
    found = _ISO.search(text)
    day = parse_date(found[0]) if found else None
    return day.isoformat() if day else ""


def _address(text: str) -> str:
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    return text.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""
