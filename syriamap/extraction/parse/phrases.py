"""
Noun phrases of a parse: which actors and which places a word with all that hangs on it means.

Names were found before (:mod:`syriamap.extraction.sentence.items`); here it is only read which of
them a phrase is about: "fighters of the SDF", "the city of Hama", "Hama, Homs and Rastan".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.clauses import Clause
from syriamap.extraction.sentence.referents import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.parse.dependency import Tree
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.items import Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["PRONOUNS", "Phrases"]

_WORDS = read_words()
_ALLIED = _WORDS["allied"]
_ANAPHORS = _WORDS["anaphors"]
_DEFINITE = _WORDS["definite"]
_EXAMPLES = _WORDS["examples"]
_LEADERS = _WORDS["leaders"]
_OWN = _WORDS["own"]
_RELATIVES = _WORDS["relatives"]
_WITHIN = _WORDS["parse_within"]
PRONOUNS = _WORDS["parse_pronouns"]
"""What may mean an actor that was named before."""

_MODIFIES = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_LEADS_TO_ACTOR = frozenset({"of", "from"})
_OF = frozenset({"of"})
_LED = frozenset({"by"})
_WITH = frozenset({"with", "to"})
_DEEPEST = 40
"""Words on the way down; a list of places hangs each on the one before."""


class Phrases:
    """
    A parsed sentence whose phrases are asked for actors and places.

    Parameters
    ----------
    sentence
        With its names found.
    tree
        Its parse.
    lexicon
        The frames and words.
    memory
        What the sentences before spoke of.
    """

    def __init__(self, sentence: Sentence, tree: Tree, lexicon: Lexicon, memory: Memory) -> None:
        self.items = sentence.items
        self.nodes, self.of_item = tree.nodes, tree.of_item
        self.lexicon = lexicon
        self.clause = Clause(sentence, lexicon, memory)
        words = lexicon.words
        self._kinds = (
            words["settlement_kinds"]
            | words["plural_kinds"]
            | words["site_kinds"]
            | words["area_kinds"]
            | words["generic"]
            | words["transparent"]
        )
        self.groups = words["forces"] | words["group_noun"] | words["groups"]

    def below(self, i: int, *deps: str) -> list[int]:
        """Words that hang on a word by one of some relations; by any, when none is named."""
        return [k for k in self.nodes[i].children if not deps or self.nodes[k].dep in deps]

    def under(self, i: int, prepositions: frozenset[str]) -> Iterator[int]:
        """Words that hang on a word by way of one of some prepositions."""
        for k in self.below(i, "prep", "agent", "dative"):
            node = self.nodes[k]
            if node.word in prepositions:
                yield from self.below(k, "pobj", "pcomp")
            for deeper in self.below(k, "prep"):
                # "out of Hama", "up to Hama"
                if self.nodes[deeper].word in prepositions:
                    yield from self.below(deeper, "pobj")

    def antecedent(self, i: int) -> int | None:
        """The noun that a relative clause hangs on, for a word of it; None outside of one."""
        for _ in range(_DEEPEST):
            node = self.nodes[i]
            if node.dep == "relcl":
                return node.head
            if node.head == i:
                return None
            i = node.head
        return None

    # --- actors ---------------------------------------------------------------------------------

    def actors(self, i: int, depth: int = 0) -> list[str]:
        """Actors that a phrase may mean, the likeliest first; the word `i` is its head."""
        if depth > _DEEPEST:
            return []
        node = self.nodes[i]
        item = self.items[node.item]
        found: list[str] = []
        if item.kind == "a":
            leaders = self._leaders(i, depth)
            if item.note == "generic":  # "the HTS militants", "militants led by HTS"
                own = [*self._named(i, depth), *leaders, item.actor]
            else:
                # "Syrian and Russian planes": both, where the last one names the force
                own = [item.actor, *leaders, *self._named(i, depth)]
            found = self._explained(i) + own
        elif node.word in _RELATIVES:
            noun = self.antecedent(i)
            found = self.actors(noun, depth + 1) if noun is not None else []
        elif node.word in PRONOUNS or (node.word in _OWN and node.dep == "poss"):
            found = [remembered(self.clause, node.item)]
        else:
            named = self._named(i, depth)
            deeper = [
                actor for k in self.under(i, _LEADS_TO_ACTOR) for actor in self.actors(k, depth + 1)
            ]
            found = self._explained(i) + named + deeper + self._leaders(i, depth)
            others = any(True for _ in self.under(i, _LEADS_TO_ACTOR))  # "thousands of civilians"
            if not found and node.word in self.groups and not others:
                found = [remembered(self.clause, node.item)]
        # "the governor, a friend of the rebels": what explains a name is an actor if named as one
        for k in self.below(i, "conj", "appos"):
            if self.nodes[k].dep == "conj" or self.items[self.nodes[k].item].kind == "a":
                found += self.actors(k, depth + 1)
        return [actor for actor in dict.fromkeys(found) if actor]

    def _explained(self, i: int) -> list[str]:
        """The actor that a phrase explains: "A, the alliance that"."""
        node = self.nodes[i]
        named = self.items[self.nodes[node.head].item]
        return [named.actor] if node.dep == "appos" and named.kind == "a" else []

    def _named(self, i: int, depth: int) -> list[str]:
        """Actors that a noun bears before it: "SDF fighters", "the rebels' offensive"."""
        return [
            actor
            for k in self.below(i, *_MODIFIES)
            if self.items[self.nodes[k].item].kind == "a"
            and self.nodes[k].item != self.nodes[i].item
            for actor in self.actors(k, depth + 1)
        ]

    def _leaders(self, i: int, depth: int) -> list[str]:
        """Whoever leads or names a force: "rebels led by A", "groups, including A"."""
        found: list[str] = []
        for k in self.below(i, "acl"):
            word = self.nodes[k].word
            via = _LED if word in _LEADERS else _WITH
            if via is _LED or word in _ALLIED:
                for one in self.under(k, via):
                    found += self.actors(one, depth + 1)
        for k in self.under(i, _EXAMPLES | {"under"}):
            found += self.actors(k, depth + 1)
        return found

    # --- places ---------------------------------------------------------------------------------

    def places(self, i: int, via: frozenset[str], depth: int = 0) -> list[Mention]:
        """
        Places that a phrase is about.

        Parameters
        ----------
        i
            The word that is its head.
        via
            Prepositions by which the frame reaches its place.
        depth
            How many phrases it stands in.
        """
        if depth > _DEEPEST:
            return []
        node = self.nodes[i]
        item = self.items[node.item]
        if item.kind == "p" and item.place is not None:
            # "Hama, a town of the province": what explains a place is no further one
            listed = [
                k
                for k in self.below(i, "conj", "appos")
                if self.nodes[k].dep == "conj" or self.items[self.nodes[k].item].kind == "p"
            ]
            return [item.place] + [one for k in listed for one in self.places(k, via, depth + 1)]
        if item.kind == "a":
            # "rebels in Hama": what is done to them is done there
            ways = [via - {"", "of"}]
        elif node.word in self._kinds or node.word in self.lexicon.words["forces"]:
            # "the towns of P and Q in R": R only says where they lie
            ways = [_OF, frozenset(), via | _WITHIN]
        else:
            ways = [_OF, via]
        found: list[Mention] = []
        for way in ways:
            within = self.under(i, way) if way else self._kinded(i)
            found = found or [one for k in within for one in self.places(k, via, depth + 1)]
        for k in [*self.under(i, _EXAMPLES), *self.below(i, "conj", "appos")]:
            found += self.places(k, via, depth + 1)
        return found or self._named_before(i)

    def _named_before(self, i: int) -> list[Mention]:
        """The place that "it" or "the city" means."""
        node = self.nodes[i]
        if node.word == "it" or (node.word in _ANAPHORS and self._definite(i)):
            back = last_place(self.clause, node.item)
            return [back] if back is not None else []
        return []

    def _definite(self, i: int) -> bool:
        """Whether a noun means what was named: "the city", or "Hama, a city" that A holds."""
        for k in self.below(i, "det"):
            node = self.nodes[k]
            if node.word in _DEFINITE:
                return True
            before = self.clause.item(node.item - 2)
            if self.clause.lower(node.item - 1) == "," and before is not None:
                return before.kind == "p"
        return False

    def _kinded(self, i: int) -> list[int]:
        """The name in "Hama's airport", "Homs suburbs"."""
        before = self.below(i, "compound", "poss", "nmod")
        return [k for k in before if self.items[self.nodes[k].item].kind == "p"]
