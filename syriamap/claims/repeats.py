"""
Rows whose id another row has: repetitions, which count once, and slips.

In come the claims of one table after the other, out go complaints of rows that say something else
under the id of a row before; of those that say the same again is warned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.errors import Complaint
from syriamap.files import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Repeats"]

_CONTENT = [
    "event_date", "place_id", "area_id", "actor", "relation", "against", "asserted_by", "certainty",
    "publisher", "source_title", "source_url", "reported_on",
]  # fmt: skip
"""What two rows of one id must have in common, once their places are resolved."""


class Repeats:
    """The claims of tables that are read together, to know one that comes again."""

    def __init__(self) -> None:
        self._tables: list[tuple[str, pd.DataFrame]] = []

    def told(self, file: str, claims: pd.DataFrame) -> list[Complaint]:
        """
        Complain of ids of earlier rows, of this table or one before; warn of what is said again.

        Parameters
        ----------
        file
            What complaints call the table.
        claims
            Its claims without a complaint, as text, indexed by the numbers of their rows.
        """
        ids = claims["claim_id"]
        again = ids.duplicated(keep=False).to_numpy()
        first: dict[str, _Row] = {}
        for name, table in self._tables:
            also = ids.isin(table["claim_id"]).to_numpy()
            if also.any():
                again = again | also
                for one in _rows(name, table, table["claim_id"].isin(ids[also]).to_numpy()):
                    first.setdefault(one.claim_id, one)
        self._tables.append((file, claims[["claim_id", *_CONTENT]]))
        return [
            complaint
            for one in _rows(file, claims, again)
            if (complaint := _told(one, first.setdefault(one.claim_id, one))) is not None
        ]


class _Row(NamedTuple):
    file: str
    number: int
    claim_id: str
    content: tuple[str, ...]


def _rows(file: str, claims: pd.DataFrame, wanted: NDArray[np.bool_]) -> Iterator[_Row]:
    """Give some rows of a table, one after the other."""
    if not wanted.any():
        return
    own = claims[wanted]
    contents = zip(*(own[name].tolist() for name in _CONTENT), strict=True)
    for row in zip(own.index.tolist(), own["claim_id"].tolist(), contents, strict=True):
        yield _Row(file, *row)


def _told(one: _Row, first: _Row) -> Complaint | None:
    """Complain of a row that says something else than the first of its id, or warn of it."""
    if one is first:
        return None
    where = f"row {first.number}" + ("" if first.file == one.file else f" of {first.file}")
    if first.content != one.content:
        problem = f"is the id of {where} too; leave it empty to have one made"
        return Complaint(one.file, one.number, "claim_id", one.claim_id, problem)
    if first.file == one.file:
        warn(f"{one.file}: row {one.number} repeats {where}; it counts once")
    return None
