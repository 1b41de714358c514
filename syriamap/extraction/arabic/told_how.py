"""How an Arabic sentence tells a deed: as done, denied or wanted, said by whom, on what day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from syriamap.extraction.arabic.calendar import arabic_days
from syriamap.extraction.arabic.script import arabic_lists, bare
from syriamap.extraction.arabic.verb_forms import deed_forms
from syriamap.extraction.manner.certainty import Manner

if TYPE_CHECKING:
    from datetime import date

    from syriamap.extraction.arabic.arranged import Scene
    from syriamap.extraction.arabic.verb_forms import Deed

__all__ = ["Telling"]

_LISTS = arabic_lists()
_BESIDE = _LISTS["asides"]
_CLOSE = _LISTS["unreal_close"]
_SPEECH = _LISTS["speech"]
_NOT = frozenset({"لم", "لن"})
_STILL = _LISTS["still"]
_UNREAL = _LISTS["unreal"]
_MASDARS = deed_forms("masdar")
_COMMAS = frozenset({"،", ","})
_NOT_DONE = ("hypothetical", "not told as having happened")
_SPOKEN = 30
"""Words between what is said and who says it."""


class Telling:
    """
    How the deeds of a sentence are told.

    Parameters
    ----------
    scene, text, span, published
        The sentence taken apart, where it stands, and its day of publication.
    voices
        Its speakers: first word, code.
    """

    def __init__(
        self,
        scene: Scene,
        text: str,
        span: tuple[int, int],
        published: date | None,
        voices: list[tuple[int, str]],
    ) -> None:
        self.scene, self.voices = scene, voices
        self._taken = scene.taken()
        self._days = arabic_days(text, *span, published)

    def of(self, n: int, deed: Deed, prefix: str) -> Manner:
        """Tell how the deed at a word is told."""
        certainty, reason = self._certainty(n, deed, prefix)
        speaker = self._speaker(n)
        if certainty == "asserted" and speaker:
            certainty, reason = "claimed", "told by a speaker"
        day, precision = self._day(n)
        return Manner(certainty, speaker, day, precision, (reason,) if reason else ())

    def _certainty(self, n: int, deed: Deed, prefix: str) -> tuple[str, str]:  # noqa: PLR0911
        scene = self.scene
        before = [scene.word(k) for k in range(scene.clause_begin(n), n)]
        if any(bare(one, _LISTS["denial"]) is not None for one in before):
            return "denied", "a word of denial"
        if self._negated(before) or (deed.form == "masdar" and _never_did(before)):
            return "denied", "negated"
        results = self.scene.word(n - 1) in _LISTS["results_in"]
        if prefix == "ل" and not results and not self._ensues(n, deed):
            return _NOT_DONE
        if deed.form == "masdar" and self._headed_for(n):
            return _NOT_DONE
        if deed.form != "state" and self._unreal(before, deed) and not self._own_deed(n, deed):
            return _NOT_DONE
        if self._goes_on_unreal(n, before, deed):
            return _NOT_DONE
        if any(one in _LISTS["unconfirmed"] for one in before):
            return "unconfirmed", "could not be confirmed"
        return "asserted", ""

    def _ensues(self, n: int, deed: Deed) -> bool:
        """Whether "so that" tells what came of it: ", to enter P thereby"."""
        return deed.form == "present" and self.scene.word(n - 1) in _COMMAS

    def _headed_for(self, n: int) -> bool:
        """Whether somebody only turns "to the capture"."""
        if self.scene.word(n - 1) != "الي":
            return False
        before = {self.scene.word(k).removeprefix("و") for k in range(max(0, n - 6), n - 1)}
        return before.isdisjoint(_LISTS["results_in"])

    def _own_deed(self, n: int, deed: Deed) -> bool:
        """Whether "and took", "and its capture of" begins a deed that no attempt reaches."""
        owned = deed.form == "past" or (deed.form == "masdar" and bool(deed.suffix))
        return owned and self.scene.word(n)[:1] == "و"

    def _goes_on_unreal(self, n: int, before: list[str], deed: Deed) -> bool:
        """Whether "and the capture" goes on with what is only wanted: "to advance and to take"."""
        if deed.form != "masdar" or deed.suffix or self.scene.word(n)[:1] != "و":
            return False
        aims = (bare(word, _MASDARS) for word in before[-12:])
        return any(one is not None and one[2] == "ل" for one in aims)

    @staticmethod
    def _negated(before: list[str]) -> bool:
        near = before[-4:]
        for k, word in enumerate(near):
            if word.removeprefix("و").removeprefix("ف") not in _LISTS["negation"]:
                continue
            rest = near[k + 1 :]
            if word == "ما" and (rest or near[max(0, k - 1)] in _LISTS["before_ma"]):
                continue  # "which led to the withdrawal", "soon"
            if not (rest and rest[0] in _STILL) and len(rest) <= 2:
                return True
        return False

    @staticmethod
    def _unreal(before: list[str], deed: Deed) -> bool:
        for back, word in enumerate(reversed(before[-7:])):
            loose = bare(word, _UNREAL)
            if loose is None:
                continue
            if loose[0] not in _CLOSE:
                return True
            if back == 0 and deed.form == "present":
                return True
        may = before[-1:] in (["قد"], ["وقد"])
        return may and deed.form == "present"

    def _speaker(self, n: int) -> str:
        for k, word in enumerate(self.scene.words):
            told = bare(word.text, _SPEECH)
            said = told is not None and k not in self._taken and k != n and abs(k - n) < _SPOKEN
            if said or word.text in _LISTS["according"]:
                code = self._named_after(k, 6)
                if code:
                    return code
        return ""

    def _named_after(self, k: int, reach: int) -> str:
        found = [(at, code) for at, code in self.voices if k < at <= k + reach]
        found += [(one.first, one.actor) for one in self.scene.actors if k < one.first <= k + reach]
        return min(found)[1] if found else ""

    def _day(self, n: int) -> tuple[str, str]:
        if not self._days:
            return "", ""
        at = self.scene.words[n].start
        exact = [one for one in self._days if one.precision == "day"] or self._days
        best = min(exact, key=lambda one: (abs(one.start - at), one.start))
        return best.day, best.precision


def _never_did(before: list[str]) -> bool:
    """Whether a verb above a verbal noun is negated: "has not announced officially its capture"."""
    beside = (k + 1 for k, word in enumerate(before) if word in _BESIDE)
    pairs = pairwise(before[max(beside, default=0) :])  # "there was no A in P after the capture"
    return any(
        word.removeprefix("و") in _NOT and verb[:1] in {"ي", "ت"} and verb not in _STILL
        for word, verb in pairs
    )
