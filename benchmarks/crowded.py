"""
Claims beyond number: as many as asked for, made up, each as rich as those that ship.

A report has a title and an address of its own and speaks of places near each other, as many as a
shipped source does; titles and notes are put together from halves of shipped ones, so that no two
are alike and their words are those of real ones; or, if asked for, word by word, each one that
follows the last in some shipped text, and then half of the addresses are numbers. Who holds a place
is who holds it on the map of the day: control is soon solved, and what is measured is the page. All
are of the year before the day, of which a page tells every claim.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

COLUMNS = (
    "event_date", "place_id", "place_note", "actor", "relation", "certainty", "publisher",
    "source_title", "source_url", "reported_on", "note",
)  # fmt: skip
_WITH_NOTE = 0.73
"""As of the claims that ship."""

_LONGEST = 40
"""Words of a text that is put together word by word."""

_DAYS = 360
_MOST = 40
"""Places of one report; the few shipped sources with more are articles on a whole war."""


def write_claims(path: Path, count: int, day: str, *, by_word: bool = False) -> None:
    """
    Write a file of made-up claims on the shipped places.

    Parameters
    ----------
    path
        The file.
    count
        How many.
    day
        The last day that they tell of; the same file for the same arguments.
    by_word
        Whether texts are put together word by word, so that they repeat less of each other.
    """
    import pandas as pd

    from syriamap.pipeline import build

    made = build(day)
    shipped, theater = made.claims, made.theater
    began = theater.actors["valid_from"].fillna(pd.Timestamp.min)
    first = pd.Timestamp(day) - pd.Timedelta(days=_DAYS)
    states = made.states[
        made.states["place_id"].isin(theater.places.index)
        & made.states["actor"].isin(theater.actors.index[began <= first])
    ]
    states = states.sort_values("place_id", ignore_index=True)
    reports = _reports(shipped, count, day, by_word=by_word)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(_claims(reports, states, shipped, by_word=by_word))


def _reports(shipped: pd.DataFrame, count: int, day: str, *, by_word: bool) -> list[dict[str, Any]]:
    """Reports with the number of places each speaks of, which together are the count."""
    draw = np.random.default_rng(1)
    key = ["publisher", "source_title", "source_url"]
    sources = shipped.groupby(key).size().reset_index(name="size")
    sources = sources[sources["source_title"].astype(bool)]
    titles = _texts_like(sources["source_title"], by_word=by_word)
    last = dt.date.fromisoformat(day)
    found: list[dict[str, Any]] = []
    left = count
    while left:
        like = sources.iloc[int(draw.integers(len(sources)))]
        size = min(left, int(like["size"]), _MOST)
        told = last - dt.timedelta(days=int(draw.integers(_DAYS)))
        title = titles(draw)
        host = urlsplit(like["source_url"] or "https://example.org").netloc or "example.org"
        slug = quote("-".join(re.findall(r"\w+", title.lower())))
        if by_word and draw.random() < 0.5:
            slug = str(draw.integers(10**17))
        found.append(
            {
                "size": size,
                "day": told,
                "publisher": like["publisher"],
                "source_title": title,
                "source_url": f"https://{host}/{told:%Y/%m/%d}/{slug}/",
            }
        )
        left -= size
    return found


def _texts_like(texts: Iterable[str], *, by_word: bool) -> Callable[[np.random.Generator], str]:
    """What draws texts of the words of these: by halves, or word by word."""
    split = [words for text in texts if len(words := str(text).split()) > 1]
    following: dict[str, list[str]] = {}
    for words in split:
        for word, after in itertools.pairwise(["", *words, ""]):
            following.setdefault(word, []).append(after)

    def spliced(draw: np.random.Generator) -> str:
        one, two = (split[int(n)] for n in draw.integers(len(split), size=2))
        return " ".join([*one[: (len(one) + 1) // 2], *two[len(two) // 2 :]])

    def chained(draw: np.random.Generator) -> str:
        found = [""]
        while len(found) < _LONGEST and (found[-1] or len(found) == 1):
            after = following[found[-1]]
            found.append(after[int(draw.integers(len(after)))])
        return " ".join(found).strip()

    return chained if by_word else spliced


def _claims(
    reports: list[dict[str, Any]],
    states: pd.DataFrame,
    shipped: pd.DataFrame,
    *,
    by_word: bool,
) -> Iterator[dict[str, Any]]:
    from scipy.spatial import cKDTree

    draw = np.random.default_rng(2)
    points: NDArray[np.float64] = states[["lat", "lon"]].to_numpy(dtype=float)
    tree = cKDTree(points)
    ids, holders = (states[name].tolist() for name in ("place_id", "actor"))
    notes = _texts_like(shipped["note"], by_word=by_word)
    place_notes = shipped["place_note"].tolist()
    for report in reports:
        center = points[int(draw.integers(len(points)))]
        near = np.atleast_1d(tree.query(center, k=3 * report["size"])[1])
        for place in draw.permutation(near)[: report["size"]].tolist():
            yield {
                "event_date": report["day"].isoformat(),
                "place_id": ids[place],
                "place_note": place_notes[int(draw.integers(len(place_notes)))],
                "actor": holders[place],
                "relation": "controls",
                "certainty": "asserted",
                "publisher": report["publisher"],
                "source_title": report["source_title"],
                "source_url": report["source_url"],
                "reported_on": (report["day"] + dt.timedelta(days=1)).isoformat(),
                "note": notes(draw) if draw.random() < _WITH_NOTE else "",
            }
