"""How near somebody is to a place: "3 km from P", "at the gates of P", "hit a convoy near P"."""

from __future__ import annotations

import re

from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.sentence.anaphors import last_place
from syriamap.extraction.sentence.noun_or_verb import harmless_verb

__all__ = ["Nearness"]

_WORDS = read_words()
_ABOUT_DISTANCE = _WORDS["about_distance"]
_ANAPHORS = _WORDS["anaphors"]
_AT_GATES = _WORDS["be"] | _WORDS["standing"]
_BEFORE_GATES = _WORDS["before_gates"]
_BESIDE = _WORDS["beside"]
_DIRECTIONS = _WORDS["directions"]
_KEPT_AWAY = _WORDS["kept_away"]
_BEFORE_DISTANCE = 8
"""Items from "keeping" to the unit of a distance."""
_LYING = _WORDS["lying"]
_NEARING = _WORDS["nearing"]
_RELATIVES = _WORDS["place_relatives"]
_STOPS = _WORDS["stops"]
_UNITS = _WORDS["units"]
_PAST_CITY = _ANAPHORS | {"the", "of"}
_JOINED = re.compile(rf"(\d{{1,3}})({any_of(_WORDS['joined_units'])})")
_WIND = {wind + end: wind for wind in _DIRECTIONS for end in ("", *_WORDS["direction_endings"])}
_TOWARD = frozenset({"toward", "towards"})


class Nearness(Searched):
    """Who is near which place in one sentence."""

    def read_distance(self, n: int) -> None:
        """Find "within 3 km of P", "six miles away from P", "10 km north of P"."""
        written = self._unit(n)
        if not written or self._kept_away(n):
            return
        for k in range(n + 1, min(n + 10, len(self.clause.items))):
            item = self.clause.items[k]
            place = item.place if item.kind == "p" else None
            if place is not None and self.reach.parts.only_modifies(k):
                return
            if place is None and self._the_city(k):
                place = last_place(self.clause, k)
            if place is not None:
                actor = self.clause.subject(n)
                if actor and not self._describes(n, k):
                    told = f"{written}{self._direction(n, k)} {place.written}"
                    self.findings.add(
                        actor, "advanced_toward", [place], "", "advance", n, "distance", told
                    )
                return
            if item.lower in {".", ";"} or item.kind == "a" or item.lower in _TOWARD:
                return  # "45 km south toward P"
            if k in self.clause.verbs and self.clause.lower(k - 1) == "and":
                return  # "advanced ten kilometers and took P"

    def _kept_away(self, n: int) -> bool:
        """Whether somebody is kept at a distance: "keeping the rebels ten kilometers from P"."""
        first = max(0, n - _BEFORE_DISTANCE)
        kept = next((k for k in range(n, first, -1) if self.clause.lower(k) in _KEPT_AWAY), n)
        return any(one.kind == "a" for one in self.clause.items[kept:n])

    def _unit(self, n: int) -> str:
        """Number and unit of a distance whose unit stands at an item: "six miles"; else empty."""
        joined = _JOINED.fullmatch(self.clause.lower(n))
        if joined is not None:
            return f"{joined[1]} {joined[2]}"
        if self.clause.lower(n) not in _UNITS:
            return ""
        number = self.clause.lower(n - 1)
        if (
            self.clause.lower(n - 2) == "."
            and self.clause.lower(n - 3).isdigit()
            and number.isdigit()
        ):
            number = f"{self.clause.lower(n - 3)}.{number}"
        return f"{number} {self.clause.lower(n)}"

    def _the_city(self, k: int) -> bool:
        """Whether "of the city" stands here, and no name follows."""
        return (
            self.clause.lower(k) in _ANAPHORS
            and self.clause.lower(k - 1) == "the"
            and self.clause.lower(k - 2) in {"of", "from"}
            and not (k + 1 < len(self.clause.items) and self.clause.items[k + 1].kind == "p")
            and self.clause.lower(k + 1) not in {"of", "'s"}
        )

    def _describes(self, n: int, k: int) -> bool:
        """Whether a distance only says where some place lies: "the town, 10 km from P"."""
        m = n - 1 if _JOINED.fullmatch(self.clause.lower(n)) else n - 2
        while m >= 0 and self.clause.lower(m) in _ABOUT_DISTANCE:
            m -= 1
        if m >= 0 and self.clause.items[m].kind == "p":
            return True
        lead = [self.clause.lower(x) for x in range(max(0, n - 4), n - 1)]
        if "," in lead:
            lead = lead[lead.index(",") :]
        if "," in lead and _NEARING.isdisjoint(lead):
            return True
        if self.clause.lower(n + 1) == ")":
            return True
        if not _RELATIVES.isdisjoint(self.clause.lowers[max(0, n - 6) : n]):
            return True  # "P, which is 20 miles from Q"
        if any(
            self.clause.lower(x) in {"to", ","}
            and self.clause.lower(x + 1) not in _DIRECTIONS
            and self.clause.lower(x + 2) not in _DIRECTIONS
            for x in range(n + 1, k)
        ):
            return True
        return any(self.clause.lower(x) in _LYING for x in range(max(0, n - 6), n))

    def _direction(self, n: int, k: int) -> str:
        """The words " north of" or " from" that a point is told by, from the items between."""
        winds = [self.clause.lower(x) for x in range(n + 1, k)]
        found = "".join(_WIND[one] for one in winds if one in _WIND)
        return f" {found} of" if found in _DIRECTIONS else " from"

    def at_gates(self, n: int) -> None:
        """Find "Rebels are at the gates of P", "were on the outskirts of P"."""
        k = n - 1
        while k > 0 and self.clause.lower(k) in _BEFORE_GATES:
            k -= 1
        if (
            self.clause.lower(k) in _AT_GATES
            and self.clause.lower(n + 1) == "of"
            and self.clause.items[k - 1].kind in {"a", "w"}
        ):
            places, _ = self.reach.places(n + 2, frozenset({""}))
            self.findings.add(
                self.clause.subject(n), "advanced_toward", places, "", "advance", n, "at the gates"
            )

    def struck_beside(self, n: int, end: int, actor: str) -> bool:
        """Find "targeting rebels to the north and south of P", "hit a convoy near P"."""
        winds: list[str] = []
        for k in range(end, min(end + 14, len(self.clause.items))):
            item = self.clause.items[k]
            if item.lower in _DIRECTIONS and item.kind == "w":
                winds.append(item.lower)
            elif item.kind == "p" and item.place is not None:
                if not item.place.place_id or item.place.kind in {"adm1", "area"}:
                    return False
                beside = [f"{wind} of" for wind in winds if self.clause.lower(k - 1) == "of"]
                beside = beside or (["near"] if self._lead(k) in _BESIDE else [])
                for words in beside:
                    told = f"{words} {item.place.written}"
                    self.findings.add(
                        actor, "struck", [item.place], "", "strike", n, "beside", told
                    )
                return bool(beside)
            elif (
                item.lower in _STOPS
                or (k > end and self._other_noun(k))
                or (
                    self.clause.verbs.get(k)
                    and item.lower not in _BESIDE
                    and not harmless_verb(self.clause, k)
                )
            ):
                return False
        return False

    def _other_noun(self, k: int) -> bool:
        """Whether a noun tells of another deed: "was unrelated to the fighting near P"."""
        frame = self.clause.lexicon.nouns.get(self.clause.lower(k))
        return frame is not None and frame.name == "enter"

    def _lead(self, k: int) -> str:
        """The word before a place, past "the city of" and its like."""
        k -= 1
        while self.clause.lower(k) in _PAST_CITY:
            k -= 1
        return self.clause.lower(k)
