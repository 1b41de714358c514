"""
Rows of a claims file that are alike in something, checked for it once.

In comes a table of text, out go its claims, as :class:`~syriamap.claims.rows.RowChecker` makes them
row by row: what a row says, where that is, and each of its texts depend on few of its cells, and
long tables say the same of the same places again. A row of which anything is to be told goes
through the checker by itself, so that it is told in its own words.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from syriamap.claims.rows import CLAIM_COLUMNS, REQUIRED, claim_ids, text_fits
from syriamap.claims.written import AROUND_COLUMNS, AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from syriamap.claims.rows import RowChecker

    _Texts = NDArray[np.object_]

__all__ = ["checked_rows"]

_Made = TypeVar("_Made")

_SAID = (
    "event_date", "reported_on", "date_precision", "actor", "against", "relation", "certainty",
)  # fmt: skip
"""Columns that say what happened: whether its day and actors fit is a matter of these alone."""

_PLACED = ("place", "place_id", "area_id", "lat", "lon")
_WHERE = (*_PLACED, *AROUND_COLUMNS)
"""Columns that say where."""

_TEXTS = tuple(name for name in CLAIM_COLUMNS if name not in {*_SAID, *_PLACED})
"""Columns whose cells have nothing to do with others."""


class _Alike(NamedTuple):
    """
    Rows that have some cells in common.

    Attributes
    ----------
    number
        Which of the different ones each row is, (n,).
    first
        The first row of each, (m,).
    """

    number: NDArray[np.int64]
    first: NDArray[np.int64]

    def spread(self, texts: Sequence[str]) -> _Texts:
        """Give each row the text of those that are like it."""
        return np.asarray(np.array(texts, dtype=object)[self.number])


def checked_rows(
    frame: pd.DataFrame, checker: RowChecker
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """
    Check all rows of a table.

    Parameters
    ----------
    frame
        Text, indexed by the numbers of the rows.
    checker
        Of the table; it gathers the complaints, in the order of rows.

    Returns
    -------
    claims
        The rows as claims have them, places resolved and ids filled, indexed as they were.
    fit
        Rows without a complaint.
    """
    columns = [*CLAIM_COLUMNS, *AROUND_COLUMNS]
    filled = frame[[name for name in columns if (frame[name].to_numpy() != "").any()]]
    if not len(filled.columns):
        return pd.DataFrame(columns=list(CLAIM_COLUMNS), dtype=object), np.zeros(0, dtype=bool)
    said, where = _alike(filled, _SAID), _alike(filled, _WHERE)
    says, alone = _each(said, filled, _SAID, checker, checker.said)
    placed, odd = _each(where, filled, _WHERE, checker, checker.placed)
    alone |= odd
    found = {name: said.spread([one[name] for one in says]) for name in _SAID}
    found |= {name: where.spread([one[name] for one, _ in placed]) for name in _PLACED}
    for name in _TEXTS:
        found[name], odd = _texts(frame[name].to_numpy().copy(), name, checker)
        alone |= odd
    for name in REQUIRED:
        alone |= found[name] == ""

    nameless = np.flatnonzero((found["claim_id"] == "") & ~alone)
    keys = [placed[number][1] for number in where.number[nameless].tolist()]
    found["claim_id"][nameless] = claim_ids(
        {name: values[nameless].tolist() for name, values in found.items()}, keys
    )
    fit = ~alone
    by_themselves = np.flatnonzero(alone)
    each = _cells(filled, filled.columns.tolist(), by_themselves)
    for at, cells in zip(by_themselves.tolist(), each, strict=True):
        before = len(checker.complaints)
        record = checker.checked(int(frame.index[at]), cells)
        fit[at] = len(checker.complaints) == before
        for name, text in record.items():
            found[name][at] = text
    claims = {
        name: pd.Series(found[name], frame.index, dtype=object, copy=False)
        for name in CLAIM_COLUMNS
    }
    return pd.DataFrame(claims, copy=False), fit


def _alike(filled: pd.DataFrame, columns: Sequence[str]) -> _Alike:
    """Number rows by what they say in some columns, in the order in which it is first said."""
    number = np.zeros(len(filled), dtype=np.int64)
    for name in filled.columns.intersection(list(columns)):
        codes, texts = pd.factorize(filled[name].to_numpy())
        number, _ = pd.factorize(number * len(texts) + codes)
    is_first = np.diff(np.maximum.accumulate(number), prepend=-1) > 0
    return _Alike(number, np.flatnonzero(is_first))


def _cells(
    filled: pd.DataFrame, names: Sequence[str], at: NDArray[np.int64]
) -> Iterator[dict[str, str]]:
    """Cells of some rows, one after the other."""
    own = [name for name in names if name in filled]
    columns = [filled[name].to_numpy()[at].tolist() for name in own]
    for texts in zip(*columns, strict=True) if own else itertools.repeat((), len(at)):
        yield dict(zip(own, texts, strict=True))


def _each(
    alike: _Alike,
    filled: pd.DataFrame,
    columns: Sequence[str],
    checker: RowChecker,
    check: Callable[[int, dict[str, str]], _Made],
) -> tuple[list[_Made], NDArray[np.bool_]]:
    """
    Check the first row of those that are alike.

    Returns
    -------
    made
        What it says of each.
    odd
        Rows of which the checker has something to tell, (n,); it has forgotten what.
    """
    made, odd = [], np.zeros(len(alike.first), dtype=bool)
    for number, cells in enumerate(_cells(filled, columns, alike.first)):
        made.append(check(0, cells))
        odd[number] = bool(checker.complaints or checker.far_rows)
        if odd[number]:
            checker.forget()
    return made, odd[alike.number]


def _texts(texts: _Texts, name: str, checker: RowChecker) -> tuple[_Texts, NDArray[np.bool_]]:
    """Give a column of texts that stand by themselves, and the rows where one is wrong."""
    different = dict.fromkeys(texts.tolist())
    if name not in AS_WRITTEN:
        in_claims = checker.notation.in_claims
        as_claims = {text: in_claims({name: text})[name] for text in different}
        texts = np.array([as_claims[text] for text in texts.tolist()], dtype=object)
        different = dict.fromkeys(as_claims.values())
    wrong = {text for text in different if not text_fits(name, text)}
    odd = [text in wrong for text in texts.tolist()] if wrong else [False] * len(texts)
    return texts, np.array(odd, dtype=bool)
