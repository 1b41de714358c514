"""
Who holds what and who stands where, told without a verb of war.

"Rebel-held Idlib", "under the control of the army", "in Kurdish hands", "at the gates of Homs",
"within five kilometers of Hama".
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.sentence.anaphors import last_place

if TYPE_CHECKING:
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention

__all__ = ["Holdings", "holding_words"]

_WORDS = read_words()
_ABOUT_DISTANCE = _WORDS["about_distance"]
_ANAPHORS = _WORDS["anaphors"]
_BASTIONS = _WORDS["bastions"]
_AT_GATES = _WORDS["be"] | _WORDS["standing"]
_BEFORE_BASTION = (
    _WORDS["before_held"] | _WORDS["english_articles"] | _WORDS["own"] | _WORDS["before_bastion"]
)
_BROUGHT = _WORDS["brought"]
_BEFORE_GATES = _WORDS["before_gates"]
_BEFORE_HELD = _WORDS["before_held"]
_BESIDE = _WORDS["beside"]
_BETWEEN_HELD = _WORDS["between_held"] | _WORDS["place_attributes"]
_CONTROL = _WORDS["control"]
_DIRECTIONS = _WORDS["directions"]
_GATES = _WORDS["gates"]
_HELD = _WORDS["held"]
_UNTIL = frozenset({"from", "until"})
_HELD_LEADS = _WORDS["held_leads"]
_HOW_FULL = _WORDS["how_full"]
_LYING = _WORDS["lying"]
_NEARING = _WORDS["nearing"]
_MODALS = _WORDS["modals"]
_OWN = _WORDS["own"]
_PAST_BASTION = _WORDS["past_bastion"]
_RELATIVES = _WORDS["place_relatives"]
_REMAINING = _WORDS["remaining"]
_SENTENCE_ENDS = frozenset({".", ",", ";", "and", ""})
_PARTS_HELD = _WORDS["parts_held"]
_PREPOSITIONS = _WORDS["prepositions"]
_SIEGE_ENDS = _WORDS["siege_ends"]
_STOPS = _WORDS["stops"]
_UNITS = _WORDS["units"]
_LED_TO = _PREPOSITIONS - {"of"}
_PAST_CITY = _ANAPHORS | {"the", "of"}

_INSIDE = frozenset({"inside"})
_WITHIN = _INSIDE | {"in"}
_BE = _WORDS["be"]
_COMES = _WORDS["comes"]
_FORCES = _WORDS["forces"]
_OWNERS = _OWN | {"our"}
_SHOWING = _WORDS["showing"]
_STATIONED = _WORDS["stationed"]
_SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]

_BEFORE_SIEGE = 7
"""Items of "broke a three-year rebel siege"."""

_JOINED = re.compile(rf"(\d{{1,3}})({any_of(_WORDS['joined_units'])})")
_WIND = {wind + end: wind for wind in _DIRECTIONS for end in ("", *_WORDS["direction_endings"])}


@cache
def holding_words() -> frozenset[str]:
    """The words at which something is looked for."""
    looked = _HELD | _GATES | _CONTROL | _UNITS | _BASTIONS | _WITHIN | _STATIONED
    return looked | _REMAINS | {_GONE, "now", "at"}


_TOWARD = frozenset({"toward", "towards"})
_RESULTED = _WORDS["resulted"]
_PASSES = _WORDS["passes"]
_HOLD_ENDS = _WORDS["hold_ends"]
_OWNED_LEADS = _WORDS["owned_leads"]
_HEARTS = _WORDS["hearts"]
_SLIPS = _WORDS["slips"]
_NO_PRESENCE = _WORDS["no_presence"]
_NOW = _WORDS["now_words"]
_GONE = "gone"
_GIVEN_LEADS = _WORDS["given_leads"]
_GIVING = _WORDS["giving_control"]
_OPENS = _WORDS["list_opens"] | _WORDS["among"]
_REMAINS = _WORDS["remains"]
_IN_HANDS = frozenset({"in", "under"})
_ESTABLISHED = _WORDS["established"]
_OVER = _WORDS["established_leads"]
_ENTERING = frozenset({"captured", "contested"})
_TELLS = frozenset({"is", "are", ":"})

_IN_CONTROL = frozenset({"control", "charge"})

_BRINGING = 8
"""Items between "brought" and "control"."""


class Holdings:
    """
    What is held and how near somebody is, in one sentence.

    Parameters
    ----------
    reach
        Its places.
    findings
        Where what is found goes.
    """

    def __init__(self, reach: Reach, findings: Findings) -> None:
        self.clause, self.reach, self.findings = reach.clause, reach, findings

    def read_held(self, n: int) -> None:
        """Find "rebel-held Idlib", "rebel-held cities such as Idlib", "Hama, a rebel-held city"."""
        if self.clause.lower(n) not in _HELD or self.clause.lower(n - 1) != "-":
            return
        actor = self.clause.items[n - 2] if n >= 2 else None
        if actor is None or actor.kind != "a":
            return
        for k in range(n + 1, min(n + 9, len(self.clause.items))):
            item = self.clause.items[k]
            if item.kind == "p":
                direct = k == n + 1 or all(
                    self.clause.lower(m) in _BETWEEN_HELD or self.clause.capital(m)
                    for m in range(n + 1, k)
                )
                if direct:
                    listed, _ = self.reach.places(k, frozenset({""}))
                    if self.clause.lower(n + 1) in _PARTS_HELD and self.clause.lower(k - 1) in {
                        "in",
                        "of",
                    }:
                        return
                    self.findings.add(actor.actor, "controls", listed, "", "held", n, "A-held P")
                    return
                break
            if item.lower in _LED_TO or self.clause.verbs.get(k):
                break
        k = n - 3
        while k >= 0 and self.clause.lower(k) in _BEFORE_HELD:
            k -= 1
        before = self.clause.item(k - 2 if self.clause.lower(k - 1) == "itself" else k - 1)
        if (
            self.clause.lower(k) == ","
            and before is not None
            and before.kind == "p"
            and before.place
            and self.clause.lower(n + 1) in _ANAPHORS
            and not ("last" in self.clause.lowers[k:n] and self._taken_behind(n))
        ):
            self.findings.add(
                actor.actor, "controls", [before.place], "", "held", n, "P, an A-held town"
            )

    def _taken_behind(self, n: int) -> bool:
        """Whether the last place that A held is told to be another's: "…, was captured by B"."""
        ahead = range(n + 1, self.clause.size)
        return any(
            self.clause.lower(k) in _CONTROL
            or (k in self.clause.verbs and self.clause.verbs[k][2].relation == "captured")
            for k in ahead
        )

    def read_control(self, n: int) -> None:
        """Find "under the control of A", "in A hands", "in control of P", "the last bastion of"."""
        word = self.clause.lower(n)
        look = next((look for words, look in _LOOKS if word in words), None)
        if look is not None:
            look(self, n)

    def _gone(self, n: int) -> None:
        """Find "A are gone from P"."""
        if self.clause.lower(n + 1) == "from":
            places = self.reach.places(n + 1, frozenset({"from"}))[0]
            subject = self.clause.subject(n)
            self.findings.add(subject, "withdrew", places, "", "withdraw", n, "gone from")

    def _shown(self, n: int) -> bool:
        """Find "footage shows A at P", "shows its fighters in P"."""
        k = n - 1
        if self.clause.items[k].kind != "a" and self.clause.lower(k) not in _FORCES:
            return False
        own = self.clause.lower(k - 1) in _OWN and self.clause.lower(k - 2) in _SHOWING
        named = self.clause.items[k].kind == "a" and self.clause.lower(k - 1) in _SHOWING
        if not own and not named:
            return False
        told = any(one.kind == "a" for one in self.clause.items[:k])
        whose = self.clause.remembered(k) if told else self.clause.memory.last_taker()
        actor = self.clause.items[k].actor or whose
        begin, via = self.clause.items[n].start, frozenset({self.clause.lower(n)})
        places = [one for one in self.reach.places(n, via)[0] if one.start > begin]
        self.findings.add(actor, "contested", places, "", "enter", n, "inside")
        return bool(places)

    def _stands_within(self, n: int) -> None:
        if self._shown(n):
            return
        if not self._stands_in(n) and self.clause.lower(n) in _INSIDE:
            self._inside(n)

    def _controlled(self, n: int) -> None:
        looks = (self._given, self._in_control, self._established, self._passed, self._owned)
        if not any(look(n) for look in looks):
            self._under_control(n)

    def _passed(self, n: int) -> bool:
        """Find "control of P passed to A", "has been transferred to A"."""
        if self.clause.lower(n + 1) not in _GIVEN_LEADS:
            return False
        places = self.reach.places(n + 2, frozenset({""}))[0]
        ahead = range(n + 3, min(n + _BRINGING * 2, self.clause.size))
        at = next((k for k in ahead if self.clause.lower(k) in _PASSES), 0)
        to = next((k for k in range(at + 1, at + 4) if at and self.clause.lower(k) == "to"), 0)
        whom = (one.actor for one in self.clause.items[to + 1 : to + 4] if one.kind == "a")
        actor = next(whom, "") if to else ""
        self.findings.add(actor, "captured", places, "", "hold", n, "control passed")
        return bool(actor and places)

    def _owned(self, n: int) -> bool:
        """Find "A's control of P", "the army's hold on P", if nothing tells of its end."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _HOW_FULL:
            k -= 1
        if self.clause.lower(k) in _OWN and self.clause.lower(k - 2) in _RESULTED:
            taken = self.reach.places(n + 2, frozenset({""}))[0]
            actor = self.clause.remembered(k)  # "led to their full control of P"
            self.findings.add(actor, "captured", taken, "", "hold", n, "led to control")
            return bool(taken)
        owner = self.clause.items[n - 2] if n > 1 else None
        if self.clause.lower(n - 1) != "'s" or owner is None or owner.kind != "a":
            return False
        beside = self.clause.lowers[max(0, n - 6) : n] + self.clause.lowers[n + 1 : n + _BRINGING]
        over = self.clause.lower(n + 1) in _OWNED_LEADS and _HOLD_ENDS.isdisjoint(beside)
        places = self.reach.places(n + 2, frozenset({""}))[0] if over else []
        self.findings.add(owner.actor, "controls", places, "", "hold", n, "noun of control")
        return bool(places)

    def _given(self, n: int) -> bool:
        """Find "giving A full control of P"."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _HOW_FULL:
            k -= 1
        whom = self.clause.items[k] if k > 1 else None
        if whom is None or whom.kind != "a" or self.clause.lower(n + 1) not in _GIVEN_LEADS:
            return False
        k -= self.clause.lower(k - 1) == "the"
        if self.clause.lower(k - 1) not in _GIVING or self.clause.lower(k - 2) in _MODALS:
            return False
        places = self.reach.places(n + 2, frozenset({""}))[0]
        self.findings.add(whom.actor, "captured", places, "", "hold", n, "given control")
        return bool(places)

    def _established(self, n: int) -> bool:
        """Find "control was established over P" by A, or by who took places before."""
        ahead = self.clause.lowers[n + 1 : n + 5]
        at = next((k for k in range(n + 2, n + 6) if self.clause.lower(k) in _ESTABLISHED), 0)
        if not at or _BE.isdisjoint(ahead) or any(k in self.clause.verbs for k in range(n + 1, at)):
            return False
        told = (one.actor for one in reversed(self.findings.events) if one.relation in _ENTERING)
        actor = self.clause.agent(at + 1) or next(told, "") or self.clause.memory.last_taker()
        places = self.reach.places(at + 1, _OVER)[0]
        self.findings.add(actor, "captured", places, "", "hold", n, "control established")
        return True

    def _remains_with(self, n: int) -> None:
        """Find "P remains with A"."""
        if self.clause.lower(n + 1) != "with":
            return
        ahead = self.clause.items[n + 2 : n + 5]
        actor = next((one.actor for one in ahead if one.kind == "a"), "")
        places = self._remaining(n) if actor else []
        self.findings.add(actor, "controls", places, "", "hold", n, "remains with")

    def _remaining(self, n: int) -> list[Mention]:
        """What remains: "P", or "P" of "P, cut off from the rest of it, remains"."""
        first = self.clause.items[0]
        if self.clause.lower(n - 1) == "," and first.kind == "p" and first.place is not None:
            return [first.place]
        return self.reach.subject_places(n)

    def _stationed(self, n: int) -> None:
        """Find "A are stationed in P", "A is still present in P"."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _REMAINING - _BE:
            k -= 1
        at = self.clause.past_days(n + 1)
        were = self.clause.lower(k) == "been" and self.clause.lower(k - 1) == "had"
        if self.clause.lower(k) not in _BE or were or self.clause.lower(at) not in _WITHIN:
            return
        places = self.reach.places(at, _WITHIN)[0]
        relation = "contested" if self.clause.lower(n) == "active" else "controls"
        self.findings.add(self.clause.subject(n), relation, places, "", "hold", n, "stationed")

    def _stands_in(self, n: int) -> bool:
        """Find "BREAKING: A in P, Q", as messages say it without a verb."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _NOW:
            k -= 1
        are = k > 0 and self.clause.lower(k) in _BE
        k -= are
        if k < 0 or not self._are_forces(k):
            return False
        opens = self.clause.lower(k - 1)
        if not are and (self.clause.verbs or (k and (opens.isalpha() or opens[:1].isdigit()))):
            return False
        if are and not self._place_follows(n + 1):
            return False
        places = self.reach.places(n, frozenset({"in", "inside"}))[0]
        actor = self.clause.items[k].actor or self.clause.subject(k + 1)
        self.findings.add(actor, "contested", places, "", "enter", n, "inside")
        return bool(places)

    def _are_forces(self, k: int) -> bool:
        """Whether who stands at an item may be somewhere as a force: no officials, no visitors."""
        item = self.clause.items[k]
        if item.kind == "a":
            last = item.lower.rsplit(" ", 1)[-1]
            return last not in _NO_PRESENCE and not self.clause.is_oblique(k)
        return item.lower == "they" or self._own_forces(k)

    def _own_forces(self, k: int) -> bool:
        """Whether the forces of somebody named before stand at an item: "our fighters"."""
        return self.clause.lower(k) in _FORCES and self.clause.lower(k - 1) in _OWNERS

    def _place_follows(self, k: int) -> bool:
        """Whether a place follows at once, past "the heart of" and its like."""
        for m in range(k, min(k + 5, self.clause.size)):
            if self.clause.items[m].kind == "p":
                return True
            if self.clause.lower(m) not in _PAST_CITY and self.clause.lower(m) not in _HEARTS:
                return False
        return False

    def _now_with(self, n: int) -> None:
        """Find "P, Q and R now fully A", as messages say it without a verb."""
        if self.clause.lower(n + 1) == "with" and self.clause.lower(n - 1) in _BE:
            self._remains_with(n)
            return
        k = n + 1
        while self.clause.lower(k) in _NOW:
            k += 1
        holder, after = self.clause.item(k), self.clause.lower(k + 1)
        before = self.clause.item(n - 1)
        if holder is None or holder.kind != "a" or after not in _SENTENCE_ENDS:
            return
        if before is None or before.kind != "p" or self.clause.verbs:
            return
        places = self.reach.places_before(n)
        self.findings.add(holder.actor, "controls", places, "", "hold", n, "now with")

    def _inside(self, n: int) -> None:
        """Find "A inside P", "A were inside P"."""
        k = self.clause.back(n)
        before = self.clause.item(k)
        goes_on = self.clause.lower(k) == "and" and k < n - 1
        named = before is not None and (before.kind == "a" or before.lower in _SUBJECT_PRONOUNS)
        named = named or self._own_forces(k)
        if before is None or not (named or goes_on):
            return
        if before.kind == "a" and self.clause.is_oblique(k):
            return  # "rose against A inside P"
        actor = before.actor or self.clause.subject(n)
        places = self.reach.places(n, frozenset({"inside"}))[0]
        self.findings.add(actor, "contested", places, "", "enter", n, "inside")

    def _in_control(self, n: int) -> bool:
        """Find "A is in full control of P", and "A is still in control" of the place before."""
        lead = n - 1
        while lead >= 0 and self.clause.lower(lead) in _HOW_FULL:
            lead -= 1
        if self.clause.lower(n) not in _IN_CONTROL or self.clause.lower(lead) != "in":
            return False
        before, after = self.clause.item(lead - 1), self.clause.lower(n + 1)
        actor = before.actor if before is not None and before.kind == "a" else ""
        actor = actor or self.clause.subject(n)
        if after == "of":
            places = self.reach.places(n + 2, frozenset({""}))[0]
        elif after in _SENTENCE_ENDS and self.clause.lower(lead - 1) in _REMAINING:
            back = None if self._elsewhere(n) else last_place(self.clause, n)
            places = [back] if back is not None else []
        else:
            return False
        self.findings.add(actor, "controls", places, "", "hold", n, "in control of")
        return True

    def _elsewhere(self, n: int) -> bool:
        """Whether it is told of what is no place: "on the eastern bank, where A is in charge"."""
        for k in range(n - 1, max(0, n - 8), -1):
            if self.clause.lower(k) in {"where", "which"}:
                at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
                return self.clause.items[at].kind != "p"
        return False

    def _under_control(self, n: int) -> None:
        """Find "P is under the control of A", "in A hands", "A brought P under its control"."""
        actor, lead = self._holder(n)
        while lead >= 0 and self.clause.lower(lead) in _HOW_FULL:
            lead -= 1
        if actor and self.clause.lower(lead) == "of" and self.clause.lower(lead - 1) == "out":
            places = self.reach.places_before(lead - 1)
            self.findings.add(actor, "lost", places, "", "hold", n, "out of control")
            return
        if self.clause.lower(lead) == "from" and self.clause.lower(lead - 1) in _SLIPS:
            subject = self.clause.item(self.clause.back(lead - 1))
            if subject is None or subject.kind != "p":
                return  # "one town after another slipped from A hands"
            places = self.reach.subject_places(lead - 1)
            loser = actor or self.clause.memory.holder
            self.findings.add(loser, "lost", places, "", "hold", n, "slipped from control")
            return
        if self.clause.lower(n) == "grip" and self.clause.lower(lead) not in _IN_HANDS:
            return  # "a challenge to the regime's grip on power"
        over = self._was(lead) or self._ended_since(n)
        if not actor or self.clause.lower(lead) not in _HELD_LEADS or over or self._wished(n):
            return
        own = self._brought(n)
        taken = own or self.clause.lower(lead) in {"to", "into"}
        taken = taken or self.clause.lower(lead - 1) in _COMES
        relation = "captured" if taken else "controls"
        places = self.reach.subject_places(lead) or self._told_behind(n)
        self.findings.add(actor, relation, places, "", "hold", n, "under control")

    def _was(self, lead: int) -> bool:
        """Whether somebody held it and does no longer: "P had been in A hands since 2012"."""
        before = self.clause.lowers[max(0, lead - 4) : lead]
        return ("had", "been") in pairwise(before)

    def _ended_since(self, n: int) -> bool:
        """Whether a day tells until when: "under A control from 2012 to 2018", "until 2016"."""
        days = (one.lower for one in self.clause.items[n + 1 : n + 4] if one.kind == "d")
        return any(day.split()[0] in _UNTIL for day in days)

    def _holder(self, n: int) -> tuple[str, int]:
        """Whose control or hands an item tells of, and the item before that name."""
        before, after = self.clause.item(n - 1), self.clause.item(n + 1)
        if before is not None and before.kind == "a":
            return before.actor, n - 2
        if before is not None and before.lower == "'s" and n > 1:
            owner = self.clause.items[n - 2]
            return (owner.actor, n - 3) if owner.kind == "a" else ("", n - 1)
        if before is not None and before.lower in _OWN:
            told = self._brought(n) or self.clause.lower(n - 2) in _IN_HANDS
            whose = self.clause.subject(n - 1) or self.clause.remembered(n - 1)
            if self.clause.lower(0) == "with" and "," in self.clause.lowers[n : n + 3]:
                whose = self.clause.main_subject(2) or whose  # "With P in its hands, A"
            return (whose if told else "", n - 2)
        lead = n - 1
        while self.clause.lower(lead) in _HOW_FULL:
            lead -= 1
        if self.clause.lower(lead) == "under" and self._brought(n):
            return self.clause.subject(lead), lead
        if after is not None and after.lower == "of":
            for k in range(n + 2, min(n + 5, self.clause.size)):
                group = self.clause.items[k].actor or self.clause.group_at(k)
                if group:
                    return group, n - 1
        return "", n - 1

    def _told_behind(self, n: int) -> list[Mention]:
        """The places of "still in A hands: P", "bases fell under A control, including P"."""
        if self.clause.lower(n + 1) == "," and self.clause.lower(n + 2) in _OPENS:
            return self.reach.places(n + 3, frozenset({""}))[0]
        if self.clause.lower(n + 1) not in _TELLS:
            return []
        return self.reach.places(n + 2, frozenset({""}))[0]

    def _wished(self, n: int) -> bool:
        """Whether nobody has brought a place under control yet: "would bring P under control"."""
        at = next((k for k in range(n - 1, 0, -1) if self.clause.lower(k) in _BROUGHT), 0)
        yet = at and (self.clause.lower(at - 1) in _MODALS or self.clause.lower(at - 1) == "to")
        return bool(yet) and not any(k in self.clause.verbs for k in range(at + 1, n))

    def _brought(self, n: int) -> bool:
        """Whether somebody brings a place under control: "took P under its control"."""
        for k in range(n - 1, -1, -1):
            if self.clause.lower(k) in _BROUGHT:
                return True
            far = n - k > _BRINGING and k in self.clause.verbs and not self.reach.harmless_verb(k)
            if far or self.clause.lower(k) in _STOPS:
                return False
        return False

    def _bastion(self, n: int) -> None:
        """Find "P, the last bastion of A", "leaving P as their last bastion"."""
        first = n
        while first > 0 and self.clause.lower(first - 1) in _BEFORE_BASTION:
            first -= 1
        if _PAST_BASTION.intersection(self.clause.lowers[first : n + 1]):
            return
        owner = self.clause.item(first - 1)
        actor = self._of_whom(n)
        if owner is not None and owner.kind == "a":
            actor, first = owner.actor, first - 1
        elif self.clause.lower(first - 1) == "as" or self.clause.lower(first) == "as":
            actor = self.clause.subject(n)
        before = self.clause.item(first - 1)
        while before is not None and before.lower in {",", "as"}:
            first -= 1
            before = self.clause.item(first - 1)
        if before is not None and before.kind == "p" and before.place is not None:
            self.findings.add(actor, "controls", [before.place], "", "hold", n, "bastion of")
        elif self.clause.lower(n + 1) == "of" and owner is not None and owner.kind == "a":
            places = self.reach.places(n + 2, frozenset({""}))[0]
            self.findings.add(actor, "controls", places, "", "hold", n, "bastion of")

    def _of_whom(self, n: int) -> str:
        if self.clause.lower(n + 1) != "of":
            return ""
        ahead = self.clause.items[n + 2 : n + 5]
        return next((one.actor for one in ahead if one.kind == "a"), "")

    def _at_gates(self, n: int) -> None:
        """Find "Rebels are at the gates of P", "were on the outskirts of P"."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _BEFORE_GATES:
            k -= 1
        if (
            self.clause.lower(k) in _AT_GATES
            and self.clause.lower(n + 1) == "of"
            and self.clause.items[k - 1].kind in {"a", "w"}
        ):
            places, _ = self.reach.places(n + 2, frozenset({""}))
            self.findings.add(
                self.clause.subject(n), "advanced_toward", places, "", "advance", n, "at the gates"
            )

    def read_distance(self, n: int) -> None:
        """Find "within 3 km of P", "six miles away from P", "10 km north of P"."""
        written = self._unit(n)
        if not written:
            return
        for k in range(n + 1, min(n + 10, len(self.clause.items))):
            item = self.clause.items[k]
            place = item.place if item.kind == "p" else None
            if place is not None and self.reach.only_modifies(k):
                return
            if place is None and self._the_city(k):
                place = last_place(self.clause, k)
            if place is not None:
                actor = self.clause.subject(n)
                if actor and not self._describes(n, k):
                    told = f"{written}{self._direction(n, k)} {place.written}"
                    self.findings.add(
                        actor, "advanced_toward", [place], "", "advance", n, "distance", told
                    )
                return
            if item.lower in {".", ";"} or item.kind == "a" or item.lower in _TOWARD:
                return  # "45 km south toward P"
            if k in self.clause.verbs and self.clause.lower(k - 1) == "and":
                return  # "advanced ten kilometers and took P"

    def _unit(self, n: int) -> str:
        """Number and unit of a distance whose unit stands at an item: "six miles"; else empty."""
        joined = _JOINED.fullmatch(self.clause.lower(n))
        if joined is not None:
            return f"{joined[1]} {joined[2]}"
        if self.clause.lower(n) not in _UNITS:
            return ""
        number = self.clause.lower(n - 1)
        if (
            self.clause.lower(n - 2) == "."
            and self.clause.lower(n - 3).isdigit()
            and number.isdigit()
        ):
            number = f"{self.clause.lower(n - 3)}.{number}"
        return f"{number} {self.clause.lower(n)}"

    def _the_city(self, k: int) -> bool:
        """Whether "of the city" stands here, and no name follows."""
        return (
            self.clause.lower(k) in _ANAPHORS
            and self.clause.lower(k - 1) == "the"
            and self.clause.lower(k - 2) in {"of", "from"}
            and not (k + 1 < len(self.clause.items) and self.clause.items[k + 1].kind == "p")
            and self.clause.lower(k + 1) not in {"of", "'s"}
        )

    def _describes(self, n: int, k: int) -> bool:
        """Whether a distance only says where some place lies: "the town, 10 km from P"."""
        m = n - 2
        while m >= 0 and self.clause.lower(m) in _ABOUT_DISTANCE:
            m -= 1
        if m >= 0 and self.clause.items[m].kind == "p":
            return True
        lead = [self.clause.lower(x) for x in range(max(0, n - 4), n - 1)]
        if "," in lead:
            lead = lead[lead.index(",") :]
        if "," in lead and _NEARING.isdisjoint(lead):
            return True
        if self.clause.lower(n + 1) == ")":
            return True
        if not _RELATIVES.isdisjoint(self.clause.lowers[max(0, n - 6) : n]):
            return True  # "P, which is 20 miles from Q"
        if any(
            self.clause.lower(x) in {"to", ","}
            and self.clause.lower(x + 1) not in _DIRECTIONS
            and self.clause.lower(x + 2) not in _DIRECTIONS
            for x in range(n + 1, k)
        ):
            return True
        return any(self.clause.lower(x) in _LYING for x in range(max(0, n - 6), n))

    def _direction(self, n: int, k: int) -> str:
        """The words " north of" or " from" that a point is told by, from the items between."""
        winds = [self.clause.lower(x) for x in range(n + 1, k)]
        found = "".join(_WIND[one] for one in winds if one in _WIND)
        return f" {found} of" if found in _DIRECTIONS else " from"

    def struck_beside(self, n: int, end: int, actor: str) -> bool:
        """Find "targeting rebels to the north and south of P", "hit a convoy near P"."""
        winds: list[str] = []
        for k in range(end, min(end + 14, len(self.clause.items))):
            item = self.clause.items[k]
            if item.lower in _DIRECTIONS and item.kind == "w":
                winds.append(item.lower)
            elif item.kind == "p" and item.place is not None:
                if not item.place.place_id or item.place.kind in {"adm1", "area"}:
                    return False
                beside = [f"{wind} of" for wind in winds if self.clause.lower(k - 1) == "of"]
                beside = beside or (["near"] if self._lead(k) in _BESIDE else [])
                for words in beside:
                    told = f"{words} {item.place.written}"
                    self.findings.add(
                        actor, "struck", [item.place], "", "strike", n, "beside", told
                    )
                return bool(beside)
            elif (
                item.lower in _STOPS
                or (k > end and self._other_noun(k))
                or (
                    self.clause.verbs.get(k)
                    and item.lower not in _BESIDE
                    and not self.reach.harmless_verb(k)
                )
            ):
                return False
        return False

    def _other_noun(self, k: int) -> bool:
        """Whether a noun tells of another deed: "was unrelated to the fighting near P"."""
        frame = self.clause.lexicon.nouns.get(self.clause.lower(k))
        return frame is not None and frame.name == "enter"

    def _lead(self, k: int) -> str:
        """The word before a place, past "the city of" and its like."""
        k -= 1
        while self.clause.lower(k) in _PAST_CITY:
            k -= 1
        return self.clause.lower(k)

    def falls_to(self, n: int) -> str:
        """The actor in "the fall of P to A"."""
        for k in range(n + 1, min(n + 9, len(self.clause.items))):
            if self.clause.items[k].kind == "a":
                return (
                    self.clause.items[k].actor
                    if "to" in {self.clause.lower(k - 1), self.clause.lower(k - 2)}
                    else ""
                )
            if self.clause.items[k].kind == "w" and self.clause.verbs.get(k):
                return ""
        return ""

    def ended(self, n: int) -> bool:
        """Whether a siege is one that was broken, lifted or ended."""
        return any(
            self.clause.lower(k) in _SIEGE_ENDS
            for k in range(max(0, n - _BEFORE_SIEGE), min(n + 9, len(self.clause.items)))
        )


_LOOKS = (
    (_GATES, Holdings._at_gates),  # noqa: SLF001
    (_BASTIONS, Holdings._bastion),  # noqa: SLF001
    (_STATIONED, Holdings._stationed),  # noqa: SLF001
    ({"now"}, Holdings._now_with),  # noqa: SLF001
    ({"at"}, Holdings._shown),  # noqa: SLF001
    ({_GONE}, Holdings._gone),  # noqa: SLF001
    (_WITHIN, Holdings._stands_within),  # noqa: SLF001
    (_REMAINS, Holdings._remains_with),  # noqa: SLF001
    (_CONTROL, Holdings._controlled),  # noqa: SLF001
)
"""Words → what is looked for where one of them stands."""
