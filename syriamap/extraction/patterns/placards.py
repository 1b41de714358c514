"""
Places that head what a message tells of them: "Saraqib: 100% A", "P & Q: A moved in, B left".

Each part between commas that names an actor is read by the word that tells what it does there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.extraction.patterns.searched import Searched

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Placards"]

_WORDS = read_words()
_SIGNS = frozenset({":", "=", ">", "→", "–", "—"})
_IN_HEADING = _WORDS["in_heading"] | _WORDS["place_attributes"] | _WORDS["list_and"]
_PARTS = _WORDS["heading_parts"]
_DOUBTED = _WORDS["negation"] | _WORDS["heading_doubts"]
_TELLING: dict[str, tuple[str, str]] = {
    word: (relation, frame)
    for frame, (relation, *words) in read_word_tables()["heading_words"].items()
    for word in words
}
_NO_POINTS = frozenset({"adm1", "area"})
_BY = frozenset({"by"})
_SHARE = _WORDS["heading_shares"]
_HOW = _WORDS["heading_ends"]
_LONGEST = 16
"""Items of a heading."""

_NEAR = 6
"""Items between an actor and the word that tells what it does."""


class Placards(Searched):
    """The heading of one sentence, and what stands behind its colon."""

    def read(self) -> None:
        """Find the places of the heading, and claim of them what its parts tell."""
        colon = self._colon()
        if not colon:
            return
        places = [
            one.place
            for one in self.clause.items[:colon]
            if one.place is not None and one.place.kind not in _NO_POINTS
        ]
        others = any(one.kind == "p" for one in self.clause.items[colon:])
        if not places or others:
            return
        first = colon + 1
        for k in range(first, self.clause.size + 1):
            if k == self.clause.size or self.clause.lower(k) in _PARTS:
                if not self._part(first, k, places):
                    return
                first = k + 1

    def _colon(self) -> int:
        """Where the sign stands that ends a heading of nothing but places; 0 for none."""
        named = False
        for k in range(min(_LONGEST, self.clause.size)):
            item = self.clause.items[k]
            if named and item.lower in _SIGNS:
                return k
            named = named or item.kind == "p"
            sign = item.kind == "w" and not item.lower.isalpha()
            if item.kind != "p" and not sign and item.lower not in _IN_HEADING:
                return 0
        return 0

    def _part(self, first: int, last: int, places: list[Mention]) -> bool:
        """Claim what a part tells; False where it is in doubt, or tells of another place."""
        items = self.clause.items[first:last]
        if any(one.lower in _DOUBTED for one in items):
            return False
        at = next((k for k in range(first, last) if self.clause.items[k].kind == "a"), -1)
        if at < 0:
            return True
        actor = self.clause.items[at].actor
        ahead = range(at + 1, min(at + _NEAR, last))
        told = next((k for k in ahead if self.clause.lower(k) in _TELLING), -1)
        if told > 0 and not self._ends(told, last):
            return False
        if told < 0:
            told = self._before(first, at)
        if told < 0:
            return True
        if any(one.actor == actor for one in self.findings.events):
            return True  # it was read by its verb
        relation, frame = _TELLING.get(self.clause.lower(told), ("controls", "hold"))
        self.findings.add(actor, relation, places, "", frame, told, "heading")
        return True

    def _ends(self, told: int, last: int) -> bool:
        """Whether nothing but how and when follows a word: "moved in", not "took the bank"."""
        following = self.clause.item(told + 1)
        if told + 1 >= last or following is None or following.kind == "d":
            return True
        return following.lower in _HOW or following.lower.endswith("ly")

    def _before(self, first: int, at: int) -> int:
        """The word before an actor that tells of its deed: "taken by A", "100% A"; -1 for none."""
        lower = self.clause.lower
        if lower(at - 1) in _BY:
            before = range(at - 2, first - 1, -1)
            return next((k for k in before if lower(k) in _TELLING), -1)
        alone = all(lower(k) in _SHARE or lower(k).isdigit() for k in range(first, at))
        ends = lower(at + 1) in _PARTS or at + 1 >= self.clause.size
        return at if alone and ends else -1
