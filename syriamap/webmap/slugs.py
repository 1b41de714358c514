"""
Links that repeat the title of what they lead to, written without it.

Comes in: addresses and titles. Goes out: each address with a run of words that its title has too as
four signs: a space, which no address has, how the words are joined, the first of them, and how many
there are. `waiting.js` writes them out again.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from syriamap.webmap.packing import DIGITS

__all__ = ["without_title"]

_WORD = re.compile("[A-Za-z0-9]+|[\u0621-\u064a]+")
_JOINED = {"-": "-", "_": "_", "+": "+", "%": "-", "E": "-", "W": "_"}
"""
Signs that say how words are joined, and by what: in small letters; `E` escapes them too, as
browsers do, `%` does so in small letters, and `W` leaves capitals as the title has them.
"""
_ESCAPED = "%E"
_SHORTEST = 7
_MOST = len(DIGITS)


def without_title(url: str, title: str) -> str:
    """
    Shorten an address by what its title says.

    Parameters
    ----------
    url
        A link without spaces.
    title
        The title beside it.

    Examples
    --------
    >>> without_title("https://a.org/rebels-close-hama/7", "Rebels close in on Hama")
    'https://a.org/ -!$-hama/7'
    """
    words = _WORD.findall(title)[: _MOST - 1]
    best = ("", "", 0, 0)
    for how, sign in _JOINED.items():
        if sign not in url or (how in _ESCAPED and "%" not in url):
            continue
        written = [word if how == "W" else word.lower() for word in words]
        if how in _ESCAPED:
            written = [quote(word) for word in written]
        if how == "%":
            written = [word.lower() for word in written]
        for start in range(len(words)):
            end = start + 1
            if written[start] not in url:
                continue
            while end < len(words) and sign.join(written[start : end + 1]) in url:
                end += 1
            text = sign.join(written[start:end])
            if len(text) > len(best[0]) and text in url:
                best = (text, how, start, end - start)
    text, how, start, count = best
    if len(text) < _SHORTEST:
        return url
    before, _, after = url.partition(text)
    mark = f" {how}{DIGITS[start]}{DIGITS[count]}"
    return without_title(before, title) + mark + without_title(after, title)
