"""
Which places a verb or a noun reaches, to its right or to its left.

Prepositions decide: a frame names those through which it reaches its place; past others stand
containers ("in Idlib province") and reference points ("near Hama"), which receive no claim. Lists
are followed to their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.list_items import ListItems
from syriamap.extraction.patterns.parts import Parts
from syriamap.extraction.patterns.subject_places import SubjectPlaces
from syriamap.extraction.patterns.walk import Walk
from syriamap.extraction.places.asides import LONGEST_ASIDE

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Clause

__all__ = ["Reach"]

_WORDS = read_words()
_LIST_OPENS = _WORDS["list_opens"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_LATEST = _WORDS["latest"]
_OPENS_LATER = frozenset({"as", ":"})
_INCLUDE = _WORDS["include"]
_ARE = _WORDS["be"] | _INCLUDE
_DID = _WORDS["be"] | {"did"}
_OTHER_CLAUSE = frozenset({";", "while", "but"})
_TIMES = _WORDS["times"]
_RESUMES = frozenset({"and", ","})
_LIST_AND = _WORDS["list_and"]
_JUST_JOINS = _LIST_AND | {","}
_THEM = frozenset({"them", "others"})
_NEAR = 6
"""Items from a verb to "followed by"."""
_LATER = frozenset({"later", "afterwards"})
_TIME_UNITS = _WORDS["time_units"]
_WHEN = _WORDS["when_words"]


class Reach:
    """
    What a verb or a noun of a sentence reaches.

    Parameters
    ----------
    clause
        The sentence, searched.

    Attributes
    ----------
    parts, lists, subjects
        Wholes and parts, the lists of places, the places that are subjects.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.parts = Parts(clause)
        self.lists = ListItems(self.parts)
        self.subjects = SubjectPlaces(self.lists)

    def places(
        self,
        n: int,
        via: frozenset[str],
        *,
        whole: bool = True,
        hit: bool = False,
        takes: bool = False,
    ) -> tuple[list[Mention], str]:
        """
        Places to the right of an item, by the words that may lead to them; whom they cost.

        Unless `whole` is off, a place of which only a part is told is none; a place is `hit` with
        the posts in it, and not taken by who `takes` these.
        """
        walk = Walk(self.lists, n, via, whole=whole, hit=hit, takes=takes)
        walk.go()
        return walk.found, walk.loser

    def as_was(self, end: int) -> list[Mention]:
        """The place of "P was captured on the 18th, as was Q"."""
        for k in range(end, min(end + 9, self.clause.size - 2)):
            if self.clause.lower(k) == "as" and self.clause.lower(k + 1) in _DID:
                return self.places(k + 2, frozenset({""}))[0]
        return []

    def named_behind(self, end: int) -> list[Mention]:
        """The places of "villages were captured by A: P and Q", "seized by A include P and Q"."""
        for k in range(end, min(end + 9, self.clause.size)):
            if self.clause.lower(k) == ":" or self.clause.lower(k) in _INCLUDE:
                return self.places(k + 1, frozenset({""}))[0]
        return []

    def told_later(self, n: int) -> list[Mention]:
        """The places of "the villages that A left, such as P and Q", "46; the latest are P"."""
        lower = self.clause.lower
        if _PLURAL_KINDS.isdisjoint(self.clause.lowers[max(0, n - 6) : n + 6]):
            return []
        for k in range(n, self.clause.size - 1):
            them = lower(k) == "among" and lower(k + 1) in _THEM
            if them and self.clause.items[k - 1].kind == "p":
                return self.lists.listed(k - 1, joined=True)  # "several towns, P and Q among them"
            if k in self.clause.verbs and self._goes_on_to_act(k):
                return []
            opens = lower(k) in _LIST_OPENS and lower(k - 1) == ","
            latest = lower(k) in _ARE and not _LATEST.isdisjoint(self.clause.lowers[k - 4 : k])
            if not (opens or latest):
                continue
            first = k + 1 + (lower(k + 1) in _OPENS_LATER)
            if self.clause.items[first : first + 1] and self.clause.items[first].kind == "p":
                return self.places(first, frozenset({""}))[0]
        return []

    def gapped(self, n: int) -> list[Mention]:
        """The places of "fell on the 15th, P and Q a day later, and R in the evening"."""
        found: list[Mention] = []
        for m in range(n, min(n + _NEAR, self.clause.size)):
            if self.clause.lowers[m : m + 3] == [",", "followed", "by"]:
                return self.places(m + 3, frozenset({""}))[0]  # "fell, followed by P and Q"
        k = n
        while k < self.clause.size:
            k = self._past_clause(k)
            if k in self.clause.verbs or self.clause.lower(k) in _OTHER_CLAUSE:
                break
            item = self.clause.items[k]
            dated = item.kind == "p" and self._dated_before(k)
            if item.kind == "p" and (dated or self.clause.lower(k - 1) in _JUST_JOINS):
                listed = [] if item.place is None else [item.place]
                while self.clause.lower(k + 1) in _LIST_AND and self.clause.next_is_place(k + 1):
                    k += 2
                    place = self.clause.items[k].place
                    listed += [] if place is None else [place]
                if not dated and not self._time_behind(k):
                    break
                found += listed
            k += 1
        return found

    def _dated_before(self, k: int) -> bool:
        """Whether a day leads to a place of a list: ", and on 22 January P"."""
        lower = self.clause.lower
        m = k - 1
        if lower(m) in _LATER and lower(m - 1) in _TIMES | _TIME_UNITS:
            return lower(m - 2) == "and" or lower(m - 3) == "and"  # "and hours later Q"
        if m < 1 or self.clause.items[m].kind != "d":
            return False
        m -= lower(m - 1) in {"on", "by"}
        return lower(m - 1) == "and"

    def _past_clause(self, k: int) -> int:
        """Step past ", after A had left," where a list goes on behind it: "and P"."""
        lower = self.clause.lower
        if lower(k) != "," or lower(k + 1) not in _WHEN:
            return k
        ahead = range(k + 2, min(k + LONGEST_ASIDE, self.clause.size))
        end = next((m for m in ahead if lower(m) == ","), k)
        return (
            end
            if end > k and lower(end + 1) in _LIST_AND and self.clause.next_is_place(end + 1)
            else k
        )

    def _time_behind(self, k: int) -> bool:
        """Whether a time stands behind an item: "a day later", "in the evening", "on Friday"."""
        ahead = self.clause.items[k + 1 : k + 6]
        end = next((m for m, one in enumerate(ahead) if one.kind in {"p", "a"}), len(ahead))
        return any(one.kind == "d" or one.lower in _TIMES for one in ahead[:end])

    def _goes_on_to_act(self, k: int) -> bool:
        """Whether a verb tells of another deed of the same clause: "and capturing P"."""
        joined = not _RESUMES.isdisjoint(self.clause.lowers[max(0, k - 2) : k])
        return self.clause.verbs[k][1] == "ing" or (joined and self.clause.lower(k - 1) != "that")
