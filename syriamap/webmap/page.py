"""
The folium map of one date, and its way to a file or a notebook.

Comes in: the frames of one date. Goes out: a :class:`ControlMap`, to which folium layers can still
be added, and from it one HTML document that loads nothing.

What folium renders holds constants and tokens only. The figure replaces the tokens by the data and
the title after rendering, where no template engine reads them any more.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from syriamap.errors import PageError
from syriamap.files import atomic_path
from syriamap.look.headings import headline_text, headline_title
from syriamap.look.wording import LANGUAGES
from syriamap.webmap import inline
from syriamap.webmap.data import page_data
from syriamap.webmap.embed import SANDBOX
from syriamap.webmap.encode import inert_html, inert_json
from syriamap.webmap.packing import packed_data
from syriamap.webmap.statements import held_out_counts
from syriamap.webmap.through_time import series_data
from syriamap.webmap.tiles import tiles_named, warn_of_tiles
from syriamap.webmap.waiting import folded, parted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    from syriamap.history.atoms import Atoms
    from syriamap.history.days import MapOfDay
    from syriamap.look.headings import Headline

__all__ = ["ControlMap", "PageOptions", "control_map", "series_map"]

_TITLE = "__SYRIAMAP_TITLE__"
_HEADING = "__SYRIAMAP_HEADING__"
_DATA = "__SYRIAMAP_DATA__"
_WAITING = "__SYRIAMAP_WAITING__"
_STYLE = "__SYRIAMAP_STYLE__"
_SCRIPT = "__SYRIAMAP_SCRIPT__"
_NO_SCRIPT = "__SYRIAMAP_NOSCRIPT__"


def control_map(
    day: MapOfDay,
    *,
    options: PageOptions | None = None,
    width: str | float = "100%",
    height: str | float = "100%",
) -> ControlMap:
    """
    Draw the map of one date.

    Parameters
    ----------
    day
        The map of the date: its frames, and what it was asked with.
    options
        What the page speaks at first, and what it draws on.
    width, height
        Size of the map in a page or a notebook, in pixels or percent.
    """
    data = page_data(day)
    data["page"]["held_out"] = held_out_counts(day.held_out)
    return ControlMap(data, day, options, width=width, height=height)


def series_map(
    days: Sequence[MapOfDay],
    atoms: Atoms,
    *,
    opening: str = "day",
    stories: Mapping[str, Sequence[MapOfDay]] | None = None,
    options: PageOptions | None = None,
    width: str | float = "100%",
    height: str | float = "100%",
) -> ControlMap:
    """
    Draw the map of every day from the first to the last, with a slider between them.

    Parameters
    ----------
    days
        The map of each day, oldest first.
    atoms
        Pieces of the country over the same days
        (:func:`syriamap.history.atoms.atoms_from_territories`), and then over the days of each
        story.
    opening
        What the page shows first: ``day``, the last one, or ``changes`` from the first to the last.
    stories
        The same days as each side's sources tell them, by side; the page can switch between them.
    options, width, height
        As for :func:`control_map`.
    """
    data = series_data(days, atoms, opening=opening, stories=stories)
    since = days[0].date if len(days) > 1 else None
    return ControlMap(data, days[-1], options, since=since, width=width, height=height)


@dataclass(frozen=True)
class PageOptions:
    """
    What can be chosen of a page.

    Attributes
    ----------
    language
        What it speaks at first; one of :data:`syriamap.look.wording.LANGUAGES`.
    tiles
        Name of a provider of tiles (:func:`syriamap.webmap.tiles.tiles_named`) to draw on; empty
        for the drawn land, which needs no network.
    """

    language: str = "en"
    tiles: str = ""

    def __post_init__(self) -> None:
        """Refuse what no page can do."""
        if self.language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise PageError(f"no page in {self.language!r}; there are: {known}")


class ControlMap(folium.Map):
    """
    A folium map that shows the page's data and renders to one document without requests.

    Folium layers can be added to it as to any map, with :class:`folium.Icon` too; those of a
    :class:`folium.LayerControl` join the page's own list. Tiles make the page load pictures from
    their hosts, the plugins Draw, Fullscreen, HeatMap, MarkerCluster, MeasureControl, MiniMap and
    MousePosition scripts from theirs: the page then may load these and nothing else, and a warning
    says so. Any other plugin is refused when the page is saved, unless :meth:`allow` names what it
    loads. Text given to such layers passes through folium's templates: give them none from
    strangers.

    Parameters
    ----------
    data
        The page's data, as :func:`syriamap.webmap.data.page_data` makes it.
    last
        The map of the last day, which the title of the document tells of.
    options
        As for :func:`control_map`.
    since
        The first day, where there are more.
    width, height
        Size of the map, in pixels or percent.
    """

    # New lists, so that folium's own maps keep theirs: no jQuery, Bootstrap or icon font.
    default_js = [("leaflet", inline.LEAFLET_JS)]  # noqa: RUF012  (folium's own form)
    default_css = [("leaflet_css", inline.LEAFLET_CSS)]  # noqa: RUF012

    def __init__(
        self,
        data: dict[str, Any],
        last: MapOfDay,
        options: PageOptions | None = None,
        *,
        since: dt.date | None = None,
        width: str | float = "100%",
        height: str | float = "100%",
    ) -> None:
        chosen = options or PageOptions()
        kind = "day" if since is None else "days"
        head = last.headline(chosen.language, kind=kind, since=since)
        west, south, east, north = data["page"]["bounds"]
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            zoom_start=6,
            tiles=None,
            width=width,
            height=height,
            minZoom=3,
            maxZoom=14,
            zoomSnap=0.25,
            wheelPxPerZoomLevel=100,
        )
        self._allowed: list[str] = []
        _PageFigure(data, head, chosen, self._allowed).add_child(self)
        self.add_child(_Page())

    def __repr__(self) -> str:
        """One line; a notebook shows the map itself."""
        title = getattr(self.get_root(), "page_title", "")
        return f"<ControlMap {title!r}>"

    def allow(self, *addresses: str) -> ControlMap:
        """
        Let the page load scripts and styles when it is opened.

        Parameters
        ----------
        addresses
            Of files, by https: those that the error names which refuses a plugin.
        """
        self._allowed.extend(addresses)
        return self

    def to_html(self) -> str:
        """
        The whole document, self-contained; the same text every time.

        Raises
        ------
        PageError
            If a layer that was added loads something from elsewhere.
        """
        return str(self.get_root().render())

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        """
        Write the document; a path is written to a temporary name first and then renamed.

        Parameters
        ----------
        outfile
            Path or binary file.
        close_file
            Whether to close a file that was given.
        **kwargs
            Taken for folium's sake and not used.
        """
        content = self.to_html().encode("utf-8")
        if not isinstance(outfile, str | bytes | Path):
            outfile.write(content)
            if close_file:
                outfile.close()
            return
        with atomic_path(Path(os.fsdecode(outfile))) as part:
            part.write_bytes(content)

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ARG002
        """Show the page in a notebook, in a frame that can reach nothing of the notebook."""
        root = self.get_root()
        height = f"height:{self.height[0]:g}px" if self.height[1] == "px" else "aspect-ratio:4/3"
        return (
            f'<iframe title="{inert_html(getattr(root, "page_title", ""))}" '
            f'style="width:100%;{height};border:0" sandbox="{SANDBOX}" '
            f'allow="fullscreen; clipboard-write" srcdoc="{escape(self.to_html())}"></iframe>'
        )


class _Page(MacroElement):
    """The parts of the page around the map: constants and tokens."""

    _template = Template(inline.page_template("page.html"))

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self._name = "SyriamapPage"


class _PageFigure(Figure):
    """A figure that finishes what it renders, by whichever way of folium it is asked to."""

    def __init__(
        self, data: dict[str, Any], head: Headline, options: PageOptions, allowed: Sequence[str]
    ) -> None:
        super().__init__(title=_TITLE)
        self._allowed = allowed
        self._options = options
        self.page_title = headline_text(head, options.language)
        self._heading = headline_title(head, options.language)
        page = {**data["page"], "language": options.language}
        self._images: tuple[str, ...] = ()
        if options.tiles:
            tiles = tiles_named(options.tiles)
            warn_of_tiles(tiles)
            self._images, page["tiles"] = tiles.hosts, tiles.as_data()
        # The page's texts have keys of the theater's own, so they are not packed (`records.js`).
        now, later = parted(data, options.language)
        tables = {name: table for name, table in now.items() if name != "page"}
        self._data = inert_json({**packed_data(tables), "page": page})
        parts = inline.waiting_parts()
        self._later_script = parts["script"]
        later["words"] = inline.waiting_words(options.language)
        self._waiting = inert_json(folded({**packed_data(later, folded=True), "kit": parts}))

    def render(self, **kwargs: Any) -> str:
        texts = {
            _TITLE: inert_html(self.page_title),
            _HEADING: inert_html(self._heading),
            _DATA: self._data,
            _WAITING: self._waiting,
            _STYLE: inline.page_style(),
            _SCRIPT: inline.script_of(language=self._options.language),
            _NO_SCRIPT: inline.no_script(),
        }
        return inline.finished_page(
            super().render(**kwargs),
            texts,
            language=self._options.language,
            images=self._images,
            allowed=self._allowed,
            waiting=[self._later_script],
        )
