"""
What decides nothing on the first view → one compressed text that waits in the page.

Comes in: the page's data. Goes out: what the first view needs, and the rest: claims, the grounds of
each state, villages of which no claim speaks, names that only panels, lists and the search show.
`waiting.js` puts both together again when the page has been drawn. Where there are more claims than
can be unfolded in a moment, the words of the older ones wait further, in pieces: `pieces.js`
unfolds one when somebody asks for a claim of it.
"""

from __future__ import annotations

import itertools
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

from syriamap.webmap.columns import cut
from syriamap.webmap.packing import as_text
from syriamap.webmap.shared_phrases import in_phrases
from syriamap.webmap.slugs import without_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["FIRST_CLAIMS", "PIECE", "folded", "in_pieces", "parted"]

_OF_ROWS = ("name", "kind", "lat", "lon", "population", "actor", "leaning", "status")
"""Columns of places whose first rows do not wait."""

_OF_EVERY_CLAIM = (
    "place", "actor", "against", "relation", "certainty", "event_date", "side",
)  # fmt: skip
"""Columns of claims that do not wait in pieces: with them a claim is counted, drawn and dated."""

FIRST_CLAIMS = 16_384
"""So many claims, the latest, are unfolded whole with all that waits."""

PIECE = 1_024
"""Claims whose words stand together in a piece of their own, about; those after the first ones."""

_STRETCH = 300
_LONG_TEXT = re.compile(rb'"~":"(?:[^"\\]|\\.){300,}+"', re.DOTALL)
"""Possessive: one that looks back keeps a note of every letter of a text of megabytes."""

_PROOF = ("place", "there")
"""What does not wait of evidence: where it is, on which days."""


def parted(data: Mapping[str, Any], language: str = "en") -> tuple[dict[str, Any], dict[str, Any]]:
    """
    Part the data of a page into what the first view needs and what waits.

    Parameters
    ----------
    data
        As :func:`syriamap.webmap.data.page_data` or
        :func:`syriamap.webmap.through_time.series_data` make it.
    language
        What the page speaks at first; Arabic names wait on pages that begin in another.

    Returns
    -------
    tuple
        Two dicts of the same shape; no value is in both but columns of places, whose first rows
        stand in one and the further rows in the other.
    """
    first = data["page"]["first_places"]
    places = data["places"]
    now = {**data, "places": {}}
    later: dict[str, Any] = {"claims": _short(now.pop("claims")), "places": {}}
    for name, column in places.items():
        if name in _OF_ROWS or (name == "name_ar" and language == "ar"):
            now["places"][name], later["places"][name] = _cut(column, first)
        else:
            later["places"][name] = column
    if "evidence" in data:
        now["evidence"], later["evidence"] = _without(data["evidence"])
    if "series" in data:
        tale, later["series"] = _tale(data["series"], first)
        stories = [_tale(one, first) for one in tale.get("stories", ())]
        now["series"] = tale
        if stories:
            tale["stories"] = [one for one, _ in stories]
            later["series"]["stories"] = [rest for _, rest in stories]
    return now, later


def in_pieces(
    claims: Mapping[str, Any],
    order: Sequence[int],
    first: int = FIRST_CLAIMS,
    size: int = PIECE,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """
    Cut off the words of claims that stand far down, a piece for places near each other.

    Parameters
    ----------
    claims
        The claims of a page that wait, latest first.
    order
        Rows of all places, neighbors near each other: one report tells of neighbors, and is in as
        many pieces as places that it tells of are in.
    first
        Claims that keep their words.
    size
        Claims of a piece, about: all claims of a place are in one.

    Returns
    -------
    tuple
        The claims, and the pieces. Where there are no more than the first the claims are as they
        were; else `told` holds the words of these, `first` how many they are, `piece` the piece of
        each place, 0 also where it has none, and `phrases` what all words are told with
        (:func:`syriamap.webmap.shared_phrases.in_phrases`).
    """
    count = len(claims["place"])
    if count <= first:
        return dict(claims), []
    further: dict[int, list[int]] = {}
    for row in range(first, count):
        further.setdefault(claims["place"][row], []).append(row)
    piece = [0] * len(order)
    rows: list[list[int]] = [[]]
    for place in (-1, *order):
        if place not in further:
            continue
        if len(rows[-1]) >= size:
            rows.append([])
        rows[-1] += further[place]
        if place >= 0:
            piece[place] = len(rows) - 1
    words = {name: column for name, column in claims.items() if name not in _OF_EVERY_CLAIM}
    kept: dict[str, Any] = {name: claims[name] for name in claims if name not in words}
    tables = [cut(words, sorted(one)) for one in (range(first), *rows)]
    phrases, (told, *pieces) = _in_phrases(tables)
    return kept | {"told": told, "first": first, "piece": piece, "phrases": phrases}, pieces


def _in_phrases(tables: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Tables with the number of texts in place of the texts, and all these as phrases."""
    worded = [[name for name in table if "values" in table[name]] for table in tables]
    found = in_phrases(
        [
            [text for name in names for text in table[name]["values"]]
            for table, names in zip(tables, worded, strict=True)
        ]
    )
    counted = [
        {**table, **{name: {**table[name], "values": len(table[name]["values"])} for name in names}}
        for table, names in zip(tables, worded, strict=True)
    ]
    told = [{**one, "phrases": words} for one, words in zip(counted, found.lists, strict=True)]
    return found.table, told


def _short(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Claims with links that leave out what their titles say."""
    urls, titles = (claims[name]["values"] for name in ("url", "title"))
    values = [without_title(url, title) for url, title in zip(urls, titles, strict=True)]
    return {**claims, "url": {**claims["url"], "values": values}}


def _tale(tale: Mapping[str, Any], first: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Histories as one story tells them: places and evidence, each in two parts."""
    evidence, grounds = _without(tale["evidence"])
    places = dict(tale["places"])
    rest = {"confidence": places.pop("confidence")}
    if "atom" in places:
        places["atom"], rest["atom"] = _cut(places["atom"], first)
    return {**tale, "evidence": evidence, "places": places}, {"evidence": grounds, "places": rest}


def _without(evidence: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    now = {name: evidence[name] for name in _PROOF if name in evidence}
    return now, {name: column for name, column in evidence.items() if name not in now}


def _cut(column: Any, first: int) -> tuple[Any, Any]:
    """Cut a column after some rows; where it names its rows, they keep their numbers."""
    if isinstance(column, list):
        return column[:first], column[first:]
    if "rows" in column:
        count = sum(row < first for row in column["rows"])
        parts = (slice(0, count), slice(count, None))
        one, two = ({key: column[key][part] for key in ("rows", "values")} for part in parts)
        return one, two
    codes = column["codes"]
    return {**column, "codes": codes[:first]}, {**column, "codes": codes[first:]}


def folded(value: Any) -> dict[str, Any]:
    """
    Compress a value: deflate, then five signs for four bytes.

    Parameters
    ----------
    value
        Plain JSON values.

    Returns
    -------
    dict
        ``bytes``, how many there are, and ``deflate``, the text: digits of base 85 that mean
        nothing to HTML, JavaScript or a template.

    Examples
    --------
    >>> folded([])["bytes"]
    10
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate, which no encoding has, becomes U+FFFD, as in all data of the page.
    raw = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    return as_text(_deflated(raw))


def _deflated(raw: bytes) -> bytes:
    """
    Compress in stretches, each with codes of its own.

    A list of numbers, names and sentences have other signs and repeat otherwise. All stretches are
    one stream, and each knows what stood before it.
    """
    deflate = zlib.compressobj(9)
    found = bytearray()
    for start, stop in itertools.pairwise(_stretches(raw)):
        end = zlib.Z_FINISH if stop == len(raw) else zlib.Z_SYNC_FLUSH
        found += deflate.compress(raw[start:stop]) + deflate.flush(end)
    return bytes(found)


def _stretches(raw: bytes) -> list[int]:
    """Where one ends and the next begins: after long texts, which are the columns of tables."""
    cuts = [0]
    for text in _LONG_TEXT.finditer(raw):
        for cut_at in (text.start(), text.end()):
            if cut_at - cuts[-1] >= _STRETCH:
                cuts.append(cut_at)
    if cuts[-1] < len(raw) or not raw:
        cuts.append(len(raw))
    return cuts
