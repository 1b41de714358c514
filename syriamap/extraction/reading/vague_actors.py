"""Whom general names mean by what the text has spoken of: "the army", "troops", "the jihadists"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.reading.spoken_of import HOLDER_NAME, THE_ARMY, called_in

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.sentence.items import Item, Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["VagueActors"]

_WORDS = read_words()
_OCCUPATION = "occupation"
_OCCUPIES = re.compile(rf"(\w+) {_OCCUPATION}\b")
_LEAGUE = "coalition"
_BARE_TROOPS = _WORDS["bare_troops"]
_VAGUE = _WORDS["vague_groups"]


class VagueActors:
    """
    Whom the general names of one text mean.

    Parameters
    ----------
    lexicon
        The actors.
    memory
        What the sentences before spoke of.
    text
        The whole text.
    """

    def __init__(self, lexicon: Lexicon, memory: Memory, text: str) -> None:
        self.lexicon, self.memory, self.text = lexicon, memory, text

    def settled(self, sentence: Sentence) -> Sentence:
        """Give a sentence whose general names mean whom the text has spoken of."""
        sentence = self._by_occupation(self._by_company(self._by_league(sentence)))
        return self._by_topic(self._by_army(sentence))

    def _by_league(self, sentence: Sentence) -> Sentence:
        """Let "the coalition" be the one that the text named so: "the B-led coalition"."""
        items = [
            one._replace(actor=self.memory.last_called(_LEAGUE) or one.actor)
            if one.note == "generic" and one.lower.split()[0] == _LEAGUE
            else one
            for one in sentence.items
        ]
        return sentence._replace(items=items)

    def _by_company(self, sentence: Sentence) -> Sentence:
        """
        Let "the jihadists" mean the group that the text names, if it names one.

        Where none is named they are who was called so on that day.
        """
        named = list(self.memory.actors)
        items = list(sentence.items)
        for k, one in enumerate(items):
            if one.kind != "a":
                continue
            vague = one.note == "generic" and not _VAGUE.isdisjoint(one.lower.split())
            groups = [actor for actor in named if actor not in self.lexicon.actors.states]
            following = items[k + 2 : k + 3] if sentence.lowers[k + 1 : k + 2] == ["of"] else []
            groups += [x.actor for x in following if x.kind == "a"]  # "the jihadists of A"
            if vague and groups and one.actor not in named:
                self.memory.asked = True
                items[k] = one._replace(actor=groups[-1])
            else:
                self.memory.asked = self.memory.asked or vague
                named.append(one.actor)
        return sentence._replace(items=items)

    def _by_topic(self, sentence: Sentence) -> Sentence:
        """Let bare "troops" be those of a foreign state of which the text has just spoken."""
        bare = [
            k
            for k, one in enumerate(sentence.items)
            if one.note == "generic"
            and one.lower in _BARE_TROOPS
            and sentence.lowers[k - 1 : k] != ["the"]
        ]
        if not bare or any(one.kind == "a" for one in sentence.items[: bare[0]]):
            return sentence
        actor = self.memory.actor()
        if actor not in self.lexicon.actors.states - self.lexicon.actors.own:
            return sentence
        items = [
            one._replace(actor=actor) if k in bare else one for k, one in enumerate(sentence.items)
        ]
        return sentence._replace(items=items)

    def _by_army(self, sentence: Sentence) -> Sentence:
        """Let "the army" be the one that the text named, where it named no other of that kind."""
        items = list(sentence.items)
        for k, one in enumerate(items):
            if one.note != "generic" or one.lower.split()[0] != HOLDER_NAME:
                continue
            if sentence.lowers[k - 1 : k] != ["the"]:
                continue
            before = sentence._replace(items=items[:k])
            called = dict(called_in(before))
            named = {item.actor for item in items[:k]} | set(self.memory.called.values())
            actor = called.get(THE_ARMY) or self.memory.last_called(THE_ARMY)
            if actor and one.actor not in named:
                items[k] = one._replace(actor=actor)
        return sentence._replace(items=items)

    def _by_occupation(self, sentence: Sentence) -> Sentence:
        """Let "the occupation army" be that of whom the text calls an occupation."""
        items = [
            self._of_occupation(one, sentence.lowers[k - 1]) if k and one.note == "generic" else one
            for k, one in enumerate(sentence.items)
        ]
        return sentence._replace(items=items)

    def _of_occupation(self, item: Item, before: str) -> Item:
        """Give "army" of "the occupation army" the actor that was called an occupation last."""
        if before != _OCCUPATION:
            return item
        actor = self._occupier()
        return item._replace(actor=actor) if actor else item._replace(kind="w", actor="", note="")

    def _occupier(self) -> str:
        """Whom a text calls an occupation: "the A occupation"."""
        for adjective in _OCCUPIES.findall(self.text.lower()):
            actors = self.lexicon.actors.meant([adjective, _OCCUPATION], self.memory.day)
            if actors:
                return actors[0]
        return ""
