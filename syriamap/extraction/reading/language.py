"""Whether a text is one that can be read: English or Arabic, by its letters and common words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from syriamap.extraction.lexicon.vocabulary import read_words

__all__ = ["why_unread"]

_WORDS = read_words()
_ENGLISH = _WORDS["english_words"]
_NOT_ARABIC = frozenset("پچژگکیےۆێڵ")
"""Letters of Persian, Urdu and Kurdish; Arabic has none of them."""

_READ = frozenset({"LATIN", "ARABIC"})
_LOOKED_AT = 6_000
_FEWEST = 25
"""Words of a text that its common words can tell about."""

_LEAST_ENGLISH = 0.08
_MOST_FOREIGN = 0.02


def why_unread(text: str) -> str:
    """
    Say in a line why a text is not read; empty where it is.

    >>> why_unread("Войска заняли город Тадмор в воскресенье утром.")
    'written in Cyrillic letters; English and Arabic are read'
    >>> why_unread("Rebels took Hama.")
    ''
    >>> why_unread(" 12 ")
    'nothing to read: not a letter stands in it'
    """
    first = next((n for n, one in enumerate(text) if one.isalpha()), len(text))
    begin = text[first : first + _LOOKED_AT]
    letters = Counter(unicodedata.name(one, "").partition(" ")[0] for one in begin if one.isalpha())
    if not letters:
        return "nothing to read: not a letter stands in it"
    script, _ = letters.most_common(1)[0]
    if script not in _READ:
        return f"written in {script.title()} letters; English and Arabic are read"
    if script == "ARABIC":
        foreign = sum(one in _NOT_ARABIC for one in begin)
        if foreign > _MOST_FOREIGN * letters["ARABIC"]:
            return "written in Arabic letters, but not in Arabic; English and Arabic are read"
        return ""
    words = re.findall(r"[^\W\d_]+", begin.lower())
    if len(words) >= _FEWEST and sum(one in _ENGLISH for one in words) < _LEAST_ENGLISH * len(
        words
    ):
        return "not in English, by its common words; English and Arabic are read"
    return ""
