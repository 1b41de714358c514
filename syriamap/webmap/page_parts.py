"""
What a page holds: the data of one date or of many, and the texts around them.

Comes in: the maps of the days, and what the page is asked for. Goes out: a :class:`Document`, which
finishes the shell that folium rendered (:mod:`~syriamap.webmap.page`) into the whole file. Nothing
here needs folium.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.errors import PageError
from syriamap.look.headings import headline_text, headline_title
from syriamap.look.wording import LANGUAGES
from syriamap.webmap import inline
from syriamap.webmap.data import along_a_curve, page_data
from syriamap.webmap.encode import inert_html, inert_json
from syriamap.webmap.packing import packed_data
from syriamap.webmap.statements import held_out_counts
from syriamap.webmap.tiles import tiles_named, warn_of_tiles
from syriamap.webmap.waiting import folded, in_pieces, parted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from syriamap.history.atoms import Atoms
    from syriamap.history.days import MapOfDay

__all__ = ["TITLE", "Document", "PageOptions", "day_document", "series_document"]

TITLE = "__SYRIAMAP_TITLE__"
"""Stands for the title in the shell."""

_HEADING = "__SYRIAMAP_HEADING__"
_DATA = "__SYRIAMAP_DATA__"
_WAITING = "__SYRIAMAP_WAITING__"
_PIECES = "__SYRIAMAP_PIECES__"
_STYLE = "__SYRIAMAP_STYLE__"
_SCRIPT = "__SYRIAMAP_SCRIPT__"
_START = "__SYRIAMAP_START__"
_NO_SCRIPT = "__SYRIAMAP_NOSCRIPT__"


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


class Document:
    """
    All that a page says, before it has a shell.

    Parameters
    ----------
    data
        The page's data, as :func:`syriamap.webmap.data.page_data` makes it.
    last
        The map of the last day, which the title of the document tells of.
    options
        What the page speaks at first, and what it draws on.
    since
        The first day, where there are more.
    """

    def __init__(
        self,
        data: dict[str, Any],
        last: MapOfDay,
        options: PageOptions | None = None,
        *,
        since: dt.date | None = None,
    ) -> None:
        self._options = options or PageOptions()
        language = self._options.language
        head = last.headline(language, kind="day" if since is None else "days", since=since)
        self.title = headline_text(head, language)
        self._heading = headline_title(head, language)
        west, south, east, north = data["page"]["bounds"]
        self.middle = [(south + north) / 2, (west + east) / 2]
        page = {**data["page"], "language": language}
        self._images: tuple[str, ...] = ()
        if self._options.tiles:
            tiles = tiles_named(self._options.tiles)
            warn_of_tiles(tiles)
            self._images, page["tiles"] = tiles.hosts, tiles.as_data()
        # The page's texts have keys of the theater's own, so they are not packed (`records.js`).
        now, later = parted(data, language)
        tables = {name: table for name, table in now.items() if name != "page"}
        self._data = inert_json({**packed_data(tables), "page": page})
        parts = inline.waiting_parts()
        self._later_script = parts["script"]
        curve = along_a_curve(data["places"]["lon"], data["places"]["lat"])
        order = np.argsort(curve, kind="stable").tolist()
        later["claims"], pieces = in_pieces(later["claims"], order)
        self._pieces = "".join(map(_piece, pieces))
        later["words"] = inline.waiting_words(language)
        self._waiting = inert_json(folded({**packed_data(later, folded=True), "kit": parts}))

    def finished(self, shell: str, allowed: Sequence[str] = ()) -> str:
        """
        Give the whole page.

        Parameters
        ----------
        shell
            What folium rendered: constants and tokens.
        allowed
            Scripts and styles that the page may load besides those of known plugins.

        Raises
        ------
        PageError
            If a layer that was added to the map loads anything else.
        """
        script = inline.script_of(language=self._options.language)
        texts = {
            TITLE: inert_html(self.title),
            _HEADING: inert_html(self._heading),
            _DATA: self._data,
            _WAITING: self._waiting,
            _PIECES: self._pieces,
            _STYLE: inline.page_style(),
            _SCRIPT: inert_json(folded(script)),
            _START: inline.start_script(),
            _NO_SCRIPT: inline.no_script(),
        }
        return inline.finished_page(
            shell,
            texts,
            language=self._options.language,
            images=self._images,
            allowed=allowed,
            waiting=[script, self._later_script],
        )


def _piece(table: dict[str, Any]) -> str:
    """Compress words of claims, as a block of their own: it is text until somebody asks for it."""
    text = inert_json(folded(packed_data(table, folded=True)))
    return f'\n<script type="application/json" class="syriamap-piece">{text}</script>'


def day_document(day: MapOfDay, options: PageOptions | None = None) -> Document:
    """
    Gather the page of one date.

    Parameters
    ----------
    day
        The map of the date: its frames, and what it was asked with.
    options
        What the page speaks at first, and what it draws on.
    """
    data = page_data(day)
    data["page"]["held_out"] = held_out_counts(day.held_out)
    return Document(data, day, options)


def series_document(
    days: Sequence[MapOfDay],
    atoms: Atoms,
    *,
    opening: str = "day",
    stories: Mapping[str, Sequence[MapOfDay]] | None = None,
    options: PageOptions | None = None,
) -> Document:
    """
    Gather the page of every day from the first to the last.

    Parameters
    ----------
    days, atoms, opening, stories, options
        As for :func:`syriamap.webmap.page.series_map`.
    """
    from syriamap.webmap.through_time import series_data

    data = series_data(days, atoms, opening=opening, stories=stories)
    since = days[0].date if len(days) > 1 else None
    return Document(data, days[-1], options, since=since)
