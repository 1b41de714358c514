"""Everything that the patterns look up in the English texts about one theater."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.actors_named import ActorNames
from syriamap.extraction.lexicon.speakers_named import SpeakerNames
from syriamap.extraction.lexicon.verb_frames import forms_in_need, nouns_of_frames, verbs_by_form
from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from syriamap.theater.folder import Theater

__all__ = ["Lexicon"]


class Lexicon:
    """
    Everything that the patterns look up, made once per theater.

    Parameters
    ----------
    theater
        Gives the names of actors and speakers, and which words are at home.

    Attributes
    ----------
    actors, speakers
        Who is named, and who speaks.
    verbs
        Form of a verb → frames, the words that must follow, and which form it is.
    forms
        Those of them that are no noun.
    nouns
        Noun → frame.
    abstaining
        Verbs and nouns that are listed when no actor or no place stands beside them.
    words
        The lists of ``words/``, for this theater.
    first_words
        Words with which the name of an actor or a speaker may begin → those that may follow; with
        an empty word among them where the first one is a name by itself.
    doers
        Words with which the name of an actor begins, or that come second after a common one.
    """

    def __init__(self, theater: Theater) -> None:
        self.actors = ActorNames(theater)
        self.speakers = SpeakerNames(theater)
        self.verbs = verbs_by_form()
        self.forms = frozenset(
            form
            for form, entries in self.verbs.items()
            if any(which != "base" for _, which, _ in entries)
        )
        self.nouns = nouns_of_frames()
        self.abstaining = forms_in_need()
        self.words = _words_of(theater)
        self.first_words = self.actors.trie.second_words()
        for word, following in self.speakers.trie.second_words().items():
            self.first_words[word] = following | self.first_words.get(word, frozenset())
        self.doers = self.actors.trie.first_words(unless=self.words["common_first_words"])


def _words_of(theater: Theater) -> dict[str, frozenset[str]]:
    """The lists of words, for one theater."""
    words = read_words()
    return {
        **words,
        "foreign": words["foreign"] - _own_words(theater),
        "peoples": frozenset(one.lower() for one in theater.peoples),
    }


def _own_words(theater: Theater) -> set[str]:
    """Words of the theater itself: none of them speaks of another war."""
    towns = theater.places["kind"].isin(["city", "town"])
    names = [
        theater.title,
        *theater.called,
        *theater.places.loc[towns, "name"],
        *theater.aliases.get("alias", ()),
        *theater.actors["name"],
    ]
    return {word for name in names for word in str(name).lower().replace("-", " ").split()}
