"""
What stands beside the places of a sentence: lists and parts, kinds and what only modifies.

In come items of a clause, out go answers: whether a place is an item of the list before it, whether
only a part of it is told of, which places a list before or behind holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.asides import LONGEST_ASIDE, aside_begin, aside_end
from syriamap.extraction.sentence.anaphors import last_of_kind, last_place

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Clause
    from syriamap.extraction.sentence.items import Item

__all__ = ["Nearby"]

_WORDS = read_words()
_ANAPHORS = _WORDS["anaphors"]
_APPOSITION_OPENS = _WORDS["apposition_opens"]
_BE = _WORDS["be"]
_BEFORE_HARMLESS = _WORDS["before_harmless"]
_BEFORE_LISTED = _WORDS["before_listed"]
_BEFORE_SUBJECT_PLACE = _WORDS["before_subject_place"]
_CONTAINERS = _WORDS["containers"]
_DIRECTIONS = _WORDS["directions"]
_GENERIC = _WORDS["generic"]
_GOES_ON = _WORDS["goes_on"]
_HARMLESS_VERB = _WORDS["harmless_verb"]
_IN_LIST = _WORDS["in_list"] | _WORDS["place_attributes"]
_ATTRIBUTES = _WORDS["place_attributes"]
_KIND_BEFORE = frozenset({"capital"})
_NAMING_ARTICLES = frozenset({"the", "a"})
_LIST_OPENS = _WORDS["list_opens"]
_LYING = _WORDS["lies_at"]
_LIST_GOES_ON = _WORDS["list_goes_on"]
_LIST_BEGINS = _WORDS["list_begins"]
_LIST_JOINS = _WORDS["list_joins"]
_MODIFIED = _WORDS["modified"]
_AROUND_NOUNS = _WORDS["around_nouns"]
_PART_NOUNS = _WORDS["part_nouns"]
_REFERENCE_OR_IN = _WORDS["reference"] | _WORDS["containers"]
_WAYS = _WORDS["ways"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_REFERENCE = _WORDS["reference"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SHARES = _WORDS["shares"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STOPS = _WORDS["stops"]
_TRANSPARENT = _WORDS["transparent"]
_KINDS = _SETTLEMENT_KINDS | _PLURAL_KINDS | _SITE_KINDS | _GENERIC | _TRANSPARENT
_PART_KINDS = _PLURAL_KINDS | _SETTLEMENT_KINDS | {"countryside"}
_FROM_WHOM = _WORDS["english_articles"] | {"from"}
_LISTED_NOUNS = _WORDS["listed_nouns"]
_BEFORE_LISTED_NOUN = _WORDS["before_listed_noun"]
_LIST_PREPOSITIONS = _WORDS["list_prepositions"]
_OWNED_PARTS = _WORDS["owned_parts"]
_PART_SUBJECTS = _PART_NOUNS | _WORDS["part_subjects"]
_RELATIVES = frozenset({"that", "which"})
_POSTS = _WORDS["posts"]
_REMAINING = _WORDS["remaining"]
_BEFORE_PART = _WORDS["winds"] | _DIRECTIONS | {"the", "-"}
_OTHER_CLAUSE = frozenset({";", "while", "but"})
_DASHES = frozenset("-–—/")
_SIGNS = frozenset(",#:|⚡🔴•-–")
_OPENING_LIST = _SIGNS | _SETTLEMENT_KINDS | _WORDS["in_opening_list"]
_HEADING = 5
"""Items of a heading before a list: "South: P, Q and R"."""
_SURROUNDING = _WORDS["surrounding"]
_SURROUNDINGS = _SURROUNDING | _PLURAL_KINDS | _WORDS["with_surroundings"]
_NO_SUBJECT = _CONTAINERS | _REFERENCE | {"to", "on"}
_POSSESSIVE = frozenset({"'s", "'", "’"})
_TIMES = _WORDS["times"]
_OF_ONE = _WORDS["of_one"]
_ENDPOINTS = frozenset({"to", "from"})
_RESUMES = frozenset({"and", ","})
_LIST_AND = _WORDS["list_and"]
_PREPOSITIONS = _WORDS["prepositions"]
_UNNAMED = frozenset({"the", "its"})
_JUST_JOINS = _WORDS["list_and"] | {","}
_WHERE = frozenset({"where", "which"})

_LEADS_WHICH = _WORDS["leads_to_which"]
_LENGTHS = tuple(_WORDS["units"])
_DAY_LEADS = _WORDS["before_listed_day"]
_WHEN = _WORDS["when_words"]
_TOWNS = frozenset({"city", "town"})
_MONTHS = _WORDS["no_names"]
_TIME_UNITS = _WORDS["time_units"]
_LATER = frozenset({"later", "afterwards"})
_OPENS_EXAMPLES = _LIST_OPENS | _WORDS["among"]
_EXAMPLES = 5
"""Items of "including the villages of" and its like."""
_CITY_PARTS = _WORDS["city_parts"]
_SOME_PARTS = _WORDS["some_parts"]
_SPOTS = _WORDS["spots"]
_VILLAGES = frozenset({"village", "hamlet"})
_TAKEN_PARTS = _CITY_PARTS | _SOME_PARTS | _SPOTS | {"areas"}
"""Of a town: whoever takes them fights for it; "areas" of a city's name may be its province's."""


class Nearby:
    """
    What stands beside the places of a sentence.

    Parameters
    ----------
    clause
        The sentence, searched.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause

    def before_kind(self, k: int) -> int:
        """The item before a place and its kind: "of" in "quarters of the Syrian city of P"."""
        lower = self.clause.lower
        n = k - 1
        while lower(n) in _BEFORE_PART:
            n -= 1
        while lower(n) in _KIND_BEFORE and n > 2:
            n -= 1 + (lower(n - 1) == "the")  # "around the capital P"
        while lower(n) == "of" and lower(n - 1) in _ANAPHORS and n > 2:
            n -= 2
            while n > 0 and (lower(n) in _BEFORE_PART or self.clause.capital(n)):
                n -= 1
        return n

    def lies_around(self, k: int) -> bool:
        """Whether not a place but what lies around it is told of: "the countryside of P"."""
        n = self.before_kind(k)
        return self.clause.lower(n) == "of" and self.clause.lower(n - 1) in _AROUND_NOUNS

    def last_two(self, n: int) -> list[Mention]:
        """The last two places before an item, if they stand in a list or were told of last."""
        listed = self.list_before(n)
        if listed:
            return listed if len(listed) == 2 else []
        if any(one.kind == "p" for one in self.clause.items[:n]):
            return []
        told = self.clause.memory.last_two()
        return told if len(told) == 2 else []

    def gapped(self, n: int) -> list[Mention]:
        """The places of "fell on the 15th, P and Q a day later, and R in the evening"."""
        found: list[Mention] = []
        k = n
        while k < self.clause.size:
            k = self._past_clause(k)
            if k in self.clause.verbs or self.clause.lower(k) in _OTHER_CLAUSE:
                break
            item = self.clause.items[k]
            dated = item.kind == "p" and self._dated_before(k)
            if item.kind == "p" and (dated or self.clause.lower(k - 1) in _JUST_JOINS):
                listed = [] if item.place is None else [item.place]
                while self.clause.lower(k + 1) in _LIST_AND and self.next_is_place(k + 1):
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
        return end if end > k and lower(end + 1) in _LIST_AND and self.next_is_place(end + 1) else k

    def _time_behind(self, k: int) -> bool:
        """Whether a time stands behind an item: "a day later", "in the evening", "on Friday"."""
        ahead = self.clause.items[k + 1 : k + 6]
        end = next((m for m, one in enumerate(ahead) if one.kind in {"p", "a"}), len(ahead))
        return any(one.kind == "d" or one.lower in _TIMES for one in ahead[:end])

    def _goes_on_to_act(self, k: int) -> bool:
        """Whether a verb tells of another deed of the same clause: "and capturing P"."""
        joined = not _RESUMES.isdisjoint(self.clause.lowers[max(0, k - 2) : k])
        return self.clause.verbs[k][1] == "ing" or (joined and self.clause.lower(k - 1) != "that")

    def city_of_parts(self, n: int) -> list[Mention]:
        """The city or town some quarters of which are told of: "seized two districts of P"."""
        for k in range(n, min(n + 10, self.clause.size)):
            word = self.clause.lower(k)
            if word in _TAKEN_PARTS and self.clause.lower(k + 1) in {"of", "in"}:
                for m in range(k + 2, min(k + 12, self.clause.size)):
                    if self.clause.lower(m) == "," or m in self.clause.verbs:
                        break
                    place = self.clause.items[m].place
                    if place is not None:
                        return [place] if self._fought_for(word, place) else []
            place = self.clause.items[k].place
            if place is not None and self._owns_parts(k):
                return [place] if place.kind in _TOWNS else []
            if word in _ANAPHORS and self.clause.lower(k - 1) == "the" and self._owns_parts(k):
                city = last_place(self.clause, k)
                return [city] if city is not None and city.kind in _TOWNS else []
            quarter = place is not None and place.kind == "quarter"  # "the Q and R districts of P"
            if word in _STOPS or (place is not None and not quarter) or k in self.clause.verbs:
                return []
        return []

    @staticmethod
    def _fought_for(word: str, place: Mention) -> bool:
        """Whether who takes a part of a place fights for it; "areas" of P may be its province's."""
        if place.kind == "city" and word == "areas":
            return False
        return place.kind in _TOWNS or (word in _SPOTS and place.kind in _VILLAGES)

    def _owns_parts(self, k: int) -> bool:
        """Whether quarters of a place follow: "P's Q and R districts"."""
        if self.clause.lower(k + 1) != "'s":
            return False
        for m in range(k + 2, min(k + 9, self.clause.size)):
            if self.clause.lower(m) in _CITY_PARTS | _SOME_PARTS or self.clause.lower(m) == "part":
                return True
            if self.clause.lower(m) in _STOPS or m in self.clause.verbs:
                return False
        return False

    def is_share(self, k: int) -> bool:
        """Whether "80 %" or "half" stands here."""
        return self.clause.lower(k)[:1].isdigit() or self.clause.lower(k) in _SHARES

    def next_is_place(self, k: int) -> bool:
        """Whether a place stands right behind an item."""
        return k + 1 < len(self.clause.items) and self.clause.items[k + 1].kind == "p"

    def transparent(self, k: int) -> bool:
        """Whether "of" stands behind a word for a kind: "the town of P"."""
        return self.clause.lower(k - 1) in _KINDS

    def harmless_verb(self, k: int) -> bool:
        """Whether the form of a verb is none here: "the held", "full control"."""
        verb = self.clause.verbs.get(k)
        if verb is not None and verb[1] == "base" and not self.clause.stands_as_verb(k):
            return True
        return self.clause.lower(k) in _HARMLESS_VERB or (
            self.clause.items[k - 1].kind == "w" and self.clause.lower(k - 1) in _BEFORE_HARMLESS
        )

    def listed_with(self, k: int) -> bool:
        """Whether "with P among them" stands here."""
        return any(
            self.clause.lower(m) == "among" for m in range(k, min(k + 14, len(self.clause.items)))
        )

    def comma_goes_on(self, k: int, found: bool, via: frozenset[str]) -> bool:
        """Whether the way goes on behind a comma: to its first place, or to the next of a list."""
        following = self.clause.item(k + 1)
        if following is None:
            return False
        if following.kind == "d":
            return True
        if following.lower in _LIST_BEGINS and self.clause.lower(k + 2) == "with":
            return True
        if found:
            return self._next_of_list(k, following, via)
        return self._first_place_ahead(k, following, via)

    def _next_of_list(self, k: int, following: Item, via: frozenset[str]) -> bool:
        """Whether a comma behind a place leads to another: ", Q and", ", nearby Q", ", and Q"."""
        lower = self.clause.lower
        if following.kind == "p":
            bracketed = lower(k - 1) == ")" or lower(k + 2) == "("  # "P (12 km), Q (9 km)"
            return bracketed or lower(k + 2) in _LIST_JOINS or lower(k - 2) in _RESUMES
        if following.lower in via and self.next_is_place(k + 1):
            return True
        if self._described(k + 1) or (following.lower == "with" and self.listed_with(k + 1)):
            return True
        ahead = self.clause.items[k + 1 : k + 9]
        return following.lower in _LIST_GOES_ON and any(one.kind == "p" for one in ahead)

    def _first_place_ahead(self, k: int, following: Item, via: frozenset[str]) -> bool:
        """Whether no place stood before a comma and one is still led to behind it."""
        if following.kind == "p":
            return True
        if self._subject_follows(k + 1):
            return False
        of_which = following.lower == "of" and self.clause.lower(k + 2) == "which"
        leads = following.lower in _ENDPOINTS or following.lower in via
        return leads or of_which or following.lower in _GOES_ON or self._nouns_go_on(k)

    def _subject_follows(self, k: int) -> bool:
        """Whether an actor and its verb stand behind a comma: "backed by strikes, the A took P"."""
        m = k + (self.clause.lower(k) == "the")
        actor = self.clause.item(m)
        verb = next((x for x in range(m + 1, m + 4) if x in self.clause.verbs), 0)
        acts = verb and self.clause.back(verb) == m and self.clause.stands_as_verb(verb)
        return actor is not None and actor.kind == "a" and bool(acts)

    def _described(self, k: int) -> bool:
        """Whether a place with what describes it stands at an item: "nearby P"."""
        m = k
        while self.clause.lower(m) in _ATTRIBUTES:
            m += 1
        return m > k and m < self.clause.size and self.clause.items[m].kind == "p"

    def _before_apposition(self, k: int, n: int) -> int | None:
        """The place before ", a suburb of P," when P stands inside: "Q, a suburb of P, was"."""
        if "," not in {self.clause.lower(m) for m in range(k + 1, n)}:
            return None
        for m in range(k - 1, 0, -1):
            if self.clause.items[m].kind == "p":
                return None
            if self.clause.lower(m) == ",":
                lies = self.clause.lower(m + 1) in _LYING
                lies = lies and self.clause.lower(self.clause.back(n)) == ","
                opens = lies or self.clause.lower(m + 1) in _APPOSITION_OPENS
                return m - 1 if opens and self.clause.items[m - 1].kind == "p" else None
        return None

    def _nouns_go_on(self, k: int) -> bool:
        """Whether a list of things goes on to a place: "crossings, roads and depots on P"."""
        if self.clause.lower(k + 1) in _LIST_AND and self.clause.lower(k + 2) in _PREPOSITIONS:
            return False  # ", and in P the army left"
        joined = False
        for m in range(k + 1, min(k + 10, len(self.clause.items))):
            item = self.clause.items[m]
            if item.kind == "p":
                return joined
            if item.lower in _LIST_OPENS:
                return joined and self.next_is_place(m)  # "towns and villages, including P"
            if item.kind != "w" or self.clause.verbs.get(m) or item.lower in _STOPS:
                return False
            if item.lower in _SPEECH_FORMS or item.lower.endswith(("ed", "ing")):
                return False
            joined = joined or item.lower in {"and", "or"}
        return False

    def in_list(self, k: int) -> bool:
        """Whether a place is an item of the list that the one before it stands in."""
        m = k - 1
        while m >= 0 and self.clause.items[m].kind != "p":
            outer = self.aside_before(m)
            if outer is not None:
                m = outer
                break
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
        return m >= 0 and any(self.clause.lower(x) in _LIST_JOINS for x in range(m + 1, k))

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

    def _acts_between(self, first: int, last: int) -> bool:
        """Whether a verb stands between two signs, so that they bound no mere aside."""
        between = range(first + 1, last)
        return any(m in self.clause.verbs and not self.harmless_verb(m) for m in between)

    def _lists_on(self, k: int) -> bool:
        """Whether a comma goes on with a list: ", the town of Q,"."""
        article = self.clause.lower(k + 1) in _NAMING_ARTICLES
        return self.clause.lower(k) == "," and article and self._names_place(k + 1)

    def thing_in(self, k: int) -> bool:
        """Whether another thing that is hit lies in a place: "A's base in P and the depot in Q"."""
        m = self.before_kind(k)
        if self.clause.lower(m) not in {"in", "at"}:
            return False
        for x in range(m - 1, max(-1, m - 6), -1):
            if self.clause.lower(x) in _LIST_AND:
                return x < m - 1
            if x in self.clause.verbs or self.clause.items[x].kind in {"p", "d"}:
                return False
        return False

    def _names_place(self, k: int) -> bool:
        """Whether an article begins the next item of a list: ", the town of Q,"."""
        m = k + 1
        while self.clause.lower(m) in _IN_LIST and self.clause.lower(m) not in _JUST_JOINS:
            m += 1
        return m < self.clause.size and self.clause.items[m].kind == "p"

    def aside_end(self, k: int) -> int | None:
        """Where an aside ends that opens behind a place at an item, if the list goes on."""
        end = aside_end(self.clause.lowers, k)
        if end is None or self._lists_on(k) or self._acts_between(k + 1, end):
            return None
        return end if self._list_resumes(end) else None

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

    def holds_next(self, k: int) -> bool:
        """Whether a place only says where the next one lies: "A's airport B", "A suburbs of B"."""
        items = self.clause.items
        following = k + 1
        while following < min(k + 6, self.clause.size) and items[following].kind != "p":
            following += 1
        if following == min(k + 6, self.clause.size):
            return False
        between = self.clause.lowers[k + 1 : following]
        if between[:1] == ["'s"]:
            return len(between) <= 5 and "and" not in between and "," not in between
        place = items[k].place
        if place is None or place.kind != "city":
            return False
        return self.clause.lowers[k + 1] in _PART_KINDS and between[1:] == ["of"]

    def only_modifies(self, k: int) -> bool:
        """A place that only says which one is meant: "Damascus road", "Idlib's countryside"."""
        following = self.clause.lower(k + 1)
        if following in _MODIFIED:
            return True
        ahead = [self.clause.lower(m) for m in range(k + 2, k + 7)]
        if following in _POSSESSIVE:
            return not self.holds_next(k) and not _OWNED_PARTS.isdisjoint(ahead[:2])
        return following in _DASHES and not _WAYS.isdisjoint(ahead)

    def joined_to_next(self, k: int) -> bool:
        """Whether only "and" or a comma stands between a place and the one before it."""
        m = k - 1
        while m > 0 and self.clause.lower(m) in _JUST_JOINS:
            m -= 1
        return m < k - 1 and self.clause.items[m].kind == "p"

    def _of_part(self, k: int) -> bool:
        """Whether the subject is a part of a place or lies near it: "villages near P"."""
        lower = self.clause.lower
        n = k - 1
        while lower(n) in _BEFORE_PART:
            n -= 1
        if lower(n) == "of":
            place = self.clause.items[k].place
            city = place is not None and place.kind == "city"
            some = lower(n - 1) in _AROUND_NOUNS or lower(n - 1) in _SOME_PARTS
            return some or (city and lower(n - 1) in _PART_SUBJECTS)
        nouns = {lower(m) for m in range(max(0, n - 3), n)}
        if not nouns.isdisjoint(_BE):
            return False  # "the areas are near P, which fell"
        if lower(n) == "at" and not nouns.isdisjoint(_SITE_KINDS):
            return True  # "the prison at P"
        named = n > 0 and self.clause.items[n - 1].kind == "p"  # "the village of P near Q"
        return not named and lower(n) in _REFERENCE_OR_IN and not nouns.isdisjoint(_PART_NOUNS)

    def subject_places(self, n: int) -> list[Mention]:  # noqa: PLR0911
        """The places that are the subject of what stands at `n`, "the city" and "the dam" too."""
        k = self.clause.back(n)
        while k > 0 and (self.clause.lower(k) in _REMAINING or self.clause.lower(k) in _DASHES):
            k -= 1
        k = self._before_surroundings(k)
        if self.before_unnamed(k) < k:
            return self._listed(self.before_unnamed(k), joined=True)
        if self.clause.lower(k) in _RELATIVES:
            at = self.before_kind_behind(k - 2 if self.clause.lower(k - 1) == "," else k - 1)
            before = self.clause.item(at)
            if before is None or before.kind != "p" or self._told_by_distance(at):
                return []
            return self._listed(at, joined=self.clause.lower(k + 1) not in _OF_ONE)
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
        return self.places_before(n)

    def _told_by_distance(self, k: int) -> bool:
        """Whether a place only tells how far another is from it: "P, 40 km northeast of Q"."""
        wind = self.clause.lower(k - 1) == "of" and self.clause.lower(k - 2) in _DIRECTIONS
        noun = self.clause.lower(k - 3)  # "the prison north of Q, which is besieged"
        return wind and (noun.endswith(_LENGTHS) or noun.rsplit(" ", 1)[-1] in _SITE_KINDS)

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

    def places_before(self, n: int) -> list[Mention]:
        """The places that are the subject of what stands at `n`: the last list before it."""
        k = self._before_aside(n)
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
                if self._of_part(self._list_begin(k)):
                    return []
                beside = self._only_beside(k, n)
                if beside and not self._named_in_phrase(k):
                    return []  # "a town southeast of P was captured"
                skipped = beside or (
                    before in _NO_SUBJECT
                    and any(self.clause.items[m].kind == "p" for m in range(k))
                )
                if not skipped and not self.only_modifies(k):
                    break
            if self._tells(k) or (
                item.kind == "a"
                and k < n - 3
                and self.clause.lower(k + 1) != "-"
                and not self.clause.is_oblique(k)
            ):
                return []
            k -= 1
        if k < 0:
            return []
        joined = self.clause.lower(k - 1) in _BEFORE_LISTED or self.opens_with_list(k)
        joined = joined or self.clause.lower(k + 1) in _LIST_AND  # "P, Q and 34 villages"
        return self._listed(k, joined=joined)

    def _only_beside(self, k: int, subject_of: int) -> bool:
        """Whether a place only says where a subject lies: "southeast of P", not "the east of P"."""
        behind = self.clause.back(subject_of)
        if behind != k and not (behind == k + 1 and self.clause.lower(behind) == ","):
            return False  # "P lies north of Q, which fell"
        n = k - 1
        while self.clause.lower(n) in _BEFORE_SUBJECT_PLACE:
            n -= 1
        lower = self.clause.lower
        wind = lower(n) == "of" and lower(n - 1) in _DIRECTIONS
        return wind and n > 1 and lower(n - 2) != "the"

    def lists_examples(self, k: int) -> bool:
        """Whether a comma ends a list of some of what is told of: "villages, among them P,"."""
        if self.clause.items[k - 1].kind != "p":
            return False
        first = self._list_begin(k - 1)
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
        outer = self.aside_before(close)  # "P, 14 km north of Q on the R highway, was"
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

    def _list_begin(self, k: int) -> int:
        """The first place of the list that a place at an item stands in."""
        while k > 0 and self.in_list(k):
            k = next(m for m in range(k - 1, -1, -1) if self.clause.items[m].kind == "p")
        return k

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

    def _tells(self, k: int) -> bool:
        """Whether another clause begins: "while", "confirming that"."""
        word = self.clause.lower(k)
        said = word == "that" and self.clause.lower(k - 1) in _SPEECH_FORMS
        return said or word in _OTHER_CLAUSE

    def opens_with_list(self, k: int) -> bool:
        """Whether a sentence opens with a list that no "and" ends: "P, Q, R under A control"."""
        if self.clause.lower(k - 1) not in _JUST_JOINS:
            return False
        heads = [m for m in range(min(k, _HEADING)) if self.clause.lower(m) == ":"]
        return all(
            one.kind in {"p", "d"} or one.lower in _OPENING_LIST or one.lower.isdigit()
            for one in self.clause.items[heads[-1] + 1 if heads else 0 : k]
        )

    def list_before(self, n: int) -> list[Mention]:
        """The places of the last list before an item, which "them" means; none if it is but one."""
        k = next((k for k in range(n - 1, -1, -1) if self.clause.items[k].kind == "p"), 0)
        if k and self.lies_around(k):
            k = next((m for m in range(k - 1, -1, -1) if self.clause.items[m].kind == "p"), 0)
        while k > 0 and not self.in_list(k):
            k = next((m for m in range(k - 1, -1, -1) if self.clause.items[m].kind == "p"), 0)
        listed = self._listed(k, joined=True) if k else []
        opens = next((m for m in range(k) if listed and self.clause.items[m].place is listed[0]), 0)
        return [] if self.clause.lower(opens - 2) in _POSTS else listed

    def listed_to(self, last: Mention, n: int) -> list[Mention]:
        """A place and those that "and" joins to it, in "P and Q, from which A withdrew"."""
        at = next((k for k in range(n - 1, 0, -1) if self.clause.items[k].place is last), 0)
        led = at and "from" in self.clause.lowers[at + 1 : at + 3]
        joined = led and self.clause.lower(at - 1) in _LIST_AND and self.in_list(at)
        return self._listed(at, joined=True) if joined else [last]

    def _listed(self, k: int, *, joined: bool) -> list[Mention]:
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
