"""The place that a verb tells of where it names none behind it: "P, which A left", "A withdrew"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.noun_or_verb import stands_as_verb
from syriamap.extraction.sentence.obliques import acts_next

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention

__all__ = ["Antecedents"]

_WORDS = read_words()
_CLAUSE_ENDS = _WORDS["leaving_ends"] | {""}
_TOLD_DAYS = frozenset(read_word_tables()["told_days"])
_LEAVING_ENDS = _WORDS["leaving_ends"]
_NO_NAMES = _WORDS["no_names"]
_OWN = _WORDS["own"]
_IN_REASON = _WORDS["in_reason"]
_LASTING = frozenset({"besieged", "controls"})
_ANAPHORS = _WORDS["anaphors"]
_SOME = _WORDS["deed_objects"] | _WORDS["some_parts"] | _WORDS["most_of"]
_OBJECTS = _WORDS["english_articles"] | _WORDS["own"]
_RELATIVES = _WORDS["relative_pronouns"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_LEADS_RELATIVE = _RELATIVES | {"where"}
_WHO = _WORDS["group_noun"] | _WORDS["forces"]
_AREAS = frozenset({"adm1", "area"})
_TOWNS = _WORDS["settlement_kinds"] | _WORDS["plural_kinds"] | _WORDS["bastions"]
_LAST_OF = _WORDS["before_bastion"] | _WORDS["own"] | _WORDS["english_articles"] | _WORDS["shares"]
_IS = _WORDS["is_now"]
_PREPOSITIONS = _WORDS["prepositions"]
_TOWARD = _WORDS["toward_words"]
_GIVING_WAY = _WORDS["giving_way"]
_TAKING = frozenset({"captured", "contested"})
_FIRM = frozenset({"firm", "out"})
_HOLDS_AFTER = frozenset({"captured", "controls"})
_BEFORE_SCENE = _WORDS["before_scene"]
_TIME_LEADS = frozenset({"after", "during"})
_LEAVES = _WORDS["leave_forms"]
_OBJECT = 12
"""Items of an object behind its possessive: "its positions along the road near P"."""

_SHIFTING = tuple(sorted(_WORDS["shifting_stems"]))


class Antecedents:
    """
    The places told of before the verbs of one sentence.

    Parameters
    ----------
    reach
        The places of the sentence.
    """

    def __init__(self, reach: Reach) -> None:
        self.clause, self.reach = reach.clause, reach

    def told_before(self, n: int, end: int, frame: Frame) -> Mention | None:
        """The place of a verb that names none behind it: "P, which A left", "A withdrew"."""
        before = None
        if self.clause.lower(end) in _TOWARD and not self._ends(end):
            return self._given_way(n, frame)  # "P, whose defenders pulled back to the town"
        if frame.name != "advance":
            before = self._preceding_place(n, lasts=frame.relation in _LASTING)
        if before is None and frame.relation in _HOLDS_AFTER and self._no_object(end):
            before = self._scene(n)
        retreats = frame.relation == "withdrew" or self.clause.lower(end - 1) == "control"
        shifting = self.clause.lower(n).startswith(_SHIFTING)
        if shifting and self.clause.lower(n).endswith("ing"):
            return before  # "the army said that it was repositioning"
        doer = self.clause.items[self.clause.back(n)]
        moved_in = frame.name == "enter" and end > n + 1 and self.clause.lower(end - 1) == "in"
        moved_in = moved_in and (doer.kind == "a" or doer.lower in _RELATIVES)
        moved_in = moved_in and ":" not in self.clause.lowers[:n]
        if before is None and moved_in and (self._ends(end) or self._given_up(n, end)):
            before = last_place(self.clause, n)
        if before is None and retreats and self._ends(end):
            before = self._left(n)
        return before

    def _given_up(self, n: int, end: int) -> bool:
        """Whether who comes from somewhere takes another's place: "A left P; B moved in from"."""
        left = (self.clause.verbs[m][2].relation for m in range(n) if m in self.clause.verbs)
        return self.clause.lower(end) == "from" and "withdrew" in left

    def _given_way(self, n: int, frame: Frame) -> Mention | None:
        """The place of "A entered P and B fell back to Q", which B left."""
        k = self.clause.back(n)
        if frame.relation != "withdrew" or k < 1 or self.clause.items[k].kind != "a":
            return None
        lead = k - 1 - (self.clause.lower(k - 1) in _OBJECTS)
        if self.clause.lower(lead) not in _GIVING_WAY:
            return None
        verbs = (m for m in range(lead - 1, -1, -1) if m in self.clause.verbs)
        taken = next((m for m in verbs if stands_as_verb(self.clause, m)), -1)
        told = taken >= 0 and self.clause.verbs[taken][2].relation in _TAKING
        other = told and self.clause.subject(taken) not in {"", self.clause.items[k].actor}
        return last_place(self.clause, lead) if other and self._one_place(lead) else None

    def _one_place(self, last: int) -> bool:
        """Whether only one place is named before an item."""
        return sum(one.kind == "p" for one in self.clause.items[:last]) == 1

    def _preceding_place(  # noqa: PLR0911
        self, n: int, *, lasts: bool = False
    ) -> Mention | None:
        """P in "P, from which A withdrew", "P, where A besieged", "P, of which A took control"."""
        for k in range(n - 1, max(-1, n - 9), -1):
            if k in self.clause.verbs and stands_as_verb(self.clause, k):
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
                if lasts and self._is_subject(k, n):
                    return None  # "the camp at P, which holds thousands of people"
                led = self.clause.lower(k - 1) == "from" and lasts  # "P, from which it rules Q"
                return None if led or self._is_past(k, n) else self._right_before(k)
        return (
            last_place(self.clause, n)
            if any(self.clause.lower(k) == "whose" for k in range(max(0, n - 9), n))
            else None
        )

    def last_held(self, n: int, end: int) -> list[Mention]:
        """The places of "P and Q, the last towns that A holds", "P is the only town A holds"."""
        k = self.clause.back(n)
        if k < 1 or self.clause.items[k].kind != "a" or not self._no_object_here(end):
            return []
        k -= 1
        while self.clause.lower(k) in _OBJECTS or self.clause.lower(k) in _RELATIVES:
            k -= 1
        if self.clause.lower(k) not in _TOWNS:
            return []
        k -= 1
        first = k
        while k > 0 and self.clause.lower(k) in _LAST_OF:
            k -= 1
        if first == k or (self.clause.lower(k) != "," and self.clause.lower(k) not in _IS):
            return []
        k = self.reach.subjects.before_kind_behind(k - 1)
        return self.reach.lists.listed(k, joined=True) if self.clause.items[k].kind == "p" else []

    def _no_object_here(self, end: int) -> bool:
        """Whether no object follows a verb: "holds in the province", "controls.", "occupies,"."""
        following = self.clause.item(end)
        if following is None or following.kind == "d":
            return True
        return following.lower in _LEAVING_ENDS | _PREPOSITIONS

    def scene(self, n: int) -> list[Mention]:
        """The place in which a sentence says that what stands at an item plays."""
        place = self._scene(n)
        return [] if place is None else [place]

    def _is_subject(self, k: int, n: int) -> bool:
        """Whether "which" behind a place is itself the subject of the verb at an item."""
        at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
        which = self.clause.lower(k) == "which" and self.clause.back(n) == k
        before = [one.kind for one in self.clause.items[max(0, at - 2) : at + 1]]
        return which and "a" not in before and "p" in before

    def _own_object(self, n: int) -> bool:
        """Whether a verb has an object that is no place named before: "hold the countryside"."""
        noun = self.clause.lower(n + 2)
        if self.clause.lower(n + 1) in _SOME and self.clause.items[n + 1].kind == "w":
            return True  # "P, where A controls many districts"
        return self.clause.lower(n + 1) in _OBJECTS and noun not in _ANAPHORS | {"area"}

    def _right_before(self, k: int) -> Mention | None:
        """The place that "which" at an item means: the one right before it if one stands there."""
        at = self.reach.subjects.before_kind_behind(
            k - 2 if self.clause.lower(k - 1) == "," else k - 1
        )
        at = self.reach.subjects.past_distance(at)
        place = self.clause.items[at].place if at >= 0 else None
        if at >= 0 and self.clause.items[at].kind != "p" and self.clause.lower(at) in _WHO:
            return None  # "the organization, which spread"
        if self.clause.items[at].kind == "a" and self.clause.lower(k - 1) == ",":
            return None  # "the A army, which had kept posts in the canton"
        whole = (
            place is not None and place.kind not in _AREAS and not self.reach.parts.lies_around(at)
        )
        return place if whole else last_place(self.clause, k)

    def _is_past(self, k: int, n: int) -> bool:
        """Whether a relative clause is over, or is about a part: "A, which is part of B, took"."""
        commas = [m for m in range(k + 1, n) if self.clause.lower(m) == ","]
        if commas and not any(one.kind == "a" for one in self.clause.items[commas[-1] : n]):
            return any(one.kind == "a" for one in self.clause.items[k:n])
        at = k - 2 if self.clause.lower(k - 1) == "," else k - 1
        return at > 0 and self.clause.items[at].kind == "p" and self.reach.parts.lies_around(at)

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

    def _no_object(self, end: int) -> bool:
        """Whether a verb ends without an object: "took over without a shot", "holds firm"."""
        following = self.clause.item(end)
        ends = following is None or following.kind == "d" or following.lower in _LEAVING_ENDS
        return ends or self.clause.lower(end) in _FIRM

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
        own = self.clause.items[at].kind == "a" and self.clause.back(n) == k
        if own or self.clause.lower(at) in _SPEECH_FORMS:
            return last_place(self.clause, n)  # "the rebels, who pulled out overnight,"
        if self.clause.items[at].kind == "p":
            return None if self.reach.parts.lies_around(at) else self.clause.items[at].place
        if self.clause.lower(at) not in _ANAPHORS or self.clause.lower(at - 2) == "of":
            return None  # "parts of the city that A had left", "posts that A left"
        return last_place(self.clause, at)

    def _others_do(self, k: int) -> bool:
        """Whether another does something next: "A withdrew and the rebels moved in"."""
        if self.clause.lower(k) != "and":
            return False
        k += 1 + (self.clause.lower(k + 1) in _OBJECTS)
        named = self.clause.item(k)
        return named is not None and named.kind == "a" and acts_next(self.clause, k)

    def _ends(self, end: int) -> bool:
        """Whether a verb of leaving ends where no place is told: "withdrew on Friday"."""
        following = self.clause.item(end)
        if following is not None and following.lower == "to":
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
        ends = following is None or following.lower in _LEAVING_ENDS or self._others_do(end)
        ends = ends or (dated is not None and dated.kind == "d")
        return ends or turns
