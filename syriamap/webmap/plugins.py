"""
What folium's plugins load, and what of it a page may load.

Comes in: the addresses that the layers of a notebook user link to. Goes out: the sources that the
content security policy of the page names, and nothing besides them. A page without such layers
loads nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from syriamap.errors import PageError
from syriamap.files import warn

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NOTHING", "Sources", "sources_of"]

_KNOWN = (
    "Draw", "Fullscreen", "HeatMap", "MarkerCluster", "MeasureControl", "MiniMap", "MousePosition",
)  # fmt: skip
"""Plugins that are let in when they are on a map: they were tried on a page."""

_MAKES_CODE = ("leaflet-measure",)
"""Libraries that turn text into code, which a policy forbids unless it names that."""

# What can stand in a policy: no quote, comma or semicolon, which end a source there.
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?/[A-Za-z0-9._~!$&*+=:@%/?-]*")


@dataclass(frozen=True)
class Sources:
    """
    Where a page may load from.

    Attributes
    ----------
    scripts, styles
        Addresses of files.
    images
        Folders of the styles, whose pictures lie beside them.
    makes_code
        Whether one of the scripts turns text into code.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    makes_code: bool = False


NOTHING = Sources()
"""As every page that nobody has added a plugin to."""


def sources_of(scripts: Iterable[str], styles: Iterable[str], allowed: Iterable[str]) -> Sources:
    """
    Let in what may be loaded, and warn of it.

    Parameters
    ----------
    scripts, styles
        What the layers on a map link to.
    allowed
        What the map's maker has allowed besides the known plugins.

    Raises
    ------
    PageError
        If a layer loads what nobody has allowed; the message has the line that would.
    """
    scripts, styles = tuple(dict.fromkeys(scripts)), tuple(dict.fromkeys(styles))
    if not (scripts or styles):
        return NOTHING
    known = _known_addresses() | set(allowed)
    for address in (*scripts, *styles):
        if not _ADDRESS.fullmatch(address):
            raise PageError(f"a layer on this map loads {address}: a page loads by https only")
    unknown = [one for one in (*scripts, *styles) if one not in known]
    if unknown:
        line = ", ".join(f'"{one}"' for one in unknown)
        raise PageError(
            f"a layer on this map loads {unknown[0]}: a page makes no request by itself. To let it "
            f"load this when it is opened, say so before you save it: page.allow({line})"
        )
    hosts = dict.fromkeys(urlsplit(one).netloc for one in (*scripts, *styles))
    code = [one for one in scripts if any(name in one for name in _MAKES_CODE)]
    more = f"; {code[0]} may turn text into code there" if code else ""
    warn(
        f"this map has plugins: whoever opens it loads scripts and styles from {', '.join(hosts)}, "
        f"which tells that server so, and they run in the page{more}"
    )
    folders = dict.fromkeys(one.rpartition("/")[0] + "/" for one in styles)
    return Sources(scripts, styles, tuple(folders), bool(code))


@cache
def _known_addresses() -> frozenset[str]:
    """What the known plugins link to, in the version of folium that is here."""
    from folium import plugins

    classes = [getattr(plugins, name) for name in _KNOWN]
    lists = [[*getattr(one, "default_js", ()), *getattr(one, "default_css", ())] for one in classes]
    return frozenset(address for links in lists for _, address in links)
