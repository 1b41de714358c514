"""
What the patterns know: frames of verbs, words, names of actors and of speakers, as data.

Frames and words ship with the package (``frames.toml``, the files of ``words/``), names of actors
and speakers with the theater (``actor_aliases.csv``, ``speakers.csv``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from syriamap.extraction.texts.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable

    from syriamap.extraction.texts.tokens import Words
    from syriamap.theater.folder import Theater

__all__ = [
    "Alias",
    "Frame",
    "Lexicon",
    "Trie",
    "Voice",
    "any_of",
    "forms_before_places",
    "read_frames",
    "read_word_tables",
    "read_words",
]


def _forms(verb: str) -> dict[str, str]:
    """Forms of a verb → which: `base`, `past`, `part`, `ing`."""
    tables, words = read_word_tables(), _lists()
    irregular: dict[str, list[str]] = tables["irregular"]
    stem: str = tables["doubled"].get(verb, verb)
    bare = stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem
    if verb.endswith("y") and verb[-2] not in "aeiou":
        past, third = verb[:-1] + "ied", verb[:-1] + "ies"
    else:
        past = bare + "ed" if not stem.endswith("ee") else verb + "d"
        third = verb + ("es" if verb.endswith(tuple(words["es_endings"])) else "s")
    past, part = irregular.get(verb, (past, past))
    for prefix in words["prefixes"]:
        bare_verb = verb.removeprefix(prefix)
        if bare_verb != verb and bare_verb in irregular:
            past, part = (prefix + form for form in irregular[bare_verb])
    if verb == "be":
        return dict(tables["being"])
    if verb == "lay":
        bare = "lay"
    forms = {verb: "base", third: "base", bare + "ing": "ing"}
    forms[part] = "part"
    forms[past] = "past" if past != part else "either"
    return forms


@dataclass(frozen=True)
class Frame:
    """
    One verb family; the fields are those of an entry of ``frames.toml``, which explains them.

    Attributes
    ----------
    name, relation, verbs, nouns, subject, object, via, direct, lasting, passive, loser, needs,
    noun_via, example
        As in the file; absent ones are empty.
    """

    name: str
    relation: str
    verbs: tuple[str, ...]
    nouns: frozenset[str] = frozenset()
    subject: str = "actor"
    object: str = "place"
    via: frozenset[str] = frozenset()
    direct: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    passive: str = ""
    loser: str = ""
    needs: frozenset[str] = frozenset()
    noun_via: frozenset[str] = frozenset()
    example: str = ""


def _folder() -> Traversable:
    return resources.files("syriamap.extraction.lexicon")


@cache
def _entries() -> dict[str, Any]:
    """All lists and tables of the files of words, by their names, which are all different."""
    found: dict[str, Any] = {}
    for file in (_folder() / "words").iterdir():
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text("utf-8"))
    return found


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(one) for key, one in _entries().items() if isinstance(one, list)}


def _verbs_of(pattern: str) -> Iterator[str]:
    """All verbs of a pattern: "{motion} into" is every verb of the class of motion with "into"."""
    classes: dict[str, list[str]] = read_word_tables()["verb_classes"]
    slots = [classes[one[1:-1]] if one[0] == "{" else [one] for one in pattern.split()]
    return map(" ".join, product(*slots))


@cache
def read_frames() -> tuple[Frame, ...]:
    """Read the frames that ship with the package."""
    frames = []
    for entry in tomllib.loads((_folder() / "frames.toml").read_text("utf-8"))["frame"]:
        values: dict[str, Any] = {
            key: frozenset(value) if isinstance(value, list) else value
            for key, value in entry.items()
            if key not in {"verbs", "made"}
        }
        made = [verb for one in entry.get("made", ()) for verb in _verbs_of(one)]
        frames.append(Frame(**values, verbs=tuple(dict.fromkeys([*entry["verbs"], *made]))))
    return tuple(frames)


@cache
def forms_before_places() -> frozenset[str]:
    """Forms of all verbs that a place may follow at once: "to secure P", "shelling P"."""
    verbs = (one for frame in read_frames() if "" in frame.via for one in frame.verbs)
    return frozenset(form for one in verbs if " " not in one for form in _forms(one))


@cache
def read_words() -> dict[str, frozenset[str]]:
    """Read the word lists that ship with the package; `speech_forms` are all forms of `speech`."""
    speech = {form for verb in _lists()["speech"] for form in _forms(verb)}
    return {**_lists(), "speech_forms": frozenset(speech)}


@cache
def read_word_tables() -> dict[str, dict[str, Any]]:
    """Read the tables among them: words → what they mean, in the order of the file."""
    return {key: one for key, one in _entries().items() if isinstance(one, dict)}


def any_of(words: Iterable[str]) -> str:
    """
    Give the alternatives of a regular expression that matches any of some words.

    >>> any_of(["km", "kms", "mi"])
    'kms|km|mi'
    """
    return "|".join(re.escape(one) for one in sorted(words, key=lambda one: (-len(one), one)))


_MOST_SPELLINGS = 60
"""Spellings of one name that are looked for."""

_HYPHENS = frozenset("-–")
"""Signs that join the words of a name: "US-backed", "United States–backed"."""

_VALUES = ""
"""Where a node of a trie keeps its values; no word is empty."""


class Trie:
    """Sequences of words → values; the longest match from a place wins."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, words: Sequence[str], value: Any) -> None:
        """Add a sequence; several values may share one."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_VALUES, []).append(value)

    def first_words(self, *, unless: frozenset[str] = frozenset()) -> frozenset[str]:
        """Words with which a sequence begins; after some words, those that come second."""
        found = set(self._root.keys() - unless)
        for word in self._root.keys() & unless:
            found |= self._root[word].keys()
        return frozenset(found)

    def second_words(self) -> dict[str, frozenset[str]]:
        """First words of sequences → the words that may follow; all hyphens, which are no words."""
        return {
            word: frozenset({*node, "-"}) for word, node in {**self._root, "-": self._root}.items()
        }

    def longest(self, words: Sequence[str], start: int) -> tuple[int, list[Any]]:
        """Give the end of the longest match that begins at `start`, and its values."""
        node = self._root
        found: tuple[int, list[Any]] = (start, [])
        for place in range(start, len(words)):
            word = words[place]
            if word in _HYPHENS:
                continue
            if word not in node:
                break
            node = node[word]
            if _VALUES in node:
                found = (place + 1, node[_VALUES])
        return found


@dataclass(frozen=True)
class Alias:
    """A name of an actor and its years; `star`: the name needs a noun of force behind it."""

    actor_id: str
    valid_from: str
    valid_to: str
    note: str
    star: bool

    def valid(self, day: str) -> bool:
        """Whether the name had this meaning on an ISO day; without a day, it may have had it."""
        return _holds(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Voice:
    """A speaker's code and the days on which a name meant them."""

    code: str
    valid_from: str
    valid_to: str


_WITHIN_NAME = frozenset({"-", "'s", '"', "“", "”", "'", "‘", "’"})
"""Signs between the name of an actor and its noun of force: '"A" troops'."""


def _iso_day(moment: object) -> str:
    text = str(moment)
    return "" if text == "NaT" else text[:10]


def _holds(valid_from: str, valid_to: str, day: str) -> bool:
    return not day or ((not valid_from or valid_from <= day) and (not valid_to or day <= valid_to))


def _words(text: str) -> list[str]:
    return [token.lower for token in tokens_of(text) if token.lower not in {"-", "*"}]


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


def _words_of(theater: Theater) -> dict[str, frozenset[str]]:
    """The lists of words, for one theater."""
    words = read_words()
    return {
        **words,
        "foreign": words["foreign"] - _own_words(theater),
        "peoples": frozenset(one.lower() for one in theater.peoples),
        "no_army": words["site_kinds"] | words["no_army_nouns"],
    }


def _states(theater: Theater) -> frozenset[str]:
    """Actors that texts call an army or a military without more: "the army", "the A military"."""
    forces = read_words()["state_forces"]
    named = zip(theater.aliases.get("alias", ()), theater.aliases.get("actor_id", ()), strict=True)
    words = ((_words(str(alias)), str(actor)) for alias, actor in named)
    return frozenset(
        actor
        for alias, actor in words
        if alias and alias[-1] in forces and (len(alias) == 1 or "'s" in alias)
    )


def _actor_names(theater: Theater) -> tuple[Trie, dict[str, list[Alias]]]:
    """The names of the actors; apart from them, nouns that mean one where nobody was named."""
    actors = Trie()
    unnamed: dict[str, list[Alias]] = {}
    for row in theater.aliases.itertuples(index=False):
        star = str(row.alias).endswith("*")
        alias = Alias(
            str(row.actor_id), str(row.valid_from), str(row.valid_to), str(row.note), star
        )
        if alias.note == "unnamed":
            unnamed.setdefault(str(row.alias), []).append(alias)
        else:
            for name in (*_spellings(str(row.alias)), *_by_backer(str(row.alias))):
                actors.add(
                    _words(name), alias if name.endswith("*") else replace(alias, star=False)
                )
    for one in theater.actors.itertuples():
        begin, end = _iso_day(one.valid_from), _iso_day(one.valid_to)
        actors.add(_words(str(one.name)), Alias(str(one.Index), begin, end, "", False))
        short = str(one.short)
        if short.isupper() and len(short) > 1:
            actors.add(_words(short), Alias(str(one.Index), begin, end, "capitals", False))
    return actors, unnamed


def _spellings(alias: str) -> list[str]:
    """Give a name in all usual spellings of its Arabic words: "jaish al sham", "jaysh el sham"."""
    groups: dict[str, list[str]] = read_word_tables()["alias_spellings"]
    alike = {word: group for group in groups.values() for word in group}
    ways = product(*(alike.get(word, [word]) for word in alias.split()))
    found = map(" ".join, islice(ways, _MOST_SPELLINGS))
    return list(dict.fromkeys([alias, *found]))


def _by_backer(alias: str) -> Iterator[str]:
    """The other orders of a name by who backs it: "a backed *" is "fighters supported by a"."""
    backer, backed, rest = alias.partition(" backed ")
    if backed and rest == "*" and " " not in backer:
        words = read_words()
        for noun in sorted(words["backed_nouns"]):
            yield from (f"{noun} {verb} by {backer}" for verb in sorted(words["backed"]))


def _own(theater: Theater) -> frozenset[str]:
    """Actors of the country itself, by the names that this war alone knows."""
    notes = zip(theater.aliases.get("note", ()), theater.aliases.get("actor_id", ()), strict=True)
    return frozenset(str(actor) for note, actor in notes if note == "home")


@dataclass(frozen=True)
class Lexicon:
    """
    Everything that the patterns look up, made once per theater.

    Attributes
    ----------
    actors, speakers
        Tries over names.
    verbs
        Form of a verb → frames, the words that must follow, and which form it is.
    nouns
        Noun → frame.
    words
        The lists of ``words/``.
    first_words
        Words with which the name of an actor or a speaker may begin → those that may follow; with
        an empty word among them where the first one is a name by itself.
    abstaining
        Verbs and nouns that are listed when no actor or no place stands beside them.
    voices
        Code of a speaker → the actor that it speaks for.
    forms
        Forms of the frames' verbs that are no noun.
    doers
        Words with which the name of an actor begins, or that come second after a common one.
    begins
        Actor → the ISO day from which there is one.
    ends
        Actor → the ISO day up to which there is one.
    states
        Actors that have the army of a state: "the group" means none of them.
    unnamed
        Noun for a group → whom it means where nobody was named.
    own
        Actors of the country itself: they have names that no other war knows.
    """

    actors: Trie
    speakers: Trie
    verbs: dict[str, list[tuple[tuple[str, ...], str, Frame]]]
    nouns: dict[str, Frame]
    words: dict[str, frozenset[str]]
    asserters: dict[str, str] = field(default_factory=dict)
    first_words: dict[str, frozenset[str]] = field(default_factory=dict)
    abstaining: frozenset[str] = frozenset()
    voices: dict[str, str] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    begins: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    unnamed: dict[str, list[Alias]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, theater: Theater) -> Lexicon:
        """Make the lexicon of a theater."""
        speakers = Trie()
        actors, unnamed = _actor_names(theater)
        asserters: dict[str, str] = {}
        for row in theater.speakers.itertuples(index=False):
            voice = Voice(str(row.speaker), str(row.valid_from), str(row.valid_to))
            speakers.add(_words(str(row.alias)), voice)
            asserters.setdefault(str(row.speaker), str(row.asserted_by))
        verbs: dict[str, list[tuple[tuple[str, ...], str, Frame]]] = {}
        nouns: dict[str, Frame] = {}
        for frame in read_frames():
            over = [one[:-2] + "over" for one in frame.verbs if one.endswith(" control of")]
            for verb in (*frame.verbs, *over):
                first, *rest = verb.split()
                for form, which in _forms(first).items():
                    verbs.setdefault(form, []).append((tuple(rest), which, frame))
            nouns |= dict.fromkeys(frame.nouns, frame)
        for entries in verbs.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        first_words = actors.second_words()
        for word, following in speakers.second_words().items():
            first_words[word] = following | first_words.get(word, frozenset())
        told = {"captured", "withdrew", "besieged", "struck", "lost"}
        abstaining = {
            form
            for form, entries in verbs.items()
            if any(
                frame.relation in told and which != "base" and not rest
                for rest, which, frame in entries
            )
        }
        abstaining |= {noun for noun, frame in nouns.items() if frame.relation in told}
        return cls(
            actors,
            speakers,
            verbs,
            nouns,
            _words_of(theater),
            asserters,
            first_words,
            frozenset(abstaining - {"claimed", "claiming"}),
            read_word_tables()["voices"] | {str(one): str(one) for one in theater.actors.index},
            frozenset(
                form
                for form, entries in verbs.items()
                if any(which != "base" for _, which, _ in entries)
            ),
            actors.first_words(unless=read_words()["common_first_words"]),
            {str(one.Index): _iso_day(one.valid_from) for one in theater.actors.itertuples()},
            {str(one.Index): _iso_day(one.valid_to) for one in theater.actors.itertuples()},
            _states(theater),
            unnamed,
            _own(theater),
        )

    def unnamed_on(self, noun: str, day: str) -> str:
        """Whom a noun for a group means on an ISO day where nobody was named before."""
        return next((one.actor_id for one in self.unnamed.get(noun, ()) if one.valid(day)), "")

    def actor_on(self, name: str, actor: str, day: str) -> str:
        """
        Whom a name meant on an ISO day, of an actor that it means now and did not yet mean then.

        "The army" of a text of today is another one in what it tells of years ago.
        """
        begin = self.begins.get(actor, "")
        if not day or not begin or day >= begin:
            return actor
        words = [token.lower for token in tokens_of(name)]
        _, aliases = self.actors.longest(words, 0)
        meant = [one.actor_id for one in aliases if one.valid(day)]
        return meant[0] if meant else actor

    def bygone_at(self, lower: Sequence[str], start: int, day: str) -> int:
        """
        End of a proper name of several words that no actor bears on an ISO day; else `start`.

        What stands inside such a name ("Syrian Army" in "Free Syrian Army") is no name by itself.
        """
        end, aliases = self.actors.longest(lower, start)
        proper = end - start > 1 and any(one.note == "home" and not one.star for one in aliases)
        return end if proper and not any(one.valid(day) for one in aliases) else start

    def voice_at(self, lower: Sequence[str], start: int, day: str) -> tuple[int, str]:
        """Speaker whose name begins at a word on an ISO day: end, code; an empty code for none."""
        end, voices = self.speakers.longest(lower, start)
        codes = [one.code for one in voices if _holds(one.valid_from, one.valid_to, day)]
        return (end, codes[0]) if codes else (start, "")

    def actor_of_voice(self, code: str) -> str:
        """The actor that speaks by a speaker's code; empty when none does."""
        return self.voices.get(code, "")

    def actor_at(self, words: Words, start: int, day: str) -> tuple[int, str, str] | None:
        """Actor whose name begins at a word: end, actor id, note (`adjective` before an event)."""
        end, aliases = self.actors.longest(words.lowers, start)
        while aliases:
            found = self._meant_by(aliases, words, start, end, day)
            if found is not None or not any(one.valid(day) for one in aliases):
                return found
            # "the SDF's" of "the SDF's departure": no force follows, so the name is a shorter one
            end, aliases = self.actors.longest(words.lowers[: end - 1], start)
        return None

    def _meant_by(
        self, aliases: Sequence[Alias], words: Words, start: int, end: int, day: str
    ) -> tuple[int, str, str] | None:
        """Whom one of the aliases of a name that ends at a word means."""
        lower = words.lowers
        usable = [one for one in aliases if one.valid(day)]
        if not usable or self._ends_name(words, start, end):
            return None
        after, last = self._force_behind(lower, end)
        if not last and lower[start - 1 : start] != ["in"] and self._shares_force(lower, end, day):
            last = end  # "Russian" of "Russian and Syrian warplanes"
        if last and len(usable) > 1:
            usable.sort(key=lambda one: not one.star)
        event = self._event_behind(lower, end, after)
        for one in usable:
            if one.note == "capitals" and words.texts[start] != words.texts[start].upper():
                continue
            if one.star and last:
                other = self._other_side(one, lower[end:last])
                return None if other else (last, one.actor_id, one.note)
            if self._stands_alone(one, lower, start, end, event=event):
                note = "adjective" if event and one.star else one.note
                return self._with_its_men(lower, end), one.actor_id, note
        return None

    def _with_its_men(self, lower: Sequence[str], end: int) -> int:
        """End of a name with the noun of force behind it: whose "troops" they are is said."""
        return end + (not self.words["forces"].isdisjoint(lower[end : end + 1]))

    def _event_behind(self, lower: Sequence[str], end: int, after: int) -> bool:
        """Whether an event stands behind a name, or behind its nouns of force: "A air strikes"."""
        events = self.words["event_nouns"]
        following = lower[end + 1 if lower[end : end + 1] == ["-"] else end :][:1]
        return not events.isdisjoint(following) or not events.isdisjoint(lower[after : after + 1])

    def _stands_alone(
        self, alias: Alias, lower: Sequence[str], start: int, end: int, *, event: bool
    ) -> bool:
        """Whether a name without a noun of force means the actor by what stands behind it."""
        if (alias.star or alias.note == "adjective only") and not event:
            return False
        hyphened = not _HYPHENS.isdisjoint(lower[end : end + 1])
        following = lower[end + 1 if hyphened else end :][:1]
        if hyphened and not self.words["behind_backer"].isdisjoint(following):
            return False
        if alias.note != "generic" or self.words["no_army"].isdisjoint(following):
            return True
        held = following[0] in self.words["control"]
        lead = start - 1
        while held and lead > 0 and lower[lead] in self.words["how_full"] - {"the"}:
            lead -= 1  # "under full army control"
        return held and not self.words["before_owner"].isdisjoint(lower[lead : lead + 1])

    def _other_side(self, alias: Alias, words: Sequence[str]) -> bool:
        """Whether a state's name only tells where rebels are from: "Syrian armed opposition"."""
        return alias.actor_id in self.states and not self.words["rebel_words"].isdisjoint(words)

    def _ends_name(self, words: Words, start: int, end: int) -> bool:
        """Whether "Army" ends another name: "the Khalid ibn al-Walid Army"."""
        armies = self.words["state_forces"]
        owner = start - 1 - (not armies.isdisjoint(words.lowers[start - 1 : start]))
        foreign = owner >= 0 and words.lowers[owner] in self.words["other_peoples"]
        if foreign and words.lowers[start] in armies | self.words["forces"]:
            return True  # "the Lebanese army", "Lebanese army soldiers"
        if end - start > 1 or start < 2 or words.lowers[start] not in self.words["state_forces"]:
            return False
        before = words.texts[start - 1]
        return words.texts[start][:1].isupper() and before[:1].isupper()

    def _shares_force(self, lower: list[str], end: int, day: str) -> bool:
        """Whether a name shares the noun of force of the one that "and" joins to it."""
        if lower[end : end + 1] != ["and"]:
            return False
        other, aliases = self.actors.longest(lower, end + 1)
        valid = any(one.star and one.valid(day) for one in aliases)
        return valid and self._force_behind(lower, other)[1] > 0

    def _force_behind(self, lower: list[str], end: int) -> tuple[int, int]:
        """Up to where words of force stand behind a name; the end of the last noun, 0 for none."""
        forces, adjectives = self.words["forces"], self.words["force_adjectives"]
        weapons = self.words["weapons"]
        after, last = end, 0
        while after < len(lower) and after < end + 4:
            word = lower[after]
            if word in forces or (word in weapons and self._is_fired(lower, after + 1)):
                last = after + 1
            elif word not in adjectives and word not in _WITHIN_NAME:
                break
            after += 1
        return after, last

    def _is_fired(self, lower: Sequence[str], k: int) -> bool:
        """Whether what stands behind a weapon says that it hits: no event's name, no other noun."""
        return lower[k : k + 1] != [] and lower[k] in self.words["hit_forms"]
