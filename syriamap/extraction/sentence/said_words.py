"""
The words of a sentence, asked: which verbs stand there, in which form, in the passive or not.

Words that may stand between are passed over, those that may not end the search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.inflection import forms_of
from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.sentence.items import Item, Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["Wording"]

_WORDS = read_words()
_OBJECT_ENDS = _WORDS["stops"] | _WORDS["object_ends"]
_BEFORE_OBJECT = _WORDS["before_object"]
_ENEMIES = _WORDS["enemies"]
_LEADS_FROM = frozenset({"from", "out"})
_BEFORE_NOUN = _WORDS["before_speech_noun"]
_PREFIXES = _WORDS["prefixes"] | _WORDS["hyphened_prefixes"]
_AUXILIARIES = _WORDS["auxiliaries"]
_BE = _WORDS["be"]
_BEFORE_CONTROL = _WORDS["before_control"]
_FORCES = _WORDS["forces"]
_PASSIVE = _WORDS["passive"]
_WEIGHED = _WORDS["weighed"]
_BESIDE_DAY = frozenset({",", "on"})
_TIMES = _WORDS["times"]
_QUOTATION = frozenset("\"“”‘’'")
_REPORTED = _WORDS["reported_forms"]
_NO_ADVERBS = _WORDS["no_adverbs"]
_HELD = _WORDS["held"]
_TAKES = frozenset(forms_of("take"))
_HAPPENS = frozenset({"place", "part"})
_KINDS = _WORDS["settlement_kinds"] | _WORDS["site_kinds"]
_BEFORE_HOLDER = _WORDS["prepositions"] | _WORDS["english_articles"] | _WORDS["nearby"]


class Wording:
    """
    A sentence whose words are asked what they are and stand beside.

    Parameters
    ----------
    sentence
        With its names found.
    lexicon
        The frames and words.
    memory
        What the sentences before spoke of.
    """

    def __init__(self, sentence: Sentence, lexicon: Lexicon, memory: Memory) -> None:
        self.sentence = sentence
        self.items = sentence.items
        self.lowers = sentence.lowers
        self.size = len(self.lowers)
        self.lexicon = lexicon
        self.memory = memory
        verbs = lexicon.verbs
        self.verbs: dict[int, tuple[int, str, Frame]] = {
            n: verb
            for n, word in enumerate(self.lowers)
            if word in verbs and (verb := self._verb(n)) is not None
        }

    # --- looking at items ---------------------------------------------------------------------

    def lower(self, n: int) -> str:
        """Item in lower case; empty beyond the ends."""
        return self.lowers[n] if 0 <= n < self.size else ""

    def item(self, n: int) -> Item | None:
        """Item, None beyond the ends."""
        return self.items[n] if 0 <= n < self.size else None

    def capital(self, n: int) -> bool:
        """Whether an item is written with a capital, as an unknown name is."""
        at = self.items[n].start - self.sentence.start
        return self.sentence.text[at : at + 1].isupper()

    def capital_at(self, n: int) -> bool:
        """Whether a word with a capital stands at an item, if there is one."""
        return n < self.size and self.items[n].kind == "w" and self.capital(n)

    def next_is_place(self, k: int) -> bool:
        """Whether a place stands right behind an item."""
        return k + 1 < len(self.items) and self.items[k + 1].kind == "p"

    def _verb(self, n: int) -> tuple[int, str, Frame] | None:
        """The frame whose verb stands here: the item after it, the form, the frame."""
        if self.items[n].kind != "w" or self._is_other(n):
            return None
        following = self.lower(n + 1)
        plain: tuple[int, str, Frame] | None = None
        for rest, form, frame in self.lexicon.verbs[self.lowers[n]]:
            again = frame.needs or frame.object == "actor"
            if plain is not None and not (again and len(rest) == plain[0] - n - 1):
                continue
            if rest and rest[0] != following and rest[0] not in _WEIGHED:
                continue
            end = self._behind(n + 1, rest)
            if not end:
                continue
            if not frame.needs:
                plain = plain or (end, form, frame)
                if frame.object == "actor" and self._done_to_somebody(end):
                    return end, form, frame  # "cleared A from P", not "cleared P"
            elif self._has_noun(n, end, form, frame, early=plain is not None):
                return end, form, frame
        return plain

    def _is_other(self, n: int) -> bool:
        """Whether a word that may be a verb is something else, or tells of no deed."""
        word = self.lowers[n]
        half = n > 1 and self.lowers[n - 1] == "-" and self._is_half(n)
        happens = word in _TAKES and self.lower(n + 1) in _HAPPENS  # "clashes took place in P"
        force = word in _FORCES and self._is_force(n)
        return half or happens or force or (word in _HELD and self.held_by_before(n))

    def held_by_before(self, n: int) -> bool:
        """Whether a participle and its actor describe a place: "the A controlled village of P"."""
        lead = self.items[n - 1] if n else None
        if lead is None or lead.kind != "a" or self.lower(n + 1) not in _KINDS:
            return False
        return lead.lower.startswith("the ") or self.lower(n - 2) in _BEFORE_HOLDER

    def _done_to_somebody(self, n: int) -> bool:
        """Whether who is driven from somewhere stands at an item: "the last fighters from"."""
        while self.lower(n) in _BEFORE_OBJECT:
            n += 1
        item = self.item(n)
        somebody = item is not None and (item.kind == "a" or item.lower in _ENEMIES)
        return somebody and not _LEADS_FROM.isdisjoint(self.lowers[n + 1 : n + 4])

    def _behind(self, first: int, rest: Sequence[str]) -> int:
        """The item behind the other words of a verb that begin at an item; 0 without them."""
        end = first
        for word in rest:
            while end > first and self._tells_day(end):
                end += 1  # "took control, on Friday, of"
            while word in _WEIGHED and self.lower(end) in _BEFORE_CONTROL:
                end += 1
            while end > first and self.lower(end) in _QUOTATION and self.lower(end) != word:
                end += 1  # "announced the 'liberation' of"
            if self.lower(end) != word:
                return 0
            end += 1
        return end

    def _has_noun(self, n: int, end: int, form: str, frame: Frame, *, early: bool) -> bool:
        """Whether the noun that a verb needs stands behind it, or before it in the passive."""
        done = form in {"part", "either"}
        fired = done and self.lower(n - 1) in frame.needs and self.lower(n + 1) == "by"
        passive = fired or (done and self.needed_before(n, frame.needs))
        return passive or self._needed(end, frame.needs, early=early)

    def needed_before(self, n: int, needs: frozenset[str]) -> bool:
        """Whether a noun that a verb needs is its subject: "control was imposed on P"."""
        if not self.passive(n):
            return False
        for k in range(self.back(n), max(-1, self.back(n) - 5), -1):
            if self.lowers[k] in needs:
                return True
            if self.items[k].kind in {"p", "a"} or self.lowers[k] in _OBJECT_ENDS:
                return False
        return False

    def _needed(self, end: int, needs: frozenset[str], *, early: bool) -> bool:
        """Whether a noun that a verb needs follows it, if `early` before any place and actor."""
        for k in range(end, min(end + 8, self.size)):
            if self.lowers[k] in needs:
                return True
            if early and (self.items[k].kind in {"p", "a"} or self.lowers[k] in _OBJECT_ENDS):
                return False
        return False

    def _is_half(self, n: int) -> bool:
        """Whether a word is the second half of another: "the long-besieged town"."""
        joined = self.items[n - 1].end == self.items[n].start
        return joined and self.lowers[n - 2] not in _PREFIXES

    def past_days(self, n: int) -> int:
        """The item behind the words for a day that begin at an item: "on Friday evening"."""
        while n < self.size and (self._tells_day(n) or self.lowers[n] in _TIMES):
            n += 1
        return n

    def _tells_day(self, n: int) -> bool:
        """Whether a day, or a sign before or behind one, stands at an item."""
        if n >= self.size or self.items[n].kind == "d":
            return n < self.size
        if self.lower(n) not in _BESIDE_DAY:
            return False
        beside = (*self.items[n - 1 : n], *self.items[n + 1 : n + 3])
        return any(one.kind == "d" for one in beside)

    def _is_force(self, n: int) -> bool:
        """Whether a word that may be a verb is whom an actor's name belongs to: "A forces"."""
        return n > 0 and self.items[n - 1].kind == "a"

    def back(self, n: int) -> int:
        """The item before `n`, or the last one, that is no auxiliary and no day."""
        n = min(n, self.size) - 1
        if self.lower(n) in _QUOTATION and self.lower(n - 1) in _AUXILIARIES:
            n -= 1  # "was 'liberated'"
        while n >= 0 and (
            self.lower(n) in _AUXILIARIES
            or self.items[n].kind == "d"
            or self._is_adverb(n)
            or (self.lower(n) in _REPORTED and self.lower(n - 1) in _BE)
        ):
            n -= 1
        return n

    def _is_adverb(self, n: int) -> bool:
        """Whether "previously" or its like stands here."""
        word = self.lowers[n]
        return word.endswith("ly") and self.items[n].kind == "w" and word not in _NO_ADVERBS

    def passive(self, n: int) -> bool:
        """Whether a form of "to be" stands before a participle."""
        k = n - 2 if self.lower(n - 1) in _QUOTATION else n - 1  # "was 'liberated'"
        between = _PASSIVE
        while k >= 0 and (
            self.items[k].kind == "d" or self.lower(k) in between or self._is_adverb(k)
        ):
            k -= 1
        return k >= 0 and self.lower(k) in _BE

    def speaks(self, k: int) -> bool:
        """Whether a form of a verb of speech is one here, and no noun: "the state", "a report"."""
        return self.lower(k - 1) not in _BEFORE_NOUN
