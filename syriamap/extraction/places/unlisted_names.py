"""Capitalized names that no list holds, and the company that makes one a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.verb_frames import forms_before_places
from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.city_quarters import calls_quarter
from syriamap.extraction.places.company import (
    announces_list,
    befallen,
    beside,
    goes_on_listing,
    kind_behind,
    lead_of,
    leads_to_kind,
    name_from,
)
from syriamap.extraction.places.mention import mention_at

if TYPE_CHECKING:
    from syriamap.extraction.places.meanings import Meanings
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.name_index import NameIndex
    from syriamap.extraction.places.place_table import PlaceTable
    from syriamap.extraction.places.sighting import Sighting
    from syriamap.extraction.places.sites_beside import SitesBeside
    from syriamap.theater.folder import Theater

__all__ = ["UnlistedNames"]

_WORDS = read_words()
_AREA_KINDS = _WORDS["area_kinds"]
_EVENT_OF = _WORDS["event_of"]
_INCLUDING = _WORDS["include"] | _WORDS["names_list"]
_LEADING = _WORDS["leading"]
_LEADS_TO_SURE = _WORDS["leads_to_sure"]
_LEADS_DEEDS = forms_before_places()
_OF_OTHERS = _WORDS["organizations"] | _WORDS["buildings"]
_OTHER_PEOPLES = _WORDS["other_peoples"] | _WORDS["people_adjectives"]
_OF_PLACE = _WORDS["of_place"]
_PERSONS_DO = _WORDS["persons_do"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_TAKES_BACK = _WORDS["takes_back"]
_TAKES_PLACE = _WORDS["takes_place"]
_WHOSE = _WORDS["whose"]
_HAS_PLACE = _SETTLEMENT_KINDS | _SITE_KINDS | _PLURAL_KINDS | _OF_PLACE
_STANDS_BEFORE = _SETTLEMENT_KINDS - {"camp", "quarter"}
_BASED = "based"
_OPENS_NAMES = frozenset(":—–")
"""Behind "four villages" they open the list of their names."""

_NAMES_SITE = _WORDS["names_site"]
_LONG_NAME = 5
"""Words and hyphens of a name in a list."""


class _Around(NamedTuple):
    """
    A name, the words beside it, and the word for its kind behind it.

    `before` is the word before it and `second` the one before that; `following` is the word
    behind, `after` its kind, which ends at `last`.
    """

    seen: Sighting
    end: int
    before: str
    second: str
    following: str
    after: str
    last: int

    @property
    def whole(self) -> str:
        return self.seen.written(self.end)


class UnlistedNames:
    """
    Names of places that a theater does not list, or not in that spelling.

    Parameters
    ----------
    theater
        Its peoples' names are no part of a place's.
    places, index, meanings, sites
        What is known of its places.
    """

    def __init__(
        self,
        theater: Theater,
        places: PlaceTable,
        index: NameIndex,
        meanings: Meanings,
        sites: SitesBeside,
    ) -> None:
        self._places, self._index, self._meanings, self._sites = places, index, meanings, sites
        self._peoples = _peoples_of(theater)

    def at(self, seen: Sighting, *, known: bool) -> Mention | None:
        """
        The place that the company of a capitalized name makes of it.

        Parameters
        ----------
        seen
            Where it begins.
        known
            Whether a shorter name is listed: "Jabal" of "Jabal al-Zawiya".
        """
        words, text = seen.words, seen.words.texts[seen.content]
        end = name_from(words, seen.taken, seen.content, self._peoples)
        if end == seen.content or text.isupper() or text.isdigit():
            return None
        after, last = kind_behind(words, end)
        if not after and True in seen.taken[end : end + 1]:
            return None
        lead = lead_of(words, seen.first) + 1
        second, before = ["", "", *words.lowers[:lead]][-2:]
        following = "".join(words.lowers[end : end + 1])
        name = _Around(seen, end, before, second, following, after, last)
        if not (known or self._is_made_place(name)) or _is_somebody(name):
            return None
        return self._mention(name)

    def _is_made_place(self, name: _Around) -> bool:
        """Whether anything around a name makes it a place."""
        return (
            _is_led(name)
            or _is_followed(name)
            or _is_listed(name)
            or (self._may_be_sure(name) and self._meanings.sure(name.whole))
        )

    def _may_be_sure(self, name: _Around) -> bool:
        """Whether a name is a place if it can mean one place only."""
        seen, before = name.seen, name.before
        if before == "of" and name.second in _EVENT_OF:
            return True
        if seen.first != seen.content and len(name.whole) > 3:
            return True
        first_word = seen.words.lowers[seen.content]
        if befallen(seen.words, name.end) or goes_on_listing(seen.words, seen.first, seen.found):
            return True
        return (
            before in _LEADS_TO_SURE or before in _LEADS_DEEDS
        ) and first_word not in self._index.elsewhere

    def _mention(self, name: _Around) -> Mention | None:
        """The mention that a name with the words for its kind is."""
        seen, last = name.seen, name.last
        site = None
        if not name.after:
            site = self._sites.before(seen, name.end)
        elif name.after in _SITE_KINDS:
            site = self._sites.behind(seen, name.end, last)
        if site is not None:
            return site
        if name.after in _AREA_KINDS:
            seat = self._meanings.seat(name.whole)
            return self._places.province(seen.words, (seen.first, last), seat) if seat else None
        kind = (
            "quarter" if calls_quarter(seen, name.end, (name.second, name.before)) else "unresolved"
        )
        return mention_at(seen.words, seen.first, last, kind, listed=False)


def _is_led(name: _Around) -> bool:
    """Whether the words before a name make it a place: "the town of", "captured"."""
    before, second = name.before, name.second
    if (before == "of" and second in _HAS_PLACE) or (before == "over" and second in _OF_PLACE):
        return True
    if before in _STANDS_BEFORE and name.following != "of":
        return True
    if before == "back" and second in _TAKES_BACK:
        return True
    return before in _TAKES_PLACE or (before in _LEADING and second != "")


def _is_followed(name: _Around) -> bool:
    """Whether the words behind a name make it a place: "town", ", a strategic town"."""
    opens = name.seen.content == 0
    lowers = name.seen.words.lowers
    called = name.end - name.seen.content > 1 and lowers[name.end - 1] in _NAMES_SITE
    kind = name.following in _SETTLEMENT_KINDS or name.after != "" or called
    return (kind and not opens) or leads_to_kind(name.seen.words, name.end)


def _is_listed(name: _Around) -> bool:
    """Whether a name stands in a list of places."""
    seen, before = name.seen, name.before
    lowers = seen.words.lowers[: seen.first]
    if before in _OPENS_NAMES and announces_list(lowers):
        return True
    if before in _INCLUDING and not _PLURAL_KINDS.isdisjoint(lowers):
        return True
    if before == "," and name.second in _PLURAL_KINDS:
        return True
    if goes_on_listing(seen.words, seen.first, seen.found) and not _PLURAL_KINDS.isdisjoint(lowers):
        return True  # "villages including P, as well as Q"
    short = name.end - seen.content <= _LONG_NAME
    return short and beside(seen.found, seen.first, seen.words) and seen.found[-1].kind != "adm1"


def _is_somebody(name: _Around) -> bool:
    """Whether a name is that of a person or an adjective: "entered P and Bashar Q fled"."""
    if name.following in _SPEECH_FORMS or name.following == "'s":
        return True
    if name.before == "and" and name.following in _PERSONS_DO:
        return True
    if name.seen.words.lowers[name.end - 1] == _BASED:
        return True
    if name.following in _OF_OTHERS and name.seen.words.texts[name.end][:1].isupper():
        return True  # "the National" of "the National Hospital"
    return name.before in _TAKES_PLACE and not name.after and name.following in _WHOSE


def _peoples_of(theater: Theater) -> frozenset[str]:
    """Words that call a country or its people: those of the theater, of its actors, of others."""
    starred = [str(one) for one in theater.aliases.get("alias", ()) if str(one).endswith(" *")]
    names = [*theater.called, *(one.removesuffix(" *") for one in starred)]
    own = (one.lower() for one in names if " " not in one and one[:1].isupper())
    return _OTHER_PEOPLES.union(own)
