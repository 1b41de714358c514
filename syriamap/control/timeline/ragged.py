"""
Lists of unequal length, laid out one after the other in one array.

In come lengths, out come the place of each entry in its own list (:func:`within`), and the owners
of the lists, so many at a time as memory is meant for (:func:`portions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["portions", "within"]


def within(length: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    0, 1, … within each list.

    >>> within(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]

    Parameters
    ----------
    length
        Of each list.
    """
    ends = np.cumsum(length)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - length, length)


def portions(
    owners: NDArray[np.int64], length: NDArray[np.int64], most: int
) -> list[NDArray[np.int64]]:
    """
    Owners of lists, in their order, parted where their lists come to be some entries together.

    >>> [one.tolist() for one in portions(np.array([7, 8, 9]), np.array([2, 1, 3]), 3)]
    [[7], [8, 9]]

    Parameters
    ----------
    owners
        Whose lists they are.
    length
        Of the list of each.
    most
        About so many entries a portion; a longer list is one of its own.
    """
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.unique(np.searchsorted(ends, np.arange(most, total, most)))
    return [one for one in np.split(owners, cuts) if len(one)]
