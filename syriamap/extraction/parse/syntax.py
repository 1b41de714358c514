"""
Who does what where, as the dependency parse has it: the second opinion.

The same frames, names and words as in :mod:`syriamap.extraction.patterns.verbs`; other than there,
the subject and the places of a verb or noun are those that hang on it in the parse, however far
away they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.parse.governing import Governing
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.deeds import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.parse.dependency import Tree
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.items import Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["ParsedEvent", "parsed_events"]

_OBJECTS = ("dobj", "attr", "oprd", "obj")
_FROM = frozenset({"from", "against"})
_TO = frozenset({"to", "into"})
_WORDS = read_words()
_BATTLE_SIDES = _WORDS["battle_sides"]
_CARRIED = _WORDS["carried"] | _WORDS["parse_carried"]
_COMES = _WORDS["comes"]
_CONTROL = _WORDS["control"]
_HELD = _WORDS["held"]
_HELD_LEADS = _WORDS["held_leads"]
_NOUN_LEADS = _WORDS["noun_leads"] | {"around", "near"}
_UNITS = _WORDS["units"]
_DEEPEST = 12


@dataclass(frozen=True)
class ParsedEvent:
    """
    An event as the parse has it.

    Attributes
    ----------
    event
        With the likeliest actor.
    actors
        All whom the subject may mean.
    unreal
        `negated`, `not told as real`, or empty.
    subject
        Where the subject is nobody who is known, so that there are no actors: its word.
    """

    event: Event
    actors: tuple[str, ...]
    unreal: str
    subject: str = ""


class _Reader(Governing):
    def __init__(self, sentence: Sentence, tree: Tree, lexicon: Lexicon, memory: Memory) -> None:
        super().__init__(sentence, tree, lexicon, memory)
        self.memory = memory
        self.found: list[ParsedEvent] = []

    def add(  # noqa: PLR0917
        self,
        actors: list[str],
        relation: str,
        places: Iterable[Mention],
        frame: str,
        i: int,
        rule: str,
        against: Iterable[str] = (),
    ) -> None:
        """Note what was read; nothing without a subject."""
        subject = self._nobody(i) if rule == "active" and not actors else ""
        if not actors and not subject:
            return
        loser = next((one for one in against if one not in actors), "")
        unreal = self.unreal(i)
        for place in places:
            event = Event(
                "".join(actors[:1]), relation, place, loser, frame, self.nodes[i].item, rule
            )
            self.found.append(ParsedEvent(event, tuple(actors), unreal, subject))

    def _nobody(self, i: int) -> str:
        """The noun that is the subject of a verb and no actor: "a convoy reached P"."""
        found = self.subject(i)
        node = self.nodes[i if found is None else found]
        known = node.word in self.groups or self.items[node.item].kind != "w"
        return node.word if node.tag.startswith("NN") and not known else ""

    # --- places ---------------------------------------------------------------------------------

    def span(self, n: int, end: int) -> list[int]:
        """The words of the items of a trigger: "take control of"."""
        return [self.of_item[k] for k in range(n, end) if self.of_item[k] >= 0]

    def reached(self, span: list[int], via: frozenset[str]) -> list[Mention]:
        """The places that a verb reaches as its object or through its prepositions."""
        direct = "" in via
        objects: list[int] = []
        for i in span:
            objects += [k for k in self.below(i, *_OBJECTS) if direct or self._is_thing(k)]
            objects += self.below(i, "pobj") if i != span[0] else []
        others = [k for i in span for k in self.under(i, via)]
        found: list[Mention] = []
        for leads in (objects, others):  # "struck P in Q": Q only says where P lies
            after = [k for k in leads if k not in span and k > span[0]]
            found = found or [one for k in after for one in self.places(k, via)]
        found = found or self._relative(span[0], via)
        if not found and direct:
            found = [one for k in self._shared(span[0]) for one in self.places(k, via)]
        return list({one.start: one for one in found}.values())

    def _shared(self, i: int) -> list[int]:
        """The object that a verb has in common with the next: "captured and looted Hama"."""
        verbs = [k for k in self.below(i, "conj") if self.nodes[k].tag.startswith("VB")]
        return [
            one
            for k in verbs
            if not self.below(k, "nsubj", "nsubjpass")
            for one in self.below(k, *_OBJECTS)
        ]

    def _is_thing(self, k: int) -> bool:
        """Whether an object is no place itself, so that a preposition leads from it to one."""
        return self.items[self.nodes[k].item].kind == "w"

    def _relative(self, i: int, via: frozenset[str]) -> list[Mention]:
        """P in "P, which A captured", "P, from which A withdrew", "P, where A is besieged"."""
        node = self.nodes[i]
        if node.dep != "relcl":
            return []
        leads = {self.nodes[k].word for k in self.below(i, *_OBJECTS)}
        asked = {self.nodes[k].word for k in self.under(i, via)}
        where = any(self.nodes[k].word == "where" for k in self.below(i, "advmod"))
        own = self.below(i, "nsubj", "nsubjpass")
        bare = "" in via and not leads and own and self.nodes[own[0]].word not in {"who", "which"}
        if bare or (leads | asked) & {"which", "that"} or where:
            return self.places(node.head, via)
        return []

    # --- verbs ----------------------------------------------------------------------------------

    def read_verb(self, n: int, end: int, frame: Frame) -> None:
        """Read what a verb says."""
        i = self.of_item[n]
        span = self.span(n, end)
        if frame.subject == "place":
            self._fall(i, frame)
        elif frame.object == "actor":
            self._expel(i, frame)
        elif frame.name in {"hand over", "lose"}:
            self._handed(i, span, frame)
        elif self.passive(i):
            self._was_done(i, frame)
        else:
            via = frame.via | ({""} if self._takes_object(n, end, frame) else set())
            doers = self.doers(i)
            places = self.reached(span, frozenset(via))
            if frame.name == "declare":
                # "declared P liberated" is a clause of its own in the parse
                places = [
                    one
                    for k in self.below(i, "ccomp", "xcomp", "oprd")
                    for one in self.located(k, via)
                ] or places
            if frame.relation == "withdrew" and not places and not self.below(i, "dobj"):
                back = last_place(self.clause, n)
                places = [back] if back is not None else []
            losers = [one for k in self.under(i, _FROM) for one in self.actors(k)]
            self.add(doers, frame.relation, places, frame.name, i, "active", losers)
            if frame.loser and losers and losers[0] not in doers:
                self.add(losers, frame.loser, places, frame.name, i, "loser", doers)

    def _takes_object(self, n: int, end: int, frame: Frame) -> bool:
        lower = self.clause.lower
        return lower(n).startswith(tuple(frame.direct) or ("\0",)) or (
            end > n + 1 and lower(end - 1) in frame.via
        )

    def _was_done(self, i: int, frame: Frame) -> None:
        agents = self.agents(i)
        if frame.relation == "withdrew":
            self.add(
                self.doers(i), "withdrew", self.reached([i], frame.via), frame.name, i, "passive"
            )
            return
        if not agents and frame.relation in {"captured", "struck", "besieged"}:
            agents = [one for one in [self.memory.actor()] if one]
        places = self.located(i, frame.via)
        losers = [one for k in self.under(i, _FROM) for one in self.actors(k)]
        self.add(agents, frame.relation, places, frame.name, i, "passive", losers)
        if frame.loser and losers:
            self.add(losers, frame.loser, places, frame.name, i, "loser of a passive", agents)

    def _fall(self, i: int, frame: Frame) -> None:
        places = self.located(i, frozenset({"of"}))
        winners = [one for k in self.under(i, _TO) for one in self.actors(k)]
        if winners:
            self.add(winners, "captured", places, frame.name, i, "fell to")
        else:
            self.add([self.memory.holder], "lost", places, frame.name, i, "fell")

    def _expel(self, i: int, frame: Frame) -> None:
        via = frozenset({"from", "of"})
        places = [one for k in self.under(i, via) for one in self.places(k, via)]
        for k in self.below(i, "advmod", "prep", "prt"):
            places += [one for m in self.under(k, via) for one in self.places(m, via)]
        if self.passive(i):
            losers, winners = self.doers(i), self.agents(i)
            self.add(losers, "withdrew", places, frame.name, i, "driven out", winners)
        else:
            losers = [one for k in self.below(i, "dobj") for one in self.actors(k)]
            winners = self.doers(i)
            if losers:
                self.add(losers, "lost", places, frame.name, i, "driven out", winners)
        if losers and losers[0] not in winners:
            self.add(winners, "captured", places, frame.name, i, "drove out", losers)

    def _handed(self, i: int, span: list[int], frame: Frame) -> None:
        through = frozenset({"to"})
        winners = [one for m in span for k in self.under(m, through) for one in self.actors(k)]
        passive = self.passive(i)
        places = self.located(i, frame.via) if passive else self.reached(span, frame.via)
        losers = self.agents(i) if passive else self.doers(i)
        self.add(winners, "captured", places, "hand over", i, "handed over", losers)
        self.add(losers, "lost", places, frame.name, i, "handed over", winners)

    def bearers(self, i: int) -> list[str]:
        """Actors that stand before a noun as its own: "A's capture of", "its capture of"."""
        before = self.below(i, "poss", "compound", "amod", "nmod")
        return [one for k in before for one in self.actors(k)]

    # --- nouns ----------------------------------------------------------------------------------

    def read_noun(self, i: int, frame: Frame) -> None:
        """Read what a noun says: "the capture of P by A", "A's strikes on P"."""
        via = frame.noun_via or _NOUN_LEADS
        places = [one for k in self.under(i, via) for one in self.places(k, via)]
        actors = self.bearers(i)
        actors += self.agents(i)
        actors += [one for k in self.under(i, frozenset({"of"})) for one in self.actors(k)]
        node = self.nodes[i]
        verb = self.nodes[node.head]
        if node.dep in {"dobj", "pobj"} and verb.word in _CARRIED:
            actors += self.doers(node.head)
            places = places or [
                one for k in self.under(node.head, via) for one in self.places(k, via)
            ]
        if frame.name == "enter":
            sides = [one for k in self.under(i, _BATTLE_SIDES) for one in self.actors(k)]
            actors += sides
        if frame.name == "fall":
            winners = [one for k in self.under(i, _TO) for one in self.actors(k)]
            relation = "captured" if winners else "lost"
            self.add(winners or actors, relation, places, frame.name, i, "noun")
            return
        self.add(actors, frame.relation, places, frame.name, i, "noun")

    # --- what is held ---------------------------------------------------------------------------

    def read_held(self, n: int) -> None:
        """Read "A-held P"."""
        before = self.clause.item(n - 2)
        if self.clause.lower(n - 1) != "-" or before is None or before.kind != "a":
            return
        i = self.of_item[n]
        while self.nodes[i].dep in {"amod", "compound", "nmod"} and self.nodes[i].head != i:
            i = self.nodes[i].head
        places = self.places(i, frozenset({"of"}))
        self.add([before.actor], "controls", places, "held", self.of_item[n], "A-held P")

    def read_control(self, i: int) -> None:
        """Read "P is under the control of A", "in A hands", "came under A control"."""
        node = self.nodes[i]
        lead = self.nodes[node.head]
        if node.dep != "pobj" or lead.word not in _HELD_LEADS:
            return
        actors = self.bearers(i)
        actors += [one for k in self.under(i, frozenset({"of"})) for one in self.actors(k)]
        holder = self.nodes[lead.head]
        if holder.tag.startswith("VB"):
            places = self.located(lead.head, frozenset({"of"}))
        else:
            places = self.places(lead.head, frozenset({"of"}))
        taken = lead.word in _TO or holder.word in _COMES
        relation = "captured" if taken else "controls"
        self.add(actors, relation, places, "hold", i, "under control")

    def read_distance(self, i: int) -> None:
        """Read "within 3 km of P"."""
        via = frozenset({"of", "from"})
        places: list[Mention] = [one for k in self.under(i, via) for one in self.places(k, via)]
        top = i
        for _ in range(_DEEPEST):
            for k in self.below(top, "advmod", "amod") if not places else ():
                places = [one for m in self.under(k, via) for one in self.places(m, via)]
            if self.nodes[top].tag.startswith("VB") or self.nodes[top].head == top:
                break
            top = self.nodes[top].head
            places = places or [one for k in self.under(top, via) for one in self.places(k, via)]
        self.add(self.doers(top), "advanced_toward", places, "advance", i, "distance")


def parsed_events(
    sentence: Sentence, tree: Tree, lexicon: Lexicon, memory: Memory
) -> list[ParsedEvent]:
    """
    Find who does what where in a parsed sentence.

    Parameters
    ----------
    sentence
        With its names found.
    tree
        Its parse.
    lexicon
        The frames.
    memory
        What the sentences before spoke of.
    """
    reader = _Reader(sentence, tree, lexicon, memory)
    for n, item in enumerate(reader.items):
        if item.kind != "w" or reader.of_item[n] < 0:
            continue
        i = reader.of_item[n]
        tag = reader.nodes[i].tag
        verb = reader.clause.verbs.get(n)
        if reader.clause.lower(n - 1) == "-":
            if item.lower in _HELD:
                reader.read_held(n)
        elif item.lower in _CONTROL and tag.startswith("NN"):
            reader.read_control(i)
        elif item.lower in _UNITS:
            reader.read_distance(i)
        elif verb is not None and tag.startswith("VB"):
            reader.read_verb(n, verb[0], verb[2])
        elif item.lower in lexicon.nouns and tag.startswith("NN"):
            reader.read_noun(i, lexicon.nouns[item.lower])
    unique: dict[tuple[str, str, int], ParsedEvent] = {}
    for one in reader.found:
        unique.setdefault((one.event.actor, one.event.relation, one.event.place.start), one)
    return list(unique.values())
