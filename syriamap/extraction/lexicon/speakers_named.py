"""Who speaks, by the names of speakers, and for which actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.dated_names import name_words, voices_of
from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.extraction.lexicon.word_trie import Trie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.lexicon.dated_names import Voice
    from syriamap.theater.folder import Theater

__all__ = ["SpeakerNames"]


class SpeakerNames:
    """
    The speakers of a theater.

    Parameters
    ----------
    theater
        Its speakers, and the actors that may be one.

    Attributes
    ----------
    trie
        Their names.
    asserters
        Code of a speaker → name in ``asserters.csv``.
    """

    def __init__(self, theater: Theater) -> None:
        self.trie = Trie()
        self.asserters: dict[str, str] = {}
        for name, voice in voices_of(theater):
            self.trie.add(name_words(name), voice)
            self.asserters.setdefault(voice.code, voice.asserted_by)
        self._actors: dict[str, str] = dict(read_word_tables()["voices"])
        self._actors |= {str(one): str(one) for one in theater.actors.index}

    def at(self, lower: Sequence[str], start: int, day: str) -> tuple[int, str]:
        """Speaker whose name begins at a word on an ISO day: end, code; an empty code for none."""
        voices: list[Voice]
        end, voices = self.trie.longest(lower, start)
        code = next((one.code for one in voices if one.valid(day)), "")
        return (end, code) if code else (start, "")

    def actor_of(self, code: str) -> str:
        """The actor that speaks by a speaker's code; empty when none does."""
        return self._actors.get(code, "")
