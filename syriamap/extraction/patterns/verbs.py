"""
Verbs with their actors and places: in which way each tells who does what where.

Its form and what stands around it say whether a word is a verb at all, whether it is done by its
subject or to it, and whether its subject is a place. Nothing is known in this room of certainty,
source or day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.inflection import forms_of
from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.patterns.actives import Actives
from syriamap.extraction.patterns.expulsions import Expulsions
from syriamap.extraction.patterns.falls import Falls
from syriamap.extraction.patterns.handovers import Handovers
from syriamap.extraction.patterns.inversions import Inversions
from syriamap.extraction.patterns.participles import Participles
from syriamap.extraction.patterns.passives import Passives
from syriamap.extraction.patterns.searched import Searched
from syriamap.extraction.patterns.takers import Takers
from syriamap.extraction.sentence.agents import agent_behind
from syriamap.extraction.sentence.noun_or_verb import stands_as_verb

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.verb_frames import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.nearness import Nearness
    from syriamap.extraction.patterns.reach import Reach

__all__ = ["Verbs"]

_WORDS = read_words()
_PASSIVES = frozenset({"part", "either"})
_BE = _WORDS["be"]
_STATES = _WORDS["besieged_forms"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_IN = frozenset({"in", "inside"})
_WAY_ON = _WORDS["way_on"]
_DIRECTIONS = _WORDS["directions"]
_RUN = frozenset(forms_of("run"))
_LEADS_DOING = _WORDS["be"] | {",", "and", "been"}


class Verbs(Searched):
    """
    The verbs of one sentence, with their actors and places.

    Parameters
    ----------
    reach
        The places of the sentence.
    findings
        Where what is found goes.
    nearness
        Who is near which place.
    """

    def __init__(self, reach: Reach, findings: Findings, nearness: Nearness) -> None:
        super().__init__(reach, findings)
        self.participles = Participles(reach)
        takers = Takers(reach, findings, self.participles)
        handovers = Handovers(reach, findings)
        self.actives = Actives(reach, findings, nearness, handovers)
        self.passives = Passives(reach, findings, takers, handovers)
        self.inversions = Inversions(reach, findings, takers)
        self.falls = Falls(reach, findings, takers)
        self.expulsions = Expulsions(reach, findings)

    def read_verb(self, n: int, end: int, form: str, frame: Frame) -> None:
        """Find what a verb tells: done by its subject, done to it, or of a place that fell."""
        if self.participles.only_describes(n, form):
            return
        if self.inversions.among_those(n, end, form, frame):
            return
        if not (self._is_no_verb(n, end, form) or self._beset(n, end, frame)):
            self._read_by_form(n, end, form, frame)

    def _read_by_form(self, n: int, end: int, form: str, frame: Frame) -> None:
        """Find what a verb tells that is one: of its subject, or done to it."""
        if frame.subject == "place":
            self.falls.read(n, end, frame)
        elif frame.object == "actor":
            self.expulsions.read(n, end, form, frame)
        elif form in _PASSIVES and self.inversions.told_beside(n, end, frame):
            return
        elif form in _PASSIVES and self.participles.passive(n, end):
            self.passives.read(n, end, frame)
        elif form in _PASSIVES and self.participles.also_done(n, end):
            self.passives.read_next(n, end, frame)
        elif not self.participles.is_none(n, end, form, frame):
            self.actives.read(n, end, frame)

    def _is_no_verb(self, n: int, end: int, form: str) -> bool:
        """Whether a word is none here: half of another, a preposition or a noun."""
        if n > 0 and self.clause.lower(n - 1) == "-" and self.clause.lower(n - 2) != "re":
            return True  # "rebel-held" and "front-line" have patterns of their own
        if self._only_lies(n) or (self.clause.lower(n) in _RUN and self._leads_on(end)):
            return True
        preposition = self.clause.lower(n) == "near" and self.clause.lower(n - 1) != "to"
        is_noun = self.clause.lower(end) in _BE or not stands_as_verb(self.clause, n)
        return preposition or (form == "base" and is_noun) or self._hyphened(end)

    def _beset(self, n: int, end: int, frame: Frame) -> bool:
        """Whether somebody is besieged, not a place, or was: "where the last A had held out"."""
        if frame.name == "hold out" and self.clause.lower(n - 1) == "had":
            return True
        besieged = frame.relation == "besieged" and self.clause.lower(n) in _STATES
        return besieged and self.clause.lower(end) in _IN and not agent_behind(self.clause, end)

    def _hyphened(self, end: int) -> bool:
        """Whether a word is but the first half of another: "the left-bank part of P"."""
        sign = self.clause.item(end)
        if sign is None or sign.lower != "-" or end + 1 >= self.clause.size:
            return False
        items = self.clause.items
        return items[end - 1].end == sign.start and sign.end == items[end + 1].start

    def _leads_on(self, end: int) -> bool:
        """Whether a way goes somewhere behind a verb: "a road that runs north to P"."""
        return self.clause.lower(end) in _WAY_ON | _DIRECTIONS

    def _only_lies(self, n: int) -> bool:
        """Whether something lies around a place: "the heights surrounding it"."""
        if self.clause.lower(n) != "surrounding":
            return False
        before = self.clause.item(n - 1)
        if self.clause.lower(n + 1) in _PLURAL_KINDS:
            return True  # "P and surrounding areas"
        return before is not None and before.kind == "w" and before.lower not in _LEADS_DOING
