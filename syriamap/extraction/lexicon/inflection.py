"""The forms of English verbs."""

from __future__ import annotations

from syriamap.extraction.lexicon.word_files import read_lists, read_word_tables

__all__ = ["forms_of"]


def forms_of(verb: str) -> dict[str, str]:
    """
    Forms of a verb → which: `base`, `past`, `part`, `ing`, or `either` past or participle.

    >>> forms_of("take")
    {'take': 'base', 'takes': 'base', 'taking': 'ing', 'taken': 'part', 'took': 'past'}
    """
    tables, lists = read_word_tables(), read_lists()
    if verb == "be":
        return dict(tables["being"])
    stem: str = tables["doubled"].get(verb, verb)
    silent = stem.endswith("e") and not stem.endswith("ee")
    bare = stem[:-1] if silent else stem
    if verb.endswith("y") and verb[-2] not in "aeiou":
        past, third = verb[:-1] + "ied", verb[:-1] + "ies"
    else:
        past = verb + "d" if stem.endswith("ee") else bare + "ed"
        third = verb + ("es" if verb.endswith(tuple(lists["es_endings"])) else "s")
    past, part = _irregular(verb) or (past, past)
    forms = {verb: "base", third: "base", bare + "ing": "ing"}
    forms[part] = "part"
    forms[past] = "past" if past != part else "either"
    return forms


def _irregular(verb: str) -> tuple[str, str] | None:
    """Past and participle of a verb that has its own, with or without a prefix."""
    irregular: dict[str, tuple[str, str]] = read_word_tables()["irregular"]
    for prefix in sorted(read_lists()["prefixes"]):
        bare = verb.removeprefix(prefix)
        if bare != verb and bare in irregular:
            past, part = irregular[bare]
            return prefix + past, prefix + part
    return irregular.get(verb)
