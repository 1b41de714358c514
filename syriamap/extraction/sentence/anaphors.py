"""Which place "the city", "the dam" or "it" means: one of the sentence, or of those before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.sentence.clauses import Clause

__all__ = ["last_of_kind", "last_place", "told_ahead"]

_WORDS = read_words()
_CLAUSE_LEADS = _WORDS["clause_leads"]
_RESUMES = frozenset({"and", ","})
_ANAPHOR_KINDS = {
    word: frozenset(kinds) for word, kinds in read_word_tables()["anaphor_kinds"].items()
}
_COUNTRYSIDE = _WORDS["around_nouns"]
_DIRECTIONS = _WORDS["directions"]
_LEADS_TO_AREA = frozenset({"to", "into"})
_WINDS = _WORDS["winds"]
_WITHIN = frozenset({"in"})
_ROLES = _WORDS["reference"]
_SITE_ANAPHORS = _WORDS["site_anaphors"]
_KINDS = _WORDS["settlement_kinds"]
_INDEFINITE = _WORDS["indefinite"] | {"one"}
_PREPOSITIONS = _WORDS["prepositions"]
_COMES_FROM = _WORDS["comes_from"]
_SITES = "site-"
_LONGEST_PLACE = 6
"""Items of "a mainly P town near the capital Q", half of them."""


def last_place(clause: Clause, k: int) -> Mention | None:
    """The place that "the city" or "it" at an item means: of its kind if there is one."""
    kinds = _ANAPHOR_KINDS.get(clause.lower(k), frozenset())
    if clause.lower(k) == "it" and _is_unnamed(clause, k):
        return None  # "a village near P that A had lost; B took it"
    named = [
        m
        for m in range(k - 1, -1, -1)
        if (place := clause.items[m].place) is not None and place.kind not in {"adm1", "area"}
    ]
    around = [m for m in named if _lies_around(clause, m) or (not kinds and _by_wind(clause, m))]
    named = [m for m in named if m not in around] + (around if kinds else [])
    beside = any(not _by_wind(clause, m) for m in around)
    if (
        not named
        and not kinds
        and (beside or clause.lower(k) == "it")
        and (back := clause.memory.place()) is not None
    ):
        return back  # "P, 12 km west of Q. A took it": P
    named = named or around
    if kinds:
        named = [m for m in named if not _one_of_list(clause, m)] or named
    places = [place for m in named if (place := clause.items[m].place) is not None]
    if clause.lower(k) in _SITE_ANAPHORS:
        word = clause.lower(k)
        meant = (one for one in places if one.kind in kinds or word in one.written.lower())
        back = next(meant, None) or clause.memory.place(kinds)
        fits = back is not None and (back.kind in kinds or word in back.written.lower())
        return back if fits else None
    alike = next((one for one in places if one.kind in kinds), None)
    if alike is None and kinds:
        places = [one for one in places if not one.place_id.startswith(_SITES)]
    if alike is not None or (places and not kinds):
        return alike or places[0]
    back = clause.memory.place(kinds)
    if places and (back is None or back.kind not in kinds):
        return places[0]
    return back


def _is_unnamed(clause: Clause, k: int) -> bool:
    """Whether "it" means a place without a name, told of beside the last name: "a town near P"."""
    at = next((m for m in range(k - 1, -1, -1) if clause.items[m].kind == "p"), 0)
    led = False
    for m in range(at - 1, max(-1, at - _LONGEST_PLACE), -1):
        word = clause.lower(m)
        if led and word in _KINDS:
            article = clause.lowers[max(0, m - _LONGEST_PLACE) : m]
            return not _INDEFINITE.isdisjoint(article)
        if word in _PREPOSITIONS:
            led = True
        elif m in clause.verbs or clause.items[m].kind != "w" or word in _RESUMES:
            return False
    return False


def told_ahead(clause: Clause, k: int) -> Mention | None:
    """The place that "it" means before it is named: "After A withdrew from it, B entered P"."""
    if clause.lowers[0] not in _CLAUSE_LEADS or any(one.kind == "p" for one in clause.items[:k]):
        return None
    comma = next((m for m in range(k, clause.size) if clause.lowers[m] == ","), clause.size)
    return next((one.place for one in clause.items[comma:] if one.kind == "p"), None)


def last_of_kind(clause: Clause, k: int, kind: str) -> Mention | None:
    """The site that "the dam" or its like at an item means."""
    for m in range(k - 1, -1, -1):
        one = clause.items[m]
        if one.kind == "p" and one.place is not None and kind in one.lower:
            return one.place
    place = clause.memory.place()
    return place if place is not None and kind in place.written.lower() else None


def _lies_around(clause: Clause, m: int) -> bool:
    """Whether a place only says where something lies: "near P", "the countryside of P"."""
    if clause.lower(m - 1) == "of" and clause.lower(m - 2) in _COUNTRYSIDE:
        return True
    led = m - 2 if clause.lower(m - 1) == "the" else m - 1
    if clause.lower(led) == "from" and led > 0 and clause.items[led - 1].kind == "a":
        return True  # "A fighters from P"
    if clause.lower(led) == "from" and clause.lower(led - 1) in _COMES_FROM:
        return True  # "saw A arrive from P"
    place = clause.items[m].place
    if place is not None and place.kind == "city" and clause.lower(m - 1) in _WINDS:
        within = clause.lower(m - 2) in _WITHIN and _named_before(clause, m)  # "P in southern Q"
        return within or clause.lower(m - 2) in _LEADS_TO_AREA  # "gateways to southern P"
    return clause.lower(m - 1) in _ROLES


def _named_before(clause: Clause, m: int) -> bool:
    """Whether a place stands right before what only tells where it lies."""
    return m > 2 and clause.items[m - 3].kind == "p"


def _by_wind(clause: Clause, m: int) -> bool:
    """Whether a place tells where another lies: "east of P"."""
    return clause.lower(m - 1) == "of" and clause.lower(m - 2) in _DIRECTIONS


def _one_of_list(clause: Clause, m: int) -> bool:
    """Whether other places are named along with one: "the city" means none of them."""
    beside = (clause.items[m - 2 : m - 1], clause.items[m + 2 : m + 3])
    joins = (clause.lower(m - 1), clause.lower(m + 1))
    return any(
        join in _RESUMES and one and one[0].kind == "p"
        for join, one in zip(joins, beside, strict=True)
    )
