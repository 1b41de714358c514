"""
A rendered figure → one self-contained document.

Comes in: the HTML that folium rendered, holding tokens where text from strangers belongs. Goes out:
the document with the libraries, the styles, the data and the title in it, the same bytes for the
same input, and a content security policy that lets only its own scripts run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from syriamap.errors import PageError
from syriamap.files import warn
from syriamap.look.headings import OLD_DAYS
from syriamap.look.symbols import definition
from syriamap.look.wording import LANGUAGES, word_tables
from syriamap.webmap.encode import inert_html, inert_json
from syriamap.webmap.minified import minified
from syriamap.webmap.plugins import sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from syriamap.webmap.plugins import Sources

__all__ = [
    "LATER",
    "LEAFLET_CSS",
    "LEAFLET_JS",
    "SCRIPTS",
    "START",
    "STYLES",
    "finished_page",
    "joined_scripts",
    "no_script",
    "page_style",
    "page_template",
    "page_words",
    "script_of",
    "start_script",
    "waiting_parts",
    "waiting_words",
]

LEAFLET_JS = "syriamap:leaflet.js"
"""What folium links to; the link is replaced, so the name need not exist anywhere."""

LEAFLET_CSS = "syriamap:leaflet.css"
"""The same for the style sheet."""

SCRIPTS = (
    "dom", "words", "names", "heading", "ground", "records", "waiting", "geometry", "series",
    "patterns", "symbols", "base", "territory", "dots", "markers", "labels", "tiles", "claims",
    "stories", "panel", "legend", "tables", "shares", "time", "changes", "doubt", "coordinates",
    "search", "state", "phrases", "pieces", "print", "tools", "ruler", "guide", "download",
    "picture", "beside", "views", "kit", "page",
)  # fmt: skip
"""The page's own scripts, in the order in which they need each other."""

START = ("unfold",)
"""What unfolds them: they stand compressed in the page, and run as soon as they are met."""

LATER = (
    "tables", "coordinates", "phrases", "pieces", "print", "ruler", "guide", "download", "picture",
    "beside", "kit",
)  # fmt: skip
"""Those of them that wait compressed in the page until it has been drawn."""

_LATER_WORDS = ("kit", "reasons")
"""Tables of words that only those say."""

STYLES = ("page", "shares")
"""The page's own style sheets; a later one has the last word."""

_LATER_STYLES = ("panel", "kit", "paper")
"""Those that wait: of panels and drawers, which show claims, of the list of tools, and of print."""

_EXTERNAL = re.compile(
    r"""<script[^>]+?src=["']?(?P<script>[^"'\s>]+)
      | <link[^>]+?href=["']?(?P<style>[^"'\s>]+)
      | @import\s+(?:url\()?["']?(?P<sheet>[^"'\s;)]+)
      | url\(["']?(?P<file>(?:https?:)?//[^"')]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_TILES = re.compile(
    r"""L\.tileLayer(?:\.wms)?\(\s*["'](?P<scheme>\w*):?//(?P<host>[A-Za-z0-9.{}:-]+)"""
)
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_FOLIUMS_OWN = ("$(", "AwesomeMarkers", "L.control.layers(")
"""Popups, icons and lists of layers that were added with folium: `folium.js` stands in for them."""
_LEAFLET_PART = re.compile(r"\bL\.(\w+)")
_RANDOM_ID = re.compile(r"(?<=[a-z]_)[0-9a-f]{32}(?![0-9a-f])")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOOSE = re.compile(r"\s*([{};,])\s*|(?<=[a-z]:)\s+")
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
_CHARSET = re.compile(r'<meta http-equiv="content-type"[^>]*>')


def finished_page(
    rendered: str,
    texts: Mapping[str, str],
    *,
    language: str = "en",
    images: Sequence[str] = (),
    allowed: Sequence[str] = (),
    waiting: Sequence[str] = (),
) -> str:
    """
    Finish a rendered figure.

    Parameters
    ----------
    rendered
        HTML of a figure.
    texts
        Token to the text that takes its place, already inert there. All are replaced in one pass:
        a token inside a replacement stays as it is.
    language
        What the page speaks at first.
    images
        Where pictures may be loaded from besides the page itself: addresses of hosts.
    allowed
        Scripts and styles that the page may load besides those of known plugins.
    waiting
        Scripts that are not in the document yet, but compressed in its data.

    Returns
    -------
    str
        A document that loads nothing.

    Raises
    ------
    PageError
        If a layer that was added to the map loads anything else.
    """
    page = rendered.replace("\r\n", "\n")
    libraries = _leaflet_script()
    if set(_LEAFLET_PART.findall(page)) - {"map", "CRS"}:  # layers that were added with folium
        libraries += _marker_images()
    if any(sign in page for sign in _FOLIUMS_OWN):
        libraries += f"<script>{script_of('folium')}</script>\n"
    tiles = _hosts_of_tiles(page)
    sources = sources_of(_linked(page, "script"), _linked(page, "style"), allowed)
    page = page.replace(f'<script src="{LEAFLET_JS}"></script>', libraries)
    page = re.sub(rf'<link rel="stylesheet" href="{LEAFLET_CSS}"\s*/>', _leaflet_style, page)
    _check_self_contained(page, sources)
    page = _numbered_ids(page)
    direction = word_tables(language)["language"]["direction"]
    page = page.replace("<html>", f'<html lang="{language}" dir="{direction}">', 1)
    # folium forbids zooming the page, which readers with weak sight need.
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    page = _VIEWPORT.sub(viewport, page, count=1)
    tokens = re.compile("|".join(map(re.escape, texts)))
    page = tokens.sub(lambda match: texts[match[0]], page)
    return _with_policy(page, [*images, *tiles], sources, waiting)


def _linked(page: str, kind: str) -> list[str]:
    """Give what layers link to; Leaflet's own links are replaced."""
    found = [match[kind] for match in _EXTERNAL.finditer(page) if match[kind]]
    return [one for one in found if one not in {LEAFLET_JS, LEAFLET_CSS}]


def _hosts_of_tiles(page: str) -> list[str]:
    """
    Where layers of tiles that were added with folium load their pictures from.

    The page may then load pictures from there, and from nowhere else, and the maker is told.
    """
    found = []
    for match in _TILES.finditer(page):
        if match["scheme"] != "https":
            raise PageError(f"tiles from {match[0]}: a page loads pictures by https only")
        found.append("https://" + match["host"].replace("{s}", "*"))
    hosts = list(dict.fromkeys(found))
    if hosts:
        warn(
            f"this map has layers of tiles: whoever opens it asks {', '.join(hosts)} for pictures, "
            "which tells that server what is looked at"
        )
    return hosts


def script_of(*names: str, language: str = "en") -> str:
    """Modules of the page, joined; each is a function that runs at once and adds to `syriamap`."""
    joined = joined_scripts(*names)
    joined = minified(joined) or joined
    joined = joined.replace("__SYRIAMAP_PATTERNS__", inert_json(definition()))
    joined = joined.replace("__SYRIAMAP_OLD_DAYS__", str(OLD_DAYS))
    return joined.replace("__SYRIAMAP_WORDS__", _first_words(language))


def start_script() -> str:
    """What unfolds the scripts of the page and runs them."""
    return script_of(*START) + ';syriamap.unfold.run("syriamap-script")'


def joined_scripts(*names: str) -> str:
    """Modules of the page as they are written, one after the other, with tokens for its words."""
    first = [name for name in SCRIPTS if name not in LATER]
    return "\n".join(_bare(_asset("js", f"{name}.js")) for name in names or first)


def waiting_parts() -> dict[str, str]:
    """What waits of the page itself: scripts and styles that no first view needs."""
    return {"script": script_of(*LATER), "style": "\n".join(map(_sheet, _LATER_STYLES))}


def _bare(script: str) -> str:
    """Lines of a script without their indentation, and without those that are comments."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def no_script() -> str:
    """What a reader without scripts is told, a paragraph in each language."""
    paragraphs = []
    for language in LANGUAGES:
        words = word_tables(language)
        mark = f'lang="{language}" dir="{words["language"]["direction"]}"'
        paragraphs.append(f"<p {mark}>{inert_html(words['page']['no_script'])}</p>")
    return "".join(paragraphs)


@cache
def page_words(language: str) -> dict[str, Any]:
    """Words of a language, but for those that only figures and reports have."""
    words = dict(word_tables(language))
    del words["figure"], words["report"]
    words["language"] = {k: v for k, v in words["language"].items() if k != "months"}
    return words


def waiting_words(language: str) -> dict[str, dict[str, Any]]:
    """Words that wait: other languages whole, and of the first what no first view says."""
    tables = {one: page_words(one) for one in LANGUAGES}
    return {**tables, language: {name: tables[language][name] for name in _LATER_WORDS}}


def _first_words(language: str) -> str:
    """Words that the page needs at once: its first language, and the names of the others."""
    names = {one: {"language": {"name": page_words(one)["language"]["name"]}} for one in LANGUAGES}
    first = {name: of for name, of in page_words(language).items() if name not in _LATER_WORDS}
    return inert_json({**names, language: first})


def page_style() -> str:
    """Styles of the page."""
    return "\n".join(map(_sheet, STYLES))


def _sheet(name: str) -> str:
    return _bare_style(_asset("css", f"{name}.css"))


def _bare_style(style: str) -> str:
    """A style sheet without comments and without spaces that part nothing."""
    lines = (line.strip() for line in _COMMENT.sub("", style).splitlines())
    return _LOOSE.sub(lambda match: match[1] or "", "\n".join(filter(None, lines))).replace(
        ";}", "}"
    )


def page_template(name: str) -> str:
    """Read a template of the page, constants and tokens only."""
    return _asset(name)


def _numbered_ids(page: str) -> str:
    """Branca's ids are random; numbered in order of appearance they are the same every time."""
    numbers: dict[str, str] = {}
    return _RANDOM_ID.sub(lambda match: numbers.setdefault(match[0], f"sm{len(numbers)}"), page)


def _check_self_contained(page: str, sources: Sources) -> None:
    let_in = {*sources.scripts, *sources.styles}
    for match in _EXTERNAL.finditer(page):
        address = next(group for group in match.groups() if group)
        if not address.startswith(("data:", "#")) and address not in let_in:
            raise PageError(
                f"a layer on this map loads {address}: a page makes no request, so only layers of "
                "plain Leaflet and plugins of folium can be added to it"
            )


def _with_policy(page: str, images: Sequence[str], sources: Sources, waiting: Sequence[str]) -> str:
    """Name the scripts that may run by their hashes; nothing else is loaded, run or sent."""
    scripts = [
        match["text"]
        for match in _SCRIPT.finditer(page)
        if "application/json" not in match["attributes"]
    ]
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (*scripts, *waiting)
    ]
    allowed = [f"'sha256-{value}'" for value in dict.fromkeys(hashes)]
    let_run = " ".join([*allowed, *sources.scripts, *["'unsafe-eval'"][: sources.makes_code]])
    styles = " ".join(("'unsafe-inline'", *sources.styles))
    pictures = " ".join(("data:", *images, *sources.images))
    policy = (
        f"default-src 'none'; script-src {let_run}; style-src {styles}; "
        f"img-src {pictures}; base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    # After the encoding, which must come within the first kilobyte, and before any script.
    return _CHARSET.sub(lambda _: f'<meta charset="utf-8">\n{meta}', page, count=1)


@cache
def _asset(*path: str) -> str:
    file = resources.files("syriamap.webmap").joinpath("assets", *path)
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


def _image(name: str) -> str:
    file = resources.files("syriamap.webmap").joinpath("assets/vendor/leaflet/images", name)
    return "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode()


def _library(folder: str, file: str) -> str:
    """Give the text of a vendored library, its licence above it as the licence asks."""
    licence = _asset("vendor", folder, "LICENSE").replace("*/", "* /")
    text = re.sub(r"//# sourceMappingURL=.*", "", _asset("vendor", folder, file))
    return f"/*! {folder}\n{licence}*/\n{text}"


@cache
def _leaflet_script() -> str:
    return f"<script>{_library('leaflet', 'leaflet.js')}</script>\n"


@cache
def _marker_images() -> str:
    """Leaflet looks for its marker images beside its style sheet, of which there is none here."""
    return (
        "<script>delete L.Icon.Default.prototype._getIconUrl;L.Icon.Default.mergeOptions({"
        f'iconUrl:"{_image("marker-icon.png")}",iconRetinaUrl:"{_image("marker-icon-2x.png")}",'
        f'shadowUrl:"{_image("marker-shadow.png")}"}});</script>\n'
    )


@cache
def _leaflet_style(_: object = None) -> str:
    style = _bare_style(_asset("vendor", "leaflet", "leaflet.css"))
    # The page says itself where the images of markers are, if it has any.
    style = style.replace("url(images/marker-icon.png)", "none")
    style = re.sub(r"url\(images/([\w.-]+)\)", lambda match: f"url({_image(match[1])})", style)
    return f"<style>{style}</style>"
