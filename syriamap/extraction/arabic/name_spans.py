"""Where a name in an Arabic sentence begins and ends, by the words beside it."""

from __future__ import annotations

from syriamap.extraction.arabic.named import BETWEEN, KINDS
from syriamap.extraction.arabic.script import Word, arabic_lists, bare

__all__ = [
    "closes",
    "follows",
    "name_span",
    "next_item",
    "only_describes",
    "only_near",
    "told_next",
    "without_joins",
]

_LISTS = arabic_lists()
_ADJECTIVES = _LISTS["adjectives"]
_ENDS = _LISTS["ends_name"] | _LISTS["back"]
_DESCRIBING = _LISTS["describing"]
_CLOSE = _LISTS["close_to"]
_NAMES_TOO = frozenset({"علي"})
"""Written as a preposition, but no preposition ends a list: a man's name."""
_FOLLOWING = _LISTS["following"]
_DIRECTIONS = _LISTS["directions"]
_PARTS = _LISTS["parts"]
_QUOTES = _LISTS["quotes"]
_FOR_THE = "لل"
_LONGEST = 3
"""Words of a name."""
_VERBS = _LISTS["speech"] | _LISTS["unreal"]


def name_span(words: list[Word], first: int, taken: set[int]) -> tuple[int, int] | None:
    """The words of a name that begins here: up to a sign, a preposition, "and"."""
    end = first
    while end < len(words) and end - first < _LONGEST + 1 and end not in taken:
        text = words[end].text
        named = end > first and text in _NAMES_TOO and closes(words, end + 1)
        if (
            not text[:1].isalpha()
            or (text.removeprefix("و") in _ENDS and not named)
            or text in _ADJECTIVES - {"الجديد"}
            or (end > first and text.startswith(_FOR_THE))
        ):
            break
        if text == "و":
            break
        if end > first and text in _DIRECTIONS and closes(words, end + 1):
            return first, end + 1
        kind = bare(text, KINDS | _PARTS) if end > first else None
        inside = kind is not None and kind[0] in KINDS and not (kind[1] or kind[2])
        inside = inside and closes(words, end + 1)
        if end > first and (text[:1] == "و" or (kind is not None and not inside)):
            break
        if end > first and (text in _VERBS or text.startswith(("بري", "بمح"))):
            break
        end += 1
    return (first, end) if end > first else None


def closes(words: list[Word], k: int) -> bool:
    """Whether a name ends before a word: "and", a sign."""
    return k >= len(words) or words[k].text[:1] == "و" or not words[k].text[:1].isalnum()


def next_item(words: list[Word], stop: int) -> int:
    """Where the next name of a list may begin: behind a comma or a closed quotation."""
    k, signs = stop, 0
    while k < len(words) and words[k].text in _QUOTES | _ADJECTIVES:
        k, signs = k + 1, signs + (words[k].text in _QUOTES)
    if k < len(words) and words[k].text in BETWEEN:
        return k + 1
    return k if signs > 1 else stop


def follows(last: int, n: int, words: list[Word]) -> bool:
    """Whether a word stands behind a name that ended at another, but for what describes it."""
    return last <= n and all(
        words[k].text in _ADJECTIVES or words[k].text in _QUOTES for k in range(last, n)
    )


def only_near(words: list[Word], n: int) -> bool:
    """Whether a place only says what something is near to: "close to P"."""
    return n > 1 and words[n - 1].text == "من" and words[n - 2].text in _CLOSE


def told_next(words: list[Word], n: int) -> int:
    """How many words say, behind the word for a kind, that a list follows: "the following"."""
    following = words[n + 1].text if n + 1 < len(words) else ""
    return int(following in _FOLLOWING)


def only_describes(words: list[Word], start: int, stop: int) -> bool:
    """Whether words behind the word for a kind name nothing: "strategic", "of the oil"."""
    texts = (words[k].text.removeprefix("و") for k in range(start, stop))
    return all({text, text.removeprefix("ال")} & _DESCRIBING for text in texts)


def without_joins(word: str) -> list[str]:
    """Give a word as it stands, and without the "and" or "then" written together with it."""
    return list(dict.fromkeys([word, word.removeprefix("و"), word.removeprefix("ف")]))
