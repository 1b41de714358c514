"""Who holds what by what stands beside its name: "rebel-held P", "P, bastion of A"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.items import Item

__all__ = ["Held"]

_WORDS = read_words()
_ANAPHORS = _WORDS["anaphors"]
_BEFORE_BASTION = (
    _WORDS["before_held"] | _WORDS["english_articles"] | _WORDS["own"] | _WORDS["before_bastion"]
)
_BEFORE_HELD = _WORDS["before_held"]
_BETWEEN_HELD = _WORDS["between_held"] | _WORDS["place_attributes"]
_CONTROL = _WORDS["control"]
_HELD = _WORDS["held"]
_PAST_BASTION = _WORDS["past_bastion"]
_SENTENCE_ENDS = frozenset({".", ",", ";", "and", ""})
_BESIDE = _WORDS["beside"]
_PLURALS = _WORDS["plural_kinds"]
_PARTS_HELD = _WORDS["parts_held"]
_PREPOSITIONS = _WORDS["prepositions"]
_LED_TO = _PREPOSITIONS - {"of"}
_BE = _WORDS["be"]
_NOW = _WORDS["now_words"]
_OWN = _WORDS["own"]
_HELPS = _WORDS["have"] | _WORDS["still_words"]
_STAYS = _WORDS["stays"]
_IS = _WORDS["is_now"]
_KINDS = _WORDS["settlement_kinds"]
_POSSESSIVE = frozenset({"'s", "'", "’"})
_INCLUDE = _WORDS["include"]
_LONGEST_SAID = 9
"""Items from a bastion to the verb that says which it is."""


class Held(Searched):
    """What is held in one sentence."""

    def read(self, n: int) -> None:
        """Find "rebel-held Idlib", "rebel-held cities such as Idlib", "Hama, a rebel-held city"."""
        if self.clause.lower(n) not in _HELD:
            return
        if self.clause.lower(n - 1) != "-":
            if self.clause.held_by_before(n):
                places = self.reach.places(n + 1, frozenset({""}))[0]
                actor = self.clause.items[n - 1].actor
                self.findings.add(actor, "controls", places, "", "held", n, "A-held P")
            return
        holder = self.clause.items[n - 2] if n >= 2 else None
        if holder is None or holder.kind != "a":
            return
        at = self._behind(n)
        if not at:
            self._before(n, holder.actor)
            self._said_held(n, holder.actor)
            return
        listed, _ = self.reach.places(at, frozenset({""}))
        in_part = self.clause.lower(at - 1) in {"in", "of"}
        if not (in_part and self.clause.lower(n + 1) in _PARTS_HELD):
            self.findings.add(holder.actor, "controls", listed, "", "held", n, "A-held P")

    def _said_held(self, n: int, actor: str) -> None:
        """Find "P is A-held", "P is an A-held town", "A-held areas include P"."""
        lower, rule = self.clause.lower, "P, an A-held town"
        if lower(n + 1) in _ANAPHORS | _PLURALS and lower(n + 2) in _INCLUDE:
            places = self.reach.places(n + 3, frozenset({""}))[0]
            self.findings.add(actor, "controls", places, "", "held", n, rule)
            return
        k = n - 3
        while k > 0 and lower(k) in _BEFORE_HELD:
            k -= 1
        if lower(k) in _IS and (lower(n + 1) in _ANAPHORS or lower(n + 1) in _SENTENCE_ENDS):
            places = self.reach.subjects.of(k)
            self.findings.add(actor, "controls", places, "", "held", n, rule)

    def _behind(self, n: int) -> int:
        """Where the place stands of "A-held P", "A-held cities such as P"; 0 for none."""
        for k in range(n + 1, min(n + 9, self.clause.size)):
            item = self.clause.items[k]
            if item.kind == "p":
                between = range(n + 1, k)
                direct = (
                    self.clause.lower(m) in _BETWEEN_HELD or self.clause.capital(m) for m in between
                )
                return k if all(direct) else 0
            if item.lower in _LED_TO or self.clause.verbs.get(k):
                return 0
        return 0

    def _before(self, n: int, actor: str) -> None:
        """Find "P, an A-held town", but not the last one, that another takes."""
        k = n - 3
        while k >= 0 and self.clause.lower(k) in _BEFORE_HELD:
            k -= 1
        kind = self.clause.lower(k - 1) == "itself" or self.clause.lower(k - 1) in _KINDS
        named = self.clause.item(k - 2 if kind else k - 1)
        apposed = self.clause.lower(k) == "," and self.clause.lower(n + 1) in _ANAPHORS
        if not apposed or named is None or named.place is None:
            return
        if not ("last" in self.clause.lowers[k:n] and self._taken_behind(n)):
            rule = "P, an A-held town"
            self.findings.add(actor, "controls", [named.place], "", "held", n, rule)

    def _taken_behind(self, n: int) -> bool:
        """Whether the last place that A held is told to be another's: "…, was captured by B"."""
        ahead = range(n + 1, self.clause.size)
        return any(
            self.clause.lower(k) in _CONTROL
            or (k in self.clause.verbs and self.clause.verbs[k][2].relation == "captured")
            for k in ahead
        )

    def remains_with(self, n: int) -> None:
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
        return self.reach.subjects.of(n)

    def now_with(self, n: int) -> None:
        """Find "P, Q and R now fully A", as messages say it without a verb."""
        if self.clause.lower(n + 1) == "with" and self.clause.lower(n - 1) in _BE:
            self.remains_with(n)
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
        places = self.reach.subjects.before(n)
        self.findings.add(holder.actor, "controls", places, "", "hold", n, "now with")

    def is_owned(self, n: int) -> None:
        """Find "P is now A's", "by evening P was theirs"."""
        lower = self.clause.lower
        owner = self.clause.items[n - 1] if n else None
        ends = lower(n + 1) in _SENTENCE_ENDS | {"as"} or self._is_day(n + 1)
        if not ends or owner is None:
            return
        k = n - 1 - (lower(n) in _POSSESSIVE)
        while k > 0 and (lower(k) in _NOW or lower(k) == "the"):
            k -= 1
        if lower(k) not in _BE:
            return
        if lower(n) in _POSSESSIVE:
            actor, relation = owner.actor, "controls"
        else:
            named = (one.actor for one in self.clause.items[:k] if one.kind == "a")
            actor, relation = next(named, ""), "captured"
        places = [one for one in self.reach.subjects.of(k) if one.kind != "adm1"]
        places = places + self.reach.as_was(n + 1)
        self.findings.add(actor, relation, places, "", "hold", n, "P is A's")

    def _is_day(self, k: int) -> bool:
        item = self.clause.item(k)
        return item is not None and item.kind == "d"

    def bastion(self, n: int) -> None:
        """Find "P, the last bastion of A", "leaving P as their last bastion"."""
        first = n
        while first > 0 and self.clause.lower(first - 1) in _BEFORE_BASTION:
            first -= 1
        if _PAST_BASTION.intersection(self.clause.lowers[first : n + 1]):
            return
        owner = self.clause.item(first - 1)
        actor = self._of_whom(n)
        if owner is not None and owner.lower in _POSSESSIVE:
            first -= 1  # "A's stronghold of P"
            owner = self.clause.item(first - 1)
        if owner is not None and owner.kind == "a":
            actor, first = owner.actor, first - 1
        elif self.clause.lower(first - 1) == "as" or self.clause.lower(first) == "as":
            actor = self.clause.subject(n)
        while self.clause.lower(first - 1) in _BEFORE_BASTION - _OWN:
            first -= 1  # "P, a rebel stronghold"
        if actor and self._is_said(first, n, actor):
            return
        before = self._apposed_to(first)
        if before is not None and before.kind == "p" and before.place is not None:
            self.findings.add(actor, "controls", [before.place], "", "hold", n, "bastion of")
        elif self.clause.lower(n + 1) == "of" and owner is not None and owner.kind == "a":
            places = self.reach.places(n + 2, frozenset({""}))[0]
            self.findings.add(actor, "controls", places, "", "hold", n, "bastion, A-held P")

    def _stands_beside(self, before: Item | None) -> bool:
        """Whether a place before a comma only tells where what is meant lies: "a base near P,"."""
        at = next((k for k, one in enumerate(self.clause.items) if one is before), 0)
        return self.clause.lower(self.reach.parts.before_kind(at)) in _BESIDE

    def _apposed_to(self, first: int) -> Item | None:
        """What stands before a phrase, a comma and the word for its kind: "P city, a bastion"."""
        apposed = self.clause.lower(first - 1) == ","
        while self.clause.lower(first - 1) in {",", "as"} or (
            apposed and self.clause.lower(first - 1) in _KINDS
        ):
            first -= 1
        before = self.clause.item(first - 1)
        return None if self._stands_beside(before) else before  # "the base outside P, a bastion"

    def _is_said(self, first: int, n: int, actor: str) -> bool:
        """Find "P is a bastion of A", "A's last bastion in Q is P", where "is" says so."""
        lower = self.clause.lower
        k = first - 1
        while k > 0 and (lower(k) in _BE or lower(k) in _HELPS or lower(k).endswith("ly")):
            k -= 1
        told = lower(first - 1) in _BE or lower(first - 1) in _STAYS
        if told and lower(first - 1) != "were" and lower(first - 1) != "was":
            places = self.reach.subjects.of(first - 1) or self.reach.subjects.before(k + 1)
            self.findings.add(actor, "controls", places, "", "hold", n, "bastion of")
            return bool(places)
        ahead = range(n + 1, min(n + _LONGEST_SAID, self.clause.size))
        at = next((m for m in ahead if lower(m) in _IS), 0)
        if not at or any(m in self.clause.verbs for m in range(n + 1, at)):
            return False
        places = self.reach.places(at + 1, frozenset({""}))[0]
        self.findings.add(actor, "controls", places, "", "hold", n, "bastion of")
        return bool(places)

    def _of_whom(self, n: int) -> str:
        if self.clause.lower(n + 1) != "of":
            return ""
        ahead = self.clause.items[n + 2 : n + 5]
        return next((one.actor for one in ahead if one.kind == "a"), "")
