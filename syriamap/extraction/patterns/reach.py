"""
Which places a verb or a noun reaches, to its right or to its left.

Prepositions decide: a frame names those through which it reaches its place; past others stand
containers ("in Idlib province") and reference points ("near Hama"), which receive no claim. Lists
are followed to their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Clause
    from syriamap.extraction.sentence.items import Item

__all__ = ["Reach"]

_WORDS = read_words()
_AFTER_ANAPHOR = _WORDS["after_anaphor"]
_ANAPHORS = _WORDS["anaphors"]
_APPOSITION_OPENS = _WORDS["apposition_opens"]
_APPROXIMATELY = _WORDS["approximately"]
_BEFORE_ANAPHOR = _WORDS["before_anaphor"]
_BEFORE_HARMLESS = _WORDS["before_harmless"]
_BEFORE_LISTED = _WORDS["before_listed"]
_BEFORE_SUBJECT_PLACE = _WORDS["before_subject_place"]
_CLAUSE_OPENS = _WORDS["clause_opens"]
_CONTAINERS = _WORDS["containers"]
_DIRECTIONS = _WORDS["directions"]
_GENERIC = _WORDS["generic"]
_GENERIC_LEADS = _WORDS["generic_leads"]
_GOES_ON = _WORDS["goes_on"]
_HARMLESS_VERB = _WORDS["harmless_verb"]
_IN_LIST = _WORDS["in_list"]
_LIST_GOES_ON = _WORDS["list_goes_on"]
_LIST_JOINS = _WORDS["list_joins"]
_LIST_OPENS = _WORDS["list_opens"]
_MODIFIED = _WORDS["modified"]
_AROUND_NOUNS = _WORDS["around_nouns"]
_PART_NOUNS = _WORDS["part_nouns"]
_REFERENCE_OR_IN = _WORDS["reference"] | _WORDS["containers"]
_WAYS = _WORDS["ways"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_PREPOSITIONS = _WORDS["prepositions"]
_REFERENCE = _WORDS["reference"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SHARES = _WORDS["shares"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STOPS = _WORDS["stops"]
_DEED_OBJECTS = _WORDS["english_articles"] | _WORDS["own"] | _WORDS["deed_objects"]
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
_BEFORE_PART = _WORDS["winds"] | _DIRECTIONS | {"the"}
_OTHER_CLAUSE = frozenset({";", "while", "but"})
_DASHES = frozenset("-–—/")
_SIGNS = frozenset(",#:|⚡🔴•-–")
_OPENING_LIST = _SIGNS | _SETTLEMENT_KINDS | _WORDS["in_opening_list"]
_LONGEST = 90
"""Items of a list of places, and of what stands before it."""

_HEADING = 5
"""Items of a heading before a list: "South: P, Q and R"."""

_SURROUNDING = _WORDS["surrounding"]
_SURROUNDINGS = _SURROUNDING | _PLURAL_KINDS | _WORDS["with_surroundings"]

_NO_SUBJECT = _CONTAINERS | _REFERENCE | {"to", "on"}


class Reach:
    """
    What a verb or a noun of a sentence reaches.

    Parameters
    ----------
    clause
        The sentence, searched.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause

    def places(
        self, n: int, via: frozenset[str], *, whole: bool = True, hit: bool = False
    ) -> tuple[list[Mention], str]:
        """
        Places to the right of an item, by the words that may lead to them; whom they cost.

        Unless `whole` is off, a place of which only a part is told is none; a place is `hit` with
        the posts in it.
        """
        walk = _Walk(self, n, via, whole=whole, hit=hit)
        walk.go()
        return walk.found, walk.loser

    def before_kind(self, k: int) -> int:
        """The item before a place and its kind: "of" in "quarters of the Syrian city of P"."""
        lower = self.clause.lower
        n = k - 1
        while lower(n) in _BEFORE_PART:
            n -= 1
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
            if k in self.clause.verbs or self.clause.lower(k) in _OTHER_CLAUSE:
                break
            item = self.clause.items[k]
            if item.kind == "p" and self.clause.lower(k - 1) in _JUST_JOINS:
                listed = [] if item.place is None else [item.place]
                while self.clause.lower(k + 1) in _LIST_AND and self.next_is_place(k + 1):
                    k += 2
                    place = self.clause.items[k].place
                    listed += [] if place is None else [place]
                if not self._time_behind(k):
                    break
                found += listed
            k += 1
        return found

    def _time_behind(self, k: int) -> bool:
        """Whether a time stands behind an item: "a day later", "in the evening", "on Friday"."""
        ahead = self.clause.items[k + 1 : k + 6]
        end = next((m for m, one in enumerate(ahead) if one.kind in {"p", "a"}), len(ahead))
        return any(one.kind == "d" or one.lower in _TIMES for one in ahead[:end])

    def told_later(self, n: int) -> list[Mention]:
        """The places of "the villages that A left, such as P and Q", "46; the latest are P"."""
        lower = self.clause.lower
        if _PLURAL_KINDS.isdisjoint(self.clause.lowers[max(0, n - 6) : n + 6]):
            return []
        for k in range(n, self.clause.size - 1):
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

    def _goes_on_to_act(self, k: int) -> bool:
        """Whether a verb tells of another deed of the same clause: "and capturing P"."""
        joined = not _RESUMES.isdisjoint(self.clause.lowers[max(0, k - 2) : k])
        return self.clause.verbs[k][1] == "ing" or (joined and self.clause.lower(k - 1) != "that")

    def city_of_parts(self, n: int) -> list[Mention]:
        """The city or town some quarters of which are told of: "seized two districts of P"."""
        for k in range(n, min(n + 7, self.clause.size)):
            word = self.clause.lower(k)
            if word in _CITY_PARTS and self.clause.lower(k + 1) in {"of", "in"}:
                for m in range(k + 2, min(k + 7, self.clause.size)):
                    place = self.clause.items[m].place
                    if place is not None:
                        return [place] if place.kind in _TOWNS else []
            place = self.clause.items[k].place
            if place is not None and self._owns_parts(k):
                return [place] if place.kind in _TOWNS else []
            if word in _ANAPHORS and self.clause.lower(k - 1) == "the" and self._owns_parts(k):
                city = self.clause.last_place(k)
                return [city] if city is not None and city.kind in _TOWNS else []
            if word in _STOPS or place is not None or k in self.clause.verbs:
                return []
        return []

    def _owns_parts(self, k: int) -> bool:
        """Whether quarters of a place follow: "P's Q and R districts"."""
        if self.clause.lower(k + 1) != "'s":
            return False
        for m in range(k + 2, min(k + 9, self.clause.size)):
            if self.clause.lower(m) in _CITY_PARTS:
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

    def comma_goes_on(self, k: int, found: bool, via: frozenset[str]) -> bool:  # noqa: PLR0911
        """Whether the way goes on behind a comma."""
        following = self.clause.item(k + 1)
        if following is None:
            return False
        if following.kind == "d" or (following.kind == "p" and not found):
            return True
        if found and following.kind == "p":
            return self.clause.lower(k + 2) in _LIST_JOINS or self.clause.lower(k - 2) in {
                ",",
                "and",
            }
        if found and following.lower in via and self.next_is_place(k + 1):
            return True
        if found:
            if following.lower == "with" and self.listed_with(k + 1):
                return True
            return following.lower in _LIST_GOES_ON and any(
                self.clause.items[m].kind == "p"
                for m in range(k + 1, min(k + 9, len(self.clause.items)))
            )
        if following.lower in {"to", "from"} and not found:
            return True
        if following.lower == "of" and self.clause.lower(k + 2) == "which":
            return True
        if not found and self._nouns_go_on(k):
            return True
        return following.lower in via or following.lower in _GOES_ON

    def _before_apposition(self, k: int, n: int) -> int | None:
        """The place before ", a suburb of P," when P stands inside: "Q, a suburb of P, was"."""
        if "," not in {self.clause.lower(m) for m in range(k + 1, n)}:
            return None
        for m in range(k - 1, 0, -1):
            if self.clause.items[m].kind == "p":
                return None
            if self.clause.lower(m) == ",":
                opens = self.clause.lower(m + 1) in _APPOSITION_OPENS
                return m - 1 if opens and self.clause.items[m - 1].kind == "p" else None
        return None

    def _nouns_go_on(self, k: int) -> bool:
        """Whether a list of things goes on to a place: "crossings, roads and depots on P"."""
        joined = False
        for m in range(k + 1, min(k + 10, len(self.clause.items))):
            item = self.clause.items[m]
            if item.kind == "p":
                return joined
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
            named = self.clause.items[m].kind == "a" and self.clause.lower(m - 1) in _FROM_WHOM
            abroad = self.clause.lower(m - 1) == "with" and self.clause.capital(m)
            # "P last week and Q on Friday"
            dated = self.clause.items[m].kind == "d" and self.clause.lower(m + 1) in _LIST_AND
            if not (named or abroad or dated) and self.clause.lower(m) not in _IN_LIST:
                return False
            if self._leads_elsewhere(m, k):
                return False
            m -= 1
        return m >= 0 and any(self.clause.lower(x) in _LIST_JOINS for x in range(m + 1, k))

    def _leads_elsewhere(self, m: int, k: int) -> bool:
        """Whether a preposition in a list leads to what is no item: "P and west of Q", "P in Q"."""
        word = self.clause.lower(m)
        if self.clause.lower(m + 1) in _LIST_JOINS and word in _LIST_PREPOSITIONS:
            return False  # "in addition to"
        if word in _DIRECTIONS:
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
        if following == "'s":
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
            return lower(n - 1) in _AROUND_NOUNS or (city and lower(n - 1) in _PART_SUBJECTS)
        nouns = {lower(m) for m in range(max(0, n - 3), n)}
        return lower(n) in _REFERENCE_OR_IN and not nouns.isdisjoint(_PART_NOUNS)

    def subject_places(self, n: int) -> list[Mention]:
        """The places that are the subject of what stands at `n`, "the city" and "the dam" too."""
        k = self.clause.back(n)
        while k > 0 and (self.clause.lower(k) in _REMAINING or self.clause.lower(k) in _DASHES):
            k -= 1
        k = self._before_surroundings(k)
        if self.clause.lower(k) in _RELATIVES:
            before = self.clause.item(k - 1)
            if before is not None and before.lower == ",":
                before = self.clause.item(k - 2)
            if before is None or before.kind != "p":
                return []
            at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
            return self._listed(at, joined=self.clause.lower(k + 1) not in _OF_ONE)
        if self.clause.lower(k - 1) == "the" and self.clause.items[k].kind == "w":
            word = self.clause.lower(k)
            if word in _SITE_KINDS:
                site = self.clause.last_of_kind(k, word)
                return [site] if site is not None else []
            if word in _ANAPHORS:
                back = self.clause.last_place(k)
                return [back] if back is not None else []
        return self.places_before(n)

    def _before_surroundings(self, k: int) -> int:
        """The item before "and the surrounding villages and hills" that ends at an item."""
        m = k
        while m > 0 and self.clause.lower(m) in _SURROUNDINGS:
            m -= 1
        behind = self.clause.lowers[m + 1 : k + 1]
        return m if behind[:1] == ["and"] and not _SURROUNDING.isdisjoint(behind) else k

    def places_before(self, n: int) -> list[Mention]:
        """The places that are the subject of what stands at `n`: the last list before it."""
        k = n - 1
        while k >= 0:
            item = self.clause.items[k]
            if item.kind == "p":
                before = self.clause.lower(k - 1)
                if before in _BEFORE_SUBJECT_PLACE:
                    before = self.clause.lower(k - 2)
                if self._before_apposition(k, n) is None and self._of_part(k):
                    return []
                skipped = before in _NO_SUBJECT and any(
                    self.clause.items[m].kind == "p" for m in range(k)
                )
                if not skipped and not self.only_modifies(k):
                    outer = self._before_apposition(k, n)
                    k = k if outer is None else outer
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
        return self._listed(k, joined=joined)

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


class _Walk:
    """
    A way from a verb or a noun to the right, past what may stand between it and its places.

    Each item is of one class (:meth:`_class_of`), and each class has a step; a step that gives True
    ends the walk.
    """

    def __init__(
        self, reach: Reach, n: int, via: frozenset[str], *, whole: bool, hit: bool
    ) -> None:
        self.reach, self.clause, self.via, self.whole = reach, reach.clause, via, whole
        self.hit = hit
        self.start = self.k = n
        self.found: list[Mention] = []
        self.loser = ""
        self.preposition = ""
        self.generic = self.fresh = self.of_parts = self.around = self.after_it = False
        self.part = ""

    def go(self) -> None:
        """Walk to the end of what the verb or noun reaches."""
        last = min(self.start + _LONGEST, self.clause.size)
        while self.k < last:
            item = self.clause.items[self.k]
            if item.lower in _TIME_UNITS and self.preposition and not self.found:
                self.preposition = ""  # "within hours"
            step = _STEPS.get(self._class_of(item))
            if step is not None and step(self, item):
                return
            self.k += 1

    def _class_of(self, item: Item) -> str:
        """The class of an item: its kind, for a word the first list that holds it."""
        if item.kind != "w":
            return item.kind
        word = item.lower
        told = self._by_itself(word)
        if told is not None:
            return told
        opens_clause = word in _CLAUSE_OPENS and not self._no_clause(self.k + 1)
        if word in _STOPS or opens_clause or self._is_verb(word):
            return "stop"
        if (word in _DIRECTIONS and self.reach.next_is_place(self.k)) or (
            word in _APPROXIMATELY and self.reach.is_share(self.k + 1)
        ):
            return ""
        return next((name for name, words in _BY_LIST if word in words), "")

    def _by_itself(self, word: str) -> str | None:
        """The class of a word whatever else the lists say of it; None for most."""
        if word in _BRACKETS and self._short_name():
            return ""
        if (word == "which" and self._names_them()) or (word == ":" and self._tells_them()):
            return "opens"
        return _CLASSES.get(word)

    def _short_name(self) -> bool:
        """Whether an actor's short name or a second measure stands in brackets here: "A (B)"."""
        k, lower = self.k, self.clause.lower
        first = next((m for m in range(k, k - 4, -1) if lower(m) == "("), -1)
        if first < 0:
            return False
        last = next((m for m in range(first, first + 5) if lower(m) == ")"), 0)
        inside = self.clause.items[first + 1 : last]
        named = len(inside) == 1 and (inside[0].kind == "a" or self.clause.capital(first + 1))
        return named or (len(inside) == 2 and inside[1].lower in _UNITS)

    def _names_them(self) -> bool:
        """Whether ", the most important of which are P and Q" stands here."""
        k = self.k
        if self.clause.lower(k - 1) != "of":
            return False
        are = next((m for m in range(k + 1, k + 6) if self.clause.lower(m) in _ARE), 0)
        if not are or any(m in self.clause.verbs for m in range(k + 1, are)):
            return False
        first = are + 2 if self.clause.lower(are + 1) == ":" else are + 1
        self.k = first - 2
        return any(one.kind == "p" for one in self.clause.items[first : first + 4])

    def _tells_them(self) -> bool:
        """Whether "seven villages: P, Q" stands here."""
        told = _PLURAL_KINDS.isdisjoint(self.clause.lowers[self.start : self.k])
        return not self.found and not told and self.reach.next_is_place(self.k)

    def _no_clause(self, k: int) -> bool:
        """Whether "as well", "as far" or "since" with a day opens no clause."""
        item = self.clause.item(k)
        if item is None or self.clause.lower(k - 2) in _NO_CLAUSE:
            return item is not None
        known = self.clause.lower(k - 2) == "known"  # "in what is known as the area of P"
        return known or item.lower in _NO_CLAUSE or item.kind == "d"

    def _is_verb(self, word: str) -> bool:
        k = self.k
        if word in _SPEECH_FORMS and k > self.start + 1:
            return True
        if k not in self.clause.verbs:
            return False
        if word == "near" and self.clause.lower(k - 1) != "to":
            return False
        if self.found:
            return word not in _HELD_FORMS
        return k > self.start and not self.reach.harmless_verb(k)

    def _place(self, item: Item) -> bool:
        k, reach, place = self.k, self.reach, item.place
        if place is None:
            return False
        if self.found and place.kind == "adm1" and self.clause.lower(k - 1) in _CONTAINERS:
            return False  # "P and Q in C province, R and S"
        if self.found and not (self.fresh or self.after_it or reach.in_list(k)):
            return not self._past_reference()
        self.after_it = False
        if reach.holds_next(k):
            return False
        if self.fresh:
            self.found, self.fresh = [], False
            self.preposition = "" if "" in self.via else self.preposition
        if self._reached(place, k):
            self.found.append(place)
        return False

    def _reached(self, place: Mention, k: int) -> bool:
        led = self.preposition in self.via
        beside = self.of_parts and self.reach.in_list(k)  # "checkpoints in P, Q and R"
        if beside or (self.around and self.reach.joined_to_next(k)):
            return False  # "the countryside around P and Q"
        self.around = False
        if self._is_part_of(place, k):
            self.of_parts = self.part in _POSTS and not self.found
            self.around = self.clause.lower(self.reach.before_kind(k) - 1) in _AROUND_NOUNS or (
                self.clause.lower(self.reach.before_kind(k)) in _REFERENCE
            )
            return False
        if led and place.kind == "adm1":
            return True
        some = place.kind == "city" and self.preposition in _INTO and self._some_of(k)
        by_part = self.generic and self.preposition in _GENERIC_LEADS and place.kind != "adm1"
        reached = (led or bool(self.found) or by_part) and not some
        return reached and not self.reach.only_modifies(k)

    def _some_of(self, k: int) -> bool:
        """Whether a part of the governorate of a city is told of: "into northern P"."""
        return self.clause.lower(k - 1) in _WINDS

    def _is_part_of(self, place: Mention, k: int) -> bool:
        """Whether only a part of a place, or what lies around it, is told of."""
        if place.kind == "quarter":
            self.part = self.part or place.kind  # "the district of Q in P"
            return True
        if not self.whole:
            return False
        lower = self.clause.lower
        n = self.reach.before_kind(k)
        if lower(n) == "of":
            noun = lower(n - 1)
            if noun in _AROUND_NOUNS or self.clause.items[n - 1].kind == "p":
                return noun in _AROUND_NOUNS or self.part == "quarter"
            if noun in _TOWNS_OF and self.clause.lower(k + 1) in _RESUMES_LIST:
                return False  # "the towns of P, Q and R"
            return noun in _PART_NOUNS and place.kind == "city"
        lies_around = lower(n) in _REFERENCE and lower(n - 1) in _AROUND_NOUNS
        return lies_around or (bool(self.part) and lower(n) in _REFERENCE_OR_IN)

    def _actor(self, item: Item) -> bool:
        if self.preposition in {"from", "against"} and not self.loser:
            self.loser = item.actor
        return False

    def _opens(self, item: Item) -> bool:
        self.preposition = "" if "" in self.via else next(iter(sorted(self.via)), "")
        self.fresh = bool(self.found)
        if item.lower in _OPENS_BY_TWO:
            self.k += 1
        return False

    def _among(self, item: Item) -> bool:
        if item.lower == "with" and not self.reach.listed_with(self.k):
            return self._preposition(item)
        self.preposition = "" if "" in self.via else self.preposition
        self.fresh = bool(self.found)
        return False

    def _joins(self, item: Item) -> bool:
        clause, k = self.clause, self.k
        if clause.verbs.get(k + 1) or self._acts(k + 1):
            return True
        following = clause.item(k + 1)
        return (
            following is not None
            and following.kind == item.kind
            and clause.verbs.get(k + 2) is not None
            and not self.found
        )

    def _acts(self, k: int) -> bool:
        """Whether a verb that no frame knows begins another deed: "and torched the"."""
        word, following = self.clause.lower(k), self.clause.lower(k + 1)
        return word.endswith("ed") and following in _DEED_OBJECTS

    def _comma(self, item: Item) -> bool:
        del item
        if self.found and self._past_aside():
            return False
        return not self.reach.comma_goes_on(self.k, bool(self.found), self.via)

    def _past_reference(self) -> bool:
        """Step past "near Q" behind a place where the list goes on: ", and the village of R"."""
        k, lower = self.k, self.clause.lower
        beside = lower(k - 1) in _REFERENCE
        beside = beside or (lower(k - 1) == "of" and lower(k - 2) in _DIRECTIONS)
        if not beside:
            return False
        first = k + 1
        if lower(first) == ";":
            return True  # "P and Q north of R; S and T south of it"
        if lower(first) == "as" and lower(k + 2) == "well":
            first = k + 4
        elif lower(first) == "," and lower(k + 2) in _LIST_AND:
            first = k + 3
            if first in self.clause.verbs or lower(first) not in _RESUMES_WITH:
                return False
        else:
            return False
        if not any(one.kind == "p" for one in self.clause.items[first : first + 6]):
            return False
        self.after_it = True
        self.k = first - 1
        return True

    def _semicolon(self, item: Item) -> bool:
        """Go on behind a semicolon if the list does: "P and Q; R and S to their south"."""
        del item
        k = self.k + 1
        while self.clause.lower(k) in _LIST_AND:
            k += 1
        following = self.clause.item(k)
        if not self.found or following is None or following.kind != "p":
            return True
        alone = any(m in self.clause.verbs for m in range(k, min(k + 8, self.clause.size)))
        self.after_it = not alone
        return alone

    def _dash(self, item: Item) -> bool:
        """Step past "—a village near Q—" where the list goes on behind it."""
        del item
        return bool(self.found) and not self._past_aside()

    def _past_aside(self) -> bool:
        """Step past ", north of Q," behind a place where the list goes on: "and the town of R"."""
        k, lower = self.k, self.clause.lower
        if lower(k + 1) not in _ASIDE_OPENS:
            return False
        ahead = range(k + 2, min(k + 12, self.clause.size))
        sign = lower(k)
        end = next((m for m in ahead if lower(m) == sign or m in self.clause.verbs), 0)
        if not end or lower(end) != sign or lower(end + 1) != "and":
            return False
        if not any(
            self.clause.items[m].kind == "p"
            for m in range(end + 1, end + 8)
            if m < self.clause.size
        ):
            return False
        self.k, self.after_it = end, True
        return True

    def _preposition(self, item: Item) -> bool:
        word, k = item.lower, self.k
        if self.found and word != "of":
            self.preposition = word
        elif word == "of":
            self._of()
        elif word == "to" and self.clause.verbs.get(k + 1) and not self.found:
            return True
        elif word == "within" or self.preposition != "within":
            self.preposition = word
        return False

    def _of(self) -> None:
        if self.k == self.start and "of" in self.via:
            self.preposition = "of"
        elif self.preposition:
            return
        elif "" not in self.via:
            self.preposition = "of" if "of" in self.via else self.preposition
        elif not self.reach.transparent(self.k):
            self.preposition = "of?"

    def _part(self, item: Item) -> bool:
        if item.lower in _PART_NOUNS and not (self.hit and item.lower in _POSTS):
            self.part = item.lower
        self.generic = self.generic or self.preposition in self.via or not self.preposition
        return False

    def _both(self, item: Item) -> bool:
        """Step on "both towns", which mean the last two places of a list."""
        clause, k = self.clause, self.k
        if item.lower in _GENERIC:
            self._part(item)
        if clause.lower(k - 1) not in _BOTH:
            return False
        if self.found or self.reach.next_is_place(k) or self._opens_later(k):
            return False
        if self.preposition not in self.via or clause.lower(k + 1) in _AFTER_ANAPHOR:
            return False
        self.found = self.reach.last_two(k)
        return bool(self.found)

    def _back(self, item: Item) -> bool:
        """Step on "the city", which may mean a place named before."""
        if item.lower in _GENERIC:
            self._part(item)
        clause, k = self.clause, self.k
        if self.found or not self._is_the(k) or self._opens_later(k):
            return False
        if clause.lower(k - 2) == "of" and self.part:
            return False
        if self.preposition not in self.via or clause.lower(k + 1) in _AFTER_ANAPHOR:
            return False
        if self.reach.next_is_place(k) or self._named_beside(k):
            return False
        back = clause.last_place(k)
        if back is None or (item.lower == "district" and back.kind not in _QUARTER_KINDS):
            return False
        self.found.append(back)
        self.after_it = self._goes_on(k + 1)
        return not self.after_it

    def _is_the(self, k: int) -> bool:
        """Whether "the", "the besieged" or "the A-held" stands before "city"."""
        m = k - 1
        while m > k - 4 and (
            self.clause.lower(m) in _TELLS_MORE or self.clause.lower(m).endswith("ly")
        ):
            m -= 1
        if m < k - 1 and self.clause.items[m].kind == "a":
            m -= 1
        return self.clause.lower(m) in _BEFORE_ANAPHOR

    def _goes_on(self, k: int) -> bool:
        """Whether other places follow "the town": "as well as Q", "and the village of Q"."""
        if self.clause.lower(k) not in _ADDS or self.clause.lower(k) == ",":
            return self._list_follows(k)
        ahead = self.clause.items[k + 1 : k + 6]
        named = next((one for one in ahead if one.kind != "w" or one.lower not in _IN_LIST), None)
        return named is not None and named.kind == "p"

    def _named_beside(self, k: int) -> bool:
        """Whether its name stands behind: "the capital, P", "the city center of P"."""
        if self.clause.lower(k + 1) in _CENTER and self.clause.lower(k + 2) in _GENERIC_LEADS:
            return True
        return self.clause.lower(k + 1) == "," and self.reach.next_is_place(k + 1)

    def _opens_later(self, k: int) -> bool:
        """Whether a list follows that says which are meant: "the city, among them P"."""
        ahead = range(k + 1, min(k + 12, self.clause.size))
        return any(self.clause.lower(m) in _NAMED_BY for m in ahead) and any(
            self.clause.items[m].kind == "p" for m in ahead
        )

    def _it(self, item: Item) -> bool:
        if self.found or self.preposition not in self.via or self.k > self.start + 1:
            return False
        ahead = self.clause.told_ahead(self.k)
        if ahead is not None:
            self.found = [ahead]
            return True
        if item.lower == "both":
            alone = self.clause.lower(self.k + 1) not in _WORDS["both_of"]
            self.found = self.reach.last_two(self.k) if alone else []
            return bool(self.found)
        if item.lower == "them":
            self.found = self.reach.list_before(self.k)
            return bool(self.found)
        back = self.clause.last_place(self.k)
        if back is None:
            return False
        self.found, self.loser = [back], self.loser
        self.after_it = self._list_follows(self.k + 1) or self._others_follow(self.k + 1)
        return not self.after_it

    def _others_follow(self, k: int) -> bool:
        """Whether other places are added further on: "it again on the 18th, along with P"."""
        for m in range(k, min(k + 8, self.clause.size)):
            if m in self.clause.verbs or self.clause.items[m].kind in {"a", "p"}:
                return False
            if self.clause.lower(m) in {"along", "as"} and self.clause.lower(m + 1) in _WITH_WELL:
                return any(one.kind == "p" for one in self.clause.items[m + 2 : m + 6])
        return False

    def _list_follows(self, k: int) -> bool:
        """Whether places follow "it" in a list: "from it and from P"."""
        if self.clause.lower(k) not in _JUST_JOINS:
            return False
        led = self.clause.lower(k + 1) in self.via
        return self.reach.next_is_place(k + 1 if led else k)


def _stop(walk: _Walk, item: Item) -> bool:
    del walk, item
    return True


_LATEST = _WORDS["latest"]
_OPENS_LATER = frozenset({"as", ":"})
_TIMES = _WORDS["times"]
_OF_ONE = _WORDS["of_one"]
_BOTH = frozenset({"both"})
_RESUMES = frozenset({"and", ","})
_TIME_UNITS = _WORDS["time_units"]
_CENTER = frozenset({"center", "centre"})
_BRACKETS = frozenset({"(", ")"})
_UNITS = _WORDS["units"]
_ARE = _WORDS["be"] | _WORDS["include"]
_TELLS_MORE = _WORDS["before_city"]
_TOWNS_OF = frozenset({"towns", "cities"})
_RESUMES_LIST = frozenset({",", "and"})
_WINDS = _WORDS["winds"]
_INTO = frozenset({"into"})
_WITH_WELL = frozenset({"with", "well"})
_ADDS = _WORDS["adds"]
_LIST_AND = _WORDS["list_and"]
_RESUMES_WITH = frozenset({"the", "in"})
_ASIDE_OPENS = _DIRECTIONS | _APPOSITION_OPENS
_JUST_JOINS = _WORDS["list_and"] | {","}
_OPENS_BY_TWO = frozenset({"such", "which"})
_NAMED_BY = _LIST_OPENS | _WORDS["among"]
_NO_CLAUSE = frozenset({"well", "far"})
_HELD_FORMS = frozenset({"held", "controlled"})
_QUARTER_KINDS = frozenset({"quarter", "district"})
_TOWNS = frozenset({"city", "town"})
_CITY_PARTS = _WORDS["city_parts"]
_CLASSES = {
    **dict.fromkeys(_LIST_OPENS, "opens"),
    **dict.fromkeys(("among", "with"), "among"),
    **dict.fromkeys(_WORDS["list_and"], "joins"),
    ",": "comma",
    ";": "semicolon",
    **dict.fromkeys("—–", "dash"),
}
_BY_LIST = (
    ("preposition", _PREPOSITIONS),
    ("both", _WORDS["both_of"]),
    ("back", _ANAPHORS),
    ("part", _GENERIC),
    ("it", _WORDS["object_pronouns"]),
)
_STEPS = {
    "p": _Walk._place, "a": _Walk._actor, "stop": _stop, "opens": _Walk._opens,  # noqa: SLF001
    "among": _Walk._among, "joins": _Walk._joins, "comma": _Walk._comma,  # noqa: SLF001
    "dash": _Walk._dash, "semicolon": _Walk._semicolon,  # noqa: SLF001
    "preposition": _Walk._preposition, "part": _Walk._part,  # noqa: SLF001
    "back": _Walk._back, "both": _Walk._both, "it": _Walk._it,  # noqa: SLF001
}  # fmt: skip
"""Class of an item → the step that it asks for; items of other classes are passed over."""
