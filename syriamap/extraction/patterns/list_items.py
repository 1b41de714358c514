"""Lists of places: whether one is an item of a list, past asides and days; which a list holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.asides import aside_begin, aside_end
from syriamap.extraction.sentence.noun_or_verb import harmless_verb

if TYPE_CHECKING:
    from syriamap.extraction.patterns.parts import Parts
    from syriamap.extraction.places.mention import Mention

__all__ = ["ListItems"]

_WORDS = read_words()
_DIRECTIONS = _WORDS["directions"]
_IN_LIST = _WORDS["in_list"] | _WORDS["place_attributes"]
_NAMING_ARTICLES = frozenset({"the", "a"})
_LIST_JOINS = _WORDS["list_joins"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_FROM_WHOM = _WORDS["english_articles"] | {"from"}
_LISTED_NOUNS = _WORDS["listed_nouns"]
_BEFORE_LISTED_NOUN = _WORDS["before_listed_noun"]
_LIST_PREPOSITIONS = _WORDS["list_prepositions"]
_POSTS = _WORDS["posts"]
_SIGNS = frozenset(",#:|⚡🔴•-–")
_OPENING_LIST = _SIGNS | _SETTLEMENT_KINDS | _WORDS["in_opening_list"]
_HEADING = 5
"""Items of a heading before a list: "South: P, Q and R"."""
_LIST_AND = _WORDS["list_and"]
_JUST_JOINS = _WORDS["list_and"] | {","}
_MONTHS = _WORDS["no_names"]
_KINDS = frozenset().union(
    *(
        _WORDS[one]
        for one in ("settlement_kinds", "plural_kinds", "site_kinds", "generic", "transparent")
    )
)
_WINDS = _WORDS["winds"] | {"centre", "center"}
_SCENE_LEADS = _WORDS["containers"]
_DAY_LEADS = _WORDS["before_listed_day"]


class ListItems:
    """
    The lists of places in one sentence.

    Parameters
    ----------
    parts
        Wholes and parts in it.
    """

    def __init__(self, parts: Parts) -> None:
        self.clause, self.parts = parts.clause, parts

    def in_list(self, k: int) -> bool:
        """Whether a place is an item of the list that the one before it stands in."""
        m = k - 1
        while m >= 0 and self.clause.items[m].kind != "p":
            outer = self.aside_before(m)
            if outer is not None:
                m = outer
                break
            if self._in_a_wind(m):
                m -= 3
                continue
            named = self.clause.items[m].kind == "a" and self.clause.lower(m - 1) in _FROM_WHOM
            abroad = self.clause.lower(m - 1) == "with" and self.clause.capital(m)
            # "P last week and Q on Friday"
            dated = self.clause.items[m].kind == "d" and self.clause.lower(m + 1) in _LIST_AND
            known = named or abroad or dated or self._is_unknown_name(m)
            if not known and self.clause.lower(m) not in _IN_LIST:
                return False
            if self.clause.items[m + 1].kind == "d" and self.clause.lower(m) in _DAY_LEADS:
                m -= 1
                continue
            if self._leads_elsewhere(m, k):
                return False
            m -= 1
        if m >= 0 and self._sets_scene(m):
            return False
        return m >= 0 and any(self.clause.lower(x) in _LIST_JOINS for x in range(m + 1, k))

    def _sets_scene(self, m: int) -> bool:
        """Whether a place only tells where what follows lies: "in northern P, Q and R were"."""
        wind = self.clause.lower(m - 1) in _WINDS and self.clause.lower(m - 2) in _SCENE_LEADS
        return wind and self.clause.lower(m + 1) == ","

    def _in_a_wind(self, m: int) -> bool:
        """Whether "in the north" ends at an item: "P in the north, Q in the centre and R"."""
        lead = self.clause.lowers[max(0, m - 2) : m] == ["in", "the"]
        return lead and self.clause.lower(m) in _WINDS and self.clause.items[m - 3].kind == "p"

    def joined_to_next(self, k: int) -> bool:
        """Whether only "and" or a comma stands between a place and the one before it."""
        m = k - 1
        while m > 0 and self.clause.lower(m) in _JUST_JOINS:
            m -= 1
        return m < k - 1 and self.clause.items[m].kind == "p"

    def _leads_elsewhere(self, m: int, k: int) -> bool:
        """Whether a preposition in a list leads to what is no item: "P and west of Q", "P in Q"."""
        word = self.clause.lower(m)
        if self.clause.lower(m + 1) in _LIST_JOINS and word in _LIST_PREPOSITIONS:
            return False  # "in addition to"
        if word in _DIRECTIONS or (word == "along" and self.clause.lower(m + 1) != "with"):
            return True
        whom = any(one.kind == "a" for one in self.clause.items[m + 1 : m + 3])
        if word not in _LIST_PREPOSITIONS or whom:
            return False
        noun = self.clause.lower(m - 1)
        if noun in _LISTED_NOUNS or (noun.endswith("s") and noun.isalpha()):
            x = m - 2
            while x > m - 5 and self.clause.lower(x) in _BEFORE_LISTED_NOUN:
                x -= 1
            if self.clause.lower(x) in _LIST_JOINS:
                return False  # "and the border crossing at P"
        return self.clause.lower(m - 1) not in _LIST_JOINS and m + 1 <= k

    def _is_unknown_name(self, k: int) -> bool:
        """Whether an item of a list that no place bears, or its country, stands here."""
        lower = self.clause.lower
        if self.clause.items[k].kind != "w" or not self.clause.capital(k) or lower(k) in _MONTHS:
            return False
        joined = lower(k - 1) in _JUST_JOINS and lower(k + 1) in _JUST_JOINS
        return joined or (lower(k - 1) == "the" and lower(k + 1) in _KINDS)

    def aside_before(self, k: int) -> int | None:
        """The place before an aside that ends at an item: "P (east)", "P, a town of Q,"."""
        begin = aside_begin(self.clause.lowers, k)
        if begin is None or self._acts_between(begin, k) or self._lists_on(begin):
            return None
        return begin - 1 if self.clause.items[begin - 1].kind == "p" else None

    def aside_end(self, k: int) -> int | None:
        """Where an aside ends that opens behind a place at an item, if the list goes on."""
        end = aside_end(self.clause.lowers, k)
        if end is None or self._lists_on(k) or self._acts_between(k + 1, end):
            return None
        return end if self._list_resumes(end) else None

    def _acts_between(self, first: int, last: int) -> bool:
        """Whether a verb stands between two signs, so that they bound no mere aside."""
        between = range(first + 1, last)
        return any(m in self.clause.verbs and not harmless_verb(self.clause, m) for m in between)

    def _lists_on(self, k: int) -> bool:
        """Whether a comma goes on with a list: ", the town of Q,"."""
        article = self.clause.lower(k + 1) in _NAMING_ARTICLES
        return self.clause.lower(k) == "," and article and self._names_place(k + 1)

    def _names_place(self, k: int) -> bool:
        """Whether an article begins the next item of a list: ", the town of Q,"."""
        m = k + 1
        while self.clause.lower(m) in _IN_LIST and self.clause.lower(m) not in _JUST_JOINS:
            m += 1
        return m < self.clause.size and self.clause.items[m].kind == "p"

    def _list_resumes(self, k: int) -> bool:
        """Whether another place of a list follows a sign: ", and the town of R", ") and R"."""
        ahead = range(k + 1, min(k + 10, self.clause.size))
        place = next((m for m in ahead if self.clause.items[m].kind == "p"), 0)
        between = range(k + 1, place)
        if self.clause.lower(k + 1) in _LIST_PREPOSITIONS:
            return False  # "the P field, the largest, in Q"
        joined = any(self.clause.lower(m) in _JUST_JOINS for m in range(k, place))
        return joined and all(
            self.clause.lower(m) in _IN_LIST
            and m not in self.clause.verbs
            and (self.clause.lower(m) in _LIST_JOINS or not self._leads_elsewhere(m, place))
            for m in between
        )

    def list_begin(self, k: int) -> int:
        """The first place of the list that a place at an item stands in."""
        while k > 0 and self.in_list(k):
            k = next(m for m in range(k - 1, -1, -1) if self.clause.items[m].kind == "p")
        return k

    def opens_with_list(self, k: int) -> bool:
        """Whether a sentence opens with a list that no "and" ends: "P, Q, R under A control"."""
        if self.clause.lower(k - 1) not in _JUST_JOINS:
            return False
        heads = [m for m in range(min(k, _HEADING)) if self.clause.lower(m) == ":"]
        return all(
            one.kind in {"p", "d"} or one.lower in _OPENING_LIST or one.lower.isdigit()
            for one in self.clause.items[heads[-1] + 1 if heads else 0 : k]
        )

    def listed(self, k: int, *, joined: bool) -> list[Mention]:
        """A place and those of its list before it."""
        listed = [one for one in [self.clause.items[k].place] if one is not None]
        while k > 0 and self.in_list(k) and joined and listed:
            k -= 1
            while self.clause.items[k].kind != "p":
                k -= 1
            place = self.clause.items[k].place
            if place is not None and place.kind == "adm1" and listed[0].kind != "adm1":
                break
            listed += [place] if place is not None else []
        return listed[::-1]

    def listed_to(self, last: Mention, n: int) -> list[Mention]:
        """A place and those that "and" joins to it, in "P and Q, from which A withdrew"."""
        at = next((k for k in range(n - 1, 0, -1) if self.clause.items[k].place is last), 0)
        led = at and "from" in self.clause.lowers[at + 1 : at + 3]
        joined = led and self.clause.lower(at - 1) in _LIST_AND and self.in_list(at)
        return self.listed(at, joined=True) if joined else [last]

    def list_before(self, n: int) -> list[Mention]:
        """The places of the last list before an item, which "them" means; none if it is but one."""
        k = next((k for k in range(n - 1, -1, -1) if self.clause.items[k].kind == "p"), 0)
        if k and self.parts.lies_around(k):
            k = next((m for m in range(k - 1, -1, -1) if self.clause.items[m].kind == "p"), 0)
        while k > 0 and not self.in_list(k):
            k = next((m for m in range(k - 1, -1, -1) if self.clause.items[m].kind == "p"), 0)
        listed = self.listed(k, joined=True) if k else []
        opens = next((m for m in range(k) if listed and self.clause.items[m].place is listed[0]), 0)
        return [] if self.clause.lower(opens - 2) in _POSTS else listed

    def last_two(self, n: int) -> list[Mention]:
        """The last two places before an item, if they stand in a list or were told of last."""
        listed = self.list_before(n)
        if listed:
            return listed if len(listed) == 2 else []
        if any(one.kind == "p" for one in self.clause.items[:n]):
            return []
        told = self.clause.memory.last_two()
        return told if len(told) == 2 else []
