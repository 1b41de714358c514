"""What a verb means where it stands: "took part" takes nothing, "still occupies" tells a state."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.obliques import is_oblique

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Clause

__all__ = ["Senses", "from_the_air"]

_WORDS = read_words()
_FROM_THE_AIR = _WORDS["from_the_air"]
_OF_AREAS = frozenset({"captured", "controls", "lost"})
_SHARES = _WORDS["winds"] | _WORDS["shares_of"]
_TAKEN_OTHERWISE = _WORDS["taken_otherwise"]
_TAKE_FORMS = _WORDS["take_forms"]
_ENGAGE_FORMS = _WORDS["engage_forms"]
_HELD_UNTIL = _WORDS["relative_pronouns"] | {"where"}
_BEFORE_HELD, _RELATIVE_HELD = 3, 7
"""Items before "held": of "had long", of "where A had long"."""
_LEADERS = frozenset({"leader", "president"})
_SPEECH_FORMS = _WORDS["speech_forms"]
_SAID = _WORDS["behind_claim"]
_LAND = tuple(sorted(_WORDS["land_ends"]))
_MANAGED = _WORDS["managed"]
_HANDS = _WORDS["control"]
_REACHED_OTHERWISE = _WORDS["reached_otherwise"]
_HOLDS_AFTER = frozenset({"captured", "controls"})
_EDGES = _WORDS["part_subjects"]
_MOVE_FORMS = _WORDS["move_forms"]
_THINGS = _WORDS["moved_things"]
_MINOR_SHARES = _WORDS["minor_shares"]
_LEAVES = _WORDS["leave_forms"] | {"left"}
_STATES = _WORDS["left_states"]
_ENCIRCLED = _WORDS["encircled"]
_RETURNS = _WORDS["return_forms"]
_OWN = _WORDS["own"]
_MORE = _WORDS["more_than"]
_UNARMED = _WORDS["unarmed"]
_MOVED_WITHIN = 3
"""Items behind a verb in which whom or what it moves is named."""


class Senses:
    """
    What the verbs of one sentence tell there.

    Parameters
    ----------
    reach
        The places of the sentence.
    """

    def __init__(self, reach: Reach) -> None:
        self.clause, self.reach = reach.clause, reach

    def tells_otherwise(self, n: int, end: int, frame: Frame) -> bool:
        """Whether a verb tells something else here: "took part", "stayed in A hands"."""
        if frame.relation == "controls":
            return self._held_by_other(end) or self._held_before(n)
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
        otherwise = takes and self.clause.lower(end) in _TAKEN_OTHERWISE
        return otherwise or self._at_none(n, end, frame)

    def _at_none(self, n: int, end: int, frame: Frame) -> bool:
        """Whether who returns comes to his own, or people are fired at who are no target."""
        if self.clause.lower(n) in _RETURNS and self.clause.lower(end) in _OWN:
            return True  # "returns to its positions in P"
        fired = frame.name == "strike" and "fire" in self.clause.lowers[n:end]
        return fired and self.clause.lower(end) in _UNARMED  # "opened fire on protesters in P"

    def _held_before(self, n: int) -> bool:
        """Whether it is told of before: "who had previously held P", "where A had long held"."""
        before = self.clause.lowers[max(0, n - _BEFORE_HELD) : n]
        had = "had" in before and before[-1:] != ["to"]
        return had and not _HELD_UNTIL.isdisjoint(
            self.clause.lowers[max(0, n - _RELATIVE_HELD) : n]
        )

    def _held_by_other(self, end: int) -> bool:
        """Whether "ruled out P" or "P stayed in A hands" is told: nobody holds it by that."""
        following = self.clause.item(end)
        named = following is not None and following.kind == "a"
        if not _ENCIRCLED.isdisjoint(self.clause.lowers[end : end + _MOVED_WITHIN]):
            return True  # "keeps P encircled"
        return self.clause.lower(end) == "out" or (named and self.clause.lower(end + 1) in _HANDS)

    def no_withdrawal(self, n: int, actor: str) -> bool:
        """Whether people flee, or somebody leaves a place behind: no force withdraws."""
        before = list(pairwise(self.clause.lowers[max(0, n - _RELATIVE_HELD) : n]))
        if ("to", "which") in before or ("all", "that") in before:
            return True  # "P, to which A fled", "P is all that A have left"
        if self.clause.lower(n) == "leaving":
            return self.clause.lower(n - 1) == ","
        ahead = self.clause.lowers[n + 1 : n + _RELATIVE_HELD]
        if self.clause.lower(n) in _LEAVES and not _STATES.isdisjoint(ahead):
            return True  # "the fall of P leaves Q exposed"
        items = self.clause.items
        named = (k for k in range(n - 1, -1, -1) if items[k].kind == "a")
        at = next((k for k in named if items[k].actor == actor), -1)
        if at < 0:
            return False
        if self.clause.lower(at + 1) in _THINGS:
            return True  # "120 A detainees fled"
        peoples, subject = self.clause.lexicon.words["peoples"], items[at].lower
        return subject in peoples or subject.rsplit(" ", 1)[-1] in _LEADERS

    def relation(self, n: int, end: int, frame: Frame, actor: str) -> str:
        """What a verb tells of its places here: "still occupies" lasts, jets that attack strike."""
        relation = frame.relation
        if self._lasts(n, end, frame):
            relation = "controls"
        if relation == "controls" and self.no_longer(n):
            return "lost"
        if frame.name == "hold" and self._managed(n):
            relation = "captured"
        moves = frame.name in {"send in", "deploy"}
        if relation == "contested" and not moves and from_the_air(self.clause, n, actor):
            relation = "struck"
        return relation

    def no_longer(self, n: int) -> bool:
        """Whether "no longer" stands before a verb: "A no longer holds P"."""
        before = self.clause.lowers[max(0, n - _BEFORE_HELD) : n]
        return ("no", "longer") in pairwise(before)

    def _managed(self, n: int) -> bool:
        """Whether "managed to control P" is told: it then was not held before."""
        joined = self.clause.lower(n - 1) == "and"  # "managed to advance and control P"
        before = self.clause.lowers[max(0, n - (9 if joined else 3)) : n]
        return self.clause.lower(n) == "control" and not _MANAGED.isdisjoint(before)

    def _lasts(self, n: int, end: int, frame: Frame) -> bool:
        """Whether a verb of taking tells a state: "still occupies P", "has occupied P since"."""
        word = self.clause.lower(n)
        if not frame.lasting or not word.startswith(tuple(frame.lasting)):
            return False
        verb = self.clause.verbs.get(n)
        present = verb is not None and verb[1] == "base" and self.clause.lower(n - 1) != "to"
        ahead = self.clause.items[end : end + 5]
        return present or any(one.lower.startswith("since") for one in ahead)

    def as_wholes(
        self, end: int, frame: Frame, relation: str, places: list[Mention]
    ) -> tuple[str, list[Mention]]:
        """What is told of places as wholes: at their edges, or in their quarters, one fights."""
        if relation in _HOLDS_AFTER and (self._at_edge(end) or self._is_share(end)):
            relation = "contested"
        places = [one for one in places if one.kind != "adm1" or self._whole(end, relation, one)]
        if not places and relation == "struck" and frame.name == "strike":
            places = self.reach.parts.city_of_parts(end)
        if not places and (relation == "captured" or frame.name == "enter"):
            relation, places = "contested", self.reach.parts.city_of_parts(end)
        return relation, places

    def _at_edge(self, end: int) -> bool:
        """Whether what lies at the edge of a place is taken: "captured the outskirts of P"."""
        for k in range(end, min(end + 4, self.clause.size)):
            if self.clause.lower(k) in _EDGES:
                return self.clause.lower(k + 1) == "of"
        return False

    def _is_share(self, end: int) -> bool:
        """Whether a share of a place is told of that is not most of it: "controls half of P"."""
        for k in range(end, min(end + 4, self.clause.size)):
            if self.clause.lower(k) in _MORE or self.clause.items[k].kind != "w":
                return False
            if self.clause.lower(k) in _MINOR_SHARES:
                return self.clause.lower(k + 1) == "of"
        return False

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
        return relation in _OF_AREAS and told


def from_the_air(clause: Clause, n: int, actor: str) -> bool:
    """Whether jets or guns "attack", as far as an actor is named before an item: they strike."""
    last = min(n, clause.size)
    named = [k for k in range(last - 1, -1, -1) if clause.items[k].actor == actor]
    by = [k for k in named if "by" in clause.lowers[max(0, k - 2) : k]]
    doers = (clause.items[k] for k in named if k in by or not is_oblique(clause, k))
    doer = next(doers, None)
    if doer is None:
        return False
    name = f" {doer.lower.replace('-', ' ')} "
    return any(f" {one} " in name for one in _FROM_THE_AIR)
