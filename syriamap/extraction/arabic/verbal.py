"""
Who does what where in an Arabic sentence, how certain, said by whom, and when.

The verb stands first as a rule: its doer follows it, or was named before; a verbal noun has its
doer behind it, or that of the verb above it ("announced the capture of"). What verbs and nouns mean
is data (``lexicon/arabic/deeds.toml``).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.extraction.arabic.calendar import arabic_days
from syriamap.extraction.arabic.script import arabic_lists, bare, words_in
from syriamap.extraction.manner.certainty import Manner
from syriamap.extraction.places.context import Surroundings
from syriamap.extraction.sentence.deeds import Event

if TYPE_CHECKING:
    from datetime import date

    from syriamap.extraction.arabic.naming import ArabicNames, NamedActor, NamedPlace
    from syriamap.extraction.places.context import Context
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["ArabicSentence", "Told", "read_deeds"]

_LISTS = arabic_lists()
_BREAKS = _LISTS["breaks"]
_OBLIQUE = _LISTS["oblique"]
_ANAPHORS = _LISTS["anaphors"]
_BACK = _LISTS["back"]
_PEOPLE = _LISTS["people"]
_SPEECH = _LISTS["speech"]
_UNREAL = _LISTS["unreal"]
_CLOSE = _LISTS["unreal_close"]
_STILL = _LISTS["still"]
_UNDER = frozenset({"تحت"})
_OF = frozenset({"من"})
_IN = frozenset({"في"})
_AMONG = _LISTS["among"]
_ASIDES = _LISTS["asides"]
_NEARNESS = _LISTS["nearness"]
_STRUCK_IN = _LISTS["struck_in"]
_UNITS_OF = _LISTS["units_of"]
_TIMES = _LISTS["times"]
_ADJECTIVES = _LISTS["adjectives"]
_AIRCRAFT = _LISTS["aircraft"]
_ENTERED_PARTS = _LISTS["entered_parts"]
_SEMICOLONS = frozenset({"؛", ";"})
_LISTED = ("via", "needs", "agent", "between", "direct")
_SUBJECT_TO = _LISTS["subject_to"]
_RELATIVES = _LISTS["relatives"]
_OURS = _LISTS["ours"]
_NEAR = 9
"""Words between a deed and its place or doer."""


class _Deed(NamedTuple):
    """A verb family, and which form of it a word is: `past`, `present`, `masdar`, `participle`."""

    name: str
    relation: str
    now: str
    via: frozenset[str]
    needs: frozenset[str]
    agent: frozenset[str]
    between: frozenset[str]
    direct: frozenset[str]
    form: str
    owned: bool = False


class Told(NamedTuple):
    """An event, the word that tells it, and how it is told."""

    event: Event
    trigger: str
    manner: Manner


@cache
def read_deeds() -> dict[str, list[_Deed]]:
    """Give the deeds that ship: folded form → what it may tell."""
    folder = resources.files("syriamap.extraction.lexicon") / "arabic"
    forms: dict[str, list[_Deed]] = {}
    for entry in tomllib.loads((folder / "deeds.toml").read_text("utf-8"))["deed"]:
        for word, form, owned in _forms_of(entry):
            lists = {key: frozenset(entry.get(key, [])) for key in _LISTED}
            deed = _Deed(
                entry["name"],
                entry["relation"],
                entry.get("now", ""),
                lists["via"],
                lists["needs"],
                lists["agent"],
                lists["between"],
                lists["direct"],
                form,
                owned,
            )
            forms.setdefault(word, []).append(deed)
    return forms


def _forms_of(entry: dict[str, Any]) -> list[tuple[str, str, bool]]:
    endings, suffixes = _LISTS["past_endings"], _LISTS["suffixes"]
    found = [(word, "past", False) for word in entry.get("forms", [])]
    for verb in entry.get("past", []):
        stem = verb[:-1] if verb.endswith("ي") else verb
        found += [(verb, "past", False), *((stem + end, "past", False) for end in endings)]
    for verb in entry.get("present", []):
        rest = verb[1:]
        found += [(one + rest, "present", False) for one in sorted(_LISTS["present_begins"])]
        found.append((verb.removesuffix("ي") + "ون", "present", False))
    for noun in entry.get("masdar", []):
        found += [(noun, "masdar", False), ("ال" + noun, "masdar", False)]
        stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
        found += [(stem + one, "masdar", True) for one in suffixes]
    found += [(word, "participle", False) for word in entry.get("participle", [])]
    return found


class ArabicSentence:
    """
    One Arabic sentence, read.

    Parameters
    ----------
    text, span
        The text and the sentence in it.
    names
        What is looked for.
    places
        The theater's places.
    published
        Day of publication.
    memory, context
        What the sentences before spoke of.
    """

    def __init__(  # noqa: PLR0917
        self,
        text: str,
        span: tuple[int, int],
        names: ArabicNames,
        places: PlaceNames,
        published: date | None,
        memory: Memory,
        context: Context,
    ) -> None:
        self.text, self.span, self.published, self.memory = text, span, published, memory
        self.words = words_in(text, *span)
        self.day = published.isoformat() if published else ""
        self.actors = names.actors(self.words, self.day, memory.actors)
        self.voices = names.voices(self.words, self.day)
        taken = {n for one in self.actors for n in range(one.first, one.last)}
        found = names.places(text, self.words, taken)
        self.places = self._settled(found, places, context)
        self._taken = taken | {
            n for one in self.places for n in range(one.mention.first, one.mention.last)
        }

    def _settled(
        self, found: list[NamedPlace], places: PlaceNames, context: Context
    ) -> list[NamedPlace]:
        """Decide between namesakes, by the governorates that the sentence names."""
        held: list[NamedPlace] = []
        codes: set[str] = set()
        for one in found:
            mention = one.mention
            if one.role == "container" and mention.kind in {"city", "town"}:
                word = self.words[max(0, mention.first - 1)].text
                if mention.kind == "city":
                    codes |= places.meanings.governorates_around(mention.place_id)
                elif "حافظه" in word:
                    codes.add(places.code_of(mention.place_id))
            held.append(one)
        anchors = tuple(
            (one.mention.lat or 0.0, one.mention.lon or 0.0)
            for one in held
            if one.mention.place_id and (one.mention.kind == "city" or one.mention.site)
        )
        around = Surroundings(frozenset(codes), anchors)
        settled = context.settled_by([one.mention for one in held], around)
        decided = []
        for one, new in zip(held, settled, strict=True):
            if one.role == "maybe" and not new.place_id:
                continue  # it only sounded like a place, and no place around speaks for it
            role = "object" if one.role == "maybe" else one.role
            decided.append(one._replace(mention=new, role=role))
        return decided

    def named(self) -> list[str]:
        """Give the actors that later sentences may mean."""
        return [one.actor for one in self.actors if not self._is_oblique(one, 0)]

    # --- reading ------------------------------------------------------------------------------

    def read(self) -> list[Told]:
        """Find what the sentence tells."""
        deeds = read_deeds()
        known = frozenset(deeds)
        found: list[Told] = []
        for n, word in enumerate(self.words):
            if n in self._taken:
                continue
            form = bare(word.text, known)
            if form is None:
                continue
            for deed in deeds[form[0]]:
                told = self._deed(n, deed, form[2], form[0])
                if told:
                    found += told
                    break
        found += self._held()
        unique: dict[tuple[str, str, int], Told] = {}
        for one in found:
            unique.setdefault((one.event.actor, one.event.relation, one.event.place.start), one)
        captured = {
            (one.event.actor, one.event.place.start)
            for one in unique.values()
            if one.event.relation in {"captured", "controls"}
        }
        return [
            one
            for one in unique.values()
            if one.event.relation not in {"contested", "advanced_toward"}
            or (one.event.actor, one.event.place.start) not in captured
        ]

    def _deed(self, n: int, deed: _Deed, prefix: str, word: str) -> list[Told]:  # noqa: PLR0911
        if deed.needs and not deed.needs.intersection(
            w.text.removeprefix("و") for w in self.words[n + 1 : n + 7]
        ):
            return []
        if deed.between:
            return self._clash(n, deed)
        if deed.agent:
            return self._undergone(n, deed)
        if deed.name == "capture" and self._word(n - 1) == "تحت":
            return []  # what is held is read by itself
        if deed.name == "capture" and self._word(n - 1) == "عن":
            return []  # "out of the control of"
        via = frozenset({""}) if word in deed.direct else deed.via
        places = self._reached(n, via, deed)
        if not places:
            return []
        actor, rule = self._doer(n, deed, places)
        if not actor:
            return []
        relation = deed.relation
        if deed.now and deed.form == "present" and not self._news(n):
            relation = deed.now
        return self._told(n, actor, relation, places, deed, prefix, rule)

    def _news(self, n: int) -> bool:
        """Whether a present tense is that of a headline: who does it stands before the verb."""
        before = {self._word(k) for k in range(max(0, n - 7), n)}
        relative = {self._word(n - 1), self._word(n - 2)} & {"التي", "الذي"}
        return not before & _STILL and not relative and any(one.last <= n for one in self.actors)

    def _word(self, n: int) -> str:
        return self.words[n].text if 0 <= n < len(self.words) else ""

    def _reached(  # noqa: C901, PLR0911, PLR0912
        self, n: int, via: frozenset[str], deed: _Deed
    ) -> list[Mention]:
        """The places behind a deed, by the words that may lead to them."""
        led = "" in via
        masdar = deed.form == "masdar"
        inside = deed.relation in {"struck", "withdrew"}
        for k in range(n + 1, min(n + 26, len(self.words))):
            text = self._word(k)
            if text in via:
                led = True
                if self._word(k + 1) in _BACK:
                    return self._back_places(k)
                continue
            among = text in {"من", "ومن"} and self._word(k + 1) in _AMONG
            if among or (led and (text in _AMONG or self._is_adjunct(k))):
                continue
            if led and inside and text in _IN and self._struck_in(n, k):
                continue
            if text in _SEMICOLONS or text in _BREAKS:
                return []
            if led and text in _LISTS["place_anaphors"] and k - n < _NEAR:
                if self._word(k + 1).startswith("ال") and self._word(k + 1) not in _ADJECTIVES:
                    continue  # "the industrial city"
                return self._back_places(k)
            if text in _BACK and _led_by_suffix(text, via):
                return self._back_places(k)
            here = self._places_at(k)
            if not here:
                if led and "" not in via and k > n + _NEAR and not self._kind(k, sites=True):
                    return []
                if led and text in _LISTS["plain_leads"] and text not in via:
                    if "" in via and not masdar:
                        return []
                    led = "" in via
                if bare(text, _VERB_FORMS) is not None and k not in self._taken and k > n + 1:
                    return []
                continue
            if here[0].mention.kind == "quarter":
                return []
            if here[0].role == "container":
                if led and self._is_meant_by_part(n, k, via, deed):
                    return [here[0].mention]
                if not self._ends_at_part(k):
                    continue
                return []
            if led:
                return self._listed(here[0]) + self._led_again(here[0], via)
        return []

    def _places_at(self, k: int) -> list[NamedPlace]:
        """The places whose name begins at a word, else those that hold it."""
        here = [one for one in self.places if one.mention.first == k]
        return here or [one for one in self.places if one.mention.first <= k < one.mention.last]

    def _is_adjunct(self, k: int) -> bool:
        """Whether a preposition leads to a time, or to whose units do it: "units of A"."""
        if self._word(k) in _OF:
            return bare(self._word(k - 1), _UNITS_OF) is not None
        return self._word(k) in _IN and self._word(k + 1) in _TIMES

    def _struck_in(self, n: int, k: int) -> bool:
        """Whether what is struck "in P" is at P: "raids on areas in P"."""
        return any(self._word(m).removeprefix("و") in _STRUCK_IN for m in range(n + 1, k))

    def _is_meant_by_part(self, n: int, k: int, via: frozenset[str], deed: _Deed) -> bool:
        """Whether a part stands for its place: "reached the edge of P", "entered quarters of P"."""
        words = {self._word(m) for m in range(n + 1, k + 1)}
        if not _NEARNESS.isdisjoint(via):
            return not _NEARNESS.isdisjoint(words)
        return deed.name == "enter" and not _ENTERED_PARTS.isdisjoint(words)

    def _led_again(self, first: NamedPlace, via: frozenset[str]) -> list[Mention]:
        """The places of "on P, and on the village of Q"."""
        ends = max(
            (one.mention.last for one in self.places if one.listed_with == first.listed_with),
            default=first.mention.last,
        )
        for one in self.places:
            if one.role != "object" or one.listed_with == first.listed_with:
                continue
            before = [
                self._word(m) for m in range(max(ends, one.mention.first - 3), one.mention.first)
            ]
            if any(word[:1] == "و" and word[1:] in via for word in before if len(word) > 1):
                return self._listed(one)
        return []

    def _kind(self, k: int, *, sites: bool = False) -> bool:
        kinds = _LISTS["settlement_kinds"] | (_LISTS["site_kinds"] if sites else frozenset())
        return bare(self._word(k), kinds) is not None

    def _ends_at_part(self, k: int) -> bool:
        """Whether no place follows the part of one: "villages in the countryside of P"."""
        return not any(
            one.role == "object" and k < one.mention.first < k + 8 for one in self.places
        )

    def _listed(self, place: NamedPlace) -> list[Mention]:
        return [
            one.mention
            for one in self.places
            if one.listed_with == place.listed_with
            and one.mention.kind != "quarter"
            and one.role == "object"
            and one.mention.first >= place.mention.first
        ] or [place.mention]

    def _all_of(self, place: NamedPlace) -> list[Mention]:
        """All places of the list that a place stands in."""
        first = next(one for one in self.places if one.listed_with == place.listed_with)
        return self._listed(first) if first.role == "object" else [place.mention]

    def _back_places(self, k: int) -> list[Mention]:
        """What "from it" at a word means: the places named last, in the sentence or before."""
        own = [one for one in self.places if one.role == "object" and one.mention.last <= k]
        if own:
            return self._listed(next(one for one in own if one.listed_with == own[-1].listed_with))
        place = self.memory.place()
        return [place] if place is not None else []

    # --- who ----------------------------------------------------------------------------------

    def _doer(  # noqa: PLR0911
        self, n: int, deed: _Deed, places: list[Mention]
    ) -> tuple[str, str]:
        """Who does it, and how that was found."""
        reach = min((one.first for one in places if one.first > n), default=len(self.words))
        if not deed.owned:
            after = [
                one for one in self.actors if n < one.first < reach and not self._is_oblique(one, n)
            ]
            if after and after[0].first <= n + _NEAR:
                return after[0].actor, "active"
        nouns = [self._word(k) for k in range(n + 1, min(n + 4, len(self.words)))]
        if any(one in _PEOPLE for one in (*nouns[:1], self._word(n - 1))):
            return "", ""
        if self._word(n - 1) in _RELATIVES:
            told = [one for one in self.actors if 0 <= n - 1 - one.last <= 1]
            if told:
                return told[-1].actor, "active"  # "the forces of A, who took P"
        if deed.form == "masdar" and self._other_force(n):
            return "", ""
        first = self._clause_begin(n)
        before = [
            one
            for one in self.actors
            if first <= one.first < n and not self._is_oblique(one, first)
        ]
        if before:
            told = [one for one in before if not self._aside(one)] or before
            return told[-1].actor, "active" if deed.form != "masdar" else "verbal noun"
        if deed.form == "masdar" and not deed.owned and not self._governed(n):
            return "", ""
        return self._remembered(n, deed, nouns)

    def _other_force(self, n: int) -> bool:
        """Whether a verbal noun is the deed of a force that no name is known of."""
        word = self._word(n + 1)
        return n + 1 not in self._taken and word in _UNITS_OF and word not in _ANAPHORS

    def _aside(self, actor: NamedActor) -> bool:
        """Whether an actor's deed only comes beside the one told: "after the withdrawal of A"."""
        before = {self._word(k) for k in range(max(0, actor.first - 3), actor.first)}
        return not before.isdisjoint(_ASIDES)

    def _remembered(  # noqa: PLR0911
        self, n: int, deed: _Deed, nouns: list[str]
    ) -> tuple[str, str]:
        following = nouns[0] if nouns else ""
        anaphor = any(one in _ANAPHORS for one in (*nouns[:2], self._word(n - 1)))
        weapon = any(one in _LISTS["weapons"] for one in nouns)
        if deed.relation == "struck" and not (anaphor or weapon):
            return "", ""
        if deed.relation == "struck" and not anaphor and not _AIRCRAFT.isdisjoint(nouns[:1]):
            last = self.memory.actor()
            return (last, "remembered") if last in self.memory.states else ("", "")
        clear = (
            anaphor
            or weapon
            or deed.owned
            or following in _LISTS["leads"]
            or bare(following, _LISTS["settlement_kinds"] | _LISTS["site_kinds"]) is not None
            or following in _LISTS["also"]
            or deed.form == "masdar"
        )
        if not clear:
            return "", ""
        others = [one for one in self.actors if one.first < n and one.prefix == ""]
        if others and not anaphor:
            return others[-1].actor, "verbal noun"
        ours = any(self._word(k) in _OURS for k in range(n - 4, n + 3))
        if ours and self.memory.voice:
            return self.memory.voice, "remembered"
        before = [one for one in self.actors if one.last < n]
        if self._word(n - 1) in _ANAPHORS and before:
            return before[-1].actor, "remembered"
        return self.memory.actor(), "remembered"

    def _governed(self, n: int) -> bool:
        """Whether a verb above a verbal noun makes it a deed: "announced the capture"."""
        return (
            any(bare(self._word(k), _SPEECH | _LIGHT) is not None for k in range(max(0, n - 8), n))
            or n <= 1
        )

    def _clause_begin(self, n: int) -> int:
        for k in range(n - 1, -1, -1):
            text = self._word(k)
            if text in _SEMICOLONS or text in _BREAKS:
                return k + 1
        return 0

    def _is_oblique(self, actor: NamedActor, first: int) -> bool:
        """Whether a name stands behind a preposition: it is no subject."""
        if actor.prefix:
            units = bare(self._word(actor.first - 1), _UNITS_OF) is not None
            return not (units and actor.prefix == "ل")
        k = actor.first - 1
        while k > first and self._word(k) in {'"', "“", "«"}:
            k -= 1
        if self._word(k) in _OF and bare(self._word(k - 1), _UNITS_OF) is not None:
            return False
        return self._word(k) in _OBLIQUE

    # --- places as subjects -------------------------------------------------------------------

    def _undergone(self, n: int, deed: _Deed) -> list[Told]:
        """P fell to A; P is besieged by A."""
        for k in range(n + 1, min(n + 14, len(self.words))):
            if self._word(k) in deed.agent:
                doers = [one for one in self.actors if k < one.first <= k + 4]
                named = [
                    one.mention
                    for one in self.places
                    if one.role == "object" and one.mention.first < k
                ]
                if not named:
                    return []
                actor = doers[0].actor if doers else ""
                if not actor and self._word(k + 1) in {"مسلحي", "قوات"}:
                    actor = self.memory.actor()
                last = next(
                    one
                    for one in reversed(self.places)
                    if one.role == "object" and one.mention.first < k
                )
                fallen = [one for one in self._all_of(last) if one.first < k]
                return self._told(n, actor, deed.relation, fallen, deed, "", "passive")
        if deed.form == "participle" or not deed.via:
            return []
        places = self._reached(n, deed.via, deed)
        if deed.name == "fall" or not places:
            return []
        actor, rule = self._doer(n, deed, places)
        return self._told(n, actor, deed.relation, places, deed, "", rule)

    def _clash(self, n: int, deed: _Deed) -> list[Told]:
        """Fighting between A and B at P."""
        sides = [one for one in self.actors if n < one.first < n + 14]
        marks = {self._word(k) for k in range(n + 1, min(n + 6, len(self.words)))}
        if not sides or not marks & deed.between:
            return []
        places = self._reached(n, deed.via, deed)
        against = sides[1].actor if len(sides) > 1 else ""
        actor = sides[0].actor
        if against == "" and self._word(sides[0].first - 1) == "مع":
            actor, against = self.memory.actor(), actor
        return self._told(n, actor, deed.relation, places, deed, "", "battle", against)

    def _held(self) -> list[Told]:
        """P is under the control of A."""
        found: list[Told] = []
        deed = read_deeds()["سيطره"][0]
        for n, word in enumerate(self.words):
            under = word.text in _UNDER and self._word(n + 1).startswith("سيطر")
            under = under or word.text in _SUBJECT_TO
            if not under and not (word.text in _IN and self._word(n + 1) in _LISTS["grip"]):
                continue
            doers = [one for one in self.actors if n < one.first <= n + 4]
            actor = doers[0].actor if doers else ""
            if not actor and self._word(n + 2) in _ANAPHORS:
                before = [one for one in self.actors if one.first < n]
                actor = before[-1].actor if before else self.memory.actor()
                if self._word(n + 2) in _LISTS["own_forces"]:
                    spoken = [one for one in self.actors if one.prefix == "ل"]
                    actor = spoken[-1].actor if spoken else actor
            named = [one for one in self.places if one.role == "object" and one.mention.last <= n]
            if named and actor:
                places = self._listed(
                    next(one for one in named if one.listed_with == named[-1].listed_with)
                )
                became = {self._word(k) for k in range(max(0, n - 14), n)} & _LISTS["became"]
                relation = "captured" if became else "controls"
                found += self._told(n, actor, relation, places, deed, "", "under control")
        return found

    # --- how ----------------------------------------------------------------------------------

    def _told(  # noqa: PLR0917
        self,
        n: int,
        actor: str,
        relation: str,
        places: list[Mention],
        deed: _Deed,
        prefix: str,
        rule: str,
        against: str = "",
    ) -> list[Told]:
        if not actor:
            return []
        manner = self._manner(n, deed, prefix)
        return [
            Told(
                Event(actor, relation, place, against, deed.name, n, rule),
                self.words[n].text,
                manner,
            )
            for place in places
        ]

    def _manner(self, n: int, deed: _Deed, prefix: str) -> Manner:
        certainty, reason = self._certainty(n, deed, prefix)
        speaker = self._speaker(n)
        if certainty == "asserted" and speaker:
            certainty, reason = "claimed", "told by a speaker"
        day, precision = self._day(n)
        return Manner(certainty, speaker, day, precision, (reason,) if reason else ())

    def _certainty(self, n: int, deed: _Deed, prefix: str) -> tuple[str, str]:  # noqa: PLR0911
        first = self._clause_begin(n)
        before = [self._word(k) for k in range(first, n)]
        if any(bare(one, _LISTS["denial"]) is not None for one in before):
            return "denied", "a word of denial"
        near = before[-4:]
        for k, word in enumerate(near):
            loose = word.removeprefix("و").removeprefix("ف")
            if loose in _LISTS["negation"]:
                rest = near[k + 1 :]
                if not (rest and rest[0] in _STILL) and len(rest) <= 2:
                    return "denied", "negated"
        if prefix == "ل" and deed.form == "masdar":
            return "hypothetical", "not told as having happened"
        if self._unreal(before, deed):
            return "hypothetical", "not told as having happened"
        if self.words[n].text.startswith(("سي", "ست")) and deed.form == "present":
            return "hypothetical", "not told as having happened"
        if any(one in _LISTS["unconfirmed"] for one in before):
            return "unconfirmed", "could not be confirmed"
        return "asserted", ""

    @staticmethod
    def _unreal(before: list[str], deed: _Deed) -> bool:
        for back, word in enumerate(reversed(before[-7:])):
            loose = bare(word, _UNREAL)
            if loose is None:
                continue
            if loose[0] in _CLOSE:
                if back == 0 and deed.form == "present":
                    return True
                continue
            return True
        may = before[-1:] in (["قد"], ["وقد"])
        return may and deed.form == "present"

    def _speaker(self, n: int) -> str:
        for k, word in enumerate(self.words):
            told = bare(word.text, _SPEECH)
            if told is not None and k not in self._taken and k != n and abs(k - n) < 30:
                code = self._named_after(k, 6)
                if code:
                    return code
            if word.text in _LISTS["according"]:
                code = self._named_after(k, 6)
                if code:
                    return code
        return ""

    def _named_after(self, k: int, reach: int) -> str:
        found = [(at, code) for at, code in self.voices if k < at <= k + reach]
        found += [(one.first, one.actor) for one in self.actors if k < one.first <= k + reach]
        return min(found)[1] if found else ""

    def _day(self, n: int) -> tuple[str, str]:
        days = arabic_days(self.text, *self.span, self.published)
        if not days:
            return "", ""
        at = self.words[n].start
        exact = [one for one in days if one.precision == "day"] or days
        best = min(exact, key=lambda one: (abs(one.start - at), one.start))
        return best.day, best.precision


def _led_by_suffix(text: str, via: frozenset[str]) -> bool:
    """Whether a preposition with a suffix ("from it") is one that leads to the place."""
    return any(text.startswith(one[:2]) for one in via if one)


_LIGHT = _LISTS["light"]
_VERB_FORMS = frozenset(
    word for word, deeds in read_deeds().items() if any(one.form == "past" for one in deeds)
)
