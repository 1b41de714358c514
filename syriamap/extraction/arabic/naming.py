"""
The names of places in an Arabic sentence, by the words around them.

Arabic has no capitals: a name stands behind the word for its kind ("the town of", "the villages
of", with all items of the list), or behind a preposition where it is a name of the theater.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.arabic.script import (
    Word,
    arabic_lists,
    arabic_tables,
    bare,
    fold_arabic,
    is_written_arabic,
)
from syriamap.extraction.arabic.troops import ArabicTroops, folded_words, longest
from syriamap.extraction.arabic.verb_forms import deed_forms, read_deeds
from syriamap.extraction.lexicon.vocabulary import Trie
from syriamap.extraction.places.mention import Mention

if TYPE_CHECKING:
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.theater.folder import Theater

__all__ = ["ArabicNames", "NamedPlace"]

_LISTS = arabic_lists()
_ADJECTIVES = _LISTS["adjectives"]
_ENDS = _LISTS["ends_name"]
_GOVERNORATE = _LISTS["governorate"]
_FACILITIES = _LISTS["facilities"]
_LEADS = _LISTS["leads"] | _LISTS["lead_to_names"]
_DESCRIBING = _LISTS["describing"]
_OPENING = _LISTS["plural_kinds"] | _LISTS["several_kinds"]
_CLOSE = _LISTS["close_to"]
_NAMES_TOO = frozenset({"علي"})
"""Written as a preposition, but no preposition ends a list: a man's name."""
_ATTRIBUTE_ENDS = tuple(sorted(_LISTS["attribute_ends"]))
_MIDDLE = frozenset({"وسط"})
_FOLLOWING = _LISTS["following"]
_AMONG = _LISTS["among"]
_SISTERS = _LISTS["sister_names"]
_BESIDES = _LISTS["besides"]
_BETWEEN = frozenset({"،", ",", "–", "-", "—"})
_BELONGS = _LISTS["belongs"] | _LISTS["lying"]
_NAMED_FOR = frozenset({"مخيم"})
_DIRECTIONS = _LISTS["directions"]
_NO_NAMES = _LISTS["place_anaphors"].union(
    _LISTS["forces"],
    _LISTS["people"],
    _LISTS["ends_name"],
    _LISTS["adjectives"],
    _LISTS["settlement_kinds"],
)
_TOWNS = frozenset({"city", "town"})
_PARTS = _LISTS["parts"]
_CONTAINERS = _LISTS["containers"]
_PLURAL = _LISTS["plural_kinds"]
_SEVERAL_AREAS = _LISTS["several_areas"]
_SEVERAL = _LISTS["several_kinds"]
_SETTLEMENTS = _LISTS["settlement_kinds"]
_SITES = _LISTS["site_kinds"]
_KINDS = _SETTLEMENTS | _SITES
_SEVERAL_SITES = arabic_tables()["several_sites"]
_OF_SEVERAL = frozenset(_SEVERAL_SITES)
_LEADING_KINDS = _KINDS.union(_LISTS["parts"], _LISTS["governorate"], _OF_SEVERAL)
_QUOTES = _LISTS["quotes"]
_QUOTATION = _QUOTES - {"(", ")"}
_CLOSING_QUOTES = frozenset("”»’")
_PAIRED_QUOTES = frozenset("\"'")
"""The same sign opens and closes."""
_TAKES_OBJECT = frozenset(
    word for word, deeds in read_deeds().items() if any("" in one.leads for one in deeds)
)
_OF_NAMES = _LISTS["lists_of_names"]
_COMMON = frozenset(
    word for key, words in _LISTS.items() if key not in _OF_NAMES for word in words
) | deed_forms("past", "present", "masdar", "participle")
_ENDING = 3
"""Letters of the end of a word by which it is first told from others."""
_Point = tuple[float | None, float | None]
_TELLING = 4
"""Letters of a name that stands without a kind and without a preposition."""
_LONGEST = 3
"""Words of a name."""
_LONGEST_LEAD = 12
"""Words from "several towns" to "among them"."""
_LONGEST_LIST = 20
"""Names of a list that goes on behind where its first part lies."""


class NamedPlace(NamedTuple):
    """A place: its mention, and the role that its words give it: `object`, `container`, `maybe`."""

    mention: Mention
    role: str
    listed_with: int
    """First word of the list that it stands in; its own for a place that stands alone."""
    noun: str = ""
    """The word for its kind that leads to it: "town"."""


class _Seen(NamedTuple):
    """A sentence whose places are looked for: text, words, those of actors, places found so far."""

    text: str
    words: list[Word]
    taken: set[int]
    found: list[NamedPlace]


class ArabicNames:
    """
    Names to look for in Arabic texts, made once per theater.

    Parameters
    ----------
    theater
        Its aliases, speakers and places.
    names
        Its places, ready to be found.
    """

    def __init__(self, theater: Theater, names: PlaceNames) -> None:
        self._names = names
        self.troops = ArabicTroops(theater)
        self._places = Trie()
        pairs = list(zip(theater.places.index, theater.places["name_ar"], strict=True))
        pairs += [
            (place_id, name)
            for place_id, name in zip(theater.names["place_id"], theater.names["name"], strict=True)
            if is_written_arabic(str(name))
        ]
        self._bearers: dict[tuple[str, ...], set[str]] = {}
        for place_id, name in pairs:
            words = tuple(folded_words(str(name)))
            if len(words) == 1 and words[0] in _NO_NAMES and names.kind_of(place_id) not in _TOWNS:
                continue  # "the two villages" may be a town, a village called so is too unlikely
            if words and len("".join(words)) > 2:
                self._bearers.setdefault(words, set()).add(str(place_id))
        self._areas = {
            tuple(folded_words(str(row.name))): str(row.place_id)
            for row in theater.regions.itertuples(index=False)
            if is_written_arabic(str(row.name))
        }
        called = {" ".join(folded_words(one)) for one in theater.called if is_written_arabic(one)}
        self._never = _LISTS["never_places"] | called
        self._common = _COMMON | called
        self._area_first = frozenset(words[0] for words in self._areas)
        self._area_ends = {word[-_ENDING:] for word in self._area_first}
        for words in {**self._bearers, **self._areas}:
            self._places.add(words, words)
        self._place_first = self._places.first_words()

    # --- places -------------------------------------------------------------------------------

    def places(self, text: str, words: list[Word], taken: set[int]) -> list[NamedPlace]:
        """Find the place names of a sentence, each with its role; none is decided yet."""
        found: list[NamedPlace] = []
        seen = _Seen(text, words, taken, found)
        n = 0
        while n < len(words):
            if n in taken:
                n += 1
                continue
            stop = self._at(seen, n)
            n = max(stop, n + 1)
        return found

    def _at(self, seen: _Seen, n: int) -> int:
        """Find what begins at a word; where it ends."""
        words = seen.words
        area = self._area_at(seen, n)
        if area:
            return area
        following = words[n + 1].text if n + 1 < len(words) else ""
        if words[n].text in _MIDDLE and bare(following, _SETTLEMENTS) is not None:
            return n + 1  # "in the middle of the village of P" is in P
        kind = bare(words[n].text, _LEADING_KINDS)
        stop = self._of_kind(seen, n, kind) if kind is not None else 0
        if stop:
            return stop
        if self._names_some(words, n):
            return self._list(seen, n + 1, n + 1, plural=True)
        if self._continues(seen, n):
            return self._listed_on(seen, n)
        return self._unkind(seen, n)

    def _of_kind(self, seen: _Seen, n: int, kind: tuple[str, bool, str]) -> int:  # noqa: PLR0911
        """Find what a word for a kind leads to; where it ends, 0 where it leads to nothing."""
        words = seen.words
        if kind[0] in _SETTLEMENTS and self._near(words, n):
            return self._area(seen, n)
        if kind[0] in _OPENING and self._opens(words, n):
            first = n + 2 + _told_next(words, n)
            return self._list(seen, first, first, plural=True)
        if kind[0] in _GOVERNORATE | _PARTS and kind[0] not in _SITES:
            return self._area(seen, n)
        if kind[2] == "ل" and words[n - 1].text in _BELONGS:
            return self._area(seen, n)
        if kind[0] in _SETTLEMENTS:
            return self._settlements(seen, n, kind)
        if kind[0] in _OF_SEVERAL:
            return self._sites(seen, n, _SEVERAL_SITES[kind[0]])
        return self._site(seen, n, kind[0]) if kind[0] in _SITES else 0

    def _unkind(self, seen: _Seen, n: int) -> int:
        """Find a name that no word for a kind leads to; where it ends."""
        words, found = seen.words, seen.found
        before = next(
            (words[k].text for k in range(n - 1, -1, -1) if words[k].text not in _QUOTES), ""
        )
        after_list = (
            bool(found) and found[-1].mention.last in {n, n - 1} and self._goes_on(words, n)
        )
        led = before in _LEADS | _BESIDES or n - 1 in seen.taken
        led = led or bare(before, _TAKES_OBJECT) is not None
        if led or n == 0 or after_list or not words[n].text[:1].isalpha():
            return self._known(seen, n, after_list)
        return self._known(seen, n, after_list, only_city=True)

    def _settlements(self, seen: _Seen, n: int, kind: tuple[str, bool, str]) -> int:
        """The names behind a word for settlements, none where it is only described."""
        words, found = seen.words, seen.found
        if self._only_villages(words, n):
            return n + 1
        area = self._area_at(seen, n + 1) if kind[0] in _PLURAL else 0
        if area:
            return area  # "the towns of the Q mountains"
        joined = kind[1] and bool(found) and self._follows(found[-1].mention.last, n, words)
        begun = found[-1].listed_with if joined else n + 1
        return self._list(seen, n + 1, begun, plural=kind[0] in _PLURAL)

    @staticmethod
    def _only_villages(words: list[Word], n: int) -> bool:
        """Whether an adjective stands behind the word for a kind: "the mountain villages"."""
        following = words[n + 1].text if n + 1 < len(words) else ""
        return words[n].text.lstrip("وبل").startswith("ال") and following.startswith("ال")

    @staticmethod
    def _opens(words: list[Word], n: int) -> bool:
        """Whether a list follows: "the areas: P, Q", "the following towns: P, Q"."""
        return ":" in {word.text for word in words[n + 1 : n + 2 + _told_next(words, n)]}

    @staticmethod
    def _near(words: list[Word], n: int) -> bool:
        """Whether a place only says what something is near to: "close to P"."""
        return n > 1 and words[n - 1].text == "من" and words[n - 2].text in _CLOSE

    @staticmethod
    def _follows(last: int, n: int, words: list[Word]) -> bool:
        """Whether a word stands behind a name that ended at another, but for what describes it."""
        return last <= n and all(
            words[k].text in _ADJECTIVES or words[k].text in _QUOTES for k in range(last, n)
        )

    def _goes_on(self, words: list[Word], n: int) -> bool:
        if words[n].text[:1] == "و":
            return True
        return n > 0 and words[n - 1].text in _BETWEEN

    def _area(self, seen: _Seen, n: int) -> int:
        """A governorate or a part of one: "in the countryside of P", "south of P"."""
        text, words, taken, found = seen
        k = n + 1
        while k < len(words) and (
            words[k].text in _PARTS | _ADJECTIVES | _SETTLEMENTS or words[k].text in _QUOTES
        ):
            k += 1
        name = self._span(words, k, taken)
        if name is None:
            return n + 1
        first, last = name
        area = self._area_at(seen, first)
        if area:
            return area
        exact = self._exact(words, first, last)
        if exact is None:
            return n + 1
        last, bearers = exact
        mention = self._mention(text, words, first, last, bearers)
        kind = next((words[m].text for m in range(n, first) if words[m].text in _SETTLEMENTS), "")
        found.append(NamedPlace(mention, "container", first, kind))
        several = bare(words[n].text, _SEVERAL_AREAS) is not None
        return self._areas_on(seen, last) if several else last

    def _areas_on(self, seen: _Seen, last: int) -> int:
        """The governorates that "and" joins: "in the countrysides of P in the south and Q"."""
        words = seen.words
        k = last
        while k < len(words) and (words[k].text in _ADJECTIVES or words[k].text in _BETWEEN):
            k += 1
        if k >= len(words) or words[k].text[:1] != "و" or k in seen.taken:
            return last
        exact = self._exact(words, k, k + 1)
        if exact is None or bare(words[k].text, _LEADING_KINDS) is not None:
            return last
        mention = self._mention(seen.text, words, k, exact[0], exact[1])
        if mention.kind not in _TOWNS:
            return last
        seen.found.append(NamedPlace(mention, "container", k))
        return self._areas_on(seen, exact[0])

    def _site(self, seen: _Seen, n: int, kind: str) -> int:
        """A site or a name that begins with its kind: "P airport", "Tal P"."""
        text, words, taken, found = seen
        numbered = n + 1 < len(words) and words[n + 1].text.isdigit()  # "brigade 66"
        begin = n + 2 if n + 1 < len(words) and words[n + 1].text in _QUOTATION else n + 1
        name = (n + 1, n + 2) if numbered else self._span(words, begin, taken)
        if name is None:
            return n + 1
        first, last = name
        if not numbered and _only_describes(words, first, last):
            return first  # "an important oil field"
        whole = self._exact(words, n, last)
        if whole is not None and whole[0] > n + 1:
            stop, bearers = whole
            if stop < last and words[stop].text in _DIRECTIONS:
                stop += 1  # "Tal P West"
            mention = self._mention(text, words, n, stop, bearers)
            found.append(NamedPlace(mention, "object", self._begun(found, words, n)))
            return stop
        camp = self._exact(words, first, last) if kind in _NAMED_FOR else None
        if camp is not None:
            stop, bearers = camp
            mention = self._mention(text, words, n, stop, bearers)
            found.append(NamedPlace(mention, "object", self._begun(found, words, n)))
            return stop
        for end in range(last, first if kind != "حي" else last, -1):
            written = f"{kind} {' '.join(word.text for word in words[first:end])}"
            place_id = self._names.meanings.site_named(written)
            if place_id:
                point = self._names.point_of(place_id)
                mention = _mention(text, words, n, end, place_id, *point, site=True)
                found.append(NamedPlace(mention, "object", self._begun(found, words, n)))
                return end
        if kind in _FACILITIES:
            mention = _mention(text, words, n, min(first + 2, last), "", None, None, "quarter")
        else:
            mention = _mention(text, words, n, last, "", None, None, "unresolved")
        found.append(NamedPlace(mention, "object", self._begun(found, words, n)))
        return last

    def _sites(self, seen: _Seen, n: int, kind: str) -> int:
        """The names behind a word for several sites: "the two fields of P and Q"."""
        text, words, taken, found = seen
        k = begun = n + 1
        while (name := self._span(words, k, taken)) is not None:
            first, last = name
            if self._is_common(words[first]) or _only_describes(words, first, last):
                return k
            named = (
                (end, self._site_id(words, kind, first, end)) for end in range(last, first, -1)
            )
            end, place_id = next((one for one in named if one[1]), (last, ""))
            point: _Point = self._names.point_of(place_id) if place_id else (None, None)
            told = "" if place_id else "unresolved"  # and no village of that name is meant
            mention = _mention(text, words, first, end, place_id, *point, told)
            mention = mention._replace(site=True)
            found.append(NamedPlace(mention, "object", begun))
            k = self._next_item(words, end)
            if k == end and words[k : k + 1] and words[k].text[:1] != "و":
                return end
        return k

    def _site_id(self, words: list[Word], kind: str, first: int, end: int) -> str:
        """Id of the site of a kind that some words name; empty where they name none."""
        written = " ".join(word.text for word in words[first:end])
        tried = (self._names.meanings.site_named(f"{kind} {x}") for x in _without_joins(written))
        return next(filter(None, tried), "")

    @staticmethod
    def _begun(found: list[NamedPlace], words: list[Word], n: int) -> int:
        """First word of the list that a place joined by "and" stands in; else its own."""
        joined = words[n].text[:1] == "و" and bool(found)
        if joined and ArabicNames._follows(found[-1].mention.last, n, words):
            return found[-1].listed_with
        return n

    @staticmethod
    def _names_some(words: list[Word], n: int) -> bool:
        """Whether names of several places told of follow: "among them P, Q"."""
        if words[n].text.removeprefix("و") not in _AMONG or n + 1 >= len(words):
            return False
        following = words[n + 1]
        kind = bare(following.text, _LEADING_KINDS)
        before = (words[k].text for k in range(max(0, n - _LONGEST_LEAD), n))
        several = any(bare(word, _PLURAL) is not None for word in before)
        return several and kind is None and following.text[:1].isalpha()

    @staticmethod
    def _continues(seen: _Seen, n: int) -> bool:
        """Whether a list goes on behind where its first part lies: "P in the south of Q, and R"."""
        words, found = seen.words, seen.found
        if not found or words[n].text[:1] != "و" or words[n - 1].text not in _BETWEEN:
            return False
        last = found[-1]
        listed = any(one.role == "object" and one.noun in _PLURAL for one in found[-_LONGEST_LIST:])
        kind = bare(words[n].text, _LEADING_KINDS)
        return last.role == "container" and last.mention.last == n - 1 and listed and kind is None

    def _listed_on(self, seen: _Seen, n: int) -> int:
        """The names of a list that goes on; those that no place bears are none."""
        known = len(seen.found)
        stop = self._list(seen, n, n, plural=True)
        noun = next((one.noun for one in reversed(seen.found[:known]) if one.noun), "")
        for k in range(known, len(seen.found)):
            one = seen.found[k]
            role = one.role if one.mention.place_id else "maybe"
            seen.found[k] = one._replace(role=role, noun=noun)
        return stop

    def _list(self, seen: _Seen, first: int, begun: int, *, plural: bool) -> int:
        """The names behind "town of" or "villages of", to the end of the list."""
        words = seen.words
        noun = words[first - 1].text
        k = first
        while k < len(words) and self._another_kind(words[k]):
            k, plural = k + 1, True
        if plural and self._opens(words, k - 1):
            k += 1 + _told_next(words, k - 1)  # "the following towns: P"
        while k < len(words):
            k = self._begins(words, k, plural=plural)
            name = self._span(words, k, seen.taken)
            if name is None:
                return k
            item = self._quoted(words, k) or self._item(words, *name)
            if item is None:
                return k if self._is_kind(words, k, name[0]) else self._past(words, *name)
            start, stop, bearers = item
            if words[start].text not in _PARTS:
                mention = self._mention(seen.text, words, start, stop, bearers)
                seen.found.append(NamedPlace(mention, "object", begun, noun))
            k = self._next_item(words, stop)
            if not (plural and k > stop) and not self._joins_next(seen, k, plural=plural):
                return stop
        return k

    @staticmethod
    def _begins(words: list[Word], k: int, *, plural: bool) -> int:
        """Where the next name begins: behind quotation marks, "and", "among them"."""
        while k < len(words):
            text = words[k].text
            following = words[k + 1].text if k + 1 < len(words) else ""
            some = plural and (text in _AMONG or (text == "من" and following in _AMONG))
            some = some and bare(following, _LEADING_KINDS) is None
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
        exact = self._exact(words, start, stop)
        whole = exact is not None and exact[0] == stop
        return start, stop, exact[1] if exact is not None and whole else ()

    @staticmethod
    def _is_kind(words: list[Word], k: int, start: int) -> bool:
        """Whether another word for a kind begins where a name of the list would."""
        kind = bare(words[start].text, _SETTLEMENTS | _GOVERNORATE | _CONTAINERS)
        named_so = start == k and kind is not None and kind[0] in _SETTLEMENTS - _PLURAL
        return kind is not None and (not named_so or bool(kind[1]) or bool(kind[2]))

    def _past(self, words: list[Word], start: int, stop: int) -> int:
        """Where to look on behind words that are no name of a list."""
        exact = self._exact(words, start, stop)
        return start + 1 if self._describes(words, start, stop, exact) else start

    def _item(
        self, words: list[Word], start: int, stop: int
    ) -> tuple[int, int, tuple[str, ...]] | None:
        """The name of a list that begins at a word: its span and who bears it; None for none."""
        if self._is_kind(words, start, start):
            return None
        exact = self._exact(words, start, stop)
        if self._describes(words, start, stop, exact):
            return None
        if exact is not None and self._is_longer(words, exact[0], stop):
            exact = None  # "P Q" is another place than P
        end, bearers = exact or (min(stop, start + _LONGEST), ())
        if exact is None and (self._ends_list(words[start].text) or self._acts(words[start])):
            return None
        return start, end, bearers

    def _is_longer(self, words: list[Word], end: int, stop: int) -> bool:
        """Whether a name goes on behind the one that is known, up to a sign or "and"."""
        rest = words[end:stop]
        own = all(
            word.text in _NAMES_TOO or (self._may_name(word.text) and not self._is_common(word))
            for word in rest
        )
        around = stop < len(words) and bare(words[stop].text, _PARTS | _GOVERNORATE) is not None
        return 0 < len(rest) < _LONGEST and own and (around or self._closes(words, stop))

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
    def _next_item(words: list[Word], stop: int) -> int:
        """Where the next name of a list may begin: behind a comma or a closed quotation."""
        k, signs = stop, 0
        while k < len(words) and words[k].text in _QUOTES | _ADJECTIVES:
            k, signs = k + 1, signs + (words[k].text in _QUOTES)
        if k < len(words) and words[k].text in _BETWEEN:
            return k + 1
        return k if signs > 1 else stop

    @staticmethod
    def _joins_next(seen: _Seen, k: int, *, plural: bool) -> bool:
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
        if not _only_describes(words, start, stop):
            return words[start].text in _COMMON and exact is None and stop == start + 1
        return exact is None or exact[0] == start + 1

    @staticmethod
    def _another_kind(word: Word) -> bool:
        """Whether "and towns" stands here, of "villages and towns of"."""
        kind = bare(word.text, _PLURAL | _SEVERAL)
        return kind is not None and kind[1]

    def _known(self, seen: _Seen, n: int, after_list: bool, *, only_city: bool = False) -> int:  # noqa: PLR0911
        """A name of the theater that stands without its kind."""
        text, words, taken, found = seen
        begun = bare(words[n].text, self._place_first)
        if begun is None or (begun[2] and begun[2] != "ل"):
            if after_list and self._amid(seen, n):
                mention = _mention(text, words, n, n + 1, "", None, None, "unresolved")
                found.append(NamedPlace(mention, found[-1].role, found[-1].listed_with))
                return n + 1
            if (after_list or (words[n - 1].text in _LEADS and n)) and not self._is_common(
                words[n]
            ):
                return self._sounding(seen, n, after_list)
            return n + 1
        end, values = longest(
            self._places, [begun[0], *(word.text for word in words[n + 1 : n + 5])]
        )
        if not values or any(k in taken for k in range(n, n + end)):
            return n + 1
        if len(values[0]) == 1 and self._is_common(words[n]):
            return n + 1
        if values[0] not in self._bearers:
            return n + 1
        ids = tuple(sorted(self._bearers[values[0]]))
        kind = self._names.kind_of(self._names.likeliest(ids))
        if len(values[0]) == 1 and values[0][0] in self._never:
            return n + 1
        if only_city and not after_list and kind not in _TOWNS:
            return n + 1
        letters = len("".join(values[0]))
        if only_city and not after_list and (n == 0 or begun[2] or letters < _TELLING):
            return n + 1
        listed = _listed_with(found, n, after_list=after_list)
        role = found[-1].role if after_list and found else "object"
        role = "container" if self._near(words, n) else role
        mention = self._mention(text, words, n, n + end, ids)
        found.append(NamedPlace(mention, role, listed))
        return n + end

    def _amid(self, seen: _Seen, n: int) -> bool:
        """Whether an unknown name stands between two of a list: "and P and Q"."""
        words = seen.words
        if n + 1 >= len(words) or words[n].text[:1] != "و":
            return False
        following = words[n + 1]
        known = bare(following.text, self._place_first | _KINDS)
        listed = seen.found[-1].listed_with
        long = sum(one.listed_with == listed for one in seen.found) > 1
        also = long and following.text[:1] == "و" and not self._is_common(following)
        between = (known is not None and known[1]) or also
        return between and not self._is_common(words[n]) and n not in seen.taken

    def _is_common(self, word: Word) -> bool:
        """Whether a word is one of the language or calls the country, and no place's name."""
        return bare(word.text, self._common) is not None

    def _sounding(self, seen: _Seen, n: int, after_list: bool) -> int:
        """A name that no list holds, where the gazetteer is sure of what it sounds like."""
        text, words, taken, found = seen
        name = self._span(words, n, taken)
        if name is None:
            return n + 1
        start, stop = name
        for end in range(min(stop, start + _LONGEST), start, -1):
            written = " ".join(word.text for word in words[start:end]).removeprefix("و")
            if len(written) > 3 and self._names.meanings.sure(written):
                listed = _listed_with(found, n, after_list=after_list)
                mention = _mention(text, words, start, end, "", None, None, "unresolved")
                found.append(NamedPlace(mention, "maybe", listed))
                return end
        return n + 1

    def _span(self, words: list[Word], first: int, taken: set[int]) -> tuple[int, int] | None:
        """The words of a name that begins here: up to a sign, a preposition, "and"."""
        end = first
        while end < len(words) and end - first < _LONGEST + 1 and end not in taken:
            text = words[end].text
            named = end > first and text in _NAMES_TOO and self._closes(words, end + 1)
            if (
                not text[:1].isalpha()
                or (text.removeprefix("و") in _ENDS and not named)
                or text in _ADJECTIVES - {"الجديد"}
            ):
                break
            if text == "و":
                break
            if end > first and text in _DIRECTIONS and self._closes(words, end + 1):
                return first, end + 1
            kind = bare(text, _KINDS | _PARTS) if end > first else None
            inside = kind is not None and kind[0] in _KINDS and not (kind[1] or kind[2])
            inside = inside and self._closes(words, end + 1)
            if end > first and (text[:1] == "و" or (kind is not None and not inside)):
                break
            if end > first and (text in _VERBS or text.startswith(("بري", "بمح"))):
                break
            end += 1
        return (first, end) if end > first else None

    @staticmethod
    def _closes(words: list[Word], k: int) -> bool:
        """Whether a name ends before a word: "and", a sign."""
        return k >= len(words) or words[k].text[:1] == "و" or not words[k].text[:1].isalnum()

    def _exact(
        self, words: list[Word], first: int, last: int
    ) -> tuple[int, tuple[str, ...]] | None:
        """The longest name of the theater that begins at a word."""
        texts = [word.text for word in words[first:last]]
        for begin in _without_joins(texts[0]):
            end, values = longest(self._places, [begin, *texts[1:]])
            if values and values[0] in self._bearers:
                return first + end, tuple(sorted(self._bearers[values[0]]))
        return None

    def _area_at(self, seen: _Seen, n: int) -> int:
        """
        Find an area that is no place of its own, or bears the name of a village somewhere.

        Returns
        -------
        int
            The word behind it; 0 where none begins.
        """
        text, words, taken, found = seen
        if n >= len(words) or words[n].text[-_ENDING:] not in self._area_ends or n in taken:
            return 0
        texts = [word.text for word in words[n : n + 5]]
        known = bare(texts[0], self._area_first)
        if known is None:
            return 0
        end, values = longest(self._places, [known[0], *texts[1:]])
        if not values or values[0] not in self._areas:
            return 0
        amid = self._areas[values[0]]
        point: _Point = self._names.point_of(amid) if amid else (None, None)
        mention = _mention(text, words, n, n + end, "", *point, "area")
        found.append(NamedPlace(mention, "container", n))
        return n + end

    def _mention(
        self, text: str, words: list[Word], first: int, last: int, bearers: tuple[str, ...]
    ) -> Mention:
        if not bearers:
            return _mention(text, words, first, last, "", None, None, "unresolved")
        best = self._names.likeliest(bearers)
        point = self._names.point_of(best)
        kind = self._names.kind_of(best)
        made = _mention(text, words, first, last, best, *point, kind)
        return made._replace(bearers=bearers, listed=True)


_VERBS = _LISTS["speech"] | _LISTS["unreal"]


def _opens_quotation(words: list[Word], n: int) -> bool:
    """Whether a sign opens a quotation: its pair follows."""
    sign = words[n].text
    if sign not in _QUOTATION or sign in _CLOSING_QUOTES:
        return False
    alike = sum(word.text == sign for word in words[: n + 1])
    return sign not in _PAIRED_QUOTES or alike % 2 == 1


def _without_joins(word: str) -> list[str]:
    """Give a word as it stands, and without the "and" or "then" written together with it."""
    return list(dict.fromkeys([word, word.removeprefix("و"), word.removeprefix("ف")]))


def _told_next(words: list[Word], n: int) -> int:
    """How many words say, behind the word for a kind, that a list follows: "the following"."""
    following = words[n + 1].text if n + 1 < len(words) else ""
    return int(following in _FOLLOWING)


def _only_describes(words: list[Word], start: int, stop: int) -> bool:
    """Whether words behind the word for a kind name nothing: "strategic", "of the oil"."""
    texts = (words[k].text.removeprefix("و") for k in range(start, stop))
    return all({text, text.removeprefix("ال")} & _DESCRIBING for text in texts)


def _listed_with(found: list[NamedPlace], n: int, *, after_list: bool) -> int:
    """First word of the list that goes on here; else this one."""
    return found[-1].listed_with if after_list and found else n


def _mention(  # noqa: PLR0917
    text: str,
    words: list[Word],
    first: int,
    last: int,
    place_id: str,
    lat: float | None,
    lon: float | None,
    kind: str = "",
    *,
    site: bool = False,
) -> Mention:
    start = words[first].start
    written = fold_arabic(text[start : words[last - 1].end])
    if first and written[:1] in {"و", "ف"} and len(written) > 3 and not site:
        begun = words[first].text
        named_so = begun in _KINDS and begun[1:] not in _KINDS  # "Wadi P"
        if not named_so and (begun[1:3] == "ال" or words[first - 1].text not in _KINDS):
            start += 1
            start += len(text[start:]) - len(text[start:].lstrip())
    return Mention(
        first, last, start, words[last - 1].end, text[start : words[last - 1].end],
        place_id, lat, lon, kind or "site", bool(place_id), (), site,
    )  # fmt: skip
