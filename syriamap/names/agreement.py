"""
How well the sounds of two names agree: a number from 0 to 1.

In come two strings of sounds (see :mod:`syriamap.names.transliteration`), out goes one minus their
weighted edit distance over their mean weight. What scripts and spelling habits confuse costs
little (kh and h, dh and z, e and i), what they tell apart costs much. Between the scripts a
short vowel that only Latin writes costs next to nothing, a long one that Arabic writes and Latin
lacks costs half a consonant. The costs are the judgment of this table, checked, not fitted, on
the labelled names; ``docs/toponyms.md`` gives the reasons.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from math import inf

__all__ = ["agreement"]

_VOWELS = frozenset("aeiouAEVQ")
_GLIDES = frozenset("WY")

_PAIRS: dict[str, float] = {
    # vowels
    "ae": 0.05, "ei": 0.08, "ai": 0.15, "ou": 0.03, "ao": 0.15, "au": 0.2, "eo": 0.2, "eu": 0.25,
    "iu": 0.25, "io": 0.3,
    # long vowels and glides of Arabic with Latin vowels
    "Aa": 0.0, "Ae": 0.03, "Ai": 0.35, "Ao": 0.2, "Au": 0.35,
    "Wu": 0.0, "Wo": 0.0, "Wa": 0.35, "We": 0.4, "Wi": 0.4,
    "Yi": 0.0, "Ye": 0.05, "Ya": 0.3, "Yo": 0.4, "Yu": 0.4, "WY": 0.5, "AW": 0.5, "AY": 0.5,
    "Va": 0.0, "Ve": 0.0, "Vi": 0.0, "Vo": 0.0, "Vu": 0.0, "VA": 0.0, "VW": 0.1, "VY": 0.1,
    "Ea": 0.0, "Ee": 0.0, "Ei": 0.0, "Eo": 0.0, "Eu": 0.0, "EA": 0.05, "EV": 0.02, "EY": 0.3,
    "EW": 0.3,
    "Qa": 0.0, "Qe": 0.0, "QA": 0.05, "QV": 0.0, "Qi": 0.2, "Qo": 0.4, "Qu": 0.4, "QY": 0.3,
    # consonants that some spelling or script confuses
    "xh": 0.25, "Hh": 0.0, "Dd": 0.08, "Dz": 0.08, "dz": 0.35, "Tt": 0.05, "TD": 0.1, "Td": 0.3,
    "Ts": 0.25, "Tz": 0.3, "td": 0.6, "Gg": 0.05, "gk": 0.12, "gj": 0.15, "Gk": 0.45, "Gx": 0.5,
    "CS": 0.03, "Cx": 0.1, "Ck": 0.3, "Cj": 0.2, "ck": 0.15, "cj": 0.05, "cs": 0.3, "vf": 0.1,
    "vW": 0.05, "vw": 0.05, "vb": 0.3, "jS": 0.5, "sS": 0.4, "sz": 0.4, "mn": 0.5, "xk": 0.5,
    "wW": 0.0, "yY": 0.0, "wu": 0.1, "wo": 0.1, "yi": 0.1, "ye": 0.1, "yj": 0.4, "wb": 0.5,
    "qt": 0.05, "qQ": 0.0, "Ll": 0.0, "hk": 0.7, "bf": 0.8, "rl": 0.8, "lL": 0.0,
}  # fmt: skip

_WEAK = {
    "W": 0.3,
    "Y": 0.3,
    "V": 0.1,
    "E": 0.1,
    "Q": 0.08,
    "q": 0.05,
    "L": 0.15,
    "H": 0.08,
    "h": 0.7,
}
_NISBA = 0.6
"""Added where only one name ends in i: "Homsi" is somebody from Homs, not Homs."""

_UNWRITTEN_FINAL = 0.3
"""Added where Latin ends in a vowel and Arabic does not: Arabic always writes a final vowel."""


@cache
def _replacing(one: str, other: str) -> float:
    if one == other:
        return 0.0
    known = _PAIRS.get(one + other, _PAIRS.get(other + one))
    if known is not None:
        return known
    if one.isdigit() or other.isdigit():
        return 3.0
    soft = _VOWELS | _GLIDES
    return 1.0 if (one in soft) == (other in soft) else 1.3


@cache
def _dropping(sound: str, across: bool) -> float:
    if sound in "aeiou":
        return 0.04 if across else 0.25
    if sound == "A":
        return 0.45 if across else 0.25
    if sound in _GLIDES:
        return 0.4 if across else 0.3
    if sound.isdigit():
        return 3.0
    return _WEAK.get(sound, 1.0)


@cache
def _weight(sound: str) -> float:
    return 0.3 if sound in _VOWELS or sound in _GLIDES else 1.0


@cache
def _weight_of(sounds: str) -> float:
    return sum(map(_weight, sounds))


@cache
def _drops_of(sounds: str, across: bool) -> tuple[float, ...]:
    return tuple(_dropping(sound, across) for sound in sounds)


_COSTS: dict[str, dict[str, float]] = {}
"""Cost of replacing one sound by another, filled as pairs come up."""


def agreement(one: str, other: str, *, across: bool, least: float = 0.0) -> float:
    """
    Similarity of two strings of sounds, 1 for equal ones.

    Parameters
    ----------
    one, other
        Sounds of two names.
    across
        Whether one is of Latin script and the other of Arabic script.
    least
        An agreement below this need not be exact: 0 may be given for it.

    Examples
    --------
    >>> agreement("hama", "hmAQ", across=True) > 0.95
    True
    >>> agreement("homs", "homsi", across=False) < 0.8
    True
    """
    if one == other:
        return 1.0
    scale = max((_weight_of(one) + _weight_of(other)) / 2, 1.5)
    cost = _ending(one, other, across)
    cost += _distance(one, other, across, (1.0 - least) * scale - cost)
    return max(0.0, 1.0 - cost / scale)


def _ending(one: str, other: str, across: bool) -> float:
    """What the last sounds cost beyond their distance."""
    last, their_last = one[-1:], other[-1:]
    cost = 0.0
    if (last in "iY") != (their_last in "iY") and not (last in _VOWELS and their_last in _VOWELS):
        cost += _NISBA
    if across and (
        (last in "aeiou" and their_last not in "AEVQWY")
        or (their_last in "aeiou" and last not in "AEVQWY")
    ):
        cost += _UNWRITTEN_FINAL
    return cost


def _distance(one: str, other: str, across: bool, limit: float) -> float:
    """Weighted edit distance (Wagner & Fischer 1974); infinite once it is beyond the limit."""
    drops = _drops_of(other, across)
    row = [0.0, *accumulate(drops)]
    for sound, add in zip(one, _drops_of(one, across), strict=True):
        costs = _COSTS.setdefault(sound, {})
        diagonal = row[0]
        row[0] = left = best_of_row = diagonal + add
        for place, theirs in enumerate(other, start=1):
            above = row[place]
            cost = costs.get(theirs)
            if cost is None:
                cost = costs[theirs] = _replacing(sound, theirs)
            best = diagonal + cost
            if above + add < best:  # noqa: PLR1730  (`min` costs half of the time here)
                best = above + add
            if left + drops[place - 1] < best:  # noqa: PLR1730
                best = left + drops[place - 1]
            row[place] = left = best
            diagonal = above
            if best < best_of_row:  # noqa: PLR1730
                best_of_row = best
        if best_of_row > limit:
            return inf
    return row[-1]
