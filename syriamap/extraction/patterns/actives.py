"""What a subject does: who it is, which places the verb reaches, what that tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.extraction.patterns.antecedents import Antecedents
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.patterns.senses import Senses
from syriamap.extraction.sentence.agents import agent_behind
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.noun_or_verb import harmless_verb
from syriamap.extraction.sentence.referents import is_stateless, remembered

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.handovers import Handovers
    from syriamap.extraction.patterns.nearness import Nearness
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention

__all__ = ["Actives"]

_WORDS = read_words()
_STOPS = _WORDS["stops"]
_CLAUSE_LEADS = _WORDS["clause_leads"]
_LEADS_AGAIN = _WORDS["leads_again"]
_UNKNOWN = _WORDS["unknown_groups"]
_FIRE = _WORDS["projectiles"] | _WORDS["fire_nouns"]
_ATTACKING = tuple(sorted(_WORDS["attack_stems"]))
_POSTS = _WORDS["posts"] & _WORDS["checkpoints"]
_FIRED = frozenset({"fired", "launched"})
_FIRED_BY = frozenset({"by", "from"})
_OF_LISTS = frozenset({"captured", "contested", "withdrew"})
_ALONG = frozenset({"along", "together"})
_TAKES_WHOLE = frozenset({"captured", "controls", "lost"})
_AS_FAR = _WORDS["far_ends"]
_OFFENSIVES = _WORDS["one_sided_battles"] | _WORDS["advances"]
_THIS = frozenset({"the", "this"})
_FROM_THE_AIR = _WORDS["from_the_air"]
_PRONOUNS = frozenset({"they", "it"})
_LEAVES = _WORDS["leave_forms"]
_BARE_FORCES = _WORDS["bare_groups"] | _WORDS["bare_forces"]
_ACCUSED = _WORDS["accused"]
_CONVOY = _WORDS["convoy"]
_COUNTS = frozenset(read_word_tables()["counts"]) | _WORDS["counts_convoy"]
_OPENS_CLAUSE = frozenset({",", "that", "and"})
_LEFT_OPEN = frozenset({"of", "over"})
_STRANDS = frozenset({".", ",", ";", "in", "on"})
_BE = _WORDS["be"]
_NEAR = 6
"""Items from a verb to "there"."""
_OBJECT = 12
"""Items of an object behind its possessive: "its positions along the road near P"."""
_OVERRUNS = ("overr",)
_AT = frozenset({"at"})


class Actives(Searched):
    """
    The active verbs of one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    nearness
        Who is near which place.
    handovers
        Where what is handed over goes.
    """

    def __init__(
        self, reach: Reach, findings: Findings, nearness: Nearness, handovers: Handovers
    ) -> None:
        super().__init__(reach, findings)
        self.nearness, self.handovers = nearness, handovers
        self.senses, self.antecedents = Senses(reach), Antecedents(reach)

    def read(self, n: int, end: int, frame: Frame) -> None:
        """Find what a subject does: who it is, with which places, and what that tells."""
        self._left_to(n, end, frame)
        actor = self._doer(n, end, frame)
        if not actor or self.senses.tells_otherwise(n, end, frame):
            return
        relation = self.senses.relation(n, end, frame, actor)
        places, loser = self._objects(n, end, frame, relation)
        strikes = frame.relation == "struck" and not places
        if strikes and self.nearness.struck_beside(n, end, actor):
            return
        places = places or self._listed_later(n, end, frame, relation)
        before = None if places else self.antecedents.told_before(n, end, frame)
        if before is not None:
            listed = self.reach.lists.listed_to(before, n) if relation == "withdrew" else [before]
            places = [*listed, *self._along_with(end)]
        if frame.name in {"hand over", "lose"}:
            for one in self.clause.joined_subjects(n, actor):
                self.handovers.handed(n, end, one, places)
            return
        if relation == "withdrew" and self.senses.no_withdrawal(n, actor):
            return
        relation, places = self.senses.as_wholes(end, frame, relation, places)
        places = places + self._led_again(end, places)
        if places and relation == "captured":
            places = places + [one for one in self.reach.gapped(end) if one not in places]
        rule = "active" if before is None else "relative clause"
        for one in self.clause.joined_subjects(n, actor):
            self.findings.add(one, relation, places, loser, frame.name, n, rule)
        if loser and frame.loser and loser != actor and relation != "contested":
            self.findings.add(loser, frame.loser, places, actor, frame.name, n, "loser")

    def _left_to(self, n: int, end: int, frame: Frame) -> None:
        """Find to whom a place is left: "leaving the city to A"."""
        if frame.relation != "withdrew" or self.clause.lower(n) not in _LEAVES | {"left"}:
            return
        for k in range(end, min(end + _OBJECT, self.clause.size)):
            if self.clause.items[k].kind == "a":
                if self.handovers.led_by_to(k):
                    winner = self.clause.items[k].actor
                    places = self.reach.places(end, frozenset({""}))[0]
                    self.findings.add(winner, "captured", places, "", frame.name, n, "left to")
                return
            if k in self.clause.verbs and not harmless_verb(self.clause, k):
                return

    def _doer(self, n: int, end: int, frame: Frame) -> str:
        """Who does what a verb tells; what is nobody's deed is noted, or is but handed over."""
        if self._of_the_accused(n):
            return ""
        actor = self.clause.subject(n) or self._stood_for(n)
        if not actor and frame.relation == "struck":
            actor = self._fired_by(n)
        if not actor and frame.name == "hand over":
            places = self.reach.places(end, frame.via)[0]
            if not places and self.clause.lower(end) == "to":
                places = self.reach.subjects.before(n)
            self.handovers.handed(n, end, "", places)
        if not actor and (self.clause.lower(n).endswith("ing") or n == 1):
            actor = self.clause.main_subject(n + 1)
        if not actor and self._objects(n, end, frame, frame.relation)[0]:
            self.clause.memory.undone = self.clause.lower(n)
        return actor

    def _of_the_accused(self, n: int) -> bool:
        """Whether a capital is accused of it: "A accused Damascus of shelling P"."""
        if not self.clause.lower(n).endswith("ing"):
            return False
        before = range(n - 1, max(-1, n - _OBJECT), -1)
        at = next((k for k in before if self.clause.lower(k) in _ACCUSED), -1)
        whom = self.clause.item(at + 1) if at >= 0 else None
        return whom is not None and whom.kind == "p" and self.clause.lower(at + 2) == "of"

    def _fired_by(self, n: int) -> str:
        """Whose fire hits a place: "rockets fired by A hit P", "fire from A positions hit P"."""
        for k in range(n + 1, min(n + _OBJECT, self.clause.size)):
            if self.clause.lower(k) in _FIRED and self.clause.lower(k + 1) == "by":
                return agent_behind(self.clause, k)  # "rockets landed in P, fired by A"
        for k in range(self.clause.back(n), max(0, n - _OBJECT), -1):
            item = self.clause.items[k]
            if item.kind == "a":
                fired = not _FIRE.isdisjoint(self.clause.lowers[max(0, k - 4) : k])
                near = self.clause.lowers[max(0, k - 2) : k]
                led = not _FIRED_BY.isdisjoint(near) or near == ["blamed", "on"]
                return item.actor if fired and led else ""
            if item.kind != "w" or self.clause.lower(k) in _STOPS:
                return ""
        return ""

    def _stood_for(self, n: int) -> str:
        """Whom a pronoun or bare "troops", opening a clause right before a verb, mean."""
        k = self.clause.back(n)
        word = self.clause.lower(k)
        if k < 0 or self.clause.items[k].kind != "w" or self.clause.lower(n).endswith("ing"):
            return ""
        if word in _PRONOUNS:
            return remembered(self.clause, n)
        k -= self._counted(k)
        opens = k == 0 or self.clause.lower(k - 1) in _OPENS_CLAUSE
        opens = opens or self.clause.items[k - 1].kind == "d"
        if word in _OFFENSIVES and self.clause.lower(k - 1) in _THIS:
            return self.clause.memory.last_taker()  # "the offensive has taken P"
        if word in _FROM_THE_AIR and opens:
            return self._state_told()
        if word not in _BARE_FORCES or word in _UNKNOWN or not opens:
            return ""
        return remembered(self.clause, n, stateless=is_stateless(self.clause, k))

    def _counted(self, k: int) -> int:
        """How many words count vehicles at an item: "five vehicles", "the remaining tanks"."""
        m = k
        while self.clause.lower(k) in _CONVOY and m > 0 and self.clause.lower(m - 1) in _COUNTS:
            m -= 1
        return k - m

    def _state_told(self) -> str:
        """Whose "warplanes" they are: of the state that the text named last."""
        memory, states = self.clause.memory, self.clause.lexicon.actors.states
        memory.asked = True
        return next((one for one in reversed(memory.actors) if one in states), "")

    def _objects(self, n: int, end: int, frame: Frame, relation: str) -> tuple[list[Mention], str]:
        """The places that a verb reaches behind it, and whom they cost."""
        advances = frame.name == "advance"
        hit = relation == "struck" or self.clause.lower(n).startswith(_ATTACKING)
        hit = hit or not frame.needs.isdisjoint(_POSTS)  # "set up checkpoints in P"
        via = self._ways(n, end, frame)
        takes = relation in _TAKES_WHOLE and not frame.needs  # "keep a base in P" is to hold it
        places, loser = self.reach.places(end, via, whole=not advances, hit=hit, takes=takes)
        if advances and not places:
            places, loser = self.reach.places(end, frozenset({"to", "for"}))
        if not places and end - 2 > n and self.clause.lower(end - 2) == "it":
            back = last_place(self.clause, n)
            places = [back] if back is not None else []
        return places, loser

    def _ways(self, n: int, end: int, frame: Frame) -> frozenset[str]:
        """The words through which a verb reaches its place here."""
        via = frame.via | (
            {""} if self.clause.items[n].lower.startswith(tuple(frame.direct) or ("\0",)) else set()
        )
        if frame.name == "advance" and self.clause.lower(end - 1) in frame.via:
            via |= {""}
        far = self.clause.lower(end - 1) in _AS_FAR | {"of", "to"}  # "knocked on the gates of P"
        if frame.name == "advance" and far and end > n + 1:
            via |= {""}
        if frame.name == "advance" and self.clause.lowers[end - 1 : end + 1] == ["on", "to"]:
            via |= {"to"}
        return frozenset(via)

    def _listed_later(self, n: int, end: int, frame: Frame, relation: str) -> list[Mention]:
        """The places of a verb that stand before it, or in a list that follows further on."""
        places = self.reach.subjects.before(n) if frame.name == "hold out" else []
        if not places and relation in _OF_LISTS:
            places = self.reach.told_later(end)
        if not places and relation == "controls":
            places = self.antecedents.last_held(n, end)
        if not places and relation in _OF_LISTS:
            places = self._there(end, frame)
        if not places and self.clause.lower(n).startswith(_OVERRUNS):
            whom = end + (self.clause.lower(end) == "the")
            named = whom < self.clause.size and self.clause.items[whom].kind == "a"
            places = self.reach.places(whom + 1, _AT)[0] if named else []
        if not places and end > n + 1 and self.clause.lower(end - 1) in _LEFT_OPEN:
            places = self._stranded(n, end)
        return places

    def _there(self, end: int, frame: Frame) -> list[Mention]:
        """The place that "there" means: "raised its flag there", not "seized the base there"."""
        for k in range(end, min(end + (_NEAR if frame.needs else 1), self.clause.size)):
            if self.clause.lower(k) == "there" and self.clause.lower(k + 1) not in _BE:
                back = last_place(self.clause, k)
                return [back] if back is not None else []
            if self.clause.items[k].kind in {"a", "p"} or self.clause.lower(k) in _STOPS:
                return []
            if k in self.clause.verbs:
                return []
        return []

    def _stranded(self, n: int, end: int) -> list[Mention]:
        """The place of "P is the fourth city that A lost control of"."""
        following = self.clause.item(end)
        ends = following is None or following.kind == "d" or following.lower in _STRANDS
        back = last_place(self.clause, n) if ends else None
        return [back] if back is not None else []

    def _led_again(self, end: int, places: list[Mention]) -> list[Mention]:
        """The places of "moved to P after B left it, and to Q and R"."""
        if not places:
            return []
        first = places[0].start
        at = next(
            (k for k in range(end, self.clause.size) if self.clause.items[k].start == first), 0
        )
        lead = self.clause.lower(at - 1)
        aside = self.clause.past_days(at + 1)
        if not at or lead not in _LEADS_AGAIN or self.clause.lower(aside) not in _CLAUSE_LEADS:
            return []
        for k in range(aside, self.clause.size - 2):
            if self.clause.lowers[k : k + 3] == [",", "and", lead]:
                return self.reach.places(k + 2, frozenset({lead}))[0]
        return []

    def _along_with(self, end: int) -> list[Mention]:
        """The places of "P, which A holds along with Q"."""
        if self.clause.lower(end) not in _ALONG or self.clause.lower(end + 1) != "with":
            return []
        return self.reach.places(end + 2, frozenset({""}))[0]
