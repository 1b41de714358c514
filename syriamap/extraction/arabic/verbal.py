"""
Who does what where in an Arabic sentence, how certain, said by whom, and when.

The verb stands first as a rule: its doer follows it, or was named before; a verbal noun has its
doer behind it, or that of the verb above it ("announced the capture of"). What verbs and nouns mean
is data (``lexicon/arabic/deeds.toml``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.arabic.arranged import Scene
from syriamap.extraction.arabic.reaching import Reach, Reached
from syriamap.extraction.arabic.script import arabic_lists, bare, words_in
from syriamap.extraction.arabic.subjects import Doer, Subjects
from syriamap.extraction.arabic.told_how import Telling
from syriamap.extraction.arabic.verb_forms import deed_forms, read_deeds
from syriamap.extraction.places.context import Surroundings
from syriamap.extraction.sentence.deeds import Event

if TYPE_CHECKING:
    from datetime import date

    from syriamap.extraction.arabic.named import NamedPlace
    from syriamap.extraction.arabic.naming import ArabicNames
    from syriamap.extraction.arabic.script import Word
    from syriamap.extraction.arabic.verb_forms import Deed
    from syriamap.extraction.manner.certainty import Manner
    from syriamap.extraction.places.context import Context
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.spotting import PlaceNames
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["ArabicSentence", "Told"]

_LISTS = arabic_lists()
_STILL = _LISTS["still"]
_RELATIVE = _LISTS["relative"]
_GRIP = _LISTS["grip"]
_TAKING = frozenset({"captured", "controls"})
_FACTS = frozenset({"asserted", "claimed"})
_CONTROL = deed_forms("masdar") & _LISTS["control_nouns"]
_HANDING = _LISTS["handing_over"]
_TO = frozenset({"الي", "لصالح"})
_NEAR_ACTOR = 4
_RAIDS = _LISTS["raids"]
_NEEDED_WITHIN = 9
"""Words from a verb to the noun that it needs: "is now A at a distance of N kilometers"."""
_THEIR_OWN = tuple(sorted(_LISTS["their_own"]))
_LONG = 4
_TOWNS = frozenset({"city", "town"})
_OUT_OF = _LISTS["out_of"]


class Told(NamedTuple):
    """An event, the word that tells it, and how it is told."""

    event: Event
    trigger: str
    manner: Manner


_NEAR = 9
"""Words between a verb, its doer and its place in a plain sentence."""


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
        words = words_in(text, *span)
        day = published.isoformat() if published else ""
        actors = names.troops.actors(words, day, memory)
        taken = {n for one in actors for n in range(one.first, one.last)}
        found = names.places(text, words, taken)
        self.places = _settled(words, found, places, context)
        self.scene = Scene(words, actors, self.places, memory)
        self.memory = memory
        self._taken = self.scene.taken()
        self._reach, self._subjects = Reach(self.scene), Subjects(self.scene)
        voices = names.troops.voices(words, day)
        self._telling = Telling(self.scene, text, span, published, voices)

    def named(self) -> list[str]:
        """Give the actors that later sentences may mean."""
        return [one.actor for one in self._subjects.free()]

    def called(self) -> list[tuple[str, str]]:
        """Give the nouns by which its actors are called: "organization" of "organization A"."""
        return [
            (self.scene.word(n).removeprefix("و").removeprefix("ال"), one.actor)
            for one in self.scene.actors
            for n in range(one.first, one.last)
        ]

    def about(self, told: list[Told]) -> list[Mention]:
        """Give the places that later sentences may mean, what it is about last."""
        if not told:
            named = [one.mention for one in self.places if one.role == "object"][-1:]
            return [one for one in named if one.place_id]
        places = [one.event.place for one in told if one.event.place.place_id]
        return places + [one for one in places[:1] if one.kind in _TOWNS]

    def is_plain(self, event: Event) -> bool:
        """Whether an event is seldom read wrongly: doer, verb and place stand near, alone."""
        at = event.place.first
        here = any(one.mention.start == event.place.start for one in self.places)
        if not here or abs(at - event.trigger) > _NEAR:
            return False  # the place was named before, or far off
        first, last = sorted((at, event.trigger))
        reach = range(first - _NEAR, last + _NEAR)
        near = [one for one in self.scene.actors if one.first in reach]
        between = {one.actor for one in near if first <= one.first < last}
        breaks = any(self.scene.is_any(k, "relative") for k in range(first, last))
        known = event.actor in {one.actor for one in near}
        return known and not breaks and between <= {event.actor, event.against}

    def read(self) -> list[Told]:
        """Find what the sentence tells."""
        deeds = read_deeds()
        known = frozenset(deeds)
        found: list[Told] = []
        for n, word in enumerate(self.scene.words):
            if n in self._taken:
                found += self._raids(n)
                continue
            found += self._held(n)
            form = bare(word.text, known)
            for deed in deeds[form[0]] if form is not None else ():
                told = self._deed(n, deed, form[2] if form else "", form[0] if form else "")
                if told:
                    found += told
                    break
        return _kept(found)

    def _deed(self, n: int, deed: Deed, prefix: str, word: str) -> list[Told]:  # noqa: PLR0911
        if not self._has_needs(n, deed) or (deed.name == "raids" and prefix == "ب"):
            return []
        if deed.between:
            return self._clash(n, deed)
        if deed.agent:
            told = self._undergone(n, deed)
            if told or not deed.leads:
                return told
        if self._is_other(n, deed, word):
            return []
        via = frozenset({""}) if word in deed.direct else deed.leads
        reached = self._reach.of(n, deed, via)
        if not reached.places:
            return []
        doer = self._by_agent(n, reached) or self._subjects.of(n, deed, reached.begin)
        if not doer.actor or self._is_noun(n, deed, word, doer):
            return []
        relation = self._relation(n, deed, reached, prefix)
        told = self._told(n, doer, relation, reached.places, deed, prefix)
        if word in _HANDING:
            winner = Doer(self._handed_to(reached), "handed over")
            told += self._told(n, winner, "captured", reached.places, deed, prefix)
        return told

    def _handed_to(self, reached: Reached) -> str:
        """To whom places are handed over: "to the army" behind them."""
        end = max(one.last for one in reached.places)
        near = [one for one in self.scene.actors if end <= one.first <= end + _NEAR_ACTOR]
        to = [one for one in near if one.prefix == "ل" or self.scene.word(one.first - 1) in _TO]
        return to[0].actor if to else ""

    def _is_other(self, n: int, deed: Deed, word: str) -> bool:
        """Whether a word is no deed here: it describes, or is read by itself."""
        if self._is_attribute(n, deed):
            return True  # "the attacking factions"
        if deed.form == "past" and self.scene.word(n - 1) in _LISTS["asides"]:
            return True  # "after the expulsion of A from it"
        if word in _CONTROL and self._is_state(n):
            return True  # what is held or lost is read by itself
        if deed.suffix and deed.form != "masdar" and not self._takes_back(n, word):
            return True
        # "after their expulsion from P": whose it was is not told
        return deed.name == "expel" and deed.form == "masdar" and bool(deed.suffix)

    def _is_attribute(self, n: int, deed: Deed) -> bool:
        """Whether a participle with the article only describes the noun before it."""
        word, before = self.scene.word(n), self.scene.word(n - 1)
        return deed.form == "masdar" and word[:3] == "الم" and before[:2] == "ال"

    def _takes_back(self, n: int, word: str) -> bool:
        """Whether a verb with "it" is one, and no verbal noun with "its"."""
        nouns = any(one.form == "masdar" for one in read_deeds()[word])
        near = {self.scene.word(k).removeprefix("و") for k in (n - 1, n - 2)}
        return bool(near & _RELATIVE) or (not nouns and len(word) > _LONG)

    def _is_noun(self, n: int, deed: Deed, word: str, doer: Doer) -> bool:
        """Whether a word that may be a verb is a noun: its doer would ask for another form."""
        if deed.form != "past" or deed.agrees != "m" or doer.rule != "active":
            return False
        nouns = any(one.form == "masdar" for one in read_deeds()[word])
        nouns = nouns or word in _LISTS["event_nouns"]
        return nouns and self._subjects.is_feminine_behind(n)

    def _has_needs(self, n: int, deed: Deed) -> bool:
        if not deed.needs:
            return True
        near = (self.scene.word(k).removeprefix("و") for k in range(n + 1, n + _NEEDED_WITHIN))
        return not deed.needs.isdisjoint(near)

    def _is_state(self, n: int) -> bool:
        """Whether "control" is that under which or out of which a place is, or that is lost."""
        before = self.scene.word(n - 1)
        lost = any(self.scene.is_any(k, "losing") for k in range(max(0, n - 5), n))
        out = before in _OUT_OF and self._goes_out(n - 1)
        told = any(self.scene.word(k) == "علي" for k in range(n + 1, n + 8))
        from_whom = before == "من" and not self.scene.word(n).startswith("ال") and not told
        return before in {"تحت", "خارج"} or lost or out or from_whom or self._submits(n)

    def _goes_out(self, n: int) -> bool:
        return any(self.scene.is_any(k, "goes_out") for k in range(max(0, n - 4), n))

    def _submits(self, n: int) -> bool:
        return any(self.scene.is_any(k, "submits") for k in range(max(0, n - 2), n))

    def _relation(self, n: int, deed: Deed, reached: Reached, prefix: str) -> str:
        if reached.part and deed.relation in {"captured", "advanced_toward"}:
            return "contested"
        if deed.now and deed.form == "present" and not prefix and not self._news(n):
            return deed.now
        return deed.relation

    def _news(self, n: int) -> bool:
        """Whether a present tense is that of a headline: who does it stands before the verb."""
        before = {self.scene.word(k) for k in range(max(0, n - 7), n)}
        near = {self.scene.word(k).removeprefix("و") for k in (n - 1, n - 2)}
        then = any(bare(word, _LISTS["was_then"]) is not None for word in before)
        if before & _STILL or near & _RELATIVE or then:
            return False
        return any(one.last <= n and n - one.last <= 2 for one in self._subjects.free())

    def _by_agent(self, n: int, reached: Reached) -> Doer | None:
        """By whom a passive deed was done: "P was liberated by A"."""
        end = max(one.last for one in reached.places)
        for k in range(max(n, end), min(end + 8, len(self.scene.words))):
            if self.scene.is_any(k, "relative") or self.scene.is_any(k, "breaks"):
                return None
            if f"{self.scene.word(k - 1)} {self.scene.word(k)}" in _LISTS["by"]:
                actor = next((x for x in self.scene.actors if k < x.first <= k + 4), None)
                return Doer(actor.actor, "passive") if actor is not None else None
        return None

    def _raids(self, n: int) -> list[Told]:
        """Raids that are called by whose they are: "Russian raids on P"."""
        actor = next((one for one in self.scene.actors if one.first == n), None)
        raids = bare(self.scene.word(n), _RAIDS)
        if actor is None or raids is None or raids[2]:
            return []
        deed = read_deeds()["غارات"][0]
        reached = self._reach.of(actor.last - 1, deed, deed.leads)
        doer = Doer(actor.actor, "verbal noun")
        return self._told(n, doer, deed.relation, reached.places, deed, "")

    # --- places as subjects -------------------------------------------------------------------

    def _undergone(self, n: int, deed: Deed) -> list[Told]:
        """P fell to A; P is besieged by A."""
        scene = self.scene
        for k in range(n + 1, min(n + 16, len(scene.words))):
            if scene.word(k) in _LISTS["breaks"]:
                break
            if scene.word(k) not in deed.agent:
                continue
            doers = [one for one in scene.actors if k < one.first <= k + 5]
            places = self._undergoing(n, k)
            actor = doers[0].actor if doers else ""
            if not actor and scene.is_any(k + 1, "units_of"):
                actor = scene.memory.actor()
            if actor and places:
                return self._told(n, Doer(actor, "passive"), deed.relation, places, deed, "")
        return []

    def _undergoing(self, n: int, k: int) -> list[Mention]:
        """The subject of a verb that says what happens to a place: behind the verb, or before."""
        objects = [one for one in self.places if one.role == "object"]
        behind = [one for one in objects if n < one.mention.first < k]
        if behind:
            return self._reach.listed(behind[0])
        before = [one for one in objects if one.mention.last <= n]
        if before:
            return self._reach.listed(
                next(one for one in before if one.listed_with == before[-1].listed_with)
            )
        noun = next((m for m in (n + 1, n - 1) if self.scene.is_any(m, "place_anaphors")), -1)
        return self._reach.called(noun, self.scene.word(noun)) if noun >= 0 else []

    def _clash(self, n: int, deed: Deed) -> list[Told]:
        """Fighting between A and B at P."""
        sides = [one for one in self.scene.actors if n < one.first < n + 16]
        marks = {self.scene.word(k) for k in range(n + 1, min(n + 8, len(self.scene.words)))}
        reached = self._reach.of(n, deed, deed.via)
        if not reached.places:
            return []
        if not sides or not marks & deed.between:
            return []
        actors = [one.actor for one in sides[:2]]
        with_whom = self.scene.word(sides[0].first - 1) == "مع"
        if len(actors) < 2 or with_whom:
            before = [one for one in self._subjects.free() if one.last <= n]
            first = before[-1].actor if before else self.memory.actor()
            actors = [first, actors[0]]
        found: list[Told] = []
        for actor, against in (actors, actors[::-1]):
            if actor and actor != against:
                doer = Doer(actor, "battle")
                found += self._told(n, doer, deed.relation, reached.places, deed, "", against)
        return found

    def _held(self, n: int) -> list[Told]:
        """P is under the control of A, in its hands, or out of its control."""
        scene, deed = self.scene, read_deeds()["سيطره"][0]
        word, following = scene.word(n), scene.word(n + 1)
        control = bare(following, _CONTROL) is not None
        grip = (following in _GRIP and word == "في") or word in _LISTS["in_hands"]
        grip = grip and not self._falls(n)
        under = (word == "تحت" and control) or grip
        under = under or bare(word, _LISTS["submits"]) is not None
        out = word in _OUT_OF and control and self._goes_out(n)
        if not under and not out:
            return []
        actor = self._holder(n)
        places = self._holding(n)
        if not actor or not places:
            return []
        became = any(scene.is_any(k, "became") for k in range(max(0, n - 6), n))
        relation = "lost" if out else "captured" if became else "controls"
        doer = Doer(actor, "under control")
        return self._told(n, doer, relation, places, deed._replace(form="state"), "")

    def _falls(self, n: int) -> bool:
        """Whether a verb of falling stands before "in the hands of": it is read by itself."""
        falls = read_deeds()
        words = (bare(self.scene.word(k), frozenset(falls)) for k in range(max(0, n - 14), n))
        return any(one is not None and falls[one[0]][0].name == "fall" for one in words)

    def _holder(self, n: int) -> str:
        near = [one for one in self.scene.actors if n < one.first <= n + 4]
        if near:
            return near[0].actor
        if self.scene.word(n + 1) in _CONTROL and self.scene.word(n + 1).endswith(_THEIR_OWN):
            return self._subjects.anaphor(n + 1).actor  # "has come under its control"
        for k in (n + 1, n + 2):
            if self.scene.is_any(k, "anaphors"):
                word = self.scene.word(k)
                spoken = self._subjects.speaker(k) if word in _LISTS["own_forces"] else ""
                return spoken or self._subjects.anaphor(k).actor
        return ""

    def _holding(self, n: int) -> list[Mention]:
        """The places that are held: what a participle or "which" describes, else the last named."""
        relative = next((k for k in (n - 1, n - 2, n - 3) if self.scene.is_any(k, "relative")), -1)
        if relative >= 0:
            described = [x for x in self.places if self._reach.stands_before(x, relative)]
            described = [one for one in described if one.mention.kind != "adm1"]
            if not described:
                return []
            last = described[-1]
            return self._reach.listed(last) if last.role == "object" else [last.mention]
        pronoun = any(self.scene.is_any(k, "that_it") for k in range(max(0, n - 3), n))
        begin = 0 if pronoun else self.scene.clause_begin(n)
        named = [
            one for one in self.places if one.role == "object" and begin <= one.mention.last <= n
        ]
        if not named or self._of_governorate(named[-1].mention.last, n):
            return []
        if self.scene.is_any(n, "submits") and not pronoun and n - named[-1].mention.last > 4:
            return []
        return self._reach.listed(
            next(one for one in named if one.listed_with == named[-1].listed_with)
        )

    def _of_governorate(self, first: int, n: int) -> bool:
        """Whether a whole governorate is held that is named behind a place."""
        return any(
            one.role == "container"
            and first <= one.mention.first < n
            and self.scene.is_any(one.mention.first - 1, "governorate")
            for one in self.places
        )

    # --- how ----------------------------------------------------------------------------------

    def _told(  # noqa: PLR0917
        self,
        n: int,
        doer: Doer,
        relation: str,
        places: list[Mention],
        deed: Deed,
        prefix: str,
        against: str = "",
    ) -> list[Told]:
        manner = self._telling.of(n, deed, prefix)
        return [
            Told(
                Event(actor, relation, place, against, deed.name, n, doer.rule),
                self.scene.word(n),
                manner,
            )
            for actor in (doer.actor, *doer.others)
            if actor
            for place in places
        ]


def _kept(found: list[Told]) -> list[Told]:
    """Each event once; no fighting and no advance where the same actor takes the place."""
    unique: dict[tuple[str, str, int], Told] = {}
    for one in found:
        unique.setdefault((one.event.actor, one.event.relation, one.event.place.start), one)
    taken = {
        (one.event.actor, one.event.place.start)
        for one in unique.values()
        if one.event.relation in _TAKING and one.manner.certainty in _FACTS
    }
    return [
        one
        for one in unique.values()
        if one.event.relation not in {"contested", "advanced_toward"}
        or (one.event.actor, one.event.place.start) not in taken
    ]


def _settled(
    words: list[Word], found: list[NamedPlace], places: PlaceNames, context: Context
) -> list[NamedPlace]:
    """Decide between namesakes, by the governorates that the sentence names."""
    codes: set[str] = set()
    for one in found:
        mention = one.mention
        if one.role == "container" and mention.kind in {"city", "town"}:
            if mention.kind == "city":
                codes |= places.meanings.governorates_around(mention.place_id)
            elif "حافظه" in words[max(0, mention.first - 1)].text:
                codes.add(places.places.governorate_of(mention.place_id))
    anchors = tuple(
        (one.mention.lat or 0.0, one.mention.lon or 0.0)
        for one in found
        if (one.mention.place_id and (one.mention.kind == "city" or one.mention.site))
        or (one.mention.kind == "area" and one.mention.lat is not None)
    )
    around = Surroundings(frozenset(codes), anchors)
    settled = context.settled_by([one.mention for one in found], around)
    decided = []
    for one, new in zip(found, settled, strict=True):
        if one.role == "maybe" and not new.place_id:
            continue  # it only sounded like a place, and no place around speaks for it
        role = "object" if one.role == "maybe" else one.role
        decided.append(one._replace(mention=new, role=role))
    return decided
