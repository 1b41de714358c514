"""
What governs a verb in a parse: its subject, the passive, and whether it is told as real.

A subject may stand with another verb ("rebels entered P and took Q"), before a relative clause or
in another clause altogether ("they said they had").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.parse.phrases import PRONOUNS, Phrases

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["NEGATED", "Governing"]

NEGATED = "negated"
"""The mood of what a sentence denies."""

_WORDS = read_words()
_CONDITIONS = _WORDS["conditions"]
_MODALS = _WORDS["parse_modals"]
_OWN = _WORDS["own"]
_SHARED = frozenset({"prep", "conj", "xcomp", "advcl", "ccomp", "pcomp", "dep"})
_BY = frozenset({"by"})
_DEEPEST = 12


class Governing(Phrases):
    """A parsed sentence whose verbs are asked for their subjects."""

    def passive(self, i: int, depth: int = 0) -> bool:
        """Whether a verb stands in the passive."""
        node = self.nodes[i]
        if self.below(i, "auxpass", "nsubjpass"):
            return True
        if node.tag != "VBN":
            return False
        if node.dep in {"acl", "amod"} or self.agents(i):
            return True
        bare = not self.below(i, "aux", "nsubj")
        deeper = node.dep == "conj" and bare and depth < _DEEPEST
        return deeper and self.passive(node.head, depth + 1)

    def subject(self, i: int, depth: int = 0) -> int | None:
        """Give the word that heads the subject of a verb, be it another verb's too."""
        own = self.below(i, "nsubj", "nsubjpass")
        if own:
            return own[0]
        node = self.nodes[i]
        head = self.nodes[node.head]
        if depth > _DEEPEST or node.dep not in _SHARED | {"acl", "relcl"}:
            return None
        if node.dep in {"acl", "relcl"}:
            return node.head if not head.tag.startswith("VB") else self.subject(node.head)
        if node.dep == "xcomp" and self.below(node.head, "dobj"):
            return self.below(node.head, "dobj")[0]
        noun = head.tag.startswith(("NN", "PRP")) or self.items[head.item].kind == "a"
        if not noun:
            return self.subject(node.head, depth + 1)
        return self._above(node.head) if depth else node.head  # "on the brink of taking P"

    def _above(self, i: int) -> int | None:
        """The subject of the verb that a noun hangs below."""
        for _ in range(_DEEPEST):
            node = self.nodes[i]
            if node.tag.startswith("VB"):
                own = self.below(i, "nsubj", "nsubjpass")
                return own[0] if own else None
            i = node.head
        return None

    def doers(self, i: int) -> list[str]:
        """Give the actors that do what a verb says."""
        found = self.subject(i)
        if found is None:
            return []
        if self.nodes[found].word in PRONOUNS or self._owns(found):
            # "rebels said they had": whoever speaks, unless the parse has no subject for that
            said = self._speaker(i)
            if said:
                return said
        return self.actors(found)

    def _owns(self, i: int) -> bool:
        return any(self.nodes[k].word in _OWN for k in self.below(i, "poss"))

    def _speaker(self, i: int) -> list[str]:
        """The actors of the verb that governs a clause; none where it is nobody's."""
        for _ in range(_DEEPEST):
            node = self.nodes[i]
            if node.head == i:
                return []
            i = node.head
            own = self.below(i, "nsubj", "nsubjpass")
            if node.dep in {"ccomp", "advcl"} and own:
                noun = self.nodes[own[0]]
                return self.actors(own[0]) if noun.word not in PRONOUNS else []
        return []

    def agents(self, i: int) -> list[str]:
        """Give the actors after "by"."""
        return [actor for k in self.under(i, _BY) for actor in self.actors(k)]

    def unreal(self, i: int, depth: int = 0) -> str:  # noqa: PLR0911
        """Tell how the parse has it that something did not happen; empty when it does not."""
        node = self.nodes[i]
        words = self.lexicon.words
        if self.below(i, "neg"):
            return NEGATED
        if any(self.nodes[k].word in _MODALS for k in self.below(i, "aux")):
            return "not told as real"
        if any(self.nodes[k].word in _CONDITIONS for k in self.below(i, "mark")):
            return "not told as real"
        head = self.nodes[node.head]
        if node.head == i or depth > _DEEPEST:
            return ""
        if node.dep in {"xcomp", "acl", "ccomp"} and head.word in words["unreal"]:
            return "not told as real"
        if node.dep in {"xcomp", "ccomp", "dobj"} and head.word in words["denial"]:
            return NEGATED
        if node.dep in {"xcomp", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "pcomp"}:
            return self.unreal(node.head, depth + 1)
        return ""

    def located(self, i: int, via: frozenset[str]) -> list[Mention]:
        """Give the places that the subject of a passive is or stands in."""
        behind = self._place_before(i)
        if behind is not None:
            return [behind]
        found = self.subject(i)
        if found is None:
            return []
        if self.nodes[found].word in {"which", "that"}:
            noun = self.antecedent(found)
            found = found if noun is None else noun
        return self.places(found, via)

    def _place_before(self, i: int) -> Mention | None:
        """P in "P, held by A": the words stand together, whatever the parse hangs them on."""
        node = self.nodes[i]
        if node.tag != "VBN" or self.below(i, "aux", "auxpass", "nsubj", "nsubjpass"):
            return None
        comma = self.clause.lower(node.item - 1) == ","
        before = self.clause.item(node.item - 2)
        return before.place if comma and before is not None else None
