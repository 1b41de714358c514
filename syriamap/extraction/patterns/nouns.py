"""Nouns that tell of a deed: "the capture of P by A", "clashes in P", "strikes on P"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.anaphors import last_place

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.vocabulary import Frame
    from syriamap.extraction.places.mention import Mention

__all__ = ["Nouns"]

_WORDS = read_words()
_AFTER_NOUN = _WORDS["after_noun"]
_ANNOUNCED_DEEDS = _WORDS["announced_deeds"]
_AGAINST = _WORDS["noun_leads"] | {"near"}
_BY = frozenset({"by", "after"})
_BATTLE = _WORDS["battle"]
_BEFORE_EVENT_NOUN = _WORDS["before_event_noun"]
_BEFORE_NOUN = _WORDS["before_noun"]
_CARRIED = _WORDS["carried"]
_FROM_AFAR = _WORDS["from_afar"]
_AGAINST_WHOM = _WORDS["against_whom"]
_NOUN_AGENTS = _WORDS["noun_agents"]
_WARDED_OFF = _WORDS["warded_off"]
_BATTLE_ENDS = _WORDS["battle_ends"]
_ENDS_OTHERWISE = frozenset({"with", "in"})
_LONGEST_SIDES = 16
"""Items behind a noun of fighting in which its sides are named."""

_LEADS_SIDES = 6
"""Items more where "between" leads to them."""

_CLOSING_QUOTES = frozenset("\"”’'")

_LONGEST_BATTLE = 14
"""Items from a noun of fighting to the verb by which it ends."""
_NOUN_LEADS = _WORDS["noun_leads"]
_ONE_SIDED_BATTLES = _WORDS["one_sided_battles"]
_PROGRESSIVE = _WORDS["progressive"]
_FORCES = _WORDS["forces"]
_FROM_BY = frozenset({"from", "by"})
_LOCKED = _WORDS["locked"]
_ATTACKS = _WORDS["attacks"]
_ENTRIES = frozenset({"entry"})
_INTO = _WORDS["entry_leads"]
_LEADS_TO = _WORDS["led_to"]
_RESULTED = _WORDS["resulted"]
_BE = _WORDS["be"]
_PARTLY = frozenset({"enter", "strike"})
_TAKING_WHOLE = frozenset({"captured"})
_TURNS = frozenset({"but", "while", ";"})
_MADE = _CARRIED | _WORDS["made"]
_RAIDS = _WORDS["raid_nouns"]
_BEFORE_LOSS = _WORDS["before_loss"]
_HELPED = _WORDS["helped_forms"]
_SOUGHT = _WORDS["sought_people"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_INSIDE = _WORDS["reported_leads"]
_POINTING = frozenset({"this", "these"})
_HAVE = _WORDS["have"]
_TOWN_OF = _WORDS["anaphors"] | {"of"}
_UNDERGONE = _WORDS["undergone"]
_UNDERGONE_ENDS = _WORDS["undergone_ends"]
_LEADS_UNDERGONE = _WORDS["undergone_leads"]
_ARTICLES = _WORDS["english_articles"]
_DESCRIBING = _WORDS["describing_deeds"]
_AFTERWARD = frozenset({"after", "following"})


class Nouns(Searched):
    """The nouns of one sentence, with their actors and places."""

    def stands_as_noun(self, n: int) -> bool:
        """Whether a word that may be a verb too is a noun here: "the shelling of"."""
        verb = self.clause.verbs.get(n)
        before = self.clause.item(n - 1)
        following = self.clause.item(n + 1)
        acts = following is not None and (following.kind == "p" or following.lower == "the")
        if verb is None or (verb[1] == "base" and not self.clause.stands_as_verb(n)):
            helped = verb is not None and self.clause.lower(n - 2) in _HELPED
            return not (acts and helped)  # "helped Assad recapture the city"
        if self.clause.lower(n - 1) in _BEFORE_EVENT_NOUN:
            return not (acts and self.clause.lower(n - 1) in _BY)
        if before is not None and before.kind == "a" and before.note == "adjective":
            return True
        return (
            self.clause.lower(n).endswith("ing")
            and self.clause.lower(n - 1) not in _PROGRESSIVE
            and self.clause.lower(n + 1) in _AFTER_NOUN
        )

    def read_noun(self, n: int, frame: Frame) -> None:
        """Find what a noun tells: whose deed it is, at which places."""
        if frame.name == "besiege" and self._siege(n):
            return
        if frame.name == "enter" and self._attacked(n):
            return
        actor = self._owner(n)
        via = frame.noun_via or _NOUN_LEADS
        if frame.name == "enter":
            via = _INTO if self.clause.lower(n) in _ENTRIES else via | {"around", "near"}
        hit = frame.relation == "struck"
        first = n + 1 + (self.clause.lower(n + 1) in _CLOSING_QUOTES)  # "the 'liberation' of P"
        places, _ = self.reach.places(first, via, whole=frame.name != "advance", hit=hit)
        for k in range(n + 1, min(n + 4, self.clause.size)):
            if self.clause.items[k].kind == "a" and self._agent_at(k) and not actor:
                actor = self.clause.items[k].actor
                places = places or self.reach.places(k + 1, via)[0]
        actor = actor or self.clause.agent(n + 1, of_noun=True) or self._told_doer(n, frame)
        if not places and frame.name == "capture":
            places = self._owned(n)
        if frame.relation in _TAKING_WHOLE or frame.name in _PARTLY:
            places = [one for one in places if one.kind != "adm1"]
        told = _BY_FRAME.get(frame.name, Nouns._deed)
        told(self, n, frame, places, actor)

    def _told_doer(self, n: int, frame: Frame) -> str:
        """Whose deed "this incursion", "these strikes" was: that of who did it before."""
        if self.clause.lower(n - 1) not in _POINTING or frame.name == "withdraw":
            return ""
        before = (one for one in reversed(self.findings.events) if one.trigger < n)
        told = next((one.actor for one in before if one.relation == frame.relation), "")
        memory = self.clause.memory
        taker = memory.last_taker() if frame.relation != "struck" else ""
        return told or taker or memory.actor()

    def _owned(self, n: int) -> list[Mention]:
        """The place of "P's capture"."""
        owner = self.clause.items[n - 2].place if n > 1 else None
        return [owner] if owner is not None and self.clause.lower(n - 1) == "'s" else []

    def _agent_at(self, k: int) -> bool:
        """Whether the actor at an item is whose deed the noun before it is: "the fall of A"."""
        lower = self.clause.lower
        return lower(k - 1) in _NOUN_AGENTS and lower(k - 2) not in _AGAINST_WHOM

    def _siege(self, n: int) -> bool:
        """Whether a siege is over, or one that a place is "under"."""
        if self.holdings.ended(n):
            return True
        owner = self.clause.items[n - 1] if n > 1 else None
        of_whom = owner is not None and owner.kind == "a" and self.clause.lower(n - 2) == "under"
        if self.clause.lower(n - 1) != "under" and not of_whom:
            return False
        places = self.reach.places_before(n - 1 - of_whom)
        agent = owner.actor if owner is not None and of_whom else self.clause.agent(n + 1)
        agent = agent or self._has(n, places)
        self.findings.add(agent, "besieged", places, "", "besiege", n, "under siege")
        return True

    def _has(self, n: int, places: list[Mention]) -> str:
        """Who "has P under siege"."""
        first = next((k for k in range(n) if places and self.clause.items[k].place is places[0]), 0)
        while first > 1 and self.clause.lower(first - 1) in _ARTICLES | _TOWN_OF:
            first -= 1
        return self.clause.subject(first - 1) if self.clause.lower(first - 1) in _HAVE else ""

    def _attacked(self, n: int) -> bool:
        """Whether a place is under attack: "P is under attack from A"."""
        if self.clause.lower(n - 1) != "under" or self.clause.lower(n + 1) not in _FROM_BY:
            return False
        ahead = self.clause.items[n + 2 : n + 6]
        actor = next((one.actor for one in ahead if one.kind == "a"), "")
        places = self.reach.subject_places(n - 1)
        self.findings.add(actor, "contested", places, "", "enter", n, "under attack")
        return bool(places)

    def _owner(self, n: int) -> str:
        """Whose deed a noun tells by the words before it: "A's withdrawal", "their advance"."""
        k = n - 1
        while k >= 0 and self.clause.lower(k) in _BEFORE_NOUN:
            k -= 1
        before = self.clause.item(k)
        if before is None:
            return ""
        if before.kind == "a":
            own = self.clause.lower(k + 1) in {"'s", "air"} or before.note == "adjective"
            return before.actor if k == n - 1 or own else ""
        return self.clause.remembered(k) if before.lower in {"its", "their"} else ""

    def _fall(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """The fall of P to A, its loss."""
        lower = self.clause.lower
        if lower(n) == "loss" and not actor and lower(n - 2) in _BEFORE_LOSS:
            actor = self.clause.main_subject(n)
        if lower(n) == "loss" and not actor:
            return
        actor = actor or self.holdings.falls_to(n)
        places = [one for one in places if one.start > self.clause.items[n].start]
        owner = self.clause.items[n - 2].place if lower(n - 1) == "'s" and n > 1 else None
        if not places and owner is not None:
            places = [owner]
        relation = "captured" if actor and lower(n) == "fall" else "lost"
        holder = actor or self.clause.memory.holder
        self.findings.add(holder, relation, places, "", frame.name, n, "noun")

    def _withdrawal(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """A's withdrawal from P, or from the place named before if it is announced."""
        rule = "noun"
        before = {self.clause.lower(m) for m in range(max(0, n - 8), n)}
        if not actor and places and before & _MADE:
            actor, rule = self.clause.subject(n), "carried out"
        near = {self.clause.lower(m) for m in range(max(0, n - 3), n)}
        if not actor and not places and near & _ANNOUNCED_DEEDS:
            actor = self.clause.subject(n)
        if not places and actor:
            confirmed = near & _ANNOUNCED_DEEDS or self.clause.lower(n - 4) == "confirmed"
            confirmed = confirmed or self._followed(n)
            places = self._told_of(n) if confirmed else []
        self.findings.add(actor, frame.relation, places, "", frame.name, n, rule)

    def _told_of(self, n: int) -> list[Mention]:
        """The places of the deed told last before an item; else the place named last."""
        before = [one for one in self.findings.events if one.trigger < n]
        told = [one.place for one in before if one.trigger == before[-1].trigger]
        if told:
            return list({one.start: one for one in told}.values())
        back = last_place(self.clause, n)
        return [back] if back is not None else []

    def _followed(self, n: int) -> bool:
        """Whether something happened after it: "entered P following the withdrawal of A"."""
        before = {self.clause.lower(m) for m in range(max(0, n - 4), n)}
        return not before.isdisjoint(_AFTERWARD)

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
        return self.reach.subject_places(k)

    def _describes_noun(self, k: int) -> bool:
        """Whether a word at an item describes the noun behind it: "heavy", "joint Russian"."""
        word = self.clause.lower(k)
        plain = self.clause.items[k].kind == "w" and word.isalpha() and k not in self.clause.verbs
        known = word in _BEFORE_NOUN or word in _ARTICLES
        return known or (
            plain and word not in _LEADS_UNDERGONE | _UNDERGONE and word in _DESCRIBING
        )

    def _strike(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """Strikes on P, near P; not raids against people in P."""
        if self._against_people(n):
            return
        rule = "noun"
        places = places or self._undergone(n)
        before = {self.clause.lower(m) for m in range(max(0, n - 8), n)}
        if not actor and places and _CARRIED & before:
            actor, rule = self.clause.subject(n), "carried out"
        if not places:
            actor = actor or self.clause.subject(n)
            self.holdings.struck_beside(n, n + 1, actor)
        doers = self.clause.joined_subjects(n, actor) if rule == "carried out" else [actor]
        for one in doers:
            self.findings.add(one, frame.relation, places, "", frame.name, n, rule)

    def _against_people(self, n: int) -> bool:
        """Whether police search for people: "raids against former officers in P"."""
        if self.clause.lower(n) not in _RAIDS:
            return False
        ahead = range(n + 1, min(n + _LONGEST_SIDES, self.clause.size))
        place = next((k for k in ahead if self.clause.items[k].kind == "p"), n + 1)
        return not _SOUGHT.isdisjoint(self.clause.lowers[n + 1 : place])

    def _deed(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:
        """The capture of P, an advance on P: the subject's where the noun names nobody."""
        rule = "noun"
        if not actor and frame.name in {"capture", "advance"} and places:
            actor = self._of_subject(n, frame)
            rule = "noun of a subject"
            if not actor and n == 1 and frame.name == "capture":
                actor, rule = self.clause.memory.last_taker(), "noun, by who took places before"
        self.findings.add(actor, frame.relation, places, "", frame.name, n, rule)

    def _of_subject(self, n: int, frame: Frame) -> str:
        """Whose deed a noun tells that names nobody: no one's who withdraws: "a day after the"."""
        main = self.clause.main_subject(n)
        if main and frame.name == "capture" and self._leaves(n):
            return main
        return self.clause.subject(n) or main or self._led_to(n)

    def _leaves(self, n: int) -> bool:
        """Whether the last verb before a noun tells of a withdrawal."""
        before = next((m for m in range(n - 1, -1, -1) if m in self.clause.verbs), -1)
        return before >= 0 and self.clause.verbs[before][2].relation == "withdrew"

    def _is_over(self, n: int) -> bool:
        """Whether fighting has ended: "clashes between A and B in P have ceased"."""
        for k in range(n + 1, min(n + _LONGEST_BATTLE, self.clause.size)):
            if self.clause.lower(k) in _BATTLE_ENDS:
                return self.clause.lower(k + 1) not in _ENDS_OTHERWISE
            if k in self.clause.verbs and self.clause.stands_as_verb(k):
                return False
        return False

    def _warded_off(self, n: int) -> bool:
        """Whether somebody warded an attack off: "repelled an attack"."""
        return not _WARDED_OFF.isdisjoint(self.clause.lowers[max(0, n - 4) : n])

    def _failed(self, n: int) -> bool:
        """Whether an attack led to nothing: "the attack was repulsed"."""
        return any(
            self.clause.lower(k) in _WARDED_OFF and self.clause.lower(k - 1) in _BE
            for k in range(n + 2, n + 10)
        )

    def _led_to(self, n: int) -> str:
        """Whose offensive "led to the capture of P"."""
        if self.clause.lower(n - 1) != "the" or self.clause.lower(n - 2) not in _LEADS_TO:
            return ""
        before = (one.actor for one in reversed(self.clause.items[: n - 3]) if one.kind == "a")
        return next(before, "") if self.clause.lower(n - 3) in _RESULTED else ""

    def _reported(self, n: int) -> list[Mention]:
        """The places of "clashes between A and B were reported in P"."""
        for k in range(n + 1, min(n + _LONGEST_BATTLE, self.clause.size)):
            if self.clause.lower(k) in _TURNS:
                return []
            if self.clause.lower(k) in _BE and self.clause.lower(k + 1) in _SPEECH_FORMS:
                return self.reach.places(k + 2, _INSIDE)[0]
        return []

    def _waged(self, n: int) -> bool:
        """Whether the subject fights: "opened an offensive against A", "engaged in clashes with"."""  # noqa: E501
        word, following = self.clause.lower(n), self.clause.lower(n + 1)
        if word in _ONE_SIDED_BATTLES:
            return following in _AGAINST
        if word in _ATTACKS and not _CARRIED.isdisjoint(self.clause.lowers[max(0, n - 3) : n]):
            return True
        locked = _LOCKED.intersection(self.clause.lowers[max(0, n - 4) : n])
        return following == "with" or bool(locked)

    def _sides(self, n: int) -> list[str]:
        """Who fights, as told behind a noun, up to where another clause begins."""
        sides = []
        between = "between" in self.clause.lowers[n + 1 : n + _LONGEST_SIDES]
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

    def _battle(self, n: int, frame: Frame, places: list[Mention], actor: str) -> None:  # noqa: ARG002
        if self.clause.lower(n) in _ENTRIES:
            self.findings.add(actor, "contested", places, "", "enter", n, "noun")
            return
        if self.clause.lower(n) not in _BATTLE or self._is_over(n):
            return
        if self._failed(n):
            return
        if self._warded_off(n):  # "repelled an A attack on P": A fought for it
            self.findings.add(actor, "contested", places, "", "enter", n, "battle")
            return
        sides = self._sides(n)
        places = places or self._undergone(n) or (self._reported(n) if sides else [])
        both = bool(sides) and self.clause.lower(n) not in _ONE_SIDED_BATTLES
        places = places or (self.reach.city_of_parts(n + 1) if both else [])
        if not actor and self._waged(n):
            actor = self.clause.subject(n)
        sides = ([actor] if actor else []) + [one for one in sides if one != actor]
        if not sides and self.clause.lower(n) in _ONE_SIDED_BATTLES:
            sides = [self.clause.subject(n)]
        if sides and places and self.clause.lower(n - 1) in _FROM_AFAR:
            self.findings.add(sides[0], "struck", places, "", "strike", n, "attack from afar")
            return
        if sides and places:
            against = sides[1] if len(sides) > 1 else ""
            self.findings.add(sides[0], "contested", places, against, "enter", n, "battle")
            if against and self._between(n):
                self.findings.add(against, "contested", places, sides[0], "enter", n, "battle")

    def _between(self, n: int) -> bool:
        """Whether both sides of a battle are told behind "between"."""
        ahead = range(n + 1, min(n + _LONGEST_SIDES + _LEADS_SIDES, self.clause.size))
        first = next((k for k in ahead if self.clause.items[k].kind == "a"), n + 7)
        return "between" in self.clause.lowers[n + 1 : max(first, n + 7)]


_BY_FRAME = {
    "fall": Nouns._fall,  # noqa: SLF001
    "withdraw": Nouns._withdrawal,  # noqa: SLF001
    "strike": Nouns._strike,  # noqa: SLF001
    "enter": Nouns._battle,  # noqa: SLF001
}
"""Frame → how its nouns are read; others tell a deed."""
