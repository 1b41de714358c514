"""Who does what a passive or a noun tells, behind "by": "captured by A"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.sentence.obliques import acts_next
from syriamap.extraction.sentence.referents import group_at

if TYPE_CHECKING:
    from syriamap.extraction.sentence.said_words import Wording

__all__ = ["agent_behind", "agents_joined"]

_WORDS = read_words()
_SPEECH_FORMS = _WORDS["speech_forms"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_FINITE = frozenset({"past", "either"})
_JOINS = _WORDS["list_and"]
_BETWEEN = _WORDS["between_subjects"]
_TELLS_DOER = frozenset({"by", "to"})
"""Behind a word of speech they tell who did it: "claimed by A", "believed to be of A"."""


def agent_behind(clause: Wording, n: int, *, of_noun: bool = False) -> str:
    """The actor after "by", to the right of a participle, or of a noun and before any verb."""
    for k in range(n, min(n + 14, len(clause.items) - 1)):
        if _ends_agent(clause, k, of_noun=of_noun):
            return ""
        if clause.lower(k) == "by":
            if of_noun and k - 1 > n and clause.lower(k - 1) in clause.lexicon.nouns:
                return ""  # "a retreat from P after a siege by B"
            # "P is besieged but for a road to Q, held by A"
            other = k - 1 > n and k - 1 in clause.verbs and _of_noun(clause, k - 1)
            return "" if other else _behind_by(clause, k)
    return ""


def agents_joined(clause: Wording, agent: str, n: int) -> list[str]:
    """An agent behind an item and those that "and" joins to it: "captured by A and B"."""
    found = [agent]
    ahead = range(n, min(n + 14, clause.size))
    k = next((m for m in ahead if agent and clause.items[m].actor == agent), -1)
    while k >= 0:
        k += 1 + (clause.lower(k + 1) == "," and clause.lower(k + 2) in _JOINS)
        if clause.lower(k) not in _JOINS:
            break
        k += 1
        while clause.lower(k) in _BETWEEN:
            k += 1
        named = clause.item(k)
        if named is None or named.kind != "a" or named.note == "adjective":
            break
        if acts_next(clause, k):
            break  # "captured by A and B fled"
        found.append(named.actor)
    return list(dict.fromkeys(found))


def _ends_agent(clause: Wording, k: int, *, of_noun: bool) -> bool:
    """Whether another clause begins, or a verb stands, before any "by"."""
    said = clause.lower(k) in _SPEECH_FORMS
    told = said and clause.lower(k + 1) in _TELLS_DOER
    if (said and not told) or clause.lower(k) in {";", "but", "while"}:
        return True
    return of_noun and not told and k in clause.verbs and clause.verbs[k][1] in _FINITE


def _behind_by(clause: Wording, k: int) -> str:
    """The actor or the group right behind "by"."""
    for m in range(k + 1, min(k + 7, len(clause.items))):
        named = clause.items[m].actor if clause.items[m].kind == "a" else group_at(clause, m)
        if named:
            return named
        ends = clause.lower(m) in {",", "."} or clause.items[m].kind == "p"
        if ends or clause.lower(m) in _SPEECH_FORMS:
            return ""  # "reached by phone said"
    return ""


def _of_noun(clause: Wording, k: int) -> bool:
    """Whether a participle describes the noun before it: "villages held by A"."""
    before = clause.items[k - 1]
    return before.lower == "," or (before.kind == "w" and before.lower in _PLURAL_KINDS)
