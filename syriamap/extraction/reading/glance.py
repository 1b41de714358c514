"""
A first glance at a sentence: whether a place may be named in it at all, by its words alone.

Most sentences of most texts name no place of the theater. They are told by sets of words, before
anything is taken apart, and never wrongly: a glance may say "perhaps" for nothing, but a sentence
in which a place would be found is always read whole. A law of the tests holds it to that.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.verb_frames import forms_before_places
from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.patterns.holdings import holding_words
from syriamap.extraction.places.mention import folded

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.places.spotting import PlaceNames

__all__ = ["Glance", "Seen"]

_WORD = re.compile(r"[A-Za-z]+")
_NUMBER = re.compile(rf"\b\d+(?:{any_of(read_words()['number_ends'])})\b")
_ARTICLE = re.compile(r"\b(?:[AaEeUu][a-z]{1,2}-|[AaEe]l )[A-Z]")
_APOSTROPHE = re.compile(r"[A-Za-z]['`][A-Za-z]{2}")
_LETTER = re.compile(
    r"[^\W_][ʿʾʼʻ’][^\W_]{2}|[^\W\d_][\u0080-\u024f\u0300-\u036f\u0590-\u07ff]"
    r"|[\u00c0-\u024f\u1e00-\u1eff]"
)
"""An apostrophe inside a word, a letter that folding changes."""

_FAR_BEFALLEN = 14
"""Words from a name to what is told to befall it, the name among them."""

_SMALL_LETTERS = "a"
"""All words with a capital stand before it in the order of strings."""


class Seen(NamedTuple):
    """
    What a glance shows.

    Attributes
    ----------
    place
        A place of the theater, or a name that the words around make a place, may be in it.
    refers
        A verb or noun of a frame is in it that may be about a place named before ("the city",
        "it", "withdrew").
    doer
        Somebody may be in it who does something.
    foreign
        It names another war's country or town.
    abstain
        A verb is in it that would be worth a draft if an actor or a place stood beside it.
    """

    place: bool
    refers: bool
    doer: bool
    foreign: bool
    abstain: bool


def _odd(text: str) -> bool:
    """Whether a name may be written with an article, an apostrophe or letters beyond ASCII."""
    if (
        "-" in text or "al " in text or "el " in text or "Al " in text or "El " in text
    ) and _ARTICLE.search(text) is not None:
        return True
    if ("'" in text or "`" in text) and _APOSTROPHE.search(text) is not None:
        return True
    return not text.isascii() and _LETTER.search(text) is not None


def _triggers_of(lexicon: Lexicon) -> tuple[frozenset[str], dict[str, list[frozenset[str]]]]:
    """Words that are a trigger by themselves, and those that need others: "had" of "control"."""
    alone = {*lexicon.nouns, *holding_words()}
    others: dict[str, list[frozenset[str]]] = {}
    for form, entries in lexicon.verbs.items():
        for rest, _, frame in entries:
            needed = [{*rest, one} for one in frame.needs] or [{*rest}]
            others.setdefault(form, []).extend(map(frozenset, needed))
        if not all(others[form]):
            alone.add(form)
    return frozenset(alone), {form: rests for form, rests in others.items() if form not in alone}


class Glance:
    """
    The sets of words that a glance looks for, made once.

    Parameters
    ----------
    lexicon, names
        Everything that a reading would look for.
    """

    def __init__(self, lexicon: Lexicon, names: PlaceNames) -> None:
        words = lexicon.words
        self._places = names.index.first_words
        self._triggers, self._with = _triggers_of(lexicon)
        self._cues = (
            words["settlement_kinds"]
            | words["plural_kinds"]
            | words["site_kinds"]
            | words["area_kinds"]
            | {"air"}
            | {word + "s" for word in words["site_kinds"]}
        )
        self._before = (
            words["takes_place"] | words["event_of"] | words["leads_to_sure"] | words["leading"]
        ) | forms_before_places()
        self._helps = words["be"] | words["have"] | words["stays"] | {"fell", "changed"}
        self._befalls = words["befalls_place"] | words["control"] | {"fell", "changed"}
        leaving = tuple(words["leaving_stems"])
        self._back = (
            words["anaphors"]
            | words["looks_back"]
            | frozenset(
                word for word in self._triggers | self._with.keys() if word.startswith(leaving)
            )
        )
        self._doers = lexicon.doers | words["forces"] | words["group_noun"] | words["doers"]
        self._foreign = words["foreign"]
        self._epithets = names.epithets.words
        self._in_epithets = frozenset(word for one in self._epithets for word in one) - {"the"}
        self._takes = words["takes_place"] | words["event_of"] | words["leading"]
        self._elsewhere = names.index.elsewhere
        self._no_names = words["no_names"]
        self._abstain = lexicon.abstaining
        self._known = self._places.union(
            self._triggers,
            self._cues,
            self._before,
            self._befalls,
            self._back,
            self._doers,
            self._foreign,
            self._abstain,
            self._with,
            *chain.from_iterable(self._with.values()),
            *self._epithets,
        )

    def at(self, text: str) -> Seen:
        """Look at a sentence."""
        written = _WORD.findall(text)
        lower = list(map(str.lower, written))
        words = self._known.intersection(lower)
        return Seen(
            self._named(written, lower)
            or self._numbered(text)
            or _odd(text)
            or self._called(words)
            or self._maybe_unknown(written, lower, words),
            not self._back.isdisjoint(words) and self._triggered(words),
            not self._doers.isdisjoint(words),
            not self._foreign.isdisjoint(words),
            not self._abstain.isdisjoint(words),
        )

    def _named(self, written: list[str], lower: list[str]) -> bool:
        """Whether a word with which the name of a place begins is written with a capital."""
        places = self._places
        return any(
            folded(one) in places
            for word, one in zip(written, lower, strict=True)
            if word < _SMALL_LETTERS
        )

    def _numbered(self, text: str) -> bool:
        """Whether the name of a place may begin with a number: "the 46th Regiment"."""
        return any(one in self._places for one in _NUMBER.findall(text))

    def _triggered(self, words: frozenset[str]) -> bool:
        """Whether a verb or a noun of a frame is there, with the words that belong to it."""
        return not self._triggers.isdisjoint(words) or any(
            rest <= words for word in words if word in self._with for rest in self._with[word]
        )

    def _called(self, words: frozenset[str]) -> bool:
        """Whether all words of an epithet are there."""
        return not self._in_epithets.isdisjoint(words) and any(
            one <= words for one in self._epithets
        )

    def _maybe_unknown(self, written: list[str], lower: list[str], words: frozenset[str]) -> bool:
        """Whether a name that no list holds stands near a word that makes it a place."""
        around, before = not self._cues.isdisjoint(words), not self._before.isdisjoint(words)
        befallen = not self._befalls.isdisjoint(words) and not self._helps.isdisjoint(lower)
        if not (around or before or befallen):
            return False
        for n in [n for n, word in enumerate(written) if word < _SMALL_LETTERS]:
            if lower[n] in self._no_names:
                continue
            ahead = lower[n + 1 : n + _FAR_BEFALLEN] if befallen else []
            if not (self._befalls.isdisjoint(ahead) or self._helps.isdisjoint(ahead)):
                return True
            if before:
                led = self._takes if lower[n] in self._elsewhere else self._before
                if not led.isdisjoint(lower[max(0, n - 3) : n]):
                    return True
            if around and not (
                self._cues.isdisjoint(lower[max(0, n - 6) : n])
                and self._cues.isdisjoint(lower[n + 1 : n + 9])
            ):
                return True
        return False
