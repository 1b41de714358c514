"""
Which places an Arabic verb or verbal noun reaches.

A walk from the deed to the left of the line: past its subject, up to a word that leads to a place,
and from the place to the end of its list. Parts of a place and what lies around it are not it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.arabic.script import arabic_lists, bare
from syriamap.extraction.arabic.verb_forms import deed_forms

if TYPE_CHECKING:
    from syriamap.extraction.arabic.arranged import Scene
    from syriamap.extraction.arabic.named import NamedPlace
    from syriamap.extraction.arabic.verb_forms import Deed
    from syriamap.extraction.places.mention import Mention

__all__ = ["Reach", "Reached"]

_LISTS = arabic_lists()
_AMONG = _LISTS["among"]
_BACK = _LISTS["back"]
_SOME = _LISTS["counts_of"] | _LISTS["adjectives"]
_IN = frozenset({"في"})
_OF = frozenset({"من"})
_ITS = ("ها", "هما")
"""End what belongs to a place: "and its depots"."""
_COLONS = frozenset({":", "هي", "وهي"})
_COMMAS = frozenset({"،", ","})
_STOPS = _LISTS["breaks"] | _LISTS["reach_stops"] | {"؛", ";"}
_NEARNESS = _LISTS["nearness"]
_PARTS = _LISTS["entered_parts"]
_LISTED = _LISTS["quotes"] | _LISTS["adjectives"] | {"(", ")"}
_VERBS = deed_forms("past") | _LISTS["speech"] | _LISTS["light"] | _LISTS["other_verbs"]
_TOWNS = frozenset({"city", "town"})
_BY_PARTS = frozenset({"enter", "capture", "advance", "strike"})
_SITE = frozenset({"site"})
_INCLUDED = _LISTS["included"]
_VILLAGES = frozenset({"village", "hamlet", "town"})
_FOLLOWING = _LISTS["following"] - _COLONS
_STATIONED = deed_forms("participle")
_NEAR = 9
_FAR = 26
"""Words between a deed and its place: "the town" behind a preposition, and any at all."""
_RELATIVE_WITHIN = 11
"""Words from "which" to "from it", signs of quotation with them."""
_NEAR_LED = 6
"""Words from what leads to a place, as a preposition, to the place."""
_FAR_LED = 8
"""Words from where places lie to the first of their names."""
_NEAR_NAMED = 4
"""Words from where places lie to what leads to their names: "in the countryside of P, as Q"."""


class Reached(NamedTuple):
    """Places, the word where the first begins, and whether only a part of a town is meant."""

    places: list[Mention]
    begin: int
    part: bool = False


_NOTHING = Reached([], 10_000)


class _Way:
    """A way from a deed to its places: whether a word has led to one, and where."""

    def __init__(self, n: int, deed: Deed, via: frozenset[str]) -> None:
        self.n, self.deed, self.via = n, deed, via
        self.led, self.led_at = "" in via, n


class Reach:
    """
    What the deeds of a sentence reach.

    Parameters
    ----------
    scene
        The sentence, taken apart.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._last: list[Mention] = []

    def of(self, n: int, deed: Deed, via: frozenset[str]) -> Reached:
        """Find the places that a deed at a word reaches, by the words that may lead to them."""
        if deed.suffix and deed.form != "masdar":
            found = Reached(self.meant(n, deed.suffix), n)
        else:
            found = self._walk(n, deed, via)
        places = [one for one in found.places if one.kind != "quarter"]
        self._last = places or self._last
        return found._replace(places=places)

    def _walk(self, n: int, deed: Deed, via: frozenset[str]) -> Reached:
        """Go from a deed to its places: each word ends the way, arrives or leads on."""
        way = _Way(n, deed, via)
        for k in range(n + 1, min(n + _FAR, len(self.scene.words))):
            told = _NOTHING if self._ends(way, k) else self._step(way, k)
            if told is not None:
                return told
        return _NOTHING

    def _ends(self, way: _Way, k: int) -> bool:
        """Whether no place of the deed stands behind a word."""
        text = self.scene.word(k)
        if text in way.via:
            return False
        if text in _STOPS:
            opens = self.scene.is_any(k - 1, "opening") or self.scene.word(k - 1) in _FOLLOWING
            return not (text == ":" and opens)
        over = text in _LISTS["asides"] and "" not in way.via
        return way.led and (over or self.scene.is_any(k, "relative"))

    def _step(self, way: _Way, k: int) -> Reached | None:
        """What is reached at a word; None to go on."""
        if self.scene.word(k) in way.via:
            way.led, way.led_at = True, k
            following = self.scene.word(k + 1)
            return Reached(self.meant(k, following), k) if following in _BACK else None
        if self._passes(way.n, k, way.led, way.deed):
            return None
        back = self._back(way.n, k, way.via, led=way.led)
        if back is not None:
            return back
        passed = self._counted(k) or self._stationed(way.n, k)
        here = [] if passed else self.scene.places_at(k)
        if here:
            told = self._arrived(way.n, k, way.via, way.deed, here[0], led=way.led)
            if told is None and (way.led or self._names_them(here[0])):
                way.led, way.led_at = way.led or way.led_at > way.n, here[0].mention.last
            return told
        if way.led and self._in_governorate(k):
            way.led_at += 1
        far = way.led and "" not in way.via and k > way.led_at + _NEAR_LED and not self._kind(k)
        if far:
            return _NOTHING
        way.led, over = self._led_on(way.n, k, way.via, way.deed, led=way.led)
        return _NOTHING if over else None

    def _names_them(self, here: NamedPlace) -> bool:
        """Whether the places themselves follow where they lie: "in the countryside of P, as Q"."""
        last = here.mention.last
        ahead = [self.scene.word(k).removeprefix("و") for k in range(last, last + _NEAR_NAMED)]
        return here.role == "container" and not _COLONS.union(_AMONG).isdisjoint(ahead)

    def _in_governorate(self, k: int) -> bool:
        """Whether a word only describes where places lie: "the northern" of "countryside of P"."""
        return bare(self.scene.word(k), _LISTS["parts"] | _LISTS["adjectives"]) is not None

    def _passes(self, n: int, k: int, led: bool, deed: Deed) -> bool:
        """Whether a word on the way to a place leads nowhere else: "among them", "units of A"."""
        text = self.scene.word(k)
        if text in {"من", "ومن"} and self.scene.word(k + 1) in _AMONG:
            return True
        if led and text in {"منها", "ومنها"} and self._names_follow(k + 1):
            return True
        if led and (text in _AMONG or self._is_adjunct(k)):
            return True
        inside = deed.relation in {"struck", "withdrew"} or deed.name in {"enter", "capture"}
        return led and inside and text in _IN and self._at_parts(n, k)

    def _led_on(
        self, n: int, k: int, via: frozenset[str], deed: Deed, *, led: bool
    ) -> tuple[bool, bool]:
        """Whether the place is still led to behind a word, and whether the way ends there."""
        text = self.scene.word(k)
        if led and text in _LISTS["plain_leads"] and text not in via:
            led = "" in via and deed.form == "masdar"
        elif not led and "" in via and self._kind(k):
            led = not self._is_led(k)
        inherited = self.scene.actor_at(k) is None and k > n + 1 and text not in deed.needs
        inherited = inherited and self.scene.word(k - 1) not in _LISTS["asides"]
        return led, inherited and bare(text, _VERBS) is not None

    def _is_led(self, k: int) -> bool:
        """Whether a preposition or a part of something leads to the word for a kind."""
        word = self.scene.word(k)
        known = bare(word, _LISTS["settlement_kinds"])
        before = self.scene.word(k - 1)
        others = _LISTS["plain_leads"] | _LISTS["oblique"]
        led = before in others or bare(before, _LISTS["parts"]) is not None
        return led or known is None or bool(known[2])

    def _back(self, n: int, k: int, via: frozenset[str], *, led: bool) -> Reached | None:
        """What "the town" or "from it" means, if that stands there."""
        text = self.scene.word(k)
        known = bare(text, _LISTS["place_anaphors"])
        known = None if self.scene.places_at(k) or self._counted(k) else known
        if led and known is not None and k - n < _NEAR and (not known[2] or "" in via):
            following = self.scene.word(k + 1)
            told = _LISTS["adjectives"] | _LISTS["ends_name"] | _LISTS["relative"]
            if following.startswith("ال") and following not in told:
                return None  # "the industrial city"
            if self._is_beside(k):
                return _NOTHING
            places = self.called(k, known[0])
            some = any(bare(self.scene.word(m), _PARTS) is not None for m in range(n + 1, k))
            return Reached(places, k, some and self.scene.word(k - 1) in _IN | _OF)
        if text in _BACK and any(text.startswith(one[:2]) for one in via if one):
            return Reached(self.meant(k, text) or self._told_later(k), k)
        return None

    def _told_later(self, k: int) -> list[Mention]:
        """The places of "the towns from which A withdrew included P and Q"."""
        unnamed = any(self.scene.is_any(m, "plural_kinds") for m in range(max(0, k - 6), k))
        if not unnamed or self.scene.places_at(k - 1):
            return []
        for m in range(k + 1, min(k + _NEAR, len(self.scene.words))):
            if self.scene.word(m).removeprefix("و") in _INCLUDED:
                place = self._object_within(m + 1, 4)
                return [] if place is None else self.listed(place)
        return []

    def _stationed(self, n: int, k: int) -> bool:
        """Whether a place is but where the doer stands: "A, stationed in P, shelled Q"."""
        m = next((m for m in range(k - 1, max(n, k - 4), -1) if self.scene.word(m) in _IN), -1)
        return m - 1 > n and bare(self.scene.word(m - 1), _STATIONED) is not None

    def _counted(self, k: int) -> bool:
        """Whether "a number of the towns", "the following towns" stands there: it means none."""
        if any(self.scene.word(m) in _FOLLOWING for m in range(k + 1, k + 4)):
            return True
        while bare(self.scene.word(k - 1), _LISTS["plural_kinds"]) is not None:
            k -= 1
        counts = bare(self.scene.word(k - 2), _LISTS["counts_of"])
        return self.scene.word(k - 1) in _OF and counts is not None

    def _is_beside(self, k: int) -> bool:
        """Whether "around the airport", "the base near P" stands there."""
        around = bare(self.scene.word(k - 1), _LISTS["parts"] | _NEARNESS) is not None
        m = k + 1
        while self.scene.word(m) in _LISTS["adjectives"]:
            m += 1
        return around or (m > k + 1 and self.scene.word(m) in _LISTS["close_to"])

    def _arrived(
        self, n: int, k: int, via: frozenset[str], deed: Deed, here: NamedPlace, *, led: bool
    ) -> Reached | None:
        """What is reached at a place; None to go on."""
        if here.mention.kind == "quarter":
            return _NOTHING
        if here.role == "container":
            if led and self._is_meant_by_part(n, k, via):
                return Reached([here.mention], k)
            if led and deed.name in _BY_PARTS and self._part_of_town(n, k, here):
                return Reached([here.mention], k, part=True)
            return None if self._goes_on(k, via) else _NOTHING
        if not led:
            return None
        part = deed.name in {"enter", "capture"} and self._part_of_town(n, k, here)
        places = [here.mention] if part else self._whole_list(here, via)
        return Reached(places, k, part)

    def _part_of_town(self, n: int, k: int, here: NamedPlace) -> bool:
        """Whether only quarters or parts of a town are told of: "parts of P", "quarters in P"."""
        words = [self.scene.word(m) for m in range(n + 1, k)]
        words = [x for m, x in enumerate(words) if words[m + 1 : m + 2] != ["ناحيه"]]
        some = any(bare(word, _PARTS) is not None for word in words)
        if any(word.removeprefix("و") in _AMONG for word in words):
            return False
        around = _LISTS["containers"] | _NEARNESS
        if any(bare(word, around) is not None for word in [*words, self.scene.word(k)]):
            return False
        return some and here.mention.kind in _TOWNS

    def _names_follow(self, k: int) -> bool:
        return self._kind(k) or bool(self.scene.places_at(k))

    def _is_adjunct(self, k: int) -> bool:
        """Whether a preposition leads to a time, or to whose units do it: "units of A"."""
        if self.scene.word(k) in _OF:
            if bare(self.scene.word(k - 1), _LISTS["units_of"] | _LISTS["counts_of"]) is not None:
                return True
            return any(bare(self.scene.word(m), _PARTS) is not None for m in (k - 1, k - 2))
        return self.scene.word(k) in _IN and self.scene.word(k + 1) in _LISTS["times"]

    def _at_parts(self, n: int, k: int) -> bool:
        """Whether what is struck "in P" is at P: "raids on areas in P"."""
        known = _LISTS["struck_in"] | _PARTS
        return any(self.scene.word(m).removeprefix("و") in known for m in range(n + 1, k))

    def _is_meant_by_part(self, n: int, k: int, via: frozenset[str]) -> bool:
        """Whether a part stands for its place: "reached the edge of P"."""
        words = {self.scene.word(m) for m in range(n + 1, k + 1)}
        return not _NEARNESS.isdisjoint(via) and not _NEARNESS.isdisjoint(words)

    def _kind(self, k: int) -> bool:
        return bare(self.scene.word(k), _LISTS["settlement_kinds"]) is not None

    def _goes_on(self, k: int, via: frozenset[str]) -> bool:
        """Whether a place follows the part of one: "villages in the countryside of P, of them"."""
        here = self.scene.places_at(k)[0].mention.last
        named = [
            one
            for one in self.scene.places
            if one.role == "object" and k < one.mention.first < k + 10
        ]
        if not named:
            return False
        between = [self.scene.word(m) for m in range(here, named[0].mention.first)]
        told = any(word.removeprefix("و") in _AMONG | _COLONS for word in between)
        led = any(word in via for word in between)
        return told or led or self._resumed(here, via) is not None

    # --- lists --------------------------------------------------------------------------------

    def listed(self, place: NamedPlace) -> list[Mention]:
        """Give the places of the list that one stands in, from it on."""
        return [
            one.mention
            for one in self.scene.places
            if one.listed_with == place.listed_with
            and one.mention.kind != "quarter"
            and one.role == "object"
            and one.mention.first >= place.mention.first
        ] or [place.mention]

    def _whole_list(self, first: NamedPlace, via: frozenset[str]) -> list[Mention]:
        """The list of a place, and those that go on behind where the first lies."""
        found = self.listed(first)
        while True:
            following = self._resumed(found[-1].last, via) or self._led_again(found[-1].last, via)
            if following is None or following.mention in found:
                return found
            found += self.listed(following)

    def _led_again(self, end: int, via: frozenset[str]) -> NamedPlace | None:
        """The place of "on P after ..., and on the village of Q"."""
        for k in range(end, len(self.scene.words)):
            text = self.scene.word(k)
            if text in _STOPS or (bare(text, _VERBS) is not None and not self.scene.places_at(k)):
                return None
            if text[:1] == "و" and len(text) > 2 and text[1:] in via:
                return self._object_within(k + 1, 4)
        return None

    def _resumed(self, end: int, via: frozenset[str]) -> NamedPlace | None:
        """The place with which a list goes on: ", and the villages of", "in addition to"."""
        k = self._past_area(end)
        text = self.scene.word(k)
        if text == "الي" and self.scene.word(k + 1) in _LISTS["besides"]:
            return self._object_within(k + 2, 5)
        if text in _LISTS["besides"] or text.removeprefix("و") in _LISTS["besides"]:
            return self._object_within(k + 1, 7)
        if text[:1] != "و":
            return None
        counted = text[1:] in _SOME and self._kind(k + 1)  # "and several villages, among them P"
        if counted or (text[1:] in via and text[1:]):
            return self._object_within(k + 1 + counted, 4)
        kind = bare(text, _LISTS["settlement_kinds"] | _LISTS["site_kinds"])
        if kind is not None and not kind[2]:
            return self._object_within(k, 4)
        return next((one for one in self.scene.places_at(k) if one.role == "object"), None)

    def _object_within(self, k: int, reach: int) -> NamedPlace | None:
        for m in range(k, min(k + reach, len(self.scene.words))):
            if bare(self.scene.word(m), _VERBS) is not None and not self.scene.places_at(m):
                return None
            here = [one for one in self.scene.places if one.mention.first == m]
            if here and self._names_them(here[0]):
                return self._object_within(here[0].mention.last, _FAR_LED)
            if here:
                whole = here[0].role == "object" and here[0].mention.kind != "quarter"
                return here[0] if whole else None
        return None

    def _past_area(self, end: int) -> int:
        """Step past where a list lies: "in the northern countryside of P,"."""
        k = end
        areas = _LISTS["parts"] | _LISTS["governorate"] | _LISTS["containers"]
        while k < min(end + 12, len(self.scene.words)):
            text = self.scene.word(k)
            here = self.scene.places_at(k)
            if here and here[0].role == "container":
                k = here[0].mention.last
            elif (
                self._describes(k)
                or (k <= end + 1 and text[:1] == "و" and text.endswith(_ITS))
                or text in _LISTED | _COMMAS | _IN
                or (bare(text, areas) is not None and text[:1] != "و")
            ):
                k += 1
            else:
                break
        return k

    def _describes(self, k: int) -> bool:
        """Whether "lying", "loyal to A" is said of a place there."""
        actor = self.scene.actor_at(k)
        return self.scene.word(k) in _LISTS["lying"] or (actor is not None and actor.prefix == "ل")

    # --- places named before --------------------------------------------------------------------

    def meant(self, k: int, pronoun: str) -> list[Mention]:
        """What a pronoun means: two places, the place before "which", what was reached last."""
        named = [one for one in self.scene.places if one.mention.last <= k]
        own = [one for one in named if one.role == "object"]
        relative = [
            m for m in range(max(0, k - _RELATIVE_WITHIN), k) if self.scene.is_any(m, "relative")
        ][-1:]
        near = [one for one in named if relative and self.stands_before(one, relative[0])]
        near = [one for one in near if one.mention.kind != "adm1"]
        near = [one for one in near if one.role == "object"] or near
        apart = relative and any(one.mention.first > relative[0] for one in named)
        if apart:
            relative, near = [], []
        vague = _LISTS["vague_places"]
        unnamed = (m for m in range(max(0, k - 4), k) if self.scene.word(m) in vague)
        if not relative and any(not self.scene.places_at(m + 1) for m in unnamed):
            return []
        if relative and not near and not self.scene.is_any(relative[0] - 1, "place_anaphors"):
            return []
        ones = self._whole(near[-1]) if near else self._last
        if not ones and own:
            ones = self.listed(next(x for x in own if x.listed_with == own[-1].listed_with))
        if not ones and not named:
            remembered = self.scene.memory.place()
            ones = [remembered] if remembered is not None else []
        if pronoun.endswith("هما"):
            return ones[-2:] if len(ones) > 1 else []
        return ones[-1:] if near and not pronoun.endswith("ها") else ones

    def _whole(self, place: NamedPlace) -> list[Mention]:
        if place.role != "object":
            return [place.mention]
        first = next(x for x in self.scene.places if x.listed_with == place.listed_with)
        return self.listed(first)

    def stands_before(self, place: NamedPlace, relative: int) -> bool:
        """Whether "which" follows a place, but for where that lies."""
        return self._past_area(place.mention.last) >= relative >= place.mention.last

    def called(self, k: int, noun: str) -> list[Mention]:
        """What "the town" means: the place called so last, in the sentence or before it."""
        two = noun.endswith("ين")
        kinds = _TOWNS if noun.startswith("المد") else _VILLAGES
        own = [one for one in self.scene.places if one.mention.last <= k]
        own = [one for one in own if one.mention.kind not in {"quarter", "adm1"}]
        alike = [one for one in own if noun.removeprefix("ال")[:4] == one.noun[:4]]
        alike = alike or [one for one in own if one.mention.kind in kinds and one.role == "object"]
        if two and own:
            return [one.mention for one in (alike or own)][-2:]
        if alike:
            ones = self.listed(alike[-1]) if alike[-1].role == "object" else []
            if len(ones) > 1 or sum(x.listed_with == alike[-1].listed_with for x in own) > 1:
                alone = [one for one in own if one.mention.kind == "city" and not one.noun]
                return [one.mention for one in alone[-1:]]
            return [alike[-1].mention]
        if two:
            return self.scene.memory.last_two()
        if noun.startswith("الم") and not noun.startswith("المد"):
            return self._site_before()
        place = self.scene.memory.place(kinds)
        return [place] if place is not None else []

    def _site_before(self) -> list[Mention]:
        own = [one.mention for one in self.scene.places if one.mention.site]
        place = own[-1] if own else self.scene.memory.place(_SITE)
        return [place] if place is not None and (place.site or place.kind in _SITE) else []
