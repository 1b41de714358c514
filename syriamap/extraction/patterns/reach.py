"""
Which places a verb or a noun reaches, to its right or to its left.

Prepositions decide: a frame names those through which it reaches its place; past others stand
containers ("in Idlib province") and reference points ("near Hama"), which receive no claim. Lists
are followed to their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.clauses import Clause
from syriamap.extraction.sentence.deeds import Event

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.vocabulary import Lexicon
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Memory
    from syriamap.extraction.sentence.items import Sentence

__all__ = ["Reach"]

_WORDS = read_words()
_AFTER_ANAPHOR = _WORDS["after_anaphor"]
_ANAPHORS = _WORDS["anaphors"]
_APPOSITION_OPENS = _WORDS["apposition_opens"]
_APPROXIMATELY = _WORDS["approximately"]
_BEFORE_ANAPHOR = _WORDS["before_anaphor"]
_BEFORE_HARMLESS = _WORDS["before_harmless"]
_BEFORE_LISTED = _WORDS["before_listed"]
_BEFORE_SUBJECT_PLACE = _WORDS["before_subject_place"]
_CLAUSE_OPENS = _WORDS["clause_opens"]
_CONTAINERS = _WORDS["containers"]
_DIRECTIONS = _WORDS["directions"]
_GENERIC = _WORDS["generic"]
_GENERIC_LEADS = _WORDS["generic_leads"]
_GOES_ON = _WORDS["goes_on"]
_HARMLESS_VERB = _WORDS["harmless_verb"]
_IN_LIST = _WORDS["in_list"]
_LIST_GOES_ON = _WORDS["list_goes_on"]
_LIST_JOINS = _WORDS["list_joins"]
_LIST_OPENS = _WORDS["list_opens"]
_MODIFIED = _WORDS["modified"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_PREPOSITIONS = _WORDS["prepositions"]
_REFERENCE = _WORDS["reference"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SHARES = _WORDS["shares"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STOPS = _WORDS["stops"]
_TRANSPARENT = _WORDS["transparent"]
_KINDS = _SETTLEMENT_KINDS | _PLURAL_KINDS | _SITE_KINDS | _GENERIC | _TRANSPARENT
_PART_KINDS = _PLURAL_KINDS | _SETTLEMENT_KINDS | {"countryside"}
_NO_SUBJECT = _CONTAINERS | _REFERENCE | {"to", "on"}


class Reach(Clause):
    """A sentence that is searched for the places of a verb or a noun, and what was found there."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, memory: Memory) -> None:
        super().__init__(sentence, lexicon, memory)
        self.found: list[Event] = []

    def add(  # noqa: PLR0917
        self,
        actor: str,
        relation: str,
        places: list[Mention],
        against: str,
        frame: str,
        trigger: int,
        rule: str,
        distance: str = "",
    ) -> None:
        """Note an event for each place; nothing without an actor."""
        if not actor:
            return
        against = "" if against == actor else against
        for place in places:
            self.found.append(
                Event(actor, relation, place, against, frame, trigger, rule, distance)
            )

    def places(self, n: int, via: frozenset[str]) -> tuple[list[Mention], str, str]:  # noqa: C901, PLR0912, PLR0915
        """Places to the right of an item: they, the actor after "from", a distance."""
        found: list[Mention] = []
        loser = ""
        preposition = ""
        generic = fresh = False
        k = n
        last = min(n + 45, self.size)
        while k < last:
            item = self.items[k]
            word = item.lower
            if item.kind == "p" and item.place is not None:
                if found and not fresh and not self._in_list(k):
                    break
                if self._holds_next(k):
                    k += 1
                    continue
                if fresh:
                    found, fresh, preposition = [], False, "" if "" in via else preposition
                if (
                    (
                        preposition in via
                        or found
                        or (generic and preposition in _GENERIC_LEADS and item.place.kind != "adm1")
                    )
                    and not self._only_modifies(k)
                ) or (preposition in via and item.place.kind == "adm1"):
                    found.append(item.place)
            elif item.kind == "a":
                if preposition in {"from", "against"}:
                    loser = item.actor
            elif item.kind == "d":
                pass
            elif word in _LIST_OPENS:
                preposition = "" if "" in via else next(iter(sorted(via)), "")
                fresh = bool(found)
                if word == "such":
                    k += 1
            elif word in {"among"} or (word == "with" and self._listed_with(k)):
                preposition = "" if "" in via else preposition
                fresh = bool(found)
            elif word in _STOPS or (
                word in _CLAUSE_OPENS and self.lower(k + 1) not in {"well", "far"}
            ):
                break
            elif word in {"and", "or"}:
                if self.verbs.get(k + 1) or (
                    k + 2 < len(self.items)
                    and self.verbs.get(k + 2)
                    and self.items[k + 1].kind == "w"
                    and not found
                ):
                    break
            elif word == ",":
                if not self._comma_goes_on(k, bool(found), via):
                    break
            elif (word in _SPEECH_FORMS and k > n + 1) or (
                k in self.verbs
                and (
                    word not in {"held", "controlled"}
                    if found
                    else k > n and not self._harmless_verb(k)
                )
            ):
                break
            elif (word in _DIRECTIONS and self._next_is_place(k)) or (
                word in _APPROXIMATELY and self._is_share(k + 1)
            ):
                pass
            elif word in _PREPOSITIONS:
                if (found and word in {"from", "against"}) or (found and word not in {"of"}):
                    preposition = word
                elif word == "of":
                    if k == n and "of" in via:
                        preposition = "of"
                    elif not preposition and "" not in via:
                        preposition = "of" if "of" in via else preposition
                    elif not preposition and not self._transparent(k):
                        preposition = "of?"
                elif word == "to" and self.verbs.get(k + 1) and not found:
                    break
                elif word in {"within"} or preposition != "within":
                    preposition = word
            elif word in _GENERIC:
                generic = generic or preposition in via or not preposition
            elif (
                word in _ANAPHORS
                and not found
                and self.lower(k - 1) in _BEFORE_ANAPHOR
                and preposition in via
            ):
                if self.lower(k + 1) not in _AFTER_ANAPHOR and not (
                    self.items[k + 1 : k + 2] and self.items[k + 1].kind == "p"
                ):
                    back = self.last_place(k)
                    if back is not None:
                        found.append(back)
                        break
            elif word == "it" and not found and preposition in via and k <= n + 1:
                back = self.last_place(k)
                if back is not None:
                    return [back], loser, ""
            k += 1
        return found, loser, ""

    def _is_share(self, k: int) -> bool:
        """Whether "80 %" or "half" stands here."""
        return self.lower(k)[:1].isdigit() or self.lower(k) in _SHARES

    def _next_is_place(self, k: int) -> bool:
        return k + 1 < len(self.items) and self.items[k + 1].kind == "p"

    def _transparent(self, k: int) -> bool:
        return self.lower(k - 1) in _KINDS

    def _harmless_verb(self, k: int) -> bool:
        verb = self.verbs.get(k)
        if verb is not None and verb[1] == "base" and not self.stands_as_verb(k):
            return True
        return self.lower(k) in _HARMLESS_VERB or (
            self.items[k - 1].kind == "w" and self.lower(k - 1) in _BEFORE_HARMLESS
        )

    def _listed_with(self, k: int) -> bool:
        return any(self.lower(m) == "among" for m in range(k, min(k + 14, len(self.items))))

    def _comma_goes_on(self, k: int, found: bool, via: frozenset[str]) -> bool:  # noqa: PLR0911
        following = self.item(k + 1)
        if following is None:
            return False
        if following.kind == "d" or (following.kind == "p" and not found):
            return True
        if found and following.kind == "p":
            return self.lower(k + 2) in {",", "and", "or"} or self.lower(k - 2) in {",", "and"}
        if found:
            if following.lower == "with" and self._listed_with(k + 1):
                return True
            return following.lower in _LIST_GOES_ON and any(
                self.items[m].kind == "p" for m in range(k + 1, min(k + 9, len(self.items)))
            )
        if following.lower in {"to", "from"} and not found:
            return True
        if not found and self._nouns_go_on(k):
            return True
        return following.lower in via or following.lower in _GOES_ON

    def _before_apposition(self, k: int, n: int) -> int | None:
        """The place before ", a suburb of P," when P stands inside: "Q, a suburb of P, was"."""
        if "," not in {self.lower(m) for m in range(k + 1, n)}:
            return None
        for m in range(k - 1, 0, -1):
            if self.items[m].kind == "p":
                return None
            if self.lower(m) == ",":
                opens = self.lower(m + 1) in _APPOSITION_OPENS
                return m - 1 if opens and self.items[m - 1].kind == "p" else None
        return None

    def _nouns_go_on(self, k: int) -> bool:
        """Whether a list of things goes on to a place: "crossings, roads and depots on P"."""
        joined = False
        for m in range(k + 1, min(k + 10, len(self.items))):
            item = self.items[m]
            if item.kind == "p":
                return joined
            if item.kind != "w" or self.verbs.get(m) or item.lower in _STOPS:
                return False
            if item.lower in _SPEECH_FORMS or item.lower.endswith(("ed", "ing")):
                return False
            joined = joined or item.lower in {"and", "or"}
        return False

    def _in_list(self, k: int) -> bool:
        m = k - 1
        while m >= 0 and self.items[m].kind != "p":
            if self.lower(m) not in _IN_LIST:
                return False
            m -= 1
        return m >= 0 and any(self.lower(x) in _LIST_JOINS for x in range(m + 1, k))

    def _holds_next(self, k: int) -> bool:
        """Whether a place only says where the next one lies: "A's airport B", "A suburbs of B"."""
        items = self.items
        following = k + 1
        while following < min(k + 6, self.size) and items[following].kind != "p":
            following += 1
        if following == min(k + 6, self.size):
            return False
        between = self.lowers[k + 1 : following]
        if between[:1] == ["'s"]:
            return len(between) <= 3 and "and" not in between and "," not in between
        place = items[k].place
        if place is None or place.kind != "city":
            return False
        return self.lowers[k + 1] in _PART_KINDS and between[1:] == ["of"]

    def _only_modifies(self, k: int) -> bool:
        """A place that only says which one is meant: "Damascus road", "Idlib's countryside"."""
        following = self.lower(k + 1)
        return following in _MODIFIED or (
            following == "-" and self.lower(k + 3) in {"highway", "road"}
        )

    def places_before(self, n: int) -> list[Mention]:
        """The places that are the subject of what stands at `n`: the last list before it."""
        k = n - 1
        while k >= 0:
            item = self.items[k]
            if item.kind == "p":
                before = self.lower(k - 1)
                if before in _BEFORE_SUBJECT_PLACE:
                    before = self.lower(k - 2)
                skipped = before in _NO_SUBJECT and any(self.items[m].kind == "p" for m in range(k))
                if not skipped and not self._only_modifies(k):
                    outer = self._before_apposition(k, n)
                    k = k if outer is None else outer
                    break
            if item.lower in {";", "while", "but"} or (
                item.kind == "a" and k < n - 3 and not self.is_oblique(k)
            ):
                return []
            k -= 1
        if k < 0:
            return []
        listed = [self.items[k].place]
        joined = self.lower(k - 1) in _BEFORE_LISTED
        while k > 0 and self._in_list(k) and joined:
            k -= 1
            while self.items[k].kind != "p":
                k -= 1
            listed.append(self.items[k].place)
        return [one for one in reversed(listed) if one is not None]
