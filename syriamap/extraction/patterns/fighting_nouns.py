"""Nouns of fighting: "clashes between A and B in P", "P under siege", "strikes on P"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.antecedents import Antecedents
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agent_behind, agents_joined
from syriamap.extraction.sentence.noun_or_verb import stands_as_verb

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.nearness import Nearness
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention

__all__ = ["FightingNouns"]

_WORDS = read_words()
_AGAINST = _WORDS["noun_leads"] | {"near"}
_BATTLE = _WORDS["battle"]
_BEFORE_NOUN = _WORDS["before_noun"]
_CARRIED = _WORDS["carried"]
_FROM_AFAR = _WORDS["from_afar"]
_WARDED_OFF = _WORDS["warded_off"]
_BOTH = frozenset({"sides", "parties"})
_MUTUAL = _WORDS["mutual_fights"]
_BATTLE_ENDS = _WORDS["battle_ends"]
_GOING_ON = _WORDS["going_on"]
_HARMED = _WORDS["harmed"]
_COURSE = _WORDS["in_strikes"]
_STILLED = frozenset({"ceased", "subsided"})
_ENDS_OTHERWISE = frozenset({"with", "in"})
_LONGEST_SIDES = 16
"""Items behind a noun of fighting in which its sides are named."""
_SIEGE_ENDS = _WORDS["siege_ends"]
_BEFORE_SIEGE = 7
"""Items of "broke a three-year rebel siege"."""
_LEADS_SIDES = 6
"""Items more where "between" leads to them."""
_LONGEST_BATTLE = 14
"""Items from a noun of fighting to the verb by which it ends."""
_ONE_SIDED_BATTLES = _WORDS["one_sided_battles"]
_FORCES = _WORDS["forces"]
_FROM_BY = frozenset({"from", "by"})
_LOCKED = _WORDS["locked"]
_PITTING = _WORDS["leads_sides"]
_ANSWERS = _WORDS["answers"]
_ATTACKS = _WORDS["attacks"]
_ENTRIES = frozenset({"entry"})
_BE = _WORDS["be"]
_TURNS = frozenset({"but", "while", ";"})
_RAIDS = _WORDS["raid_nouns"]
_SOUGHT = _WORDS["sought_people"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_INSIDE = _WORDS["reported_leads"]
_HAVE = _WORDS["have"]
_TOWN_OF = _WORDS["anaphors"] | {"of"}
_UNDERGONE = _WORDS["undergone"]
_UNDERGONE_ENDS = _WORDS["undergone_ends"]
_LEADS_UNDERGONE = _WORDS["undergone_leads"]
_ARTICLES = _WORDS["english_articles"]
_DESCRIBING = _WORDS["describing_deeds"]


class FightingNouns(Searched):
    """
    The nouns of fighting in one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    nearness
        Who is near which place.
    """

    def __init__(self, reach: Reach, findings: Findings, nearness: Nearness) -> None:
        super().__init__(reach, findings)
        self.nearness, self.antecedents = nearness, Antecedents(reach)

    def siege(self, n: int) -> bool:
        """Whether a siege is over, or one that a place is "under"."""
        if self._ended(n):
            return True
        owner = self.clause.items[n - 1] if n > 1 else None
        of_whom = owner is not None and owner.kind == "a" and self.clause.lower(n - 2) == "under"
        if self.clause.lower(n - 1) != "under" and not of_whom:
            return False
        places = self.reach.subjects.before(n - 1 - of_whom)
        agent = owner.actor if owner is not None and of_whom else agent_behind(self.clause, n + 1)
        agent = agent or self._has(n, places)
        self.findings.add(agent, "besieged", places, "", "besiege", n, "under siege")
        return True

    def _has(self, n: int, places: list[Mention]) -> str:
        """Who "has P under siege"."""
        first = next((k for k in range(n) if places and self.clause.items[k].place is places[0]), 0)
        while first > 1 and self.clause.lower(first - 1) in _ARTICLES | _TOWN_OF:
            first -= 1
        return self.clause.subject(first - 1) if self.clause.lower(first - 1) in _HAVE else ""

    def _ended(self, n: int) -> bool:
        """Whether a siege is one that was broken, lifted or ended."""
        return any(
            self.clause.lower(k) in _SIEGE_ENDS
            for k in range(max(0, n - _BEFORE_SIEGE), min(n + 9, len(self.clause.items)))
        )

    def attacked(self, n: int) -> bool:
        """Whether a place is under attack: "P is under attack from A"."""
        if self.clause.lower(n - 1) != "under" or self.clause.lower(n + 1) not in _FROM_BY:
            return False
        ahead = self.clause.items[n + 2 : n + 6]
        actor = next((one.actor for one in ahead if one.kind == "a"), "")
        places = self.reach.subjects.of(n - 1)
        self.findings.add(actor, "contested", places, "", "enter", n, "under attack")
        return bool(places)

    def battle(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:  # noqa: ARG002
        """Fighting for P, by one side or between two; attacks from afar are strikes."""
        if self.clause.lower(n) in _ENTRIES:
            self.findings.add(actor, "contested", places, "", "enter", n, "noun")
            return
        if self.clause.lower(n) not in _BATTLE or self._is_over(n):
            return
        if self._failed(n) or not _ANSWERS.isdisjoint(self.clause.lowers[max(0, n - 5) : n]):
            return  # "in retaliation for the attack on P"
        if self._warded_off(n):  # "repelled an A attack on P": A fought for it
            self.findings.add(actor, "contested", places, "", "enter", n, "battle")
            return
        sides = self._sides(n)
        places = places or self._undergone(n) or (self._reported(n) if sides else [])
        both = bool(sides) and self.clause.lower(n) not in _ONE_SIDED_BATTLES
        places = places or (self.reach.parts.city_of_parts(n + 1) if both else [])
        if not actor and self._waged(n):
            actor = self.clause.subject(n)
        if actor and not sides and self._is_locked(n) and self._locked_in(n, places, actor):
            return
        sides = ([actor] if actor else []) + [one for one in sides if one != actor]
        if not sides and self.clause.lower(n) in _ONE_SIDED_BATTLES:
            sides = [self.clause.subject(n)]
        if sides and places and self.clause.lower(n - 1) in _FROM_AFAR:
            self.findings.add(sides[0], "struck", places, "", "strike", n, "attack from afar")
            return
        if places:
            self._fought(n, places, sides)

    def _locked_in(self, n: int, places: list[Mention], actor: str) -> bool:
        """Find "A and B were locked in battles in P", "In P A and B were locked in battles"."""
        sides = self.clause.joined_subjects(n, actor)
        places = places or self.antecedents.scene(n)
        if len(sides) > 1:
            for one, other in zip(sides, reversed(sides), strict=True):
                self.findings.add(one, "contested", places, other, "enter", n, "battle")
        return len(sides) > 1

    def _fought(self, n: int, places: list[Mention], sides: list[str]) -> None:
        """Add that sides fight for places; that both do where "between" leads to them."""
        if not sides:
            self._between_both(n, places)
            return
        against = sides[1] if len(sides) > 1 else ""
        self.findings.add(sides[0], "contested", places, against, "enter", n, "battle")
        if against and self._between(n):
            self.findings.add(against, "contested", places, sides[0], "enter", n, "battle")

    def _between_both(self, n: int, places: list[Mention]) -> None:
        """Find "clashes went on in P", where nobody is named: of those who fought last."""
        if self.clause.lower(n) not in _MUTUAL:
            return
        sides = self.clause.memory.last_sides()
        named = dict.fromkeys(one.actor for one in self.clause.items if one.kind == "a")
        if named and _BOTH.isdisjoint(self.clause.lowers[n : n + _LONGEST_SIDES]):
            return
        if len(named) == len(sides or "--"):
            sides = tuple(named)  # "between both sides"
        for one, other in zip(sides, reversed(sides), strict=True):
            self.findings.add(one, "contested", places, other, "enter", n, "battle of those before")

    def _sides(self, n: int) -> list[str]:
        """Who fights, as told behind a noun, up to where another clause begins."""
        sides = []
        between = not _PITTING.isdisjoint(self.clause.lowers[n + 1 : n + _LONGEST_SIDES])
        longest = _LONGEST_SIDES + _LEADS_SIDES if between else _LONGEST_SIDES
        for k in range(n + 1, min(n + longest, self.clause.size)):
            word = self.clause.lower(k)
            if word in _TURNS:
                break
            if self.clause.items[k].kind == "a":
                sides.append(self.clause.items[k].actor)
            elif word == "our" and self.clause.lower(k + 1) in _FORCES:
                sides.append(self.clause.subject(k + 2))
        return list(dict.fromkeys(filter(None, sides)))

    def _between(self, n: int) -> bool:
        """Whether both sides of a battle are told behind "between"."""
        ahead = range(n + 1, min(n + _LONGEST_SIDES + _LEADS_SIDES, self.clause.size))
        first = next((k for k in ahead if self.clause.items[k].kind == "a"), n + 7)
        return not _PITTING.isdisjoint(self.clause.lowers[n + 1 : max(first, n + 7)])

    def _waged(self, n: int) -> bool:
        """Whether the subject fights: "opened an offensive against A", "engaged in clashes with"."""  # noqa: E501
        word, following = self.clause.lower(n), self.clause.lower(n + 1)
        if word in _ONE_SIDED_BATTLES:
            return following in _AGAINST
        if word in _ATTACKS and not _CARRIED.isdisjoint(self.clause.lowers[max(0, n - 3) : n]):
            return True
        return following == "with" or self._is_locked(n)

    def _is_locked(self, n: int) -> bool:
        """Whether somebody is "locked in" a battle."""
        return not _LOCKED.isdisjoint(self.clause.lowers[max(0, n - 4) : n])

    def _reported(self, n: int) -> list[Mention]:
        """The places of "clashes between A and B were reported in P"."""
        for k in range(n + 1, min(n + _LONGEST_BATTLE, self.clause.size)):
            if self.clause.lower(k) in _TURNS:
                return []
            if self.clause.lower(k) not in _BE:
                continue
            if self.clause.lower(k + 1) in _SPEECH_FORMS:
                return self.reach.places(k + 2, _INSIDE)[0]
            if self.clause.lower(k + 1) in _GOING_ON:
                return self.reach.places(k + 2, _INSIDE | _WORDS["going_on_leads"])[0]
        return []

    def _failed(self, n: int) -> bool:
        """Whether an attack led to nothing: "the attack was repulsed"."""
        return any(
            self.clause.lower(k) in _WARDED_OFF and self.clause.lower(k - 1) in _BE
            for k in range(n + 2, n + 10)
        )

    def _warded_off(self, n: int) -> bool:
        """Whether somebody warded an attack off: "repelled an attack"."""
        return not _WARDED_OFF.isdisjoint(self.clause.lowers[max(0, n - 4) : n])

    def _is_over(self, n: int) -> bool:
        """Whether fighting has ended: "clashes between A and B in P have ceased"."""
        for k in range(n + 1, min(n + _LONGEST_BATTLE, self.clause.size)):
            if self.clause.lower(k) in _BATTLE_ENDS:
                stilled = self.clause.lower(k) in _STILLED
                return stilled or self.clause.lower(k + 1) not in _ENDS_OTHERWISE
            if k in self.clause.verbs and stands_as_verb(self.clause, k):
                return False
        return False

    def strike(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """Strikes on P, near P; not raids against people in P."""
        if self._against_people(n):
            return
        rule = "noun"
        places = places or self._undergone(n) or self._harmed_in(n)
        before = {self.clause.lower(m) for m in range(max(0, n - 8), n)}
        if not actor and places and _CARRIED & before:
            actor, rule = self.clause.subject(n), "carried out"
        if not places:
            actor = actor or self.clause.subject(n)
            self.nearness.struck_beside(n, n + 1, actor)
        by = agents_joined(self.clause, actor, n + 1)
        doers = self.clause.joined_subjects(n, actor) if rule == "carried out" else by
        for one in doers:
            self.findings.add(one, frame.relation, places, "", frame.name, n, rule)

    def _harmed_in(self, n: int) -> list[Mention]:
        """The place of "ten people were killed in P in Russian airstrikes"."""
        k = n - 1
        while k > 0 and (self.clause.items[k].kind == "a" or self._describes_noun(k)):
            k -= 1
        at, lower = k - 1, self.clause.lower
        if lower(k) not in _COURSE or at < 1 or self.clause.items[at].kind != "p":
            return []
        if _HARMED.isdisjoint(self.clause.lowers[max(0, at - _LONGEST_BATTLE) : at]):
            return []
        place = self.clause.items[at].place
        inside = lower(self.reach.parts.before_kind(at)) in _INSIDE
        return [place] if place is not None and inside and place.kind != "adm1" else []

    def _against_people(self, n: int) -> bool:
        """Whether police search for people: "raids against former officers in P"."""
        if self.clause.lower(n) not in _RAIDS:
            return False
        ahead = range(n + 1, min(n + _LONGEST_SIDES, self.clause.size))
        place = next((k for k in ahead if self.clause.items[k].kind == "p"), n + 1)
        return not _SOUGHT.isdisjoint(self.clause.lowers[n + 1 : place])

    def _undergone(self, n: int) -> list[Mention]:
        """The place of "P came under Russian bombardment", "P saw heavy clashes"."""
        k = n - 1
        while k > 0 and (self.clause.items[k].kind == "a" or self._describes_noun(k)):
            k -= 1
        word, before = self.clause.lower(k), self.clause.lower(k - 1)
        ends = word in _LEADS_UNDERGONE and before in _UNDERGONE_ENDS
        if word not in _UNDERGONE and not ends:
            return []
        if ends:
            k -= 1 + (self.clause.lower(k - 2) in _ARTICLES)
        elif before in _FROM_BY:
            return []
        return self.reach.subjects.of(k)

    def _describes_noun(self, k: int) -> bool:
        """Whether a word at an item describes the noun behind it: "heavy", "joint Russian"."""
        word = self.clause.lower(k)
        plain = self.clause.items[k].kind == "w" and word.isalpha() and k not in self.clause.verbs
        known = word in _BEFORE_NOUN or word in _ARTICLES
        return known or (
            plain and word not in _LEADS_UNDERGONE | _UNDERGONE and word in _DESCRIBING
        )
