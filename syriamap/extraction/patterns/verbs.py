"""
Verbs with their actors and places: who does what where, as the words stand.

The subject of a verb is looked for to the left, its places to the right (or the other way round in
the passive), past words that may stand between and up to words that may not. Nothing is known here
of certainty, source or day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_word_tables, read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.anaphors import last_place

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.vocabulary import Frame
    from syriamap.extraction.places.mention import Mention

__all__ = ["Verbs"]

_WORDS = read_words()
_BEFORE_ATTRIBUTE = _WORDS["before_attribute"]
_CLAUSE_ENDS = _WORDS["leaving_ends"] | {""}
_EXPELLED_FROM = _WORDS["expelled_from"]
_FALLS_OTHERWISE = _WORDS["falls_otherwise"]
_FROM_THE_AIR = _WORDS["from_the_air"]
_HAVE = _WORDS["have"]
_TOLD_DAYS = frozenset(read_word_tables()["told_days"])
_INCLUDE = _WORDS["include"]
_LEAVING_ENDS = _WORDS["leaving_ends"]
_PASSIVES = frozenset({"part", "either"})
_PARTICIPLES = frozenset({"past", "part", "either"})
_NO_NAMES = _WORDS["no_names"]
_OWN = _WORDS["own"]
_TO = frozenset({"to"})
_REDUCED_AFTER = _WORDS["anaphors"] | _WORDS["reduced_after"]
_RETURN_FORMS = _WORDS["return_forms"]
_SAME_PARTICIPLES = _WORDS["same_participles"]
_STOPS = _WORDS["stops"]
_IN_REASON = _WORDS["in_reason"]
_LASTING = frozenset({"besieged", "controls"})
_HOLDING = frozenset({"captured", "controls", "lost", "withdrew"})
_SHARES = _WORDS["winds"] | _WORDS["shares_of"]
_TAKEN_OTHERWISE = _WORDS["taken_otherwise"]
_CLAUSE_LEADS = _WORDS["clause_leads"]
_LEADS_AGAIN = _WORDS["leads_again"]
_WAS_BEFORE = _WORDS["was_before"]
_UNKNOWN = _WORDS["unknown_groups"]
_TAKE_FORMS = _WORDS["take_forms"]
_ENGAGE_FORMS = _WORDS["engage_forms"]
_ALL_OF_THEM = _WORDS["all_of_them"]
_ANAPHORS = _WORDS["anaphors"]
_BE = _WORDS["be"]
_OBJECTS = _WORDS["english_articles"] | _WORDS["own"]
_RELATIVES = _WORDS["relative_pronouns"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_LEADS_RELATIVE = _RELATIVES | {"where"}
_TAKEN = _WORDS["taken"]
_FREED = _WORDS["freed"]
_FIRE = _WORDS["projectiles"] | _WORDS["fire_nouns"]
_ENEMIES = _WORDS["enemies"]
_SAID = _WORDS["behind_claim"]
_ATTACKING = tuple(sorted(_WORDS["attack_stems"]))
_AFTERWARDS = frozenset({"after", "since"})
_LAND = tuple(sorted(_WORDS["land_ends"]))
_FIRED_BY = frozenset({"by", "from"})
_NOT = _WORDS["negation"]
_OFFICES = _WORDS["no_presence"]
_LEFT = _WORDS["left_by"]
_SUCH_PLACES = _WORDS["such_places"]
_STATES = _WORDS["besieged_forms"]
_AMONG_THOSE = frozenset({"those", "among"})
_DASHES = frozenset("-–—")
_OF_LISTS = frozenset({"captured", "contested", "withdrew"})
_MANAGED = _WORDS["managed"]
_PROJECTILES = _WORDS["projectiles"]
_HANDS = _WORDS["control"]
_PREPOSITIONS = _WORDS["prepositions"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_REACHED_OTHERWISE = _WORDS["reached_otherwise"]
_WHO = _WORDS["group_noun"] | _WORDS["forces"]
_AREAS = frozenset({"adm1", "area"})
_ALONG = frozenset({"along", "together"})
_FOLLOWS = _WORDS["follows"]
_ASSAULTS = _WORDS["battle"] | _WORDS["attacks"]
_FIRM = frozenset({"firm", "out"})
_MOVED = _WORDS["moved"]
_TAKES_WHOLE = frozenset({"captured", "controls", "lost"})
_HOLDS_AFTER = frozenset({"captured", "controls"})
_BEFORE_SCENE = _WORDS["before_scene"]
_OFTEN = _WORDS["often"]
_BEFORE_HAD = _OBJECTS | _ANAPHORS | {"of"}
_INVERTED = _WORDS["inverted"]
_AS_FAR = _WORDS["far_ends"]
_DID = _BE | {"did"}
_WITH = frozenset({"with"})
_IN = frozenset({"in", "inside"})
_DONE_BY = frozenset({"hold", "capture"})
_THROUGH = frozenset({"through", "past"})
_AFTER_DAY = frozenset("-–—:")
_EDGES = _WORDS["part_subjects"]
_LEADS_DOING = _WORDS["be"] | {",", "and", "been"}
_PRONOUNS = frozenset({"they", "it"})
_BARE_FORCES = _WORDS["bare_groups"] | _WORDS["bare_forces"]
_OPENS_CLAUSE = frozenset({",", "that", "and"})
_TIME_LEADS = frozenset({"after", "during"})
_LEFT_OPEN = frozenset({"of", "over"})
_STRANDS = frozenset({".", ",", ";", "in", "on"})
_TAKING = frozenset({"captured", "contested", "advanced_toward", "besieged"})

_LEAVES = _WORDS["leave_forms"]
_MOVE_FORMS = _WORDS["move_forms"]
_THINGS = _WORDS["moved_things"]
_MOVED_WITHIN = 3

_OBJECT = 12
"""Items of an object behind its possessive: "its positions along the road near P"."""


class Verbs(Searched):
    """The verbs of one sentence, with their actors and places."""

    def read_verb(self, n: int, end: int, form: str, frame: Frame) -> None:
        """Find what a verb tells: done by its subject, done to it, or of a place that fell."""
        if self._attribute(n, form) or self._among_those(n, end, form, frame):
            return
        if self._is_no_verb(n, end, form) or self._beset(n, end, frame):
            return
        if self.clause.lower(n) == "surrounding" and self._only_lies(n):
            return
        if frame.subject == "place":
            told = {"follow": self._followed, "come under": self._came_under}
            told.get(frame.name, self._fall)(n, end, frame)
        elif frame.object == "actor":
            self._expel(n, end, form, frame)
        elif form in _PASSIVES and self._told_beside(n, end, frame):
            return
        elif form in {"part", "either"} and (
            self.clause.passive(n) or self._reduced(n, end) or self._headline(n, end)
        ):
            self._was_done(n, end, frame)
        elif form in _PASSIVES and self._also_done(n, end):
            passive = next(m for m in range(n - 1, -1, -1) if m in self.clause.verbs)
            agent = self.clause.agent(end) or self._taker(n)
            places = self.reach.subject_places(passive)
            self.findings.add(agent, frame.relation, places, "", frame.name, n, "passive too")
        elif not self._only_describes(n, end, form, frame):
            self._does(n, end, frame)

    def _only_describes(self, n: int, end: int, form: str, frame: Frame) -> bool:
        """Whether a participle only describes: "a pocket controlled by the terror group"."""
        if form in _PARTICIPLES and self.clause.lower(end) == "by" and frame.name in _DONE_BY:
            return True
        bare = form == "part" and frame.name != "advance" and self.clause.back(n) == n - 1
        same = self.clause.lower(n) in _SAME_PARTICIPLES
        return bare and not same and not self._goes_on_having(n)

    def _told_beside(self, n: int, end: int, frame: Frame) -> bool:
        """Find what a participle tells beside its place: "with P secured", "A has P surrounded"."""
        opens = self._opens_inverted(n)
        if frame.needs and self.clause.lower(n - 1) in frame.needs:
            doer, rule = self.clause.agent(end), "passive"
            behind = next(
                (k for k in range(end, self.clause.size) if self.clause.items[k].kind == "a"), end
            )
            places = self.reach.places(behind + 1, frame.via)[0] if doer else []
            places = [one for one in places if one.kind not in _AREAS]
        elif opens:
            places = self.reach.places(opens, frozenset({""}))[0]
            doer, rule = self.clause.agent(end) or self._taker(n), "passive, by who took before"
        elif self._behind_place(n):
            places = self.reach.places_before(n)
            doer, rule = self._around_places(n, end, frame, places), "active"
        else:
            return False
        self.findings.add(doer, frame.relation, places, "", frame.name, n, rule)
        return bool(doer and places)

    def _behind_place(self, n: int) -> bool:
        """Whether a participle stands behind a place: "P", "P now"."""
        k = n - 1
        while k > 1 and self.clause.lower(k) in _ALL_OF_THEM:
            k -= 1
        return k > 0 and self.clause.items[k].kind == "p"

    def _opens_inverted(self, n: int) -> int:
        """Where the places begin of "Also taken were P and Q"; 0 where no such thing is told."""
        lower = self.clause.lower
        k = n + 1
        while lower(k) in _INVERTED:
            k += 1
        opens = all(lower(m) in _INVERTED for m in range(n))
        told = lower(n) in _TAKEN and lower(k) in _BE
        return k + 1 if opens and told else 0

    def _around_places(self, n: int, end: int, frame: Frame, places: list[Mention]) -> str:
        """Who has places by a participle behind them: "with P taken, A", "A has P encircled"."""
        first = next((k for k in range(n) if places and self.clause.items[k].place is places[0]), 0)
        lead = first - 1
        while lead > 0 and self.clause.lower(lead) in _BEFORE_HAD:
            lead -= 1
        if frame.relation == "besieged" and self.clause.lower(lead) in _HAVE:
            return self.clause.subject(lead)
        ends = self.clause.lower(end) == ","
        if frame.relation != "captured" or self.clause.lower(lead) not in _WITH or not ends:
            return ""
        doers = (k for k in range(end, self.clause.size) if self.clause.items[k].kind == "a")
        doer = next(doers, 0)
        named = doer and not self.clause.is_oblique(doer)
        return self.clause.items[doer].actor if named else ""

    def _goes_on_having(self, n: int) -> bool:
        """Whether a participle shares the "have" before it: "have entered P and taken Q"."""
        if self.clause.lower(n - 1) != "and":
            return False
        before = next((m for m in range(n - 2, 0, -1) if m in self.clause.verbs), 0)
        return before > 0 and self.clause.lower(before - 1) in _HAVE

    def _is_no_verb(self, n: int, end: int, form: str) -> bool:
        """Whether a word is none here: half of another, a preposition or a noun."""
        if n > 0 and self.clause.lower(n - 1) == "-" and self.clause.lower(n - 2) != "re":
            return True  # "rebel-held" and "front-line" have patterns of their own
        preposition = self.clause.lower(n) == "near" and self.clause.lower(n - 1) != "to"
        is_noun = self.clause.lower(end) in _BE or not self.clause.stands_as_verb(n)
        return preposition or (form == "base" and is_noun) or self._hyphened(end)

    def _beset(self, n: int, end: int, frame: Frame) -> bool:
        """Whether somebody is besieged, not a place, or was: "where the last A had held out"."""
        if frame.name == "hold out" and self.clause.lower(n - 1) == "had":
            return True
        besieged = frame.relation == "besieged" and self.clause.lower(n) in _STATES
        return besieged and self.clause.lower(end) in _IN and not self.clause.agent(end)

    def _hyphened(self, end: int) -> bool:
        """Whether a word is but the first half of another: "the left-bank part of P"."""
        sign = self.clause.item(end)
        if sign is None or sign.lower != "-" or end + 1 >= self.clause.size:
            return False
        items = self.clause.items
        return items[end - 1].end == sign.start and sign.end == items[end + 1].start

    def _only_lies(self, n: int) -> bool:
        """Whether something lies around a place: "the heights surrounding it"."""
        before = self.clause.item(n - 1)
        if self.clause.lower(n + 1) in _PLURAL_KINDS:
            return True  # "P and surrounding areas"
        return before is not None and before.kind == "w" and before.lower not in _LEADS_DOING

    def _attribute(self, n: int, form: str) -> bool:
        """Whether a participle only describes the place behind it: "the besieged town"."""
        following = self.clause.item(n + 1)
        if form not in _PARTICIPLES or following is None:
            return False
        if self.clause.lower(n) in _STATES and self.clause.lower(n - 1) in _OBJECTS:
            return True  # "the besieged units"
        if self.clause.lower(n - 1) in _WAS_BEFORE and self.clause.items[n - 2].kind == "a":
            ahead = self.clause.lowers[n + 1 : n + _OBJECT]
            return not _BE.isdisjoint(ahead)  # "A elements previously deployed to P are"
        if following.kind != "p" and following.lower not in _REDUCED_AFTER:
            return False
        return self.clause.lower(n - 1) in _BEFORE_ATTRIBUTE

    def _reduced(self, n: int, end: int) -> bool:
        before = self.clause.item(n - 1)
        if before is None or before.lower in _HAVE:
            return False
        led = self.clause.item(end + 1 + (self.clause.lower(end + 1) == "the"))
        if self.clause.lower(n) in _LEFT and self.clause.lower(end) == "by":
            return led is not None and led.kind == "a"  # "positions vacated by A"
        if before.kind != "p" and before.lower not in _REDUCED_AFTER:
            return False
        return any(self.clause.lower(k) == "by" for k in range(end, end + 5))

    def _headline(self, n: int, end: int) -> bool:
        """Whether "P liberated at dawn" or "P, Q: all taken" stands there without a "was"."""
        if self._listed_behind(n, end):
            return True
        k = n - 1
        while k > 0 and self.clause.lower(k) in _ALL_OF_THEM:
            k -= 1
        following = self.clause.item(end)
        if self.clause.items[k].kind != "p" or (
            following is not None and (following.kind in {"a", "p"} or following.lower in _OBJECTS)
        ):
            return False
        return k == 0 or self.reach.opens_with_list(k) or self._dated(k)

    def _dated(self, k: int) -> bool:
        """Whether only a day stands before an item: "5 December - P captured"."""
        before = self.clause.items[:k]
        return any(one.kind == "d" for one in before) and all(
            one.kind == "d" or one.lower in _AFTER_DAY for one in before
        )

    def _also_done(self, n: int, end: int) -> bool:
        """Whether "P was besieged and captured the next day" goes on with a passive."""
        if self.clause.lower(n - 1) != "and" or self.clause.lower(n) not in _TAKEN:
            return False
        following = self.clause.item(end)
        if following is not None and (following.kind == "p" or self.clause.lower(end) == "the"):
            told = self.clause.items[end : end + 3]
            if following.kind == "p" or not any(one.lower in _TOLD_DAYS for one in told):
                return False
        before = next((m for m in range(n - 1, -1, -1) if m in self.clause.verbs), -1)
        between = self.clause.items[max(0, before) : n]
        return (
            before >= 0
            and self.clause.passive(before)
            and not any(one.kind == "a" for one in between)
        )

    def _listed_behind(self, n: int, end: int) -> bool:
        """Whether "also captured today: P, Q" opens a sentence."""
        if any(one.kind in {"a", "p"} for one in self.clause.items[:n]) or n > 1:
            return False
        return ":" in self.clause.lowers[end : end + 3]

    def _among_those(self, n: int, end: int, form: str, frame: Frame) -> bool:
        """Whether "among the towns captured were P and Q" stands here."""
        if form not in _PARTICIPLES or self.clause.lower(n - 1) not in _SUCH_PLACES:
            return False
        if "among" not in self.clause.lowers[:n]:
            return False
        agent, k = self.clause.agent(end), end
        while k < end + 9 and self.clause.lower(k) not in _BE:
            k += 1
        if self.clause.lower(k) not in _BE:
            return False
        places = self.reach.places(k + 1, frozenset({""}))[0]
        rule = "passive" if agent else "passive, by who took places before"
        agent = agent or self._taker(n)
        self.findings.add(agent, frame.relation, places, "", frame.name, n, rule)
        return True

    def _announcer(self, end: int, *, rid: bool = False) -> str:
        """
        Who says behind it that a place was taken: "P has been captured, A announced".

        Who says so of a place that is `rid` of others may be who holds the country.
        """
        for k in range(end + rid * 3, min(end + 9, self.clause.size)):
            item = self.clause.items[k]
            if item.kind == "a":
                told = self.clause.lower(k + 1) in _SPEECH_FORMS
                known = rid or item.actor != self.clause.memory.holder
                return item.actor if told and known else ""
            if k in self.clause.verbs:
                return ""
        return ""

    def _announced(self, n: int) -> str:
        """Who says before it that a place was freed: "A announced that P had been liberated"."""
        if self.clause.lower(n) not in _FREED or not self._of_a_place(n):
            return ""
        for k in range(n - 1, 0, -1):
            word = self.clause.lower(k)
            if word in _SPEECH_FORMS and self.clause.speaks(k):
                at = self.clause.back(k)
                actor = self.clause.items[at]
                spoken = actor.kind == "a" and actor.lower.rsplit(" ", 1)[-1] not in _OFFICES
                told = spoken and not self.clause.is_oblique(at)
                return actor.actor if told and self.clause.lower(k - 1) not in _NOT else ""
            if self.clause.items[k].kind == "a" or (word in _STOPS and word != "that"):
                return ""
        return ""

    def _following(self, n: int) -> bool:
        """Whether "the following villages were taken" is told."""
        return "following" in self.clause.lowers[max(0, n - 8) : n]

    def _was_done(self, n: int, end: int, frame: Frame) -> None:
        agent = self.clause.agent(end)
        if frame.relation == "withdrew":
            self._was_left(n, end, frame, agent)
            return
        if self.clause.lower(n - 1) in _SUCH_PLACES and not self.clause.passive(n):
            places = self._named_behind(end)  # "areas held by A", "the towns seized by A include"
            self.findings.add(agent, frame.relation, places, "", frame.name, n, "passive")
            return
        if frame.needs and self.clause.needed_before(n, frame.needs):
            places = self.reach.places(end, frame.via)[0]
            known = self._flag_of(n, frame) if frame.name == "flag" else ""
            known = known or (self._taker(n) if frame.relation == "captured" else "")
            rule = "passive" if agent else "passive, by who took places before"
            self.findings.add(agent or known, frame.relation, places, "", frame.name, n, rule)
            return
        if frame.name in {"hand over", "lose"}:
            self._handed(n, end, agent, self.reach.subject_places(n))
            return
        if self._was_until(n, end):
            return
        found, loser = self.reach.places(end, frozenset({"\0"}))
        del found
        places = self.reach.subject_places(n) or self._named_behind(end)
        rule, relation = "passive", frame.relation
        if not agent and places and frame.relation in _OF_LISTS:
            agent, rule = self._who_took(n, end), "passive, by who took places before"
        if relation == "contested" and agent and self._from_the_air(end + 8, agent):
            relation = "struck"  # "the base was raided by jets"
        against = loser if loser != agent else ""
        self.findings.add(agent, relation, places, against, frame.name, n, rule)
        if places:
            more = self._as_was(end)
            more += self.reach.gapped(end) if frame.relation in _OF_LISTS else []
            self.findings.add(agent, frame.relation, more, "", frame.name, n, rule)
        if against and frame.loser:
            self.findings.add(
                against, frame.loser, places, agent, frame.name, n, "loser of a passive"
            )

    def _flag_of(self, n: int, frame: Frame) -> str:
        """Whose flag is raised: "the flag of A was raised", "A flags fly over P"."""
        at = next((k for k in range(n - 1, 0, -1) if self.clause.lower(k) in frame.needs), 0)
        near = self.clause.items[max(0, at - 2) : at] + self.clause.items[at + 1 : at + 4]
        return next((one.actor for one in near if at and one.kind == "a"), "")

    def _was_until(self, n: int, end: int) -> bool:
        """Whether a state is told that is over: "had been occupied by A since spring"."""
        had = "had" in self.clause.lowers[max(0, n - 4) : n] and self.clause.passive(n)
        ahead = self.clause.items[end : end + _OBJECT]
        return had and any(one.lower.startswith("since") for one in ahead)

    def _was_left(self, n: int, end: int, frame: Frame, agent: str) -> None:
        """Find "P was evacuated by A", "A's units were repositioned outside P"."""
        if self.clause.lower(n) in _MOVED and self.clause.passive(n):
            places = self.reach.places(end, frame.via - {""})[0]
            subject = self.clause.subject(n)
            self.findings.add(subject, "withdrew", places, "", frame.name, n, "moved away")
        elif self.clause.lower(n) in _LEFT and self._of_a_place(n):
            places = self._those(n) or self.reach.subject_places(n)
            self.findings.add(agent, "withdrew", places, "", frame.name, n, "passive")

    def _who_took(self, n: int, end: int) -> str:
        """Who took what nobody is told to have taken: who took places before, or announces it."""
        if announced := self._announced(n):
            return announced
        listed = self._listed_behind(n, end) or self._following(n)
        if not listed and not self._takes_on(n):
            return ""
        taker = self._taker(n) or self._announcer(end, rid=self._rid_of_actor(n))
        return taker or (self.clause.memory.actor(self.clause.lexicon.states) if listed else "")

    def _takes_on(self, n: int) -> bool:
        """Whether a place is told to be taken, not taken back, or something taken somewhere."""
        taken = self.clause.lower(n) in _TAKEN or self._rid_of_actor(n)
        if not taken or self.clause.lower(n + 1) in _TAKEN_OTHERWISE:
            return False
        return self._of_a_place(n)

    def _rid_of_actor(self, n: int) -> bool:
        """Whether a place is told to be cleared of an actor, not of mines."""
        whom = self.clause.items[n + 2 : n + 6]
        rid = self.clause.lower(n) in _FREED and self.clause.lower(n + 1) == "of"
        return rid and any(one.kind == "a" for one in whom)

    def _those(self, n: int) -> list[Mention]:
        """The places of "P and Q are among those left by A"."""
        k = n - 1
        if self.clause.lower(k) != "those":
            return []
        while k > 0 and (self.clause.lower(k) in _AMONG_THOSE or self.clause.lower(k) in _BE):
            k -= 1
        return self.reach.places_before(k + 1)

    def _of_a_place(self, n: int) -> bool:
        """Whether what is done is done to a place, "the city" or "P, which"."""
        if self.clause.lower(n - 1) == "those":
            return True
        k = self.clause.back(n)
        while k > 0 and (self.clause.lower(k) in _ALL_OF_THEM or self.clause.lower(k) in _DASHES):
            k -= 1
        if self.clause.lower(k) == ",":  # "P, the last town of A, was captured"
            if self.reach.lists_examples(k):
                return True
            opening = next((m for m in range(k - 1, 0, -1) if self.clause.lower(m) == ","), 0)
            k = opening - 1 if opening else k
        k = self.reach.before_unnamed(k)
        named = self.clause.items[k].kind == "p" or self.clause.lower(k) in _RELATIVES
        return named or (self.clause.lower(k) in _ANAPHORS and self.clause.lower(k - 1) == "the")

    def _taker(self, n: int) -> str:
        """Who took places before what stands at an item, in the sentence or in the text."""
        before = (one for one in reversed(self.findings.events) if one.trigger < n)
        takes = (one for one in before if one.relation in _TAKING and one.rule != "battle")
        told = next((one.actor for one in takes), "")
        return told or self.clause.memory.last_taker() or self.clause.memory.voice

    def _as_was(self, end: int) -> list[Mention]:
        """The place of "P was captured on the 18th, as was Q"."""
        for k in range(end, min(end + 9, self.clause.size - 2)):
            if self.clause.lower(k) == "as" and self.clause.lower(k + 1) in _DID:
                return self.reach.places(k + 2, frozenset({""}))[0]
        return []

    def _named_behind(self, end: int) -> list[Mention]:
        """The places of "villages were captured by A: P and Q", "seized by A include P and Q"."""
        for k in range(end, min(end + 9, self.clause.size)):
            if self.clause.lower(k) == ":" or self.clause.lower(k) in _INCLUDE:
                return self.reach.places(k + 1, frozenset({""}))[0]
        return []

    def _stranded(self, n: int, end: int) -> list[Mention]:
        """The place of "P is the fourth city that A lost control of"."""
        following = self.clause.item(end)
        ends = following is None or following.kind == "d" or following.lower in _STRANDS
        back = last_place(self.clause, n) if ends else None
        return [back] if back is not None else []

    def _told_before(self, n: int, end: int, frame: Frame) -> Mention | None:
        """The place of a verb that names none behind it: "P, which A left", "A withdrew"."""
        before = None
        if self.clause.lower(end) in _TO and not self._ends(end):
            return None  # "P, whose defenders pulled back to the town"
        if frame.name != "advance":
            before = self._preceding_place(n, lasts=frame.relation in _LASTING)
        if before is None and frame.relation in _HOLDS_AFTER and self._no_object(end):
            before = self._scene(n)
        retreats = frame.relation == "withdrew" or self.clause.lower(end - 1) == "control"
        doer = self.clause.items[self.clause.back(n)]
        moved_in = frame.name == "enter" and end > n + 1 and self.clause.lower(end - 1) == "in"
        moved_in = moved_in and (doer.kind == "a" or doer.lower in _RELATIVES)
        moved_in = moved_in and ":" not in self.clause.lowers[:n]
        if before is None and moved_in and self._ends(end):
            before = last_place(self.clause, n)
        if before is None and retreats and self._ends(end):
            before = self._left(n)
        return before

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
            via |= _TO
        return frozenset(via)

    def _does(self, n: int, end: int, frame: Frame) -> None:
        """Find what a subject does: who it is, with which places, and what that tells."""
        self._left_to(n, end, frame)
        actor = self._doer(n, end, frame)
        if not actor or self._tells_otherwise(n, end, frame):
            return
        relation = self._relation(n, end, frame, actor)
        places, loser = self._objects(n, end, frame, relation)
        strikes = frame.relation == "struck" and not places
        if strikes and self.holdings.struck_beside(n, end, actor):
            return
        places = places or self._listed_later(n, end, frame, relation)
        before = None if places else self._told_before(n, end, frame)
        if before is not None:
            listed = self.reach.listed_to(before, n) if relation == "withdrew" else [before]
            places = [*listed, *self._along_with(end)]
        if frame.name in {"hand over", "lose"}:
            for one in self.clause.joined_subjects(n, actor):
                self._handed(n, end, one, places)
            return
        if relation == "withdrew" and self._no_withdrawal(n, actor):
            return
        relation, places = self._as_wholes(end, frame, relation, places)
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
                if self._led_by_to(k):
                    winner = self.clause.items[k].actor
                    places = self.reach.places(end, frozenset({""}))[0]
                    self.findings.add(winner, "captured", places, "", frame.name, n, "left to")
                return
            if k in self.clause.verbs and not self.reach.harmless_verb(k):
                return

    def _doer(self, n: int, end: int, frame: Frame) -> str:
        """Who does what a verb tells; what is nobody's deed is noted, or is but handed over."""
        actor = self.clause.subject(n) or self._stood_for(n)
        if not actor and frame.relation == "struck":
            actor = self._fired_by(n)
        if not actor and frame.name == "hand over":
            places = self.reach.places(end, frame.via)[0]
            if not places and self.clause.lower(end) == "to":
                places = self.reach.places_before(n)
            self._handed(n, end, "", places)
        if not actor and (self.clause.lower(n).endswith("ing") or n == 1):
            actor = self.clause.main_subject(n + 1)
        if not actor and self._objects(n, end, frame, frame.relation)[0]:
            self.clause.memory.undone = self.clause.lower(n)
        return actor

    def _fired_by(self, n: int) -> str:
        """Whose fire hits a place: "rockets fired by A hit P", "fire from A positions hit P"."""
        for k in range(self.clause.back(n), max(0, n - _OBJECT), -1):
            item = self.clause.items[k]
            if item.kind == "a":
                fired = not _FIRE.isdisjoint(self.clause.lowers[max(0, k - 4) : k])
                led = not _FIRED_BY.isdisjoint(self.clause.lowers[max(0, k - 2) : k])
                return item.actor if fired and led else ""
            if item.kind != "w" or self.clause.lower(k) in _STOPS:
                return ""
        return ""

    def _tells_otherwise(self, n: int, end: int, frame: Frame) -> bool:
        """Whether a verb tells something else here: "took part", "stayed in A hands"."""
        if frame.relation == "controls":
            return self._held_by_other(end)
        if frame.name == "advance" and not _REACHED_OTHERWISE.isdisjoint(
            self.clause.lowers[end : end + 4]
        ):
            return True  # "reached a deal"
        if self.clause.lower(n) in _MOVE_FORMS and not _THINGS.isdisjoint(
            self.clause.lowers[end : end + _MOVED_WITHIN]
        ):
            return True  # "moved equipment from P to Q"
        if frame.name == "clash" and self.clause.lower(n) in _ENGAGE_FORMS:
            return not any(one.kind == "a" for one in self.clause.items[end : end + _MOVED_WITHIN])
        if self.clause.lower(n) in _SPEECH_FORMS and self.clause.lower(end) in _SAID:
            return True  # "the army claims it withdrew"
        takes = frame.name == "capture" and self.clause.lower(n) in _TAKE_FORMS
        return takes and self.clause.lower(end) in _TAKEN_OTHERWISE

    def _objects(self, n: int, end: int, frame: Frame, relation: str) -> tuple[list[Mention], str]:
        """The places that a verb reaches behind it, and whom they cost."""
        advances = frame.name == "advance"
        hit = relation == "struck" or self.clause.lower(n).startswith(_ATTACKING)
        via = self._ways(n, end, frame)
        takes = relation in _TAKES_WHOLE
        places, loser = self.reach.places(end, via, whole=not advances, hit=hit, takes=takes)
        if advances and not places:
            places, loser = self.reach.places(end, frozenset({"to", "for"}))
        if not places and end - 2 > n and self.clause.lower(end - 2) == "it":
            back = last_place(self.clause, n)
            places = [back] if back is not None else []
        return places, loser

    def _relation(self, n: int, end: int, frame: Frame, actor: str) -> str:
        """What a verb tells of its places here: "still occupies" lasts, jets that attack strike."""
        relation = frame.relation
        if self._lasts(n, end, frame):
            relation = "controls"
        if frame.name == "hold" and self._managed(n):
            relation = "captured"
        moves = frame.name in {"send in", "deploy"}
        if relation == "contested" and not moves and self._from_the_air(n, actor):
            relation = "struck"
        return relation

    def _listed_later(self, n: int, end: int, frame: Frame, relation: str) -> list[Mention]:
        """The places of a verb that stand before it, or in a list that follows further on."""
        places = self.reach.places_before(n) if frame.name == "hold out" else []
        if not places and relation in _OF_LISTS:
            places = self.reach.told_later(end)
        if not places and end > n + 1 and self.clause.lower(end - 1) in _LEFT_OPEN:
            places = self._stranded(n, end)
        return places

    def _as_wholes(
        self, end: int, frame: Frame, relation: str, places: list[Mention]
    ) -> tuple[str, list[Mention]]:
        """What is told of places as wholes: at their edges, or in their quarters, one fights."""
        if relation in _HOLDS_AFTER and self._at_edge(end):
            relation = "contested"
        places = [one for one in places if one.kind != "adm1" or self._whole(end, relation, one)]
        if not places and relation == "struck" and frame.name == "strike":
            places = self.reach.city_of_parts(end)
        if not places and (relation == "captured" or frame.name == "enter"):
            relation, places = "contested", self.reach.city_of_parts(end)
        return relation, places

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

    def _stood_for(self, n: int) -> str:
        """Whom a pronoun or bare "troops", opening a clause right before a verb, mean."""
        k = self.clause.back(n)
        word = self.clause.lower(k)
        if k < 0 or self.clause.items[k].kind != "w" or self.clause.lower(n).endswith("ing"):
            return ""
        if word in _PRONOUNS:
            return self.clause.remembered(n)
        opens = k == 0 or self.clause.lower(k - 1) in _OPENS_CLAUSE
        if word not in _BARE_FORCES or word in _UNKNOWN or not opens:
            return ""
        return self.clause.remembered(n, stateless=self.clause.stateless(k))

    def _held_by_other(self, end: int) -> bool:
        """Whether "ruled out P" or "P stayed in A hands" is told: nobody holds it by that."""
        following = self.clause.item(end)
        named = following is not None and following.kind == "a"
        return self.clause.lower(end) == "out" or (named and self.clause.lower(end + 1) in _HANDS)

    def _along_with(self, end: int) -> list[Mention]:
        """The places of "P, which A holds along with Q"."""
        if self.clause.lower(end) not in _ALONG or self.clause.lower(end + 1) != "with":
            return []
        return self.reach.places(end + 2, frozenset({""}))[0]

    def _managed(self, n: int) -> bool:
        """Whether "managed to control P" is told: it then was not held before."""
        joined = self.clause.lower(n - 1) == "and"  # "managed to advance and control P"
        before = self.clause.lowers[max(0, n - (9 if joined else 3)) : n]
        return self.clause.lower(n) == "control" and not _MANAGED.isdisjoint(before)

    def _at_edge(self, end: int) -> bool:
        """Whether what lies at the edge of a place is taken: "captured the outskirts of P"."""
        for k in range(end, min(end + 4, self.clause.size)):
            if self.clause.lower(k) in _EDGES:
                return self.clause.lower(k + 1) == "of"
        return False

    def _from_the_air(self, n: int, actor: str) -> bool:
        """Whether jets or guns "attack": they strike."""
        last = min(n, self.clause.size)
        named = [k for k in range(last - 1, -1, -1) if self.clause.items[k].actor == actor]
        by = [k for k in named if "by" in self.clause.lowers[max(0, k - 2) : k]]
        doers = (self.clause.items[k] for k in named if k in by or not self.clause.is_oblique(k))
        doer = next(doers, None)
        if doer is None:
            return False
        name = f" {doer.lower.replace('-', ' ')} "
        return any(f" {one} " in name for one in _FROM_THE_AIR)

    def _lasts(self, n: int, end: int, frame: Frame) -> bool:
        """Whether a verb of taking tells a state: "still occupies P", "has occupied P since"."""
        word = self.clause.lower(n)
        if not frame.lasting or not word.startswith(tuple(frame.lasting)):
            return False
        verb = self.clause.verbs.get(n)
        present = verb is not None and verb[1] == "base" and self.clause.lower(n - 1) not in _TO
        ahead = self.clause.items[end : end + 5]
        return present or any(one.lower.startswith("since") for one in ahead)

    def _whole(self, end: int, relation: str, area: Mention) -> bool:
        """Whether a governorate as a whole is taken, held or left, not fought in or struck."""
        size = self.clause.size
        items = self.clause.items
        place = next((k for k in range(end, size) if items[k].kind == "p"), end)
        ahead = self.clause.lowers[end : min(place, end + 5)]
        at = next((k for k in range(place, size) if items[k].place is area), place)
        beside = self.clause.lowers[max(place, at - 3) : at]
        around = area.written.lower().endswith(_LAND)
        told = _SHARES.isdisjoint(ahead) and _SHARES.union({"part", "parts"}).isdisjoint(beside)
        told = told and not around
        return relation in _HOLDING - {"withdrew"} and told

    def _no_withdrawal(self, n: int, actor: str) -> bool:
        """Whether people flee, or somebody leaves a place behind: no force withdraws."""
        if self.clause.lower(n) == "leaving":
            return self.clause.lower(n - 1) == ","
        subject = next(
            (
                one
                for one in reversed(self.clause.items[:n])
                if one.kind == "a" and one.actor == actor
            ),
            None,
        )
        peoples = self.clause.lexicon.words["peoples"]
        return subject is not None and subject.lower in peoples

    def _left(self, n: int) -> Mention | None:
        """What somebody left where no place is told: "which A had left", "A has withdrawn"."""
        for k in range(n - 1, max(0, n - 7), -1):
            if self.clause.lower(k) in _LEADS_RELATIVE and k not in self.clause.verbs:
                break
            if self.clause.items[k].kind not in {"a", "d"} and self.clause.back(k + 1) == k:
                return last_place(self.clause, n)
        else:
            return last_place(self.clause, n)
        at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
        if self.clause.lower(at) in _SPEECH_FORMS:
            return last_place(self.clause, n)
        if self.clause.items[at].kind == "p":
            return None if self.reach.lies_around(at) else self.clause.items[at].place
        if self.clause.lower(at) not in _ANAPHORS or self.clause.lower(at - 2) == "of":
            return None  # "parts of the city that A had left", "posts that A left"
        return last_place(self.clause, at)

    def _ends(self, end: int) -> bool:
        following = self.clause.item(end)
        if following is not None and following.lower in _TO:
            if not _ANAPHORS.isdisjoint(self.clause.lowers[end + 1 : end + 4]):
                return False  # "pulled back to the town"
            return not any(
                one.kind == "p" or (self.clause.capital(k) and one.lower not in _NO_NAMES)
                for k, one in enumerate(self.clause.items[end : end + 6], end)
            )
        if following is not None and following.lower in _OWN:
            return not any(one.kind == "p" for one in self.clause.items[end : end + _OBJECT])
        if self.clause.lower(end) == "in" and self.clause.lower(end + 1) in _IN_REASON:
            return True
        if "later" in self.clause.lowers[end : end + 3]:
            return True  # "and withdrew an hour later"
        turns = self.clause.lower(end + 1) in _TOLD_DAYS and self.clause.lower(end + 2) == "day"
        dated = self.clause.item(end + 1) if self.clause.lower(end) == "on" else following
        ends = following is None or following.lower in _LEAVING_ENDS
        ends = ends or (dated is not None and dated.kind == "d")
        return ends or turns

    def _handed(self, n: int, end: int, actor: str, places: list[Mention]) -> None:
        """A hands P over to B; an offensive returns P to B."""
        winner = ""
        again = self.clause.lower(n) == "losing" and self.clause.lower(end) == "it"
        if again and self.clause.lower(n - 1) in _AFTERWARDS:
            return  # "recaptured P hours after losing it"
        for k in range(end, min(end + 14, len(self.clause.items))):
            if self.clause.items[k].kind == "a" and self._led_by_to(k):
                winner = self.clause.items[k].actor
                break
        if winner:
            self.findings.add(winner, "captured", places, actor, "hand over", n, "handed over")
        if actor != winner and self.clause.lower(n) not in _RETURN_FORMS:
            self.findings.add(actor, "lost", places, winner, "hand over", n, "handed over")

    def _led_by_to(self, k: int) -> bool:
        m = k - 1
        while m > k - 5 and self.clause.items[m].kind == "w" and self.clause.lower(m).isalpha():
            if self.clause.lower(m) == "to" or self.clause.lower(m) in _PREPOSITIONS:
                break
            m -= 1
        return self.clause.lower(m) == "to"

    def _preceding_place(  # noqa: PLR0911
        self, n: int, *, lasts: bool = False
    ) -> Mention | None:
        """P in "P, from which A withdrew", "P, where A besieged", "P, of which A took control"."""
        for k in range(n - 1, max(-1, n - 9), -1):
            if k in self.clause.verbs and self.clause.stands_as_verb(k):
                return None
            if self.clause.lower(k) == "which" and self.clause.lower(k - 1) in _TIME_LEADS:
                return None
            if self.clause.lower(k) in {"which", "where"}:
                where = self.clause.lower(k) == "where"
                if where and not lasts and self.clause.lower(n + 1) not in _CLAUSE_ENDS:
                    return None
                if (where or self.clause.lower(n) in _LEAVES) and self._own_object(n):
                    return None
                if self.clause.lower(k) == "where" and any(
                    self.clause.items[m].kind == "p" for m in range(k, n)
                ):
                    return None
                led = self.clause.lower(k - 1) == "from" and lasts  # "P, from which it rules Q"
                return None if led or self._is_past(k, n) else self._right_before(k)
        return (
            last_place(self.clause, n)
            if any(self.clause.lower(k) == "whose" for k in range(max(0, n - 9), n))
            else None
        )

    def _own_object(self, n: int) -> bool:
        """Whether a verb has an object that is no place named before: "hold the countryside"."""
        noun = self.clause.lower(n + 2)
        return self.clause.lower(n + 1) in _OBJECTS and noun not in _ANAPHORS | {"area"}

    def _no_object(self, end: int) -> bool:
        """Whether a verb ends without an object: "took over without a shot", "holds firm"."""
        following = self.clause.item(end)
        ends = following is None or following.kind == "d" or following.lower in _LEAVING_ENDS
        return ends or self.clause.lower(end) in _FIRM

    def _scene(self, n: int) -> Mention | None:
        """The place in which a sentence says that it plays: "In P, A took over"."""
        if self.clause.lower(0) != "in":
            return None
        at = next((k for k in range(1, min(6, n)) if self.clause.items[k].kind == "p"), 0)
        led = at and all(self.clause.lower(k) in _BEFORE_SCENE for k in range(1, at))
        if not led or any(one.kind == "p" for one in self.clause.items[at + 1 : n]):
            return None
        place = self.clause.items[at].place
        return place if place is not None and place.kind not in _AREAS else None

    def _right_before(self, k: int) -> Mention | None:
        """The place that "which" at an item means: the one right before it if one stands there."""
        at = self.reach.before_kind_behind(k - 2 if self.clause.lower(k - 1) == "," else k - 1)
        place = self.clause.items[at].place if at >= 0 else None
        if at >= 0 and self.clause.items[at].kind != "p" and self.clause.lower(at) in _WHO:
            return None  # "the organization, which spread"
        if self.clause.items[at].kind == "a" and self.clause.lower(k - 1) == ",":
            return None  # "the A army, which had kept posts in the canton"
        whole = place is not None and place.kind not in _AREAS and not self.reach.lies_around(at)
        return place if whole else last_place(self.clause, k)

    def _is_past(self, k: int, n: int) -> bool:
        """Whether a relative clause is over, or is about a part: "A, which is part of B, took"."""
        commas = [m for m in range(k + 1, n) if self.clause.lower(m) == ","]
        if commas and not any(one.kind == "a" for one in self.clause.items[commas[-1] : n]):
            return any(one.kind == "a" for one in self.clause.items[k:n])
        at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
        return at > 0 and self.clause.items[at].kind == "p" and self.reach.lies_around(at)

    def _followed(self, n: int, end: int, frame: Frame) -> None:
        """Find "P was captured. Q followed the next day": Q was taken too."""
        if self.clause.lower(n).endswith("ing"):
            return  # "over P following an attack"
        before, following = self.clause.items[self.clause.back(n)], self.clause.item(end)
        if before.kind != "p" or following is None or self.clause.passive(n):
            return
        hands = end > n + 1
        if hands and self.clause.lower(end) in _OFTEN:
            return
        if not hands and following.kind != "d" and following.lower not in _FOLLOWS:
            return
        taker = self._taker(n)
        if hands:
            named = any(one.kind == "a" for one in self.clause.items[:n])
            taker = self.clause.remembered(n) if named else ""
        places = self.reach.places_before(n)
        rule = "followed, by who took places before"
        self.findings.add(taker, "captured", places, "", frame.name, n, rule)

    def _came_under(self, n: int, end: int, frame: Frame) -> None:
        """Find "P came under A", but not under A's fire."""
        at = end + 1 if self.clause.lower(end) == "the" else end
        whom, after = self.clause.item(at), self.clause.item(at + 1)
        if whom is None or whom.kind != "a" or whom.note == "adjective":
            return
        if after is None or after.kind == "d" or after.lower in _CLAUSE_ENDS:
            places = self.reach.subject_places(n)
            self.findings.add(whom.actor, "captured", places, "", frame.name, n, "fell to")

    def _fall(self, n: int, end: int, frame: Frame) -> None:
        if self.clause.lower(end) in _FALLS_OTHERWISE and not frame.needs:
            return
        if frame.needs and self.clause.lower(n).endswith("ing"):
            return  # "we are going to"
        if self.clause.lower(self.clause.back(n)) in _PROJECTILES:
            return
        places = self.reach.places_before(n) or self._named_behind(end)
        between = self.clause.back(n)
        if not places or (
            between >= 0
            and self.clause.items[between].kind == "a"
            and between > 0
            and self.clause.lower(between - 1) != "of"
        ):
            return
        winner = self._fell_to(n, end)
        if winner:
            places = places + self._as_was(end)
            self.findings.add(winner, "captured", places, "", frame.name, n, "fell to")
        if winner or frame.needs:
            return  # it "passed", to nobody whom we know
        holder, taker = self.clause.memory.holder, self._taker(n)
        places = places + self.reach.gapped(end) + self._as_was(end)
        if taker == holder:
            rule = "fell, to who took places before"
            self.findings.add(taker, "captured", places, "", frame.name, n, rule)
            return
        self.findings.add(holder, "lost", places, "", frame.name, n, "fell")
        if taker:
            rule = "fell, to who took places before"
            self.findings.add(taker, "captured", places, "", frame.name, n, rule)

    def _fell_to(self, n: int, end: int) -> str:
        """Whom a place fell to: "to A", "to them"."""
        for k in range(end, min(end + 8, len(self.clause.items))):
            winner = self.clause.items[k].actor or self.clause.group_at(k)
            if self.clause.lower(k) == "them":
                winner = self.clause.remembered(n)
            if winner and any(self.clause.lower(m) in {"to", "into"} for m in range(n + 1, k)):
                return winner
            if self.clause.lower(k) in {",", "and", "."}:
                break
        return ""

    def _expel(self, n: int, end: int, form: str, frame: Frame) -> None:
        if self.clause.lower(end) in _THROUGH:
            return
        if form in _PASSIVES and self.clause.passive(n):
            self._was_expelled(n, end, frame)
            return
        for k in range(end, min(end + 6, len(self.clause.items))):
            if self.clause.items[k].kind == "a":
                self._drove_out(n, k, frame)
                return
            if self.clause.lower(k) in _ENEMIES and self.clause.items[k].kind == "w":
                winner = self.clause.subject(n) or self.clause.main_subject(n + 1)
                places, _ = self.reach.places(k + 1, _EXPELLED_FROM)
                self.findings.add(winner, "captured", places, "", frame.name, n, "drove out")
                return
            if self.clause.lower(k) in _STOPS or self.clause.items[k].kind == "p":
                return
            if self.clause.lower(k) in _ASSAULTS:
                return  # "repelled an attack by A on P"

    def _was_expelled(self, n: int, end: int, frame: Frame) -> None:
        """Find "A was driven out of P by B"."""
        loser, winner = self.clause.subject(n), self.clause.agent(end)
        via = _EXPELLED_FROM if winner else _EXPELLED_FROM - _IN
        places, _ = self.reach.places(end, via)
        if not loser:
            return
        self.findings.add(loser, "withdrew", places, winner, frame.name, n, "driven out")
        if winner != loser:
            self.findings.add(winner, "captured", places, loser, frame.name, n, "drove out")

    def _drove_out(self, n: int, k: int, frame: Frame) -> None:
        """Find "A drove B out of P", where B stands at an item; in quarters of P one fights."""
        winner, loser = self.clause.subject(n), self.clause.items[k].actor
        if not winner or winner == loser:
            return
        places, _ = self.reach.places(k + 1, _EXPELLED_FROM)
        if not places:
            parts = self.reach.city_of_parts(k + 1)
            self.findings.add(winner, "contested", parts, loser, frame.name, n, "drove out")
            return
        self.findings.add(winner, "captured", places, loser, frame.name, n, "drove out")
        self.findings.add(loser, "lost", places, winner, frame.name, n, "loser")
