"""
The folium map of one date, and its way to a file or a notebook.

Comes in: the frames of one date. Goes out: a :class:`ControlMap`, to which folium layers can still
be added, and from it one HTML document that loads nothing.

What folium renders holds constants and tokens only. The figure replaces the tokens by the data and
the title after rendering, where no template engine reads them any more.
"""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from syriamap.files import atomic_path
from syriamap.webmap import inline
from syriamap.webmap.embed import SANDBOX
from syriamap.webmap.encode import inert_html
from syriamap.webmap.page_parts import TITLE, PageOptions, day_document, series_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    from syriamap.history.atoms import Atoms
    from syriamap.history.days import MapOfDay
    from syriamap.webmap.page_parts import Document

__all__ = ["ControlMap", "PageOptions", "control_map", "series_map"]


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
    return ControlMap(day_document(day, options), width=width, height=height)


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
    document = series_document(days, atoms, opening=opening, stories=stories, options=options)
    return ControlMap(document, width=width, height=height)


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
    document
        What the page says (:func:`syriamap.webmap.page_parts.day_document`).
    width, height
        Size of the map, in pixels or percent.
    """

    # New lists, so that folium's own maps keep theirs: no jQuery, Bootstrap or icon font.
    default_js = [("leaflet", inline.LEAFLET_JS)]  # noqa: RUF012  (folium's own form)
    default_css = [("leaflet_css", inline.LEAFLET_CSS)]  # noqa: RUF012

    def __init__(
        self,
        document: Document,
        *,
        width: str | float = "100%",
        height: str | float = "100%",
    ) -> None:
        super().__init__(
            location=document.middle,
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
        _PageFigure(document, self._allowed).add_child(self)
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

    def shell(self) -> str:
        """Give what folium renders around the page: constants and tokens, and layers if any."""
        root: Any = self.get_root()
        return str(root.shell())

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

    def __init__(self, document: Document, allowed: Sequence[str]) -> None:
        super().__init__(title=TITLE)
        self._document, self._allowed = document, allowed
        self.page_title = document.title

    def shell(self) -> str:
        """Give what folium renders: constants and tokens."""
        return str(super().render())

    def render(self, **kwargs: Any) -> str:
        return self._document.finished(super().render(**kwargs), self._allowed)
