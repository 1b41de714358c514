"""
Participles: whether one tells that something was done, or only describes.

"The besieged town" tells nothing, "P, seized by A" and "P liberated at dawn" are passives without
a "was".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.reach import Reach

__all__ = ["Participles"]

_WORDS = read_words()
_BEFORE_ATTRIBUTE = _WORDS["before_attribute"]
_HAVE = _WORDS["have"]
_TOLD_DAYS = frozenset(read_word_tables()["told_days"])
_DIRECTIONS = _WORDS["directions"]
_PREPOSITIONS = _WORDS["prepositions"]
_PARTICIPLES = frozenset({"past", "part", "either"})
_REDUCED_AFTER = _WORDS["anaphors"] | _WORDS["reduced_after"]
_SAME_PARTICIPLES = _WORDS["same_participles"]
_WAS_BEFORE = _WORDS["was_before"]
_ALL_OF_THEM = _WORDS["all_of_them"]
_BE = _WORDS["be"]
_OBJECTS = _WORDS["english_articles"] | _WORDS["own"]
_TAKEN = _WORDS["taken"]
_LEFT = _WORDS["left_by"]
_STATES = _WORDS["besieged_forms"]
_DONE_BY = frozenset({"hold", "capture"})
_LOST = frozenset({"lost"})
_AFTER_DAY = frozenset("-–—:")
_OBJECT = 12
"""Items of an object behind its possessive: "its positions along the road near P"."""


class Participles:
    """
    The participles of one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    """

    def __init__(self, reach: Reach) -> None:
        self.clause, self.reach = reach.clause, reach

    def only_describes(self, n: int, form: str) -> bool:
        """Whether a participle only describes the place behind it: "the besieged town"."""
        following = self.clause.item(n + 1)
        if form not in _PARTICIPLES or following is None:
            return False
        if self.clause.lower(n) in _STATES | _LOST and self.clause.lower(n - 1) in _OBJECTS:
            return True  # "the besieged units", "to retake their lost land in P"
        led = self.clause.lower(n - 1) in _PREPOSITIONS or (n - 1) in self.clause.verbs
        if led and self.clause.lower(n) in _STATES and self._before_place(n + 1):
            return True  # "toward besieged P", "entered besieged east P"
        if self.clause.lower(n - 1) in _WAS_BEFORE and self.clause.items[n - 2].kind == "a":
            ahead = self.clause.lowers[n + 1 : n + _OBJECT]
            return not _BE.isdisjoint(ahead)  # "A elements previously deployed to P are"
        if following.kind != "p" and following.lower not in _REDUCED_AFTER:
            return False
        return self.clause.lower(n - 1) in _BEFORE_ATTRIBUTE

    def _before_place(self, n: int) -> bool:
        """Whether a place stands at an item, or behind the part of it that is meant: "east P"."""
        item = self.clause.item(n + (self.clause.lower(n) in _DIRECTIONS))
        return item is not None and item.kind == "p"

    def is_none(self, n: int, end: int, form: str, frame: Frame) -> bool:
        """Whether a participle only describes: "a pocket controlled by the terror group"."""
        if form in _PARTICIPLES and self.clause.lower(end) == "by" and frame.name in _DONE_BY:
            return True
        bare = form == "part" and frame.name != "advance" and self.clause.back(n) == n - 1
        same = self.clause.lower(n) in _SAME_PARTICIPLES
        return bare and not same and not self._goes_on_having(n)

    def _goes_on_having(self, n: int) -> bool:
        """Whether a participle shares the "have" before it: "have entered P and taken Q"."""
        if self.clause.lower(n - 1) != "and":
            return False
        before = next((m for m in range(n - 2, 0, -1) if m in self.clause.verbs), 0)
        return before > 0 and self.clause.lower(before - 1) in _HAVE

    def passive(self, n: int, end: int) -> bool:
        """Whether something was done, told with a "was" or without one."""
        return self.clause.passive(n) or self._reduced(n, end) or self._headline(n, end)

    def _reduced(self, n: int, end: int) -> bool:
        """Whether a participle tells of the noun before it: "P, seized by A", "vacated by A"."""
        before = self.clause.item(n - 1)
        if self.clause.lower(n - 1) in _ALL_OF_THEM and self.clause.lower(n - 2) == ",":
            before = self.clause.item(n - 3)  # "P and Q, both taken by A"
        if self.clause.lower(n - 1).endswith("ly") and self.clause.lower(n - 2) == ",":
            before = self.clause.item(n - 2)  # "P, newly captured by A"
        if before is None or before.lower in _HAVE:
            return False
        led = self.clause.item(end + 1 + (self.clause.lower(end + 1) == "the"))
        if self.clause.lower(n) in _LEFT and self.clause.lower(end) == "by":
            return led is not None and led.kind == "a"  # "positions vacated by A"
        if before.kind != "p" and before.lower not in _REDUCED_AFTER:
            return False
        return any(self.clause.lower(k) == "by" for k in range(end, end + 5))

    def _headline(self, n: int, end: int) -> bool:
        """Whether "P liberated at dawn" or "P, Q: all taken" stands there without a "was"."""
        if self.opens_list(n, end):
            return True
        k = n - 1
        while k > 0 and self.clause.lower(k) in _ALL_OF_THEM:
            k -= 1
        following = self.clause.item(end)
        if self.clause.items[k].kind != "p" or (
            following is not None and (following.kind in {"a", "p"} or following.lower in _OBJECTS)
        ):
            return False
        return k == 0 or self.reach.lists.opens_with_list(k) or self._dated(k)

    def _dated(self, k: int) -> bool:
        """Whether only a day stands before an item: "5 December - P captured"."""
        before = self.clause.items[:k]
        return any(one.kind == "d" for one in before) and all(
            one.kind == "d" or one.lower in _AFTER_DAY for one in before
        )

    def opens_list(self, n: int, end: int) -> bool:
        """Whether "also captured today: P, Q" opens a sentence."""
        if any(one.kind in {"a", "p"} for one in self.clause.items[:n]) or n > 1:
            return False
        return ":" in self.clause.lowers[end : end + 3]

    def also_done(self, n: int, end: int) -> bool:
        """Whether "P was besieged and captured the next day" goes on with a passive."""
        if self.clause.lower(n - 1) != "and" or self.clause.lower(n) not in _TAKEN:
            return False
        following = self.clause.item(end)
        if following is not None and (following.kind == "p" or self.clause.lower(end) == "the"):
            told = self.clause.items[end : end + 3]
            if following.kind == "p" or not any(one.lower in _TOLD_DAYS for one in told):
                return False
        before = next((m for m in range(n - 1, -1, -1) if m in self.clause.verbs), -1)
        between = self.clause.items[max(0, before) : n]
        return (
            before >= 0
            and self.clause.passive(before)
            and not any(one.kind == "a" for one in between)
        )
