"""Who is named: the names of a theater's actors, and whom one means by its day and company."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.actor_spellings import spellings_of
from syriamap.extraction.lexicon.dated_names import Alias, aliases_of, iso_day, name_words
from syriamap.extraction.lexicon.force_words import (
    behind_hyphen,
    force_behind,
    has_event_behind,
    with_its_men,
)
from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_trie import HYPHENS, Trie
from syriamap.extraction.texts.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from syriamap.extraction.texts.tokens import Words
    from syriamap.theater.folder import Theater

__all__ = ["ActorNames"]

_WORDS = read_words()
_ARMIES = _WORDS["state_forces"]
_BEFORE_OWNER = _WORDS["before_owner"]
_BEHIND_BACKER = _WORDS["behind_backer"]
_CONTROL = _WORDS["control"]
_FORCES = _WORDS["forces"]
_HOW_FULL = _WORDS["how_full"] - {"the"}
_NO_ARMY = _WORDS["site_kinds"] | _WORDS["no_army_nouns"]
_OTHER_PEOPLES = _WORDS["other_peoples"]
_REBELS = _WORDS["rebel_words"]


class ActorNames:
    """
    The actors of a theater, by their names.

    Parameters
    ----------
    theater
        Its actors and their aliases.

    Attributes
    ----------
    trie
        Their names in all spellings.
    begins, ends
        Actor → the ISO day from which there is one, and up to which.
    states
        Actors that have the army of a state: "the group" means none of them.
    own
        Actors of the country itself: they have names that no other war knows.
    """

    def __init__(self, theater: Theater) -> None:
        self.trie = Trie()
        self._unnamed: dict[str, list[Alias]] = {}
        aliases = list(aliases_of(theater))
        for name, alias in aliases:
            if alias.note == "unnamed":
                self._unnamed.setdefault(name, []).append(alias)
                continue
            for spelling in spellings_of(name):
                star = alias.star and spelling.endswith("*")
                self.trie.add(name_words(spelling), replace(alias, star=star))
        self.begins: dict[str, str] = {}
        self.ends: dict[str, str] = {}
        for one in theater.actors.itertuples():
            actor, short = str(one.Index), str(one.short)
            begin, end = iso_day(one.valid_from), iso_day(one.valid_to)
            self.begins[actor], self.ends[actor] = begin, end
            self.trie.add(name_words(str(one.name)), Alias(begin, end, actor, "", star=False))
            if short.isupper() and len(short) > 1:
                alias = Alias(begin, end, actor, "capitals", star=False)
                self.trie.add(name_words(short), alias)
        self.states = frozenset(_with_army(aliases))
        self.own = frozenset(one.actor_id for _, one in aliases if one.note == "home")

    def meant(self, name: Sequence[str], day: str) -> list[str]:
        """Whom a name may mean on an ISO day, the likeliest first."""
        aliases: list[Alias]
        _, aliases = self.trie.longest(name, 0)
        return [one.actor_id for one in aliases if one.valid(day)]

    def unnamed_on(self, noun: str, day: str) -> str:
        """Whom a noun for a group means on an ISO day where nobody was named before."""
        return next((one.actor_id for one in self._unnamed.get(noun, ()) if one.valid(day)), "")

    def meant_then(self, name: str, actor: str, day: str) -> str:
        """
        Whom a name meant on an ISO day, of an actor that it means now and did not yet mean then.

        "The army" of a text of today is another one in what it tells of years ago.
        """
        begin = self.begins.get(actor, "")
        if not day or not begin or day >= begin:
            return actor
        return next(iter(self.meant([token.lower for token in tokens_of(name)], day)), actor)

    def bygone_at(self, lower: Sequence[str], start: int, day: str) -> int:
        """
        End of a proper name of several words that no actor bears on an ISO day; else `start`.

        What stands inside such a name ("Syrian Army" in "Free Syrian Army") is no name by itself.
        """
        end, aliases = self.trie.longest(lower, start)
        proper = end - start > 1 and any(one.note == "home" and not one.star for one in aliases)
        return end if proper and not any(one.valid(day) for one in aliases) else start

    def at(self, words: Words, start: int, day: str) -> tuple[int, str, str] | None:
        """Actor whose name begins at a word: end, actor id, note (`adjective` before an event)."""
        end, aliases = self.trie.longest(words.lowers, start)
        while aliases:
            usable = [one for one in aliases if one.valid(day)]
            if not usable:
                return None
            found = self._meant_by(usable, words, start, end, day)
            if found is not None:
                return found
            # "the SDF's" of "the SDF's departure": no force follows, so the name is a shorter one
            end, aliases = self.trie.longest(words.lowers[: end - 1], start)
        return None

    def _meant_by(
        self, usable: list[Alias], words: Words, start: int, end: int, day: str
    ) -> tuple[int, str, str] | None:
        """Whom one of the aliases of a name that ends at a word means."""
        lower = words.lowers
        if _ends_other_name(words, start, end):
            return None
        after, last = force_behind(lower, end)
        if not last and lower[start - 1 : start] != ["in"] and self._shares_force(lower, end, day):
            last = end  # "Russian" of "Russian and Syrian warplanes"
        if last and len(usable) > 1:
            usable.sort(key=lambda one: not one.star)
        event = has_event_behind(lower, end, after)
        for one in usable:
            if one.note == "capitals" and words.texts[start] != words.texts[start].upper():
                continue
            if one.star and last:
                rebels = one.actor_id in self.states and not _REBELS.isdisjoint(lower[end:last])
                return None if rebels else (last, one.actor_id, one.note)
            if _is_alone(one, lower, start, end, event=event):
                note = "adjective" if event and one.star else one.note
                return with_its_men(lower, end), one.actor_id, note
        return None

    def _shares_force(self, lower: Sequence[str], end: int, day: str) -> bool:
        """Whether a name shares the noun of force of the one that "and" joins to it."""
        if lower[end : end + 1] != ["and"]:
            return False
        other, aliases = self.trie.longest(lower, end + 1)
        valid = any(one.star and one.valid(day) for one in aliases)
        return valid and force_behind(lower, other)[1] > 0


def _with_army(aliases: Iterable[tuple[str, Alias]]) -> Iterable[str]:
    """Actors that texts call an army or a military without more: "the army", "the A's military"."""
    for name, alias in aliases:
        words = name_words(name)
        if words[-1:] and words[-1] in _ARMIES and (len(words) == 1 or "'s" in words):
            yield alias.actor_id


def _ends_other_name(words: Words, start: int, end: int) -> bool:
    """Whether "Army" ends another name: "the Khalid ibn al-Walid Army", "the Lebanese army"."""
    lower = words.lowers
    owner = start - 1 - (not _ARMIES.isdisjoint(lower[start - 1 : start]))
    foreign = owner >= 0 and lower[owner] in _OTHER_PEOPLES
    if foreign and lower[start] in _ARMIES | _FORCES:
        return True
    if end - start > 1 or start < 2 or lower[start] not in _ARMIES:
        return False
    return words.texts[start][:1].isupper() and words.texts[start - 1][:1].isupper()


def _is_alone(alias: Alias, lower: Sequence[str], start: int, end: int, *, event: bool) -> bool:
    """Whether a name without a noun of force means the actor by what stands behind it."""
    if (alias.star or alias.note == "adjective only") and not event:
        return False
    following = behind_hyphen(lower, end, HYPHENS)
    hyphened = not HYPHENS.isdisjoint(lower[end : end + 1])
    if hyphened and not _BEHIND_BACKER.isdisjoint(following):
        return False
    if alias.note != "generic" or _NO_ARMY.isdisjoint(following):
        return True
    held = following[0] in _CONTROL
    lead = start - 1
    while held and lead > 0 and lower[lead] in _HOW_FULL:
        lead -= 1  # "under full army control"
    return held and not _BEFORE_OWNER.isdisjoint(lower[lead : lead + 1])
