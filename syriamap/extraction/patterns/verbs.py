"""
Verbs with their actors and places: who does what where, as the words stand.

For each verb or noun of a frame the subject is looked for to the left, the places to the right (or
the other way round in the passive), past words that may stand between and up to words that may not.
Nothing is known here of certainty, source or day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.holdings import Holdings, holding_words

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.vocabulary import Frame, Lexicon
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Memory
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence

__all__ = ["events_in"]

_WORDS = read_words()
_AFTER_NOUN = _WORDS["after_noun"]
_ANNOUNCED_DEEDS = _WORDS["announced_deeds"]
_BATTLE = _WORDS["battle"]
_BEFORE_EVENT_NOUN = _WORDS["before_event_noun"]
_BEFORE_NOUN = _WORDS["before_noun"]
_CARRIED = _WORDS["carried"]
_CLAUSE_LEADS = _WORDS["clause_leads"]
_EXPELLED_FROM = _WORDS["expelled_from"]
_FALLS_OTHERWISE = _WORDS["falls_otherwise"]
_FROM_AFAR = _WORDS["from_afar"]
_HAVE = _WORDS["have"]
_NOUN_AGENTS = _WORDS["noun_agents"]
_NOUN_LEADS = _WORDS["noun_leads"]
_ONE_SIDED_BATTLES = _WORDS["one_sided_battles"]
_PROGRESSIVE = _WORDS["progressive"]
_REDUCED_AFTER = _WORDS["anaphors"] | _WORDS["reduced_after"]
_RETURN_FORMS = _WORDS["return_forms"]
_SAME_PARTICIPLES = _WORDS["same_participles"]
_STOPS = _WORDS["stops"]
_TAKEN_OTHERWISE = _WORDS["taken_otherwise"]
_TAKE_FORMS = _WORDS["take_forms"]
_MADE = _CARRIED | _WORDS["made"]
_LEAVING = tuple(_WORDS["leaving_stems"])


class _Reader(Holdings):
    def read_verb(self, n: int, end: int, form: str, frame: Frame) -> None:
        if n > 0 and self.lower(n - 1) == "-":
            return  # "rebel-held" and "front-line" have patterns of their own
        preposition = self.lower(n) == "near" and self.lower(n - 1) != "to"
        if preposition or (form == "base" and not self.stands_as_verb(n)):
            return
        if frame.subject == "place":
            self._fall(n, end, frame)
        elif frame.object == "actor":
            self._expel(n, end, form, frame)
        elif form in {"part", "either"} and (self.passive(n) or self._reduced(n, end)):
            self._was_done(n, end, frame)
        elif (
            form == "part"
            and frame.name != "advance"
            and self.back(n) == n - 1
            and self.lower(n) not in _SAME_PARTICIPLES
        ):
            return
        else:
            self._does(n, end, frame)

    def _reduced(self, n: int, end: int) -> bool:
        before = self.item(n - 1)
        if before is None or before.lower in _HAVE:
            return False
        if before.kind != "p" and before.lower not in _REDUCED_AFTER:
            return False
        return any(self.lower(k) == "by" for k in range(end, end + 5))

    def _was_done(self, n: int, end: int, frame: Frame) -> None:
        agent = self.agent(end)
        if frame.relation == "withdrew":
            return
        if not agent and frame.relation in {"captured", "struck", "besieged"}:
            agent = self.memory.actor()
        found, loser, _ = self.places(end, frozenset({"\0"}))
        del found
        places = self.places_before(n)
        rule = "passive" if agent else "passive without agent"
        against = loser if loser != agent else ""
        self.add(agent, frame.relation, places, against, frame.name, n, rule)
        if against and frame.loser:
            self.add(against, frame.loser, places, agent, frame.name, n, "loser of a passive")

    def _does(self, n: int, end: int, frame: Frame) -> None:  # noqa: C901, PLR0912
        actor = self.subject(n)
        if not actor and frame.name == "hand over":
            places = self.places(end, frame.via)[0]
            if not places and self.lower(end) == "to":
                places = self.places_before(n)
            self._handed(n, end, "", places)
        if not actor and self.lower(n).endswith("ing"):
            actor = self._main_subject(n + 1)
        if not actor:
            return
        via = frame.via | (
            {""} if self.items[n].lower.startswith(tuple(frame.direct) or ("\0",)) else set()
        )
        if frame.name == "advance" and self.lower(end - 1) in frame.via:
            via |= {""}
        if frame.name == "advance" and self.lower(end - 1) in {"on", "in"} and end > n + 1:
            via |= {""}
        places, loser, _ = self.places(end, frozenset(via))
        if frame.name == "advance" and not places:
            places, loser, _ = self.places(end, frozenset({"to", "for"}))
        strikes = frame.relation == "struck"
        if strikes and not places and self.struck_beside(n, end, actor):
            return
        relation, rule = frame.relation, "active"
        if relation == "controls" and self.lower(end) == "out":
            return
        if (
            frame.name == "capture"
            and self.lower(n) in _TAKE_FORMS
            and self.lower(end) in _TAKEN_OTHERWISE
        ):
            return
        if frame.name == "hold out" and not places:
            places = self.places_before(n)
        before = self._preceding_place(n) if not places and frame.name != "advance" else None
        retreats = self.lower(n).startswith(_LEAVING)
        if before is None and not places and retreats and self._ends(end):
            before = self.last_place(n)
        if before is not None:
            places, rule = [before], "relative clause"
        if frame.name in {"hand over", "lose"}:
            self._handed(n, end, actor, places)
            return
        self.add(actor, relation, places, loser, frame.name, n, rule)
        if loser and frame.loser and loser != actor:
            self.add(loser, frame.loser, places, actor, frame.name, n, "loser")

    def _ends(self, end: int) -> bool:
        following = self.item(end)
        return following is None or following.lower in {".", ",", ";", "to", '"', "”"}

    def _handed(self, n: int, end: int, actor: str, places: list[Mention]) -> None:
        """A hands P over to B; an offensive returns P to B."""
        winner = ""
        for k in range(end, min(end + 14, len(self.items))):
            if self.items[k].kind == "a" and self._led_by_to(k):
                winner = self.items[k].actor
                break
        if winner:
            self.add(winner, "captured", places, actor, "hand over", n, "handed over")
        if actor != winner and self.lower(n) not in _RETURN_FORMS:
            self.add(actor, "lost", places, winner, "hand over", n, "handed over")

    def _led_by_to(self, k: int) -> bool:
        return "to" in {self.lower(k - 1), self.lower(k - 2)}

    def _preceding_place(self, n: int) -> Mention | None:
        """P in "P, from which A withdrew", "P, where A besieged", "P, of which A took control"."""
        for k in range(n - 1, max(-1, n - 9), -1):
            if k in self.verbs and self.stands_as_verb(k):
                return None
            if self.lower(k) in {"which", "where"}:
                if self.lower(k) == "where" and any(self.items[m].kind == "p" for m in range(k, n)):
                    return None
                return self.last_place(k)
        return (
            self.last_place(n)
            if any(self.lower(k) == "whose" for k in range(max(0, n - 9), n))
            else None
        )

    def _fall(self, n: int, end: int, frame: Frame) -> None:
        if self.lower(end) in _FALLS_OTHERWISE:
            return
        places = self.places_before(n)
        between = self.back(n)
        if not places or (
            self.items[between].kind == "a" and between > 0 and self.lower(between - 1) != "of"
        ):
            return
        for k in range(end, min(end + 8, len(self.items))):
            if self.items[k].kind == "a" and any(
                self.lower(m) in {"to", "into"} for m in range(end, k)
            ):
                self.add(self.items[k].actor, "captured", places, "", frame.name, n, "fell to")
                return
            if self.lower(k) in {",", "and", "."}:
                break
        self.add(self.memory.holder, "lost", places, "", frame.name, n, "fell")

    def _expel(self, n: int, end: int, form: str, frame: Frame) -> None:
        if form in {"part", "either"} and self.passive(n):
            loser = self.subject(n)
            places, _, _ = self.places(end, frozenset({"from", "of"}))
            winner = self.agent(end)
            if loser and places:
                self.add(loser, "withdrew", places, winner, frame.name, n, "driven out")
                if winner and winner != loser:
                    self.add(winner, "captured", places, loser, frame.name, n, "drove out")
            return
        for k in range(end, min(end + 6, len(self.items))):
            if self.items[k].kind == "a":
                winner = self.subject(n)
                places, _, _ = self.places(k + 1, _EXPELLED_FROM)
                loser = self.items[k].actor
                if winner and winner != loser and places:
                    self.add(winner, "captured", places, loser, frame.name, n, "drove out")
                    self.add(loser, "lost", places, winner, frame.name, n, "loser")
                return
            if self.lower(k) in _STOPS or self.items[k].kind == "p":
                return

    def stands_as_noun(self, n: int) -> bool:
        """Whether a word that may be a verb too is a noun here: "the shelling of"."""
        verb = self.verbs.get(n)
        if verb is None or (verb[1] == "base" and not self.stands_as_verb(n)):
            return True
        before = self.item(n - 1)
        if self.lower(n - 1) in _BEFORE_EVENT_NOUN:
            return True
        if before is not None and before.kind == "a" and before.note == "adjective":
            return True
        return (
            self.lower(n).endswith("ing")
            and self.lower(n - 1) not in _PROGRESSIVE
            and self.lower(n + 1) in _AFTER_NOUN
        )

    def read_noun(self, n: int, frame: Frame) -> None:  # noqa: C901, PLR0912
        actor, rule = "", "noun"
        if frame.name == "besiege" and self.ended(n):
            return
        if frame.name == "besiege" and self.lower(n - 1) == "under":
            agent = self.agent(n + 1)
            self.add(agent, "besieged", self.places_before(n - 1), "", "besiege", n, "under siege")
            return
        before = self.item(n - 1)
        k = n - 1
        while k >= 0 and self.lower(k) in _BEFORE_NOUN:
            k -= 1
        before = self.item(k)
        if (
            before is not None
            and before.kind == "a"
            and (k == n - 1 or self.lower(k + 1) in {"'s", "air"} or before.note == "adjective")
        ):
            actor = before.actor
        elif before is not None and before.lower in {"its", "their"}:
            actor = self.remembered(k)
        via = frame.noun_via or _NOUN_LEADS
        if frame.name == "enter":
            via |= {"around", "near"}
        places, _, _ = self.places(n + 1, via)
        for k in range(n + 1, min(n + 4, len(self.items))):
            if self.items[k].kind == "a" and self.lower(k - 1) in _NOUN_AGENTS and not actor:
                actor = self.items[k].actor
                if not places:
                    places, _, _ = self.places(k + 1, via)
        actor = actor or self.agent(n + 1)
        if frame.name == "fall":
            if self.lower(n) == "loss" and not actor:
                return
            actor = actor or self.falls_to(n)
            places = [one for one in places if one.start > self.items[n].start]
            if not places and self.lower(n - 1) == "'s" and n > 1 and self.items[n - 2].place:
                places = [one for one in (self.items[n - 2].place,) if one is not None]
            self.add(
                actor or self.memory.holder,
                "captured" if actor and self.lower(n) == "fall" else "lost",
                places,
                "",
                frame.name,
                n,
                rule,
            )
            return
        if frame.name == "enter":
            self._battle(n, places, actor)
            return
        before_it = {self.lower(m) for m in range(max(0, n - 8), n)}
        if not actor and frame.name == "strike" and places and _CARRIED & before_it:
            actor, rule = self.subject(n), "carried out"
        if not actor and frame.name == "withdraw" and places and before_it & _MADE:
            actor, rule = self.subject(n), "carried out"
        if not actor and frame.name in {"capture", "advance"} and places:
            actor = self.subject(n) or self._main_subject(n)
            rule = "noun of a subject"
        if frame.name == "withdraw" and not places and actor:
            back = self.last_place(n)
            announced = any(self.lower(k) in _ANNOUNCED_DEEDS for k in range(max(0, n - 3), n))
            confirmed = announced or any(
                self.lower(k) == "confirmed" for k in range(max(0, n - 4), n)
            )
            places = [back] if back is not None and confirmed else []
        if frame.relation == "struck" and not places:
            actor = actor or self.subject(n)
            self.struck_beside(n, n + 1, actor)
        self.add(actor, frame.relation, places, "", frame.name, n, rule)

    def _main_subject(self, n: int) -> str:
        """The subject of the clause that follows: "After the capture of P, A will …"."""
        if self.lower(n - 2) not in _CLAUSE_LEADS:
            return ""
        for k in range(n, len(self.items)):
            if self.items[k].kind == "a" and not self.is_oblique(k):
                return self.items[k].actor
        return ""

    def _battle(self, n: int, places: list[Mention], actor: str) -> None:
        if self.lower(n) not in _BATTLE:
            return
        sides = [
            self.items[k].actor
            for k in range(n + 1, min(n + 16, len(self.items)))
            if self.items[k].kind == "a"
        ]
        sides = ([actor] if actor else []) + [one for one in sides if one != actor]
        if not sides and self.lower(n) in _ONE_SIDED_BATTLES:
            sides = [self.subject(n)]
        if sides and places and self.lower(n - 1) in _FROM_AFAR:
            self.add(sides[0], "struck", places, "", "strike", n, "attack from afar")
            return
        if sides and places:
            against = sides[1] if len(sides) > 1 else ""
            self.add(sides[0], "contested", places, against, "enter", n, "battle")


def events_in(sentence: Sentence, lexicon: Lexicon, memory: Memory) -> list[Event]:
    """
    Find who does what where in a sentence.

    Parameters
    ----------
    sentence
        With its names found.
    lexicon
        The frames.
    memory
        What the sentences before spoke of; it is read, not changed.
    """
    reader = _Reader(sentence, lexicon, memory)
    asked, nouns, verbs = holding_words(), lexicon.nouns, reader.verbs
    for n, word in enumerate(reader.lowers):
        holds = word in asked or word[0].isdigit()
        if not (holds or word in nouns or n in verbs) or reader.items[n].kind != "w":
            continue
        if holds:
            reader.read_held(n)
            reader.read_control(n)
            reader.read_distance(n)
        noun = nouns.get(word)
        verb = verbs.get(n)
        if noun is not None and reader.stands_as_noun(n):
            reader.read_noun(n, noun)
        elif verb is not None:
            reader.read_verb(n, *verb)
    unique: dict[tuple[str, str, int, str], Event] = {}
    for event in reader.found:
        beside = event.distance if event.rule == "beside" else ""
        unique.setdefault((event.actor, event.relation, event.place.start, beside), event)
    return _without_weaker(list(unique.values()))


def _without_weaker(events: list[Event]) -> list[Event]:
    """Of an approach and a capture by one actor at one place from one verb, the capture stays."""
    strong = {(e.actor, e.place.start) for e in events if e.relation in {"captured", "controls"}}
    own = {(e.actor, e.place.start, e.relation) for e in events}
    return [
        event
        for event in events
        if not (event.relation == "lost" and (event.actor, event.place.start, "withdrew") in own)
        and not (
            event.relation in {"advanced_toward", "contested"}
            and (event.actor, event.place.start) in strong
            and event.rule in {"battle", "noun", "noun of a subject"}
        )
    ]
