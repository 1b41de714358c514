"""Lists of names in an Arabic sentence: "the villages of P, Q and R", "among them P"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.arabic.name_spans import (
    closes,
    name_span,
    next_item,
    only_describes,
    told_next,
)
from syriamap.extraction.arabic.named import BETWEEN, LEADING_KINDS, NamedPlace, SeenWords
from syriamap.extraction.arabic.script import Word, arabic_lists, bare
from syriamap.extraction.arabic.verb_forms import deed_forms

if TYPE_CHECKING:
    from syriamap.extraction.arabic.known_names import KnownNames

__all__ = ["NameLists"]

_LISTS = arabic_lists()
_ADJECTIVES = _LISTS["adjectives"]
_GOVERNORATE = _LISTS["governorate"]
_NAMES_TOO = frozenset({"علي"})
"""Written as a preposition, but no preposition ends a list: a man's name."""
_ATTRIBUTE_ENDS = tuple(sorted(_LISTS["attribute_ends"]))
_AMONG = _LISTS["among"]
_SISTERS = _LISTS["sister_names"]
_PARTS = _LISTS["parts"]
_CONTAINERS = _LISTS["containers"]
_PLURAL = _LISTS["plural_kinds"]
_SEVERAL = _LISTS["several_kinds"]
_SETTLEMENTS = _LISTS["settlement_kinds"]
_QUOTES = _LISTS["quotes"]
_QUOTATION = _QUOTES - {"(", ")"}
_CLOSING_QUOTES = frozenset("”»’")
_PAIRED_QUOTES = frozenset("\"'")
"""The same sign opens and closes."""
_OF_NAMES = _LISTS["lists_of_names"]
_COMMON = frozenset(
    word for key, words in _LISTS.items() if key not in _OF_NAMES for word in words
) | deed_forms("past", "present", "masdar", "participle")
_LONGEST = 3
"""Words of a name."""
_LONGEST_LEAD = 12
"""Words from "several towns" to "among them"."""
_LONGEST_LIST = 20
"""Names of a list that goes on behind where its first part lies."""
_VERBS = _LISTS["speech"] | _LISTS["unreal"]


class NameLists:
    """
    Lists of names behind words for their kind.

    Parameters
    ----------
    known
        The names of the theater.
    """

    def __init__(self, known: KnownNames) -> None:
        self.known = known

    def read(self, seen: SeenWords, first: int, begun: int, *, plural: bool) -> int:
        """The names behind "town of" or "villages of", to the end of the list."""
        words = seen.words
        noun = words[first - 1].text
        k = first
        while k < len(words) and self._another_kind(words[k]):
            k, plural = k + 1, True
        if plural and self.opens(words, k - 1):
            k += 1 + told_next(words, k - 1)  # "the following towns: P"
        while k < len(words):
            k = self._begins(words, k, plural=plural)
            name = name_span(words, k, seen.taken)
            if name is None:
                return k
            item = self._quoted(words, k) or self._item(words, *name)
            if item is None:
                return k if self._is_kind(words, k, name[0]) else self._past(words, *name)
            start, stop, bearers = item
            if words[start].text not in _PARTS:
                mention = self.known.mention(seen.text, words, start, stop, bearers)
                seen.found.append(NamedPlace(mention, "object", begun, noun))
            k = next_item(words, stop)
            if not (plural and k > stop) and not self._joins_next(seen, k, plural=plural):
                return stop
        return k

    def listed_on(self, seen: SeenWords, n: int) -> int:
        """The names of a list that goes on; those that no place bears are none."""
        known = len(seen.found)
        stop = self.read(seen, n, n, plural=True)
        noun = next((one.noun for one in reversed(seen.found[:known]) if one.noun), "")
        for k in range(known, len(seen.found)):
            one = seen.found[k]
            role = one.role if one.mention.place_id else "maybe"
            seen.found[k] = one._replace(role=role, noun=noun)
        return stop

    @staticmethod
    def continues(seen: SeenWords, n: int) -> bool:
        """Whether a list goes on behind where its first part lies: "P in the south of Q, and R"."""
        words, found = seen.words, seen.found
        if not found or words[n].text[:1] != "و" or words[n - 1].text not in BETWEEN:
            return False
        last = found[-1]
        listed = any(one.role == "object" and one.noun in _PLURAL for one in found[-_LONGEST_LIST:])
        kind = bare(words[n].text, LEADING_KINDS)
        return last.role == "container" and last.mention.last == n - 1 and listed and kind is None

    @staticmethod
    def names_some(words: list[Word], n: int) -> bool:
        """Whether names of several places told of follow: "among them P, Q"."""
        if words[n].text.removeprefix("و") not in _AMONG or n + 1 >= len(words):
            return False
        following = words[n + 1]
        kind = bare(following.text, LEADING_KINDS)
        before = (words[k].text for k in range(max(0, n - _LONGEST_LEAD), n))
        several = any(bare(word, _PLURAL) is not None for word in before)
        return several and kind is None and following.text[:1].isalpha()

    @staticmethod
    def opens(words: list[Word], n: int) -> bool:
        """Whether a list follows: "the areas: P, Q", "the following towns: P, Q"."""
        return ":" in {word.text for word in words[n + 1 : n + 2 + told_next(words, n)]}

    @staticmethod
    def _begins(words: list[Word], k: int, *, plural: bool) -> int:
        """Where the next name begins: behind quotation marks, "and", "among them"."""
        while k < len(words):
            text = words[k].text
            following = words[k + 1].text if k + 1 < len(words) else ""
            some = plural and (text in _AMONG or (text == "من" and following in _AMONG))
            some = some and bare(following, LEADING_KINDS) is None
            if not (some or text in _QUOTES | _ADJECTIVES or text == "و"):
                break
            k += 1
        return k

    def _quoted(self, words: list[Word], start: int) -> tuple[int, int, tuple[str, ...]] | None:
        """The name that stands between two quotation marks, all of it."""
        if start < 1 or not _opens_quotation(words, start - 1):
            return None
        ahead = range(start + 1, min(start + _LONGEST + 2, len(words)))
        stop = next((m for m in ahead if words[m].text in _QUOTATION), 0)
        inside = [word.text for word in words[start:stop]]
        listed = any(text[:1] == "و" for text in inside[1:])
        if not stop or listed or not all(text[:1].isalpha() for text in inside):
            return None
        exact = self.known.exact(words, start, stop)
        whole = exact is not None and exact[0] == stop
        return start, stop, exact[1] if exact is not None and whole else ()

    def _item(
        self, words: list[Word], start: int, stop: int
    ) -> tuple[int, int, tuple[str, ...]] | None:
        """The name of a list that begins at a word: its span and who bears it; None for none."""
        if self._is_kind(words, start, start):
            return None
        exact = self.known.exact(words, start, stop)
        if self._describes(words, start, stop, exact):
            return None
        if exact is not None and self._is_longer(words, exact[0], stop):
            exact = None  # "P Q" is another place than P
        end, bearers = exact or (min(stop, start + _LONGEST), ())
        if exact is None and (self._ends_list(words[start].text) or self._acts(words[start])):
            return None
        return start, end, bearers

    @staticmethod
    def _is_kind(words: list[Word], k: int, start: int) -> bool:
        """Whether another word for a kind begins where a name of the list would."""
        kind = bare(words[start].text, _SETTLEMENTS | _GOVERNORATE | _CONTAINERS)
        named_so = start == k and kind is not None and kind[0] in _SETTLEMENTS - _PLURAL
        return kind is not None and (not named_so or bool(kind[1]) or bool(kind[2]))

    def _past(self, words: list[Word], start: int, stop: int) -> int:
        """Where to look on behind words that are no name of a list."""
        exact = self.known.exact(words, start, stop)
        return start + 1 if self._describes(words, start, stop, exact) else start

    def _is_longer(self, words: list[Word], end: int, stop: int) -> bool:
        """Whether a name goes on behind the one that is known, up to a sign or "and"."""
        rest = words[end:stop]
        own = all(
            word.text in _NAMES_TOO
            or (self._may_name(word.text) and not self.known.is_common(word))
            for word in rest
        )
        around = stop < len(words) and bare(words[stop].text, _PARTS | _GOVERNORATE) is not None
        return 0 < len(rest) < _LONGEST and own and (around or closes(words, stop))

    @staticmethod
    def _may_name(text: str) -> bool:
        """Whether a word may end a name: "of the milk", not "strategic"."""
        return text[:2] != "ال" or text in _SISTERS or not text.endswith(_ATTRIBUTE_ENDS)

    @staticmethod
    def _ends_list(text: str) -> bool:
        """Whether no name stands there: "P, Q, and they inflicted", "and other hills"."""
        known = bare(text, _SEVERAL)
        return text.endswith("وا") or (known is not None and known[1])

    @staticmethod
    def _acts(word: Word) -> bool:
        """Whether a verb goes on behind a list: "P, Q, and they try to"."""
        known = bare(word.text, _VERBS)
        return known is not None and known[1]

    @staticmethod
    def _joins_next(seen: SeenWords, k: int, *, plural: bool) -> bool:
        """Whether "and" goes on with a list of several."""
        words = seen.words
        while k < len(words) and words[k].text in _QUOTES:
            k += 1
        return plural and k < len(words) and words[k].text[:1] == "و" and k not in seen.taken

    @staticmethod
    def _describes(
        words: list[Word], start: int, stop: int, exact: tuple[int, tuple[str, ...]] | None
    ) -> bool:
        """Whether a word only describes what stands before: "a strategic town"."""
        if not only_describes(words, start, stop):
            return words[start].text in _COMMON and exact is None and stop == start + 1
        return exact is None or exact[0] == start + 1

    @staticmethod
    def _another_kind(word: Word) -> bool:
        """Whether "and towns" stands here, of "villages and towns of"."""
        kind = bare(word.text, _PLURAL | _SEVERAL)
        return kind is not None and kind[1]


def _opens_quotation(words: list[Word], n: int) -> bool:
    """Whether a sign opens a quotation: its pair follows."""
    sign = words[n].text
    if sign not in _QUOTATION or sign in _CLOSING_QUOTES:
        return False
    alike = sum(word.text == sign for word in words[: n + 1])
    return sign not in _PAIRED_QUOTES or alike % 2 == 1
