"""The places that are the subject of a verb: "P and Q were taken", "P, a suburb of Q, fell"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.asides import LONGEST_ASIDE
from syriamap.extraction.sentence.anaphors import last_of_kind, last_place
from syriamap.extraction.sentence.obliques import is_oblique

if TYPE_CHECKING:
    from syriamap.extraction.patterns.list_items import ListItems
    from syriamap.extraction.places.mention import Mention

__all__ = ["SubjectPlaces"]

_WORDS = read_words()
_OPENS_EXAMPLES = _WORDS["list_opens"] | _WORDS["among"]
_EXAMPLES = 5
"""Items of "including the villages of" and its like."""
_ANAPHORS = _WORDS["anaphors"]
_APPOSITION_OPENS = _WORDS["apposition_opens"]
_BEFORE_LISTED = _WORDS["before_listed"]
_BEFORE_SUBJECT_PLACE = _WORDS["before_subject_place"]
_CONTAINERS = _WORDS["containers"]
_DIRECTIONS = _WORDS["directions"]
_LYING = _WORDS["lies_at"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_REFERENCE = _WORDS["reference"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STOPS = _WORDS["stops"]
_RELATIVES = frozenset({"that", "which"})
_REMAINING = _WORDS["remaining"]
_OTHER_CLAUSE = frozenset({";", "while", "but"})
_DASHES = frozenset("-–—/")
_SURROUNDING = _WORDS["surrounding"]
_SURROUNDINGS = _SURROUNDING | _PLURAL_KINDS | _WORDS["with_surroundings"]
_NO_SUBJECT = _CONTAINERS | _REFERENCE | {"to", "on"}
_OF_ONE = _WORDS["of_one"]
_LIST_AND = _WORDS["list_and"]
_PREPOSITIONS = _WORDS["prepositions"]
_UNNAMED = frozenset({"the", "its"})
_JUST_JOINS = _WORDS["list_and"] | {","}
_WHERE = frozenset({"where", "which"})
_LEADS_WHICH = _WORDS["leads_to_which"]
_LENGTHS = tuple(_WORDS["units"])


class SubjectPlaces:
    """
    The subjects of one sentence that are places.

    Parameters
    ----------
    lists
        The lists of places in it.
    """

    def __init__(self, lists: ListItems) -> None:
        self.clause, self.lists, self.parts = lists.clause, lists, lists.parts

    def of(self, n: int) -> list[Mention]:  # noqa: PLR0911
        """The places that are the subject of what stands at `n`, "the city" and "the dam" too."""
        k = self.clause.back(n)
        while k > 0 and (self.clause.lower(k) in _REMAINING or self.clause.lower(k) in _DASHES):
            k -= 1
        k = self._before_surroundings(k)
        if self.before_unnamed(k) < k:
            return self.lists.listed(self.before_unnamed(k), joined=True)
        if self.clause.lower(k) in _RELATIVES:
            at = self.before_kind_behind(k - 2 if self.clause.lower(k - 1) == "," else k - 1)
            at = self.past_distance(at)
            before = self.clause.item(at)
            if before is None or before.kind != "p" or self._told_by_distance(at):
                return []
            return self.lists.listed(at, joined=self.clause.lower(k + 1) not in _OF_ONE)
        if self.clause.lower(k - 1) == "the" and self.clause.items[k].kind == "w":
            word = self.clause.lower(k)
            if word in _SITE_KINDS:
                site = last_of_kind(self.clause, k, word)
                return [site] if site is not None else []
            if word in _ANAPHORS and self._lies_beside(k - 2):
                return []  # "the base north of the city"
            if word in _ANAPHORS:
                back = last_place(self.clause, k)
                return [back] if back is not None else []
        return self.before(n)

    def _told_by_distance(self, k: int) -> bool:
        """Whether a place only tells how far another is from it: "P, 40 km northeast of Q"."""
        wind = self.clause.lower(k - 1) == "of" and self.clause.lower(k - 2) in _DIRECTIONS
        noun = self.clause.lower(k - 3)  # "the prison north of Q, which is besieged"
        return wind and (noun.endswith(_LENGTHS) or noun.rsplit(" ", 1)[-1] in _SITE_KINDS)

    def past_distance(self, k: int) -> int:
        """The place before an aside that only says where it lies: "P, six miles east of Q"."""
        if k < 0 or self.clause.items[k].kind != "p":
            return k
        near = self.clause.lower(self.parts.before_kind(k)) in _REFERENCE
        if not near and not self._told_by_distance(k):
            return k
        for m in range(k - 1, max(0, k - LONGEST_ASIDE), -1):
            if self.clause.lower(m) == ",":
                at = self.before_kind_behind(m - 1)
                lies = self.clause.lower(m + 1) in _REFERENCE or self._measured(m, k)
                return at if lies and self.clause.items[at].kind == "p" else k
            if self.clause.items[m].kind != "w" or self.clause.lower(m) in _OTHER_CLAUSE:
                return k
        return k

    def _measured(self, first: int, last: int) -> bool:
        """Whether a measure stands between two items: "six miles", "12km"."""
        return any(one.endswith(_LENGTHS) for one in self.clause.lowers[first:last])

    def before_kind_behind(self, k: int) -> int:
        """The place before "city" or its like that stands behind a name: "P City, which"."""
        named = self.clause.lower(k) in _ANAPHORS and k > 0 and self.clause.items[k - 1].kind == "p"
        return k - 1 if named else k

    def _lies_beside(self, k: int) -> bool:
        """Whether a word at an item only says where something lies: "near", "north of"."""
        lower = self.clause.lower
        return lower(k) in _REFERENCE or (lower(k) == "of" and lower(k - 1) in _DIRECTIONS)

    def before_unnamed(self, k: int) -> int:
        """The place before "and the 93rd Brigade base" that ends at an item; else the item."""
        m = k
        while (
            m > max(0, k - 6)
            and self.clause.items[m].kind == "w"
            and (self.clause.lower(m) not in _JUST_JOINS)
        ):
            if m in self.clause.verbs or self.clause.lower(m) in _PREPOSITIONS | _STOPS:
                return k
            m -= 1
        told = _UNNAMED.isdisjoint(self.clause.lowers[m + 1 : m + 2])
        joins = self.clause.lower(m) in _LIST_AND and self.clause.items[m - 1].kind == "p"
        return k if told or not joins or m == k else m - 1

    def _before_surroundings(self, k: int) -> int:
        """The item before "and the surrounding villages and hills" that ends at an item."""
        m = k
        while m > 0 and self.clause.lower(m) in _SURROUNDINGS:
            m -= 1
        behind = self.clause.lowers[m + 1 : k + 1]
        return m if behind[:1] == ["and"] and not _SURROUNDING.isdisjoint(behind) else k

    def before(self, n: int) -> list[Mention]:
        """The places that are the subject of what stands at `n`: the last list before it."""
        k = self._before_which(self._before_aside(n), n)
        while k >= 0:
            k = self._before_where(k)
            item = self.clause.items[k]
            if item.kind == "p":
                before = self.clause.lower(k - 1)
                if before in _BEFORE_SUBJECT_PLACE:
                    before = self.clause.lower(k - 2)
                outer = self._before_apposition(k, n)
                if outer is not None:
                    k = outer  # "P, the last foothold of A in Q, was overrun"
                    break
                if self.parts.of_part(self.lists.list_begin(k)):
                    return []
                beside = self._only_beside(k, n)
                if beside and not self._named_in_phrase(k):
                    return []  # "a town southeast of P was captured"
                skipped = beside or (
                    before in _NO_SUBJECT
                    and any(self.clause.items[m].kind == "p" for m in range(k))
                )
                if not skipped and not self.parts.only_modifies(k):
                    break
                k = self.lists.list_begin(k) if beside else k
            if self._tells(k) or (
                item.kind == "a"
                and k < n - 3
                and self.clause.lower(k + 1) != "-"
                and not is_oblique(self.clause, k)
            ):
                return []
            k -= 1
        if k < 0:
            return []
        joined = self.clause.lower(k - 1) in _BEFORE_LISTED or self.lists.opens_with_list(k)
        joined = joined or self.clause.lower(k + 1) in _LIST_AND  # "P, Q and 34 villages"
        return self.lists.listed(k, joined=joined)

    def _before_which(self, k: int, n: int) -> int:
        """The place that "which" before a verb means past what only places it; else the item."""
        if self.clause.lower(self.clause.back(n)) not in _RELATIVES:
            return k
        at = k - 1 if self.clause.lower(k - 1) != "," else k - 2
        return min(self.past_distance(at), k) if self.past_distance(at) < at else k

    def _only_beside(self, k: int, subject_of: int) -> bool:
        """Whether a place only says where a subject lies: "southeast of P", not "the east of P"."""
        behind = self.clause.back(subject_of)
        if behind != k and not (behind == k + 1 and self.clause.lower(behind) == ","):
            return False  # "P lies north of Q, which fell"
        n = self.lists.list_begin(k) - 1  # "villages west of P and Q were captured"
        while self.clause.lower(n) in _BEFORE_SUBJECT_PLACE:
            n -= 1
        lower = self.clause.lower
        wind = lower(n) == "of" and lower(n - 1) in _DIRECTIONS
        return wind and n > 1 and lower(n - 2) != "the"

    def lists_examples(self, k: int) -> bool:
        """Whether a comma ends a list of some of what is told of: "villages, among them P,"."""
        if self.clause.items[k - 1].kind != "p":
            return False
        first = self.lists.list_begin(k - 1)
        opens = self.clause.lowers[max(0, first - _EXAMPLES) : first]
        return not _OPENS_EXAMPLES.isdisjoint(opens)

    def _named_in_phrase(self, k: int) -> bool:
        """Whether a place is named before one in the same phrase: "P, southeast of Q, was"."""
        for m in range(k - 1, max(-1, k - LONGEST_ASIDE), -1):
            if self.clause.items[m].kind == "p":
                return True
            if m in self.clause.verbs or self.clause.items[m].kind == "a":
                return False
        return False

    def _before_aside(self, n: int) -> int:
        """The place before ", A's last stronghold on the border," that ends before a verb."""
        close = self.clause.back(n)
        if self.clause.lower(close) != ",":
            return n - 1
        outer = self.lists.aside_before(close)  # "P, 14 km north of Q on the R highway, was"
        if outer is not None:
            return outer
        for m in range(close - 1, max(0, close - LONGEST_ASIDE), -1):
            if self.clause.items[m].kind == "p" or m in self.clause.verbs:
                return n - 1
            if self.clause.lower(m) == ",":
                opens = self.clause.lower(m + 1) in _APPOSITION_OPENS
                owned = self.clause.items[m + 1].kind == "a" and self.clause.lower(m + 2) == "'s"
                named = self.clause.items[m - 1].kind == "p"
                return m - 1 if (opens or owned) and named else n - 1
        return n - 1

    def _before_where(self, k: int) -> int:
        """The place before ", where A was," that ends at an item; else the item."""
        if self.clause.lower(k) != ",":
            return k
        for m in range(k - 1, max(0, k - LONGEST_ASIDE), -1):
            begin = m - 1 if self.clause.lower(m - 1) in _LEADS_WHICH else m
            if self.clause.lower(m) in _WHERE and self.clause.lower(begin - 1) == ",":
                return begin - 2 if begin > 1 and self.clause.items[begin - 2].kind == "p" else k
            if self.clause.lower(m) == "," or self.clause.items[m].kind == "p":
                return k
        return k

    def _before_apposition(self, k: int, n: int) -> int | None:
        """The place before ", a suburb of P," when P stands inside: "Q, a suburb of P, was"."""
        if "," not in {self.clause.lower(m) for m in range(k + 1, n)}:
            return None
        first = self.lists.list_begin(k)  # ", all on the border of P and Q,"
        for m in range(first - 1, 0, -1):
            if self.clause.items[m].kind == "p":
                return None
            if self.clause.lower(m) == ",":
                lies = self.clause.lower(m + 1) in _LYING
                lies = lies and self.clause.lower(self.clause.back(n)) == ","
                opens = lies or self.clause.lower(m + 1) in _APPOSITION_OPENS
                return m - 1 if opens and self.clause.items[m - 1].kind == "p" else None
        return None

    def _tells(self, k: int) -> bool:
        """Whether another clause begins: "while", "confirming that"."""
        word = self.clause.lower(k)
        said = word == "that" and self.clause.lower(k - 1) in _SPEECH_FORMS
        return said or word in _OTHER_CLAUSE
