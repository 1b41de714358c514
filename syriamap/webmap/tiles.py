"""
A background of tiles, for those who ask for one: the page then loads pictures while it is read.

Comes in: a name as xyzservices has it. Goes out: the address of the tiles, who must be named beside
them and which hosts the page may load pictures from. Nothing is loaded while a page is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

from syriamap.errors import PageError
from syriamap.files import warn
from syriamap.webmap.encode import web_link

__all__ = ["Tiles", "tiles_named", "warn_of_tiles"]

_LEFT_TO_THE_PAGE = {"x", "y", "-y", "z", "s", "r"}
_HOST = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?")


@dataclass(frozen=True)
class Tiles:
    """
    Tiles of one provider.

    Attributes
    ----------
    name
        The provider, as xyzservices names it.
    url
        Address with ``{x}``, ``{y}``, ``{z}``, and ``{s}`` where there are several hosts.
    subdomains
        What ``{s}`` can be.
    max_zoom
        The closest zoom there are tiles for.
    attribution
        Who must be named: texts, each with a link or an empty one.
    hosts
        Where tiles come from: scheme and host.
    """

    name: str
    url: str
    subdomains: tuple[str, ...]
    max_zoom: int
    attribution: tuple[tuple[str, str], ...]
    hosts: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain JSON values for the page."""
        return {
            "url": self.url,
            "subdomains": list(self.subdomains),
            "max_zoom": self.max_zoom,
            "attribution": [list(part) for part in self.attribution],
            "hosts": [host.removeprefix("https://") for host in self.hosts],
        }


def tiles_named(name: str) -> Tiles:
    """
    Find the tiles of a name.

    Parameters
    ----------
    name
        As in ``xyzservices.providers``, in any case and with or without dots; where the provider
        wants a key, ``NAME?apikey=KEY``.

    Raises
    ------
    PageError
        If there is no provider of that name, if it wants a key, or if its address is not https.

    Examples
    --------
    >>> tiles_named("OpenStreetMap.Mapnik").hosts
    ('https://tile.openstreetmap.org',)
    """
    from xyzservices import providers

    name, _, given = name.partition("?")
    try:
        provider = dict(providers.query_name(name))
    except ValueError:
        known = sorted(providers.flatten())
        near = [one for one in known if name.split(".")[0].casefold() in one.casefold()][:6]
        hint = f"; there are: {', '.join(near)}" if near else ", as `xyzservices` has them"
        raise PageError(f"no tiles of the name {name!r}{hint}") from None
    provider |= dict(parse_qsl(given))
    url = re.sub(
        r"{([^{}]+)}",
        lambda match: _value(match[1], provider, name),
        str(provider["url"]),
    )
    subdomains = tuple(str(one) for one in provider.get("subdomains", "abc"))
    hosts = tuple(_host(url.replace("{s}", one), name) for one in subdomains)
    return Tiles(
        name=str(provider.get("name", name)),
        url=url,
        subdomains=subdomains if "{s}" in url else (),
        max_zoom=int(provider.get("max_zoom", 18)),
        attribution=_credits(str(provider.get("html_attribution") or provider["attribution"])),
        hosts=tuple(dict.fromkeys(hosts)),
    )


def warn_of_tiles(tiles: Tiles) -> None:
    """Say what a page with tiles does that others do not."""
    hosts = ", ".join(host.removeprefix("https://") for host in tiles.hosts)
    warn(
        f"tiles {tiles.name}: whoever opens this page asks {hosts} for pictures, which tells that "
        "server what is looked at; its own terms of use hold (keys, numbers of requests, no "
        "pictures of the map in print): read them before you publish. Servers may refuse a page "
        "that is opened as a file, for it names no referrer"
    )


def _value(key: str, provider: dict[str, Any], name: str) -> str:
    if key in _LEFT_TO_THE_PAGE:
        return f"{{{key}}}"
    value = str(provider.get(key, "<"))
    if value.startswith("<"):
        raise PageError(f"tiles {name}: the provider wants {key}: --tiles '{name}?{key}=…'")
    return value


def _host(url: str, name: str) -> str:
    match = _HOST.match(url)
    if match is None:
        raise PageError(f"tiles {name}: {url} is not https")
    return match[0]


class _Text(HTMLParser):
    """Texts of a snippet of HTML and the links around them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = web_link(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.parts.append((data, self._link))


def _credits(html: str) -> tuple[tuple[str, str], ...]:
    """Who must be named, as texts and links instead of HTML."""
    text = _Text()
    text.feed(html)
    text.close()
    return tuple(text.parts)
