"""
Lists of places that a sentence tells of without a verb that reaches them.

"Captured so far by A: P, Q, R", "the towns that fell to A include P and Q", "A's gains were P, Q".
The last deed told before the list is that of all its places, if nothing else is claimed of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.agents import agent_behind
from syriamap.extraction.sentence.noun_or_verb import harmless_verb, stands_as_verb

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Lists"]

_WORDS = read_words()
_OPENERS = _WORDS["list_openers"]
_BETWEEN = _WORDS["in_list"]
_JOINS = _WORDS["list_joins"]
_GAINS = _WORDS["gains"]
_DEEDS = frozenset({"captured", "contested", "withdrew", "lost", "controls", "struck"})
_NO_DEEDS = frozenset({"adm1", "area", "quarter"})
_TO = frozenset({"to", "into"})
_FALLING = frozenset({"fall", "pass"})
_TAKEN_OTHERWISE = _WORDS["taken_otherwise"]
_INCLUDE = _WORDS["include"]
_SUCH_PLACES = _WORDS["such_places"]
_FREED = _WORDS["freed"]
_NEAR = 4
"""Items between a deed's noun and the word that tells its places: "the deployment included"."""

_SEVERAL = _SUCH_PLACES | _WORDS["plural_kinds"]
_DONE = frozenset({"part", "either"})
_MOST_WORDS = 8
"""Words between a participle and a noun behind it: "towns taken so far in the attack"."""
_MOST_BETWEEN = 30
"""Items between a deed and the list of its places."""


class Lists(Searched):
    """The lists of one sentence that no verb and no noun has reached."""

    def read(self) -> None:
        """Find the lists, and the deed that each belongs to."""
        claimed = {one.place.start for one in self.findings.events}
        for first, places in self._lists():
            if any(one.start in claimed for one in places):
                continue
            opener = self._opener(first)
            if opener is not None:
                self._claim(opener, places)

    def _lists(self) -> list[tuple[int, list[Mention]]]:
        """Each list of two places and more: where it begins, and its places."""
        found: list[tuple[int, list[Mention]]] = []
        k = 0
        while k < self.clause.size:
            if self.clause.items[k].kind != "p":
                k += 1
                continue
            first, last = k, k
            for m in range(k + 1, self.clause.size):
                if self.clause.items[m].kind == "p":
                    last = m
                elif self.clause.lower(m) not in _BETWEEN or m - last > 6:
                    break
            between = self.clause.lowers[first : last + 1]
            places = [one.place for one in self.clause.items[first : last + 1] if one.place]
            if len(places) > 1 and not _JOINS.isdisjoint(between):
                found.append((first, [one for one in places if one.kind not in _NO_DEEDS]))
            k = last + 1
        return found

    def _opener(self, first: int) -> int | None:
        """Where the word stands that opens a list: ":", "include", "were", "("; None for none."""
        for k in range(first - 1, max(-1, first - 6), -1):
            if self.clause.lower(k) in _OPENERS:
                return k
            if self.clause.items[k].kind != "w" or k in self.clause.verbs:
                return None
        return None

    def _claim(self, opener: int, places: list[Mention]) -> None:
        """Claim the deed told last before a list of all its places."""
        for n in range(opener - 1, max(-1, opener - _MOST_BETWEEN), -1):
            if self._claim_of_noun(n, opener, places):
                return
            if self._tells_deed(n):
                if not any(one.trigger == n for one in self.findings.events):
                    _, _, frame = self.clause.verbs[n]
                    actor = self._doer(n, opener)
                    self.findings.add(actor, frame.relation, places, "", frame.name, n, "list")
                return

    def _claim_of_noun(self, n: int, opener: int, places: list[Mention]) -> bool:
        """Claim what a noun tells: "A's gains were P and Q", "the deployment included P"."""
        if self.clause.lower(n) in _GAINS:
            self.findings.add(self._owner(n), "captured", places, "", "capture", n, "list")
            return True
        noun = self.clause.lexicon.nouns.get(self.clause.lower(n))
        near = opener - n < _NEAR and self.clause.lower(opener) in _INCLUDE
        if noun is None or not near or self._listed_as_done(n):
            return False
        self.findings.add(self._owner(n), noun.relation, places, "", noun.name, n, "list")
        return True

    def _listed_as_done(self, n: int) -> bool:
        """Whether a participle before a noun says what was done: "towns taken in the attack"."""
        first = max(1, n - _MOST_WORDS)
        return any(self._of_such_places(m) for m in range(first, n) if m in self.clause.verbs)

    def _of_such_places(self, n: int) -> bool:
        """Whether a participle stands behind several places without a name: "villages seized"."""
        bare = self.clause.verbs[n][1] in _DONE and self._tells_deed(n)
        return bare and self.clause.lower(n - 1) in _SEVERAL

    def _tells_deed(self, n: int) -> bool:
        """Whether a verb of a deed stands at an item, and is one there."""
        verb = self.clause.verbs.get(n)
        if verb is None or verb[2].relation not in _DEEDS:
            return False
        if harmless_verb(self.clause, n) and not self._describes_places(n, verb[1]):
            return False
        if self.clause.lower(verb[0]) in _TAKEN_OTHERWISE:
            return False  # "deals that have taken place in towns such as P and Q"
        return verb[1] != "base" or stands_as_verb(self.clause, n)

    def _describes_places(self, n: int, form: str) -> bool:
        """Whether "the liberated areas" stands here, of which the list tells."""
        return form in {"part", "either"} and self.clause.lower(n + 1) in _SUCH_PLACES

    def _doer(self, n: int, opener: int) -> str:
        """Who does the deed of a list: the agent, to whom places fell, the subject."""
        end, form, frame = self.clause.verbs[n]
        actor = agent_behind(self.clause, end)
        passive = self._passive(n, form)
        if frame.name in _FALLING:
            actor = self._whom(end, opener)
        elif not actor and not passive:
            actor = self.clause.subject(n)
        if not actor and frame.relation == "captured" and passive:
            actor = self.clause.memory.last_taker()
            if not actor and self.clause.lower(n) in _FREED:
                actor = self.clause.memory.actor()
        return actor

    def _passive(self, n: int, form: str) -> bool:
        """Whether something was done by whoever is told: "captured so far by A"."""
        of_places = self.clause.lower(n + 1) in _SUCH_PLACES  # "the liberated areas included"
        of_places = of_places or self.clause.lower(n - 1) in _SEVERAL
        return form in {"part", "either"} and (n == 0 or of_places or self.clause.passive(n))

    def _whom(self, end: int, opener: int) -> str:
        """To whom places fell before an opener."""
        for k in range(end, opener):
            if self.clause.items[k].kind == "a":
                near = self.clause.lowers[max(end, k - 3) : k]
                return self.clause.items[k].actor if not _TO.isdisjoint(near) else ""
        return ""

    def _owner(self, n: int) -> str:
        """Whose gains are told: "A's gains", "A listed the day's conquests"."""
        before = [one for one in self.clause.items[:n] if one.kind == "a"]
        memory = self.clause.memory
        return before[-1].actor if before else memory.last_taker() or memory.actor()
