"""Actors and speakers in an Arabic sentence, by their aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.extraction.arabic.script import (
    Word,
    arabic_lists,
    bare,
    is_written_arabic,
    words_in,
)
from syriamap.extraction.lexicon.dated_names import aliases_of, voices_of
from syriamap.extraction.lexicon.word_trie import Trie

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.dated_names import Alias
    from syriamap.extraction.sentence.memory import Memory
    from syriamap.theater.folder import Theater

__all__ = ["ArabicTroops", "NamedActor", "folded_words", "longest"]

_LISTS = arabic_lists()
_FORCES = _LISTS["forces"]
_QUOTES = _LISTS["quotes"]
_GROUPS = _LISTS["groups"]
_ONE_MORE = _LISTS["one_more"]
_LONGEST_ALIAS, _LONGEST_VOICE = 8, 6


class NamedActor(NamedTuple):
    """
    An actor: first word, the word after it, its id, the preposition written together with it.

    `feminine`: whether its verb is so, by what the theater says of its name.
    """

    first: int
    last: int
    actor: str
    prefix: str
    feminine: bool = False


class ArabicTroops:
    """
    Actors and speakers to look for in Arabic texts, made once per theater.

    Parameters
    ----------
    theater
        Its aliases and speakers.
    """

    def __init__(self, theater: Theater) -> None:
        self._actors, self._voices = Trie(), Trie()
        self._feminine = frozenset(" ".join(folded_words(one)) for one in theater.feminine)
        for name, alias in aliases_of(theater):
            if is_written_arabic(name):
                self._actors.add(folded_words(name), alias)
        for name, voice in voices_of(theater):
            if is_written_arabic(name):
                self._voices.add(folded_words(name), voice)
        self._first = frozenset(self._actors.first_words() | self._voices.first_words())

    def actors(self, words: list[Word], day: str, memory: Memory) -> list[NamedActor]:
        """
        Find the actors of a sentence.

        Parameters
        ----------
        words, day
            The sentence, and the ISO day of its text.
        memory
            Whom a general name ("the factions") means is who was called so before.
        """
        found: list[NamedActor] = []
        texts = [word.text for word in words]
        free = 0
        for n in range(len(words)):
            if n < free:
                continue
            begun = bare(texts[n], self._first)
            if begun is None:
                continue
            end, aliases = longest(self._actors, [begun[0], *texts[n + 1 : n + _LONGEST_ALIAS]])
            force = self._force_before(texts, n)
            valid = [one for one in aliases if one.valid(day) and (force or not one.star)]
            if not valid:
                continue
            first = n - force if valid[0].star else n
            prefix = begun[2] if first == n else self._prefix(texts[first])
            owner, last = self._owner_behind(texts, n + end, day)
            actor = owner or self._meant(valid, texts[n : n + end], found, texts, memory)
            feminine = (
                first == n and " ".join([begun[0], *texts[n + 1 : n + end]]) in self._feminine
            )
            found.append(NamedActor(first, last, actor, prefix, feminine))
            free = last
        return found

    def _meant(
        self,
        valid: list[Alias],
        name: list[str],
        found: list[NamedActor],
        texts: list[str],
        memory: Memory,
    ) -> str:
        """Whom a name means: a general one whoever was called so last, or was named last."""
        if valid[0].note != "generic":
            return valid[0].actor_id
        noun = name[0].removeprefix("و").removeprefix("ال") if len(name) == 1 else ""
        called = [
            one.actor
            for one in found
            if noun in _GROUPS and _calls(texts[one.first : one.last], noun)
        ]
        if called:
            return called[-1]
        before = memory.last_called(noun) if noun in _GROUPS else ""
        if before:
            return before
        actors = {one.actor_id for one in valid}
        named = [*memory.actors, *(one.actor for one in found)]
        return next((one for one in reversed(named) if one in actors), valid[0].actor_id)

    def _owner_behind(self, texts: list[str], end: int, day: str) -> tuple[str, int]:
        """Whose a force is by the adjective behind it: "the Russian" of "the Russian air force"."""
        if end >= len(texts) or bare(texts[end - 1], _FORCES) is None:
            return "", end
        more, aliases = longest(self._actors, texts[end : end + 4])
        valid = [one for one in aliases if one.star and one.valid(day)]
        return (valid[0].actor_id, end + more) if valid else ("", end)

    @staticmethod
    def _force_before(texts: list[str], n: int) -> int:
        """How many words of force stand right before a word: "warplanes" of "Russian"."""
        found = 0
        for count in range(1, min(3, n) + 1):
            text = texts[n - count]
            if bare(text, _FORCES) is not None:
                found = count
            elif text not in _ONE_MORE:  # "another force of A"
                break
        return found

    @staticmethod
    def _prefix(text: str) -> str:
        known = bare(text, _FORCES)
        return known[2] if known else ""

    def voices(self, words: list[Word], day: str) -> list[tuple[int, str]]:
        """Find the speakers of a sentence: first word, code."""
        found = []
        texts = [word.text for word in words]
        for n in range(len(words)):
            begun = bare(texts[n], self._first)
            if begun is None:
                continue
            _, voices = longest(self._voices, [begun[0], *texts[n + 1 : n + _LONGEST_VOICE]])
            codes = [one.code for one in voices if one.valid(day)]
            if codes:
                found.append((n, codes[0]))
        return found


def _calls(name: list[str], noun: str) -> bool:
    """Whether a name holds a noun: "organization" of "organization A"."""
    return any(word.removeprefix("و").removeprefix("ال") == noun for word in name)


def folded_words(name: str) -> list[str]:
    """Give the words of a name, folded, without signs."""
    return [word.text for word in words_in(name, 0, len(name)) if word.text[:1].isalnum()]


def longest(trie: Trie, texts: list[str]) -> tuple[int, list[Any]]:
    """Give the longest match from the first word on; signs of quotation are passed over."""
    kept = [(n, text) for n, text in enumerate(texts) if text not in _QUOTES]
    if not kept or kept[0][0]:
        return 0, []
    end, values = trie.longest([text for _, text in kept], 0)
    return (kept[end - 1][0] + 1, values) if values else (0, [])
