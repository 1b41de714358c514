"""
Who does what a verb tells: a search to the left, through its own clause first.

The nearest noun phrase before a verb in its own clause is its subject. Where that names no actor
nobody did it: the subject of another clause is none of the verb's, unless "and" or a comma right
before the verb makes it go on with that clause ("A entered P and seized Q").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.extraction.sentence.noun_or_verb import stands_as_verb
from syriamap.extraction.sentence.obliques import is_apposed, is_beneath, is_oblique
from syriamap.extraction.sentence.referents import (
    by_noun,
    is_past,
    is_stateless,
    remembered,
    struck_before,
    unnamed_at,
)

if TYPE_CHECKING:
    from syriamap.extraction.sentence.items import Item
    from syriamap.extraction.sentence.said_words import Wording

__all__ = ["DoerSearch", "OwnPhrase", "own_phrase"]

_WORDS = read_words()
_ADVANCING = _WORDS["advancing"]
_RELATIVE_PRONOUNS = _WORDS["relative_pronouns"]
_LEADS_OBJECTS = _WORDS["prepositions"] - {"of"}
_SAYERS = _WORDS["sayers"]
_ALLIED = _WORDS["allied"]
_AUXILIARIES = _WORDS["auxiliaries"]
_BARE_GROUPS = _WORDS["bare_groups"]
_BE = _WORDS["be"]
_BEFORE_BARE = _WORDS["before_bare"]
_BEFORE_FORCES = _WORDS["before_forces"]
_CAUSES = _WORDS["causes"]
_CHAINS = _WORDS["chained"] | _AUXILIARIES
_CLAUSE_LEADS = _WORDS["clause_leads"]
_COUNTED = frozenset({"thousands", "those"})
_DETERMINERS = _WORDS["english_articles"] | {"-"}
_GROUPS = _WORDS["groups"]
_GROUP_NOUN = _WORDS["group_noun"]
_OF_WHOM = frozenset({"of", "against"})
_ONE = frozenset({"it", "its"})
_ONLY_TELLING = _WORDS["only_telling"]
_OWN = _WORDS["own"]
_LEADS = _WORDS["leading_forms"]
_OWNED = _WORDS["forces"] | _WORDS["own_nouns"]
_PEOPLE = _WORDS["people"]
_QUALIFIERS = _ALLIED | {"of", "from"}
_RESUMES = frozenset({"and", ",", "but"})
_SETS_SCENE = _WORDS["directions"] | _WORDS["sets_scene"] | {","}
_SPEECH_FORMS = _WORDS["speech_forms"]
_STATE_NOUNS = _WORDS["state_nouns"]
_STATELESS_GROUPS = _WORDS["stateless_groups"]
_SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]
_SUBORDINATES = _WORDS["subordinates"]
_ENDS_PART = _SUBORDINATES.union(_SPEECH_FORMS, {",", ";", ":"})
_THESE = _WORDS["these"]
_UNKNOWN = _WORDS["unknown_groups"]
_UNKNOWN_MAKERS = _WORDS["unknown_attributes"]

_SOLDIERS = _WORDS["soldiers"]
_BARE_TROOPS = _WORDS["bare_troops"]
_RELATIVE_LEADS = frozenset({"that", "which"})
_OURS = frozenset({"we", "our"})
_ENDS_SPEECH = frozenset({'"', "”", ","})
_SHOWS_SUBJECT = _SUBJECT_PRONOUNS.union(
    _OWN, _THESE, _PEOPLE, _SPEECH_FORMS, _BARE_GROUPS, _OURS, ";"
)

_STANDS_FOR_DOER = frozenset(
    _WORDS["forces"].union(
        _GROUPS, _WORDS["event_nouns"], _WORDS["stand_for_doer"], _WORDS["time_units"], _GROUP_NOUN
    )
    - _UNKNOWN
)
"""Nouns that name nobody and whose doer is the one told before: "the offensive took P"."""
_OTHER_CLAUSE = frozenset({"but", "while", ";", ":"}) | _SUBORDINATES
_JOINS = frozenset({"and", ",", "or", "&"})
_NO_NOUN = frozenset(
    _WORDS["prepositions"].union(
        _AUXILIARIES, _SUBJECT_PRONOUNS, _WORDS["relative_pronouns"], _WORDS["times"],
        _WORDS["adverbs"], _WORDS["sets_scene"], _OWN,
    )
)  # fmt: skip
"""They begin and end no noun phrase that could be a subject."""
_ASIDE_OPENS = _WORDS["prepositions"] | _WORDS["relative_pronouns"] | _WORDS["aside_opens"]
_ENDS_NO_PHRASE = _NO_NOUN | _WORDS["english_articles"] | _WORDS["place_attributes"]
_IRREGULAR = frozenset(form for forms in read_word_tables()["irregular"].values() for form in forms)
_WITH = frozenset({"with"})
_ANY = _WORDS["indefinite"]
_DESCRIBES = _UNKNOWN_MAKERS | _WORDS["force_adjectives"] | _WORDS["place_attributes"]
_SHORT_NAME = 4
_COUNTING = frozenset({"of", "many"})
_LEADS_TO_OTHERS = _WORDS["leads_to_others"]
"""Before "the group" they lead to others: "the army, backed by the groups, took"."""
_OPENINGS = {")": "(", "–": "–", "—": "—"}
_LONGEST_OBJECT = 7
"""Items from a verb to the noun that is its object."""
_LONGEST_PHRASE = 16
"""Items of a noun phrase with what describes it."""


class DoerSearch:
    """
    A search from a verb or a noun of a deed to the left, for who does it.

    Each item is of one kind, and each kind has an answer: an actor, nobody (empty), or none, and
    the search goes on.
    """

    def __init__(self, clause: Wording, n: int) -> None:
        self.clause, self.n = clause, n
        self.crossed = self.pronoun = self.one = False
        self.alone = True  # no actor stands between that a pronoun could not mean
        self.resumes = self._resumes(n)
        self.own = own_phrase(clause, n)
        """The phrase that is the subject and names nobody: gunmen, or fighters of no state."""

    def go(self) -> str:
        """The nearest actor that no preposition leads to, or a pronoun's; empty for nobody."""
        closed = self._aside_before()
        if leader := self._led_by():
            return leader
        for k in range(self.n - 1, -1, -1):
            if closed[0] < k < closed[1]:
                continue  # "A (part of B), took P"
            told = self._at(k)
            if told is None and k == self.own.first and not self.pronoun and self.own.nobody:
                return ""
            if told is not None:
                return told
        return self._pronoun_meant()

    def _led_by(self) -> str:
        """Who leads a subject that is not named itself: "an alliance, led by A, took P"."""
        clause = self.clause
        k = clause.back(self.n)
        k -= clause.lower(k) == ","
        begin = k
        while k > begin - _SHORT_NAME and k > 1 and clause.items[k].kind != "a":
            k -= 1
        by = k - 2 if clause.lower(k - 1) == "the" else k - 1
        if clause.items[max(0, k)].kind != "a" or clause.lower(by) != "by":
            return ""
        if clause.lower(by - 1) not in _LEADS or any(m in clause.verbs for m in range(k, begin)):
            return ""
        unnamed = not any(one.kind == "a" for one in clause.items[max(0, by - 7) : by])
        return clause.items[k].actor if unnamed else ""

    def _aside_before(self) -> tuple[int, int]:
        """Where an aside in brackets or dashes opens and ends that ends right before the verb."""
        close = self.clause.back(self.n)
        opening = _OPENINGS.get(self.clause.lower(close))
        if opening is None:
            return -1, -1
        before = range(close - _SHORT_NAME, 0, -1)  # "A (AB) took P"
        return next(((k, close) for k in before if self.clause.lower(k) == opening), (-1, -1))

    def _pronoun_meant(self) -> str:
        """Whom a pronoun means where nobody stood before it."""
        if not self.pronoun:
            return ""
        return remembered(self.clause, self.n, one=self.one) or self.clause.memory.voice

    def _at(self, k: int) -> str | None:
        item = self.clause.items[k]
        if item.kind == "a":
            return self._actor(k, item)
        return self._word(k, item.lower) if item.lower in _SHOWS_SUBJECT else None

    def _word(self, k: int, word: str) -> str | None:
        """A pronoun, a group, people, or a sign that another clause ends here."""
        if word in _OURS and not self._pronoun_at_left(k):
            return self._speaker_after()
        if word in _OURS and (speaker := self._speaker_introduced(k)):
            return speaker
        if self._stands_for_actor(k):
            return self._pronoun(k, word)
        if self.alone and self._means_group(k):
            return None if self._joined_to_oblique(k) else self._group(k, word)
        if word == ";" or (not self.pronoun and self._nobody(k)):
            return self._pronoun_meant()
        self.crossed = self.crossed or (word in _SPEECH_FORMS and self._speaks(k))
        return None

    def _actor(self, k: int, item: Item) -> str | None:
        """An actor: the subject, unless it is oblique, explains another or is beneath it."""
        clause = self.clause
        oblique = is_oblique(clause, k)
        if self.pronoun and clause.lower(k + 1) == "'s":
            return None  # "after A's retreat they"
        apposed = item.note == "generic" and is_apposed(clause, k)
        self.alone = self.alone and (oblique or not apposed)
        if apposed or oblique or self._beneath(k):
            return None
        if (meant := self._meant_by_troops(k, item)) and not self.pronoun:
            return meant
        silent = self.crossed and not self.pronoun and not self._chained(k)
        other = self.own.stateless and k < self.own.first and item.actor in clause.memory.states
        return "" if silent or other else item.actor

    def _meant_by_troops(self, k: int, item: Item) -> str:
        """Whose soldiers "the troops" are if another state's were told of before."""
        clause = self.clause
        if item.lower not in _BARE_TROOPS or clause.lower(k - 1) != "the":
            return ""
        if any(one.kind == "a" for one in clause.items[:k]) or not clause.memory.actors:
            return ""
        last = clause.memory.actors[-1]
        named = last in {clause.memory.last_called(noun) for noun in _SOLDIERS}
        return last if named and last in clause.memory.states and last != item.actor else ""

    def _beneath(self, k: int) -> bool:
        """Whether an actor is but the subject of a clause within that whose verb is looked at."""
        at = k - 2 if self.clause.lower(k - 1) == "the" else k - 1
        described = self.pronoun and self.clause.lower(at) in _RELATIVE_LEADS
        return (self.resumes or described) and is_beneath(self.clause, k)

    def _pronoun(self, k: int, word: str) -> str | None:
        """They, or "its forces": whose speech it is, who was hit, else whoever comes before."""
        if self.clause.lower(k - 1) == "that" and self.clause.lower(k - 2) == "and":
            return self._speaker_before(k)
        if self.clause.back(self.n) == k and (hit := struck_before(self.clause, k)):
            return hit
        self.pronoun, self.one = True, self.one or word in _ONE
        return None

    def _group(self, k: int, word: str) -> str:
        """Whom "the group" or bare "fighters" mean."""
        clause = self.clause
        told = by_noun(clause, k)
        if told or not _ONLY_TELLING.isdisjoint(clause.lowers[k : k + 4]):
            return told
        if word in _UNKNOWN:
            return ""
        if not _ADVANCING.isdisjoint(clause.lowers[k : k + 3]) and clause.memory.last_taker():
            return clause.memory.last_taker()
        stateless = is_stateless(clause, k)
        return self._army(k) or remembered(clause, k, stateless=stateless) or unnamed_at(clause, k)

    def _joined_to_oblique(self, k: int) -> bool:
        """Whether "the group" stands beside who is no subject: "at the expense of A and the"."""
        joined = self.clause.lower(k - 1) == "and" and k > 1
        before = self.clause.items[k - 2]
        return joined and before.kind == "a" and is_oblique(self.clause, k - 2)

    def _speaks(self, k: int) -> bool:
        """Whether somebody speaks here, and not between commas."""
        return not self.pronoun and self.clause.speaks(k) and not _is_aside(self.clause, k)

    # --- what stands at an item -----------------------------------------------------------------

    def _speaker_before(self, k: int) -> str:
        """Whose speech goes on: "A said that B fled and that its units entered P"."""
        clause = self.clause
        at = next((m for m in range(k - 1, -1, -1) if clause.lower(m) in _SPEECH_FORMS), 0)
        return remembered(clause, at) if at else ""

    def _speaker_introduced(self, k: int) -> str:
        """Who says "we" behind a colon or a verb of speech: "A: we took P", "A said that we"."""
        clause = self.clause
        for m in range(k - 1, max(-1, k - _LONGEST_OBJECT), -1):
            word = clause.lower(m)
            if word == ":" or (word in _SPEECH_FORMS and clause.speaks(m)):
                named = (one.actor for one in reversed(clause.items[:m]) if one.kind == "a")
                return next(named, "")
            if m in clause.verbs or clause.items[m].kind in {"a", "p"}:
                return ""
        return ""

    def _speaker_after(self) -> str:
        """Whose speech a sentence is that says "our": who is named behind its words, or spoke last."""  # noqa: E501
        clause, items = self.clause, self.clause.items
        speech = next(
            (m for m in range(self.n, len(items)) if items[m].lower in _SPEECH_FORMS), None
        )
        if speech is None:
            return clause.memory.last_voice()
        begin = next(
            (m for m in range(speech, self.n, -1) if items[m].lower in _ENDS_SPEECH), self.n
        )
        for m in range(begin, len(items)):
            if items[m].kind == "a":
                return items[m].actor
            voice = clause.sentence.speakers.get(m)
            if voice is not None and clause.lexicon.speakers.actor_of(voice[0]):
                return clause.lexicon.speakers.actor_of(voice[0])
        return ""

    def _pronoun_at_left(self, k: int) -> bool:
        return any(self.clause.items[m].kind == "a" for m in range(k))

    def _stands_for_actor(self, k: int) -> bool:
        """Whether a pronoun, or "its forces", means an actor named before."""
        clause, word = self.clause, self.clause.lower(k)
        if word in _SUBJECT_PRONOUNS and clause.items[k].kind == "w" and self.alone:
            aside = clause.lower(k - 1) == "," and clause.lower(k + 2) == ","
            return not (aside and clause.lower(k + 1) in _SPEECH_FORMS)  # "B, it said, took P"
        behind = 2 if clause.lower(k + 1) in _BEFORE_FORCES else 1
        return word in _OWN and clause.lower(k + behind) in _OWNED

    def _means_group(self, k: int) -> bool:
        """Whether "the group" or bare "fighters" means an actor named before."""
        clause, word = self.clause, self.clause.lower(k)
        if word in _THESE:
            return self._group_noun(k) and clause.lower(k - 1) not in _LEADS_TO_OTHERS
        said = k == 0 or clause.lower(k - 1) in _SPEECH_FORMS or self._opens_clause(k)
        said = said or (clause.lower(k - 1) == "that" and clause.lower(k - 2) in _SPEECH_FORMS)
        qualified = k > 0 and clause.lower(k + 1) in _QUALIFIERS  # "fighters from P"
        return word in _BARE_GROUPS and said and not qualified

    def _group_noun(self, k: int) -> bool:
        clause = self.clause
        for m in range(k + 1, min(k + 4, clause.size)):
            if clause.lowers[m] in _GROUP_NOUN:
                return clause.items[m].kind == "w"
        return False

    def _opens_clause(self, k: int) -> bool:
        """Whether only a scene is set before a noun: "In the east, factions", "On Friday units"."""
        clause = self.clause
        m = k - 2 if clause.lower(k - 1) in _BEFORE_BARE else k - 1
        if clause.lower(m) in _CLAUSE_LEADS and m < k:
            return True
        if m >= 0 and clause.items[m].kind != "d" and clause.lower(m) not in _SETS_SCENE:
            return False
        before = clause.items[:k]
        return not any(one.kind == "a" or m in clause.verbs for m, one in enumerate(before))

    def _army(self, k: int) -> str:
        """The state whose army "the units" are, if one was named last."""
        clause = self.clause
        if _STATE_NOUNS.isdisjoint(clause.lowers[k : k + 4]):
            return ""
        states = (
            one.actor
            for m, one in reversed(list(enumerate(clause.items[:k])))
            if one.kind == "a" and one.actor in clause.memory.states and not is_past(clause, m)
        )
        told = (one for one in reversed(clause.memory.actors) if one in clause.memory.states)
        clause.memory.asked = True
        return next(states, "") or next(told, "")

    def _nobody(self, k: int) -> bool:
        """Whether people stand here, who are no force."""
        lower = self.clause.lower
        if lower(k) not in _PEOPLE or self.clause.items[k].kind != "w":
            return False
        if lower(k + 1) in _SPEECH_FORMS and lower(k - 1) == lower(k + 2) == ",":
            return False  # "A, he added, advanced"
        theirs = lower(k - 1) == "their" and lower(k - 2) == "and"
        if self._beside_actor(k):
            return False
        if lower(k) not in _COUNTED and lower(k + 1) == "of":
            owner = self.clause.item(k + 3 if lower(k + 2) in _DETERMINERS else k + 2)
            if owner is not None and owner.kind == "a":
                return True  # "the employees of A"
        if self._done_to(k):
            return False  # "A killed ten civilians and captured P"
        many = lower(k - 1) == "of" and lower(k - 2) in _GROUPS | _PEOPLE
        plain = not theirs and lower(k + 1) != "of" and lower(k - 1) not in _OF_WHOM
        return many or plain  # "thousands of civilians"

    def _done_to(self, k: int) -> bool:
        """Whether people are whom somebody named before does something to, for or with."""
        lower = self.clause.lower
        if (
            self.clause.back(self.n) == k
            or lower(k + 1) in _RELATIVE_PRONOUNS
            or lower(k) in _SAYERS
        ):
            return False
        for m in range(k - 1, max(-1, k - _LONGEST_OBJECT), -1):
            word = lower(m)
            if self.clause.items[m].kind != "w" or word in _ENDS_PART:
                return False
            led = word in _LEADS_OBJECTS or word.endswith(("ed", "ing")) or m in self.clause.verbs
            if led or word in _IRREGULAR:
                return self._named_before(m)
        return False

    def _named_before(self, m: int) -> bool:
        """Whether somebody who may do something is named before an item."""
        return any(
            one.kind == "a" and one.note != "adjective" and not is_oblique(self.clause, k)
            for k, one in enumerate(self.clause.items[:m])
        )

    def _beside_actor(self, k: int) -> bool:
        """Whether people are joined to an actor as one subject: "A and thousands of civilians"."""
        lower = self.clause.lower
        m = k - 1
        while m > 1 and (lower(m) in _GROUPS | _PEOPLE or lower(m) in _COUNTING):
            m -= 1
        return lower(m) == "and" and m > 0 and self.clause.items[m - 1].kind == "a"

    def _resumes(self, n: int) -> bool:
        """Whether a verb goes on with the main clause: "A took P as B fled, and advanced"."""
        k = self.clause.back(n)
        while k > 0 and self.clause.lower(k).endswith("ly"):
            k -= 1
        word = self.clause.lower(k)
        return word in _RESUMES and (word == "," or self.clause.lower(k - 1) == ",")

    def _chained(self, speaker: int) -> bool:
        """Whether a speaker's own doing follows: "claim to have taken", "declared P liberated"."""
        between = [self.clause.items[m] for m in range(speaker + 1, self.n)]
        verbs = [m for m, one in enumerate(between) if one.lower in _SPEECH_FORMS]
        if not verbs:
            return True
        after = between[verbs[-1] + 1 :]
        if after and after[0].kind == "w" and after[0].lower.endswith("ing"):
            return True  # "announced taking P"
        if self.clause.lower(self.n - 1) == "having" and self.clause.lower(self.n - 2) == ",":
            return True  # "claimed to hold P, having taken Q"
        if (after and after[0].lower == ",") or any(one.lower == "and" for one in after):
            return not any(one.lower == "that" for one in after)
        return all(one.lower in _CHAINS or one.kind == "d" for one in after)


class OwnPhrase(NamedTuple):
    """
    The noun phrase that is a verb's own subject and names no actor.

    Attributes
    ----------
    first
        Where it begins; -1 where there is none.
    nobody
        Whether it stands for nobody who was told before, as "gunmen" do, not "the offensive".
    stateless
        Whether it stands for somebody who is no state: "fighters".
    """

    first: int = -1
    nobody: bool = False
    stateless: bool = False


def own_phrase(clause: Wording, n: int) -> OwnPhrase:
    """Find the noun phrase right before a verb in its own clause, if it names no actor."""
    return _Phrase(clause).before(n)


_NONE = OwnPhrase()


class _Phrase:
    """The noun phrase right before a verb, walked over from its end to its beginning."""

    def __init__(self, clause: Wording) -> None:
        self.clause = clause

    def before(self, n: int) -> OwnPhrase:
        """The nameless phrase right before a verb, or before the verb of a noun."""
        clause = self.clause
        verb = clause.verbs.get(n)
        noun = verb is None or (verb[1] == "base" and not stands_as_verb(clause, n))
        if noun and (n := self._verb_of(n)) < 1:
            return _NONE
        k = clause.back(n)
        if clause.lower(k) == "," and (opening := self._aside(k)):
            k = opening - 1  # "gunmen, backed by residents, seized P"
        if k < 1 or not self._is_noun(k):
            return _NONE
        first = k
        while first > 0 and not self._bounds(first - 1):
            first -= 1
            if k - first > _LONGEST_PHRASE or clause.items[first].kind == "a":
                return _NONE
        head = self._head(first, k)
        if head < 0 or not self._leads_in(first - 1, n):
            return _NONE
        words = clause.lowers[first : head + 1]
        stateless = words[-1] in _STATELESS_GROUPS and words[0] not in _THESE
        return OwnPhrase(first, self._is_nobody(words), stateless)

    def _verb_of(self, n: int) -> int:
        """The verb whose object a noun is: "launched" for "launched a surprise attack"."""
        for k in range(n - 1, max(-1, n - _LONGEST_OBJECT), -1):
            if self._acts(k):
                return k if self.clause.items[k].kind == "w" else -1
            if self._leads_on(k) or self._bounds(k) or self.clause.items[k].kind == "a":
                return -1
        return -1

    def _is_noun(self, k: int) -> bool:
        """Whether a phrase may end at an item: a noun, or a place that tells where it is from."""
        one = self.clause.items[k]
        if one.kind == "p":
            return self.clause.lower(k - 1) in _WORDS["prepositions"]
        plain = one.kind == "w" and one.lower.isalpha() and one.lower not in _ENDS_NO_PHRASE
        return plain and not self._acts(k) and not self._bounds(k)

    def _acts(self, k: int) -> bool:
        """Whether a verb, or what is formed like one, stands at an item."""
        word = self.clause.lower(k)
        told = word in _SPEECH_FORMS and self.clause.speaks(k)
        formed = word.endswith(("ed", "ing")) and word not in _DESCRIBES
        formed = formed or word in _IRREGULAR
        return k in self.clause.verbs or told or formed

    def _bounds(self, k: int) -> bool:
        """Whether no noun phrase goes on past an item."""
        one = self.clause.items[k]
        if one.kind != "w":
            return False
        word = one.lower
        sign = not word.isalpha() and word not in {"-", "'s"} and not word[0].isdigit()
        ends = word in _OTHER_CLAUSE or word in _JOINS or word in _AUXILIARIES
        return sign or ends or word in _SUBJECT_PRONOUNS or self._acts(k)

    def _aside(self, k: int) -> int:
        """The comma that opens what a comma at an item ends; 0 if it ends no aside."""
        lower = self.clause.lower
        for m in range(k - 1, max(0, k - _LONGEST_PHRASE), -1):
            if lower(m) == ",":
                word = lower(m + 1)
                return m if word in _ASIDE_OPENS or word.endswith(("ed", "ing")) else 0
        return 0

    def _leads_in(self, k: int, n: int) -> bool:
        """Whether what stands before a phrase makes it the subject of the verb at an item."""
        lead, verb = self.clause.lower(k), self.clause.lower(n)
        if self.clause.lower(n - 1) == "to":
            return lead in _CAUSES  # "forced the gunmen to leave P"
        if verb.endswith("ing") and self.clause.lower(n - 1) not in _BE:
            return lead in _WITH
        if lead in _OTHER_CLAUSE or (lead in _SPEECH_FORMS and self.clause.speaks(k)):
            return True
        return lead in _JOINS and self._other_clause_before(k)

    def _head(self, first: int, last: int) -> int:
        """The noun that a phrase is about: the last one before a preposition; -1 for none."""
        word = self.clause.lower(first)
        one = self.clause.items[first]
        if one.kind != "w" or word in _NO_NOUN or word.endswith("ly"):
            return -1
        ends = (k for k in range(first, last + 1) if self._leads_on(k))
        return next(ends, last + 1) - 1

    def _leads_on(self, k: int) -> bool:
        one = self.clause.items[k]
        return one.kind in {"p", "d"} or one.lower in _WORDS["prepositions"]

    @staticmethod
    def _is_nobody(words: list[str]) -> bool:
        """Whether nobody who was told before is meant: "gunmen", "masked men", "a militia"."""
        if " ".join(words[-2:]) in _UNKNOWN or not _UNKNOWN_MAKERS.isdisjoint(words):
            return True
        if words[-1] in _STATELESS_GROUPS and words[0] in _ANY:
            return True
        return words[-1] not in _STANDS_FOR_DOER and _OWN.isdisjoint(words)

    def _other_clause_before(self, k: int) -> bool:
        """Whether a verb stands before what joins a phrase, so that it joins no two subjects."""
        for m in range(k - 1, -1, -1):
            one = self.clause.items[m]
            if one.kind == "w" and (self._acts(m) or one.lower in _AUXILIARIES):
                return True
            if one.kind == "a" and not is_oblique(self.clause, m):
                return False
        return False


def _is_aside(clause: Wording, k: int) -> bool:
    """Whether a speech stands between commas: "took P, S said, and went on"."""
    return clause.lower(k + 1) == "," and any(
        clause.lower(m) == "," for m in range(max(0, k - 7), k)
    )
