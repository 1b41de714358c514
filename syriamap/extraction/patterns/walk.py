"""
A way from a verb or a noun to its places: past what may stand between, up to what may not.

Each word is of one class, and each class has a step; lists are followed to their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.commas import Commas
from syriamap.extraction.sentence.anaphors import last_place, told_ahead
from syriamap.extraction.sentence.noun_or_verb import harmless_verb

if TYPE_CHECKING:
    from syriamap.extraction.patterns.list_items import ListItems
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.items import Item

__all__ = ["Walk"]

_WORDS = read_words()
_AFTER_ANAPHOR = _WORDS["after_anaphor"]
_ANAPHORS = _WORDS["anaphors"]
_APPROXIMATELY = _WORDS["approximately"]
_BEFORE_ANAPHOR = _WORDS["before_anaphor"]
_CLAUSE_OPENS = _WORDS["clause_opens"]
_CONTAINERS = _WORDS["containers"]
_DIRECTIONS = _WORDS["directions"]
_GENERIC = _WORDS["generic"]
_GENERIC_LEADS = _WORDS["generic_leads"]
_IN_LIST = _WORDS["in_list"] | _WORDS["place_attributes"]
_LIST_OPENS = _WORDS["list_opens"]
_LIST_BEGINS = _WORDS["list_begins"]
_AROUND_NOUNS = _WORDS["around_nouns"]
_PART_NOUNS = _WORDS["part_nouns"]
_SOME_PARTS = _WORDS["some_parts"]
_REFERENCE_OR_IN = _WORDS["reference"] | _WORDS["containers"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_PREPOSITIONS = _WORDS["prepositions"]
_REFERENCE = _WORDS["reference"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STOPS = _WORDS["stops"]
_WAYS = _WORDS["ways"]
_ALONG_WAY = frozenset({"to", "from"})
_SURROUNDING = _WORDS["surrounding"]
_DEED_OBJECTS = _WORDS["english_articles"] | _WORDS["own"] | _WORDS["deed_objects"]
_POSTS = _WORDS["posts"]
_SPOTS = _WORDS["spots"]
_HOUSES = _WORDS["houses"]
_LONGEST = 90
"""Items of a list of places, and of what stands before it."""
_BOTH = frozenset({"both"})
_TIME_UNITS = _WORDS["time_units"]
_CENTERS = _WORDS["centers"]
_BASES = _WORDS["site_kinds"] - {"front", "gate"}
_CENTER = frozenset({"center", "centre"})
_BRACKETS = frozenset({"(", ")"})
_UNITS = _WORDS["units"]
_ARE = _WORDS["be"] | _WORDS["include"]
_TELLS_MORE = _WORDS["before_city"]
_TOWNS_OF = frozenset({"towns", "cities"})
_RESUMES_LIST = frozenset({",", "and"})
_WINDS = _WORDS["winds"]
_INTO = frozenset({"into"})
_ALSO = frozenset({"also", "as"})
_OTHERS = frozenset({"other", "others"})
_LISTED_NOUNS = _WORDS["listed_nouns"]
_WITH_WELL = frozenset({"with", "well"})
_ADDS = _WORDS["adds"]
_LIST_AND = _WORDS["list_and"]
_RESUMES_WITH = frozenset({"the", "in"})
_JUST_JOINS = _WORDS["list_and"] | {","}
_OPENS_BY_TWO = frozenset({"such", "which"})
_NAMED_BY = _LIST_OPENS | _WORDS["among"]
_NO_CLAUSE = _WORDS["no_clause"]
_AT_LEAST = frozenset({"least", "most"})
_KINDS = _WORDS["settlement_kinds"]
_AXES = _WORDS["axes"]
_ALL_KINDS = _PLURAL_KINDS | _KINDS | _WORDS["site_kinds"] | _GENERIC | _WORDS["transparent"]
_SHARES = _WORDS["shares"]
_FINITE = frozenset({"past", "either", "base"})
_DONE = frozenset({"part", "either"})
_BE = _WORDS["be"]
_BEFORE_ONE = _WORDS["list_and"] | {"only"}
_SITE_IDS = "site-"
_SETTLED = frozenset({"city", "town"})
_COUNTRYSIDE = frozenset({"countryside", "hinterland"})
_OUTSIDE = _WORDS["around_nouns"] | _WORDS["wilds"]
_EDGES = _WORDS["environs"]
_HILLS = _WORDS["hills"]
_AROUND = _WORDS["reference"] - {"near"}
_HELD_FORMS = frozenset({"held", "controlled"})
_QUARTER_KINDS = frozenset({"quarter", "district"})
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


class Walk:
    """
    A way from a verb or a noun to the right, past what may stand between it and its places.

    Each item is of one class (:meth:`_class_of`), and each class has a step; a step that gives True
    ends the walk.
    """

    def __init__(
        self, lists: ListItems, n: int, via: frozenset[str], *, whole: bool, hit: bool, takes: bool
    ) -> None:
        self.lists, self.parts, self.clause = lists, lists.parts, lists.clause
        self.commas = Commas(self.clause)
        self.via, self.whole = via, whole
        self.hit, self.takes = hit, takes
        self.start = self.k = n
        self.found: list[Mention] = []
        self.loser = ""
        self.preposition = ""
        self.generic = self.fresh = self.of_parts = self.around = self.after_it = False
        self.besides = False
        self.part = ""
        self.spots = self.housed = False
        self.contained = -1

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
        if word == "but" and self.clause.lower(self.k + 1) in _ALSO and self.found:
            told = "joins"
        if told is not None:
            return told
        if word == "during" and not self.found:
            return "stop"  # "lost ground during operations in P"
        opens_clause = word in _CLAUSE_OPENS and not self._no_clause(self.k + 1)
        if word in _STOPS or opens_clause or self._is_verb(word):
            return "stop"
        if (word in _DIRECTIONS and self._describes(self.k)) or (
            word in _APPROXIMATELY and self._is_share(self.k + 1)
        ):
            return ""
        return next((name for name, words in _BY_LIST if word in words), "")

    def _is_share(self, k: int) -> bool:
        """Whether "80 %" or "half" stands here."""
        return self.clause.lower(k)[:1].isdigit() or self.clause.lower(k) in _SHARES

    def _transparent(self, k: int) -> bool:
        """Whether "of" stands behind a word for a kind: "the town of P"."""
        return self.clause.lower(k - 1) in _ALL_KINDS

    def _describes(self, k: int) -> bool:
        """Whether a direction only describes what follows: "north P", "the north-eastern city"."""
        return (
            self.clause.next_is_place(k)
            or self.clause.lower(k + 1) == "-"
            or self.clause.capital_at(k + 1)
        )

    def _by_itself(self, word: str) -> str | None:
        """The class of a word whatever else the lists say of it; None for most."""
        if word in _BRACKETS:
            return "" if self._short_name() else "bracket"
        if word in _LIST_BEGINS and self.clause.lower(self.k + 1) == "with":
            return "opens"
        if (word == "which" and self._names_them()) or (word == ":" and self._tells_them()):
            return "opens"
        return _CLASSES.get(word)

    def _short_name(self) -> bool:
        """Whether an actor's short name or a second measure stands in brackets here: "A (B)"."""
        k, lower = self.k, self.clause.lower
        first = next((m for m in range(k, k - 4, -1) if lower(m) == "("), -1)
        if first < 0:
            return False
        last = next((m for m in range(first, first + 7) if lower(m) == ")"), 0)
        inside = self.clause.items[first + 1 : last]
        named = len(inside) == 1 and (inside[0].kind == "a" or self.clause.capital(first + 1))
        measured = len(inside) > 1 and inside[-1].lower in _UNITS
        return named or (measured and not inside[0].lower.isalpha())

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
        before = self.clause.lowers[self.start : self.k]
        told = _PLURAL_KINDS.union(_LISTED_NOUNS).isdisjoint(before)
        return not self.found and not told and self.clause.next_is_place(self.k)

    def _no_clause(self, k: int) -> bool:
        """Whether "as well", "as far" or "since" with a day opens no clause."""
        item = self.clause.item(k)
        if item is None or self.clause.lower(k - 2) in _NO_CLAUSE:
            return item is not None
        known = self.clause.lower(k - 2) == "known"  # "in what is known as the area of P"
        return known or item.lower in _NO_CLAUSE or item.kind == "d"

    def _is_verb(self, word: str) -> bool:
        k = self.k
        if word in _SPEECH_FORMS and k > self.start + 1 and self.clause.speaks(k):
            return True
        if k not in self.clause.verbs:
            return False
        if word == "near" and self.clause.lower(k - 1) != "to":
            return False
        if word in _SURROUNDING and self.clause.lower(k + 1) in _PLURAL_KINDS:
            return False  # "P and surrounding areas"
        if self.found:
            return word not in _HELD_FORMS
        return k > self.start and not harmless_verb(self.clause, k)

    def _place(self, item: Item) -> bool:
        k, place = self.k, item.place
        if place is None:
            return False
        if self.found and place.kind == "adm1" and self._contains(k):
            self.contained = k
            return False  # "P and Q in C province, R and S"
        if (self.found and self._begins_clause(k)) or (self.fresh and self._of_way(k)):
            return True  # "took P, and Q fell to B", "P, including the road to Q"
        listed = self.fresh or self.after_it or self.lists.in_list(k)
        if self.found and not (listed or (self.hit and self.parts.thing_in(k))):
            return not self._past_reference()
        self.after_it = False
        if self.parts.holds_next(k):
            return False
        if self.fresh:
            self.found, self.fresh = self._kept_with(place), False
            self.preposition = "" if "" in self.via else self.preposition
        if self._reached(place, k):
            self.found.append(place)
        return False

    def _kept_with(self, place: Mention) -> list[Mention]:
        """What was found before "including" where that is but a site: "P, including its dam"."""
        if self.besides:
            return list(self.found)  # "P and several villages, including Q"
        site = place.place_id.startswith(_SITE_IDS) and not self.part
        return [one for one in self.found if site and one.kind in _SETTLED]

    def _contains(self, k: int) -> bool:
        """Whether a governorate says where places lie: "P in C province", "in C and D ones"."""
        at = k - 2 if self.clause.lower(k - 1) == "the" else k - 1
        joined = self.contained == k - 2 and self.clause.lower(k - 1) in _LIST_AND
        return self.clause.lower(at) in _CONTAINERS or joined

    def _begins_clause(self, k: int) -> bool:
        """Whether a place behind "and" is the subject of what befalls it: "and Q fell to B"."""
        verb = self.clause.verbs.get(k + 1)
        falls = verb is not None and verb[2].subject == "place" and verb[1] in _FINITE
        falls = falls or self._is_done_to(k)
        return falls and self.lists.in_list(k)

    def _is_done_to(self, k: int) -> bool:
        """Whether something is done to a place behind "and": "and only Q was held by B"."""
        verb = self.clause.verbs.get(k + 2)
        done = verb is not None and verb[1] in _DONE and self.clause.lower(k + 1) in _BE
        return done and self.clause.lower(k - 1) in _BEFORE_ONE

    def _of_way(self, k: int) -> bool:
        """Whether a place only tells which road is meant: "the road to P"."""
        return self.clause.lower(k - 1) in _ALONG_WAY and self.clause.lower(k - 2) in _WAYS

    def _reached(self, place: Mention, k: int) -> bool:
        led = self.preposition in self.via
        beside = self.of_parts and self.lists.in_list(k)  # "checkpoints in P, Q and R"
        if beside and "" in self.via and self._is_item(k):
            self.of_parts = False
            return True  # "sites in P and Q, and the town of R"
        if beside or (self.around and self.lists.joined_to_next(k)):
            return False  # "the countryside around P and Q"
        self.around = False
        if self._is_part_of(place, k):
            self.generic = self.generic and self.hit  # "parts of P in Q" are not Q
            self.of_parts = self.part in _POSTS and not self.found
            self.around = self.clause.lower(self.parts.before_kind(k) - 1) in _AROUND_NOUNS or (
                self.clause.lower(self.parts.before_kind(k)) in _REFERENCE
            )
            return False
        if led and place.kind == "adm1":
            return True
        if self.clause.lower(k - 1) == "rural":
            return False
        some = place.kind == "city" and self.preposition in _INTO and self._some_of(k)
        by_part = self.generic and self.preposition in _GENERIC_LEADS and place.kind != "adm1"
        if self.takes and self.spots and self.preposition != "of":
            by_part = False  # whoever takes "points in P" fights for P
        if self.takes and self.housed and self.preposition == "in" and place.kind == "city":
            by_part = led = False  # whoever takes "a barracks in P" has it and no more
        reached = (led or bool(self.found) or by_part) and not some
        return reached and not self.parts.only_modifies(k)

    def _is_item(self, k: int) -> bool:
        """Whether a place is told to be an item by itself: ", and the town of P"."""
        lower = self.clause.lower
        named = lower(k - 1) == "of" and lower(k - 2) in _KINDS and lower(k - 3) == "the"
        return named and lower(k - 4) in _RESUMES_LIST

    def _some_of(self, k: int) -> bool:
        """Whether a part of the governorate of a city is told of: "into northern P"."""
        return self.clause.lower(k - 1) in _WINDS

    def _is_part_of(self, place: Mention, k: int) -> bool:
        """Whether only a part of a place, or what lies around it, is told of."""
        if place.kind == "quarter":
            self.part = self.part or place.kind  # "the district of Q in P"
            return True
        lower = self.clause.lower
        n = self.parts.before_kind(k)
        if not self.whole:
            return place.kind == "city" and lower(n) == "of" and lower(n - 1) in _COUNTRYSIDE
        if lower(n) == "of":
            return self._of_noun(place, n - 1, k)
        lies_around = lower(n) in _REFERENCE and lower(n - 1) in _AROUND_NOUNS
        lies_around = lies_around or (lower(n) in _REFERENCE and lower(n - 1) in _BASES)
        lies_around = lies_around or (lower(n) in _AROUND and lower(n - 1) in _OUTSIDE)
        lies_around = lies_around or (lower(n) in _CONTAINERS and lower(n - 1) in _COUNTRYSIDE)
        return lies_around or (bool(self.part) and lower(n) in _REFERENCE_OR_IN)

    def _of_noun(self, place: Mention, n: int, k: int) -> bool:
        """Whether a noun before "of" makes a place a part: "areas of P", not "towns of P, Q"."""
        noun = self.clause.lower(n)
        if self.hit and (noun == "areas" or noun in _SOME_PARTS):
            return False  # "raids on areas of P"
        if noun in _CENTERS and place.kind == "adm1":
            return True
        if self.part and (noun in _REFERENCE or noun in _EDGES):
            return True  # "areas just outside of P", "villages in the vicinity of P"
        hill = place.written.split()[0].lower() in _HILLS  # "the hills of Tell P"
        if (noun in _OUTSIDE and not hill) or self.clause.items[n].kind == "p":
            return noun in _OUTSIDE or self.part == "quarter"
        if noun in _TOWNS_OF and self.clause.lower(k + 1) in _RESUMES_LIST:
            return False  # "the towns of P, Q and R"
        return noun in _SOME_PARTS or (noun in _PART_NOUNS and place.kind == "city")

    def _actor(self, item: Item) -> bool:
        if self.preposition in {"from", "against"} and not self.loser:
            self.loser = item.actor
        return False

    def _opens(self, item: Item) -> bool:
        self.preposition = "" if "" in self.via else next(iter(sorted(self.via)), "")
        self.fresh = bool(self.found)
        self.besides = self.fresh and self._opens_others()
        if item.lower in _OPENS_BY_TWO or item.lower in _LIST_BEGINS:
            self.k += 1
        return False

    def _opens_others(self) -> bool:
        """Whether a list says which are meant that a place is joined to: "P and ten villages"."""
        last = next(m for m in range(self.k, -1, -1) if self.clause.items[m].kind == "p")
        between = self.clause.lowers[last : self.k]
        joins = next((m for m, word in enumerate(between) if word in _LIST_AND), len(between))
        return not _PLURAL_KINDS.isdisjoint(between[joins:])

    def _among(self, item: Item) -> bool:
        if item.lower == "with" and not self.commas.listed_with(self.k):
            return self._preposition(item)
        if self.found and self.clause.lower(self.k + 1) in _OTHERS:
            return True  # "P and Q among other towns in R"
        self.preposition = "" if "" in self.via else self.preposition
        self.fresh = bool(self.found)
        return False

    def _joins(self, item: Item) -> bool:
        clause, k = self.clause, self.k
        if clause.lower(k + 1) in _SURROUNDING and clause.lower(k + 2) in _PLURAL_KINDS:
            return False  # "P and surrounding areas, and Q"
        if clause.verbs.get(k + 1) or self._acts(k + 1):
            return True
        following = clause.item(k + 1)
        return (
            following is not None
            and following.kind == item.kind
            and clause.verbs.get(k + 2) is not None
            and not harmless_verb(self.clause, k + 2)
            and not self.found
        )

    def _acts(self, k: int) -> bool:
        """Whether a verb that no frame knows begins another deed: "and torched the"."""
        word, following = self.clause.lower(k), self.clause.lower(k + 1)
        return word.endswith("ed") and following in _DEED_OBJECTS

    def _comma(self, item: Item) -> bool:
        del item
        if self.found and (self._followed_by() or self._past_aside()):
            return False
        if self.k == self.start and self._list_follows(self.k + 1):
            return True  # "took P, after A had left, and Q"
        return not self.commas.go_on(self.k, bool(self.found), self.via)

    def _followed_by(self) -> bool:
        """Step past ", followed by" to the next place of a list."""
        if self.clause.lowers[self.k + 1 : self.k + 3] != ["followed", "by"]:
            return False
        self.k, self.after_it = self.k + 2, True
        return True

    def _past_reference(self) -> bool:
        """Step past "near Q" behind a place where the list goes on: ", and the village of R"."""
        k, lower = self.k, self.clause.lower
        beside = lower(k - 1) in _REFERENCE
        m = self.parts.before_kind(k)
        beside = beside or (lower(m) == "of" and lower(m - 1) in _DIRECTIONS)
        if not beside:
            return False
        first = k + 1
        if lower(first) == ";":
            return True  # "P and Q north of R; S and T south of it"
        if lower(first) == "as" and lower(k + 2) == "well":
            first = k + 4
        elif lower(first) in _LIST_AND and lower(k + 2) == "the" and lower(k + 3) in _KINDS:
            first = k + 2  # "P in the west of Q and the village of R"
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
        if not self.found and "" in self.via:
            self.preposition = ""  # "entered the capital of the country — P"
        return bool(self.found) and not self._past_aside()

    def _past_aside(self) -> bool:
        """Step past ", north of Q," behind a place where the list goes on: "and the town of R"."""
        end = self.lists.aside_end(self.k)
        if end is None:
            return False
        self.k, self.after_it = end, True
        return True

    def _bracket(self, item: Item) -> bool:
        """Step past "(east of Q)" behind a place where the list goes on."""
        if item.lower == "(" and not self.found and self._tells_them():
            return self._opens(item)  # "three crossings (P, Q and R)"
        return item.lower != "(" or not self.found or not self._past_aside()

    def _preposition(self, item: Item) -> bool:
        word, k = item.lower, self.k
        least = word == "at" and self.clause.lower(k + 1) in _AT_LEAST
        if least or (word == "to" and self.clause.lower(k - 1) == "belonging"):
            return False  # "a base belonging to the P brigade"
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
        elif not self._transparent(self.k):
            self.preposition = "of?"

    def _part(self, item: Item) -> bool:
        if item.lower in _PART_NOUNS and not (self.hit and item.lower in _POSTS):
            self.part = item.lower
        if not self.whole and item.lower in _AXES and self.preposition:
            self.preposition = item.lower  # "advanced on three axes in P"
        self.generic = self.generic or self.preposition in self.via or not self.preposition
        self.spots = self.spots or item.lower in _SPOTS
        self.housed = self.housed or item.lower in _HOUSES
        return False

    def _both(self, item: Item) -> bool:
        """Step on "both towns", which mean the last two places of a list."""
        clause, k = self.clause, self.k
        if item.lower in _GENERIC:
            self._part(item)
        if clause.lower(k - 1) not in _BOTH:
            return False
        if self.found or self.clause.next_is_place(k) or self._opens_later(k):
            return False
        if self.preposition not in self.via or clause.lower(k + 1) in _AFTER_ANAPHOR:
            return False
        self.found = self.lists.last_two(k)
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
        if self.clause.next_is_place(k) or self._named_beside(k):
            return False
        back = last_place(clause, k)
        if back is None or (item.lower == "district" and back.kind not in _QUARTER_KINDS):
            return False
        self.found.append(back)
        self.after_it = self._goes_on(k + 1)
        return not self.after_it

    def _is_the(self, k: int) -> bool:
        """Whether "the", "the besieged" or "the A-held" stands before "city"."""
        m = k - 1
        while m > k - 4 and (
            self.clause.lower(m) in _TELLS_MORE
            or self.clause.lower(m).endswith("ly")
            or (m == k - 1 and self.clause.capital_at(m))  # "the Syrian city"
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
        parts = _CENTER | _GENERIC
        if self.clause.lower(k + 1) in parts and self.clause.lower(k + 2) in _GENERIC_LEADS:
            return True
        return self.clause.lower(k + 1) == "," and self.clause.next_is_place(k + 1)

    def _opens_later(self, k: int) -> bool:
        """Whether a list follows that says which are meant: "the city, among them P"."""
        ahead = range(k + 1, min(k + 12, self.clause.size))
        lower = self.clause.lower
        named = (lower(m) in _NAMED_BY and lower(m + 1) not in _OTHERS for m in ahead)
        return any(named) and any(self.clause.items[m].kind == "p" for m in ahead)

    def _it(self, item: Item) -> bool:
        if self.found or self.preposition not in self.via or self.k > self.start + 1:
            return False
        ahead = told_ahead(self.clause, self.k)
        if ahead is not None:
            self.found = [ahead]
            return True
        if item.lower == "both":
            alone = self.clause.lower(self.k + 1) not in _WORDS["both_of"]
            self.found = self.lists.last_two(self.k) if alone else []
            return bool(self.found)
        if item.lower == "them":
            self.found = self.lists.list_before(self.k)
            return bool(self.found)
        back = last_place(self.clause, self.k)
        if back is None:
            return False
        self.found = [back]
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
        return self.clause.next_is_place(k + 1 if led else k)


def _stop(walk: Walk, item: Item) -> bool:
    del walk, item
    return True


_STEPS = {
    "p": Walk._place, "a": Walk._actor, "stop": _stop, "opens": Walk._opens,  # noqa: SLF001
    "among": Walk._among, "joins": Walk._joins, "comma": Walk._comma,  # noqa: SLF001
    "bracket": Walk._bracket,  # noqa: SLF001
    "dash": Walk._dash, "semicolon": Walk._semicolon,  # noqa: SLF001
    "preposition": Walk._preposition, "part": Walk._part,  # noqa: SLF001
    "back": Walk._back, "both": Walk._both, "it": Walk._it,  # noqa: SLF001
}  # fmt: skip
"""Class of an item → the step that it asks for; items of other classes are passed over."""
