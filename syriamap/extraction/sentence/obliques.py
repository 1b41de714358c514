"""Actors who are no subject: behind a preposition, object of a verb, beneath another's clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

if TYPE_CHECKING:
    from syriamap.extraction.sentence.said_words import Wording

__all__ = ["acts_next", "is_apposed", "is_beneath", "is_object", "is_oblique"]

_WORDS = read_words()
_AGAINST_VERBS = _WORDS["against_verbs"]
_ALLIED = _WORDS["allied"]
_AUXILIARIES = _WORDS["auxiliaries"]
_BACKED = _WORDS["behind_backer"]
_BARE_GROUPS = _WORDS["bare_groups"]
_FORCES = _WORDS["forces"]
_GROUPS = _WORDS["groups"]
_IS_OBLIQUE = _WORDS["is_oblique"]
_OWN = _WORDS["own"]
_OWN_DEEDS = _WORDS["battle"] | _WORDS["stand_for_doer"]
_COUNTS = frozenset(read_word_tables()["counts"]) | _WORDS["many"]
_SKIP_BEFORE_ACTOR = _WORDS["skip_before_actor"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_LED = _FORCES | _GROUPS
"""Nouns of force, those that a name follows: "fighters affiliated with A"."""
_BESIDE = _WORDS["beside_others"]
_CONVOYS = _WORDS["convoys"]
_LED_BY = _LED | {"offensive", "rebels"}
_DETERMINERS = _WORDS["english_articles"] | {"-"}
_BEFORE_OBJECT = _WORDS["before_object"]
_ATTRIBUTE_LEADS = _WORDS["attribute_leads"]
_NO_OBJECT_LEADS = _WORDS["no_object_leads"]
_SUBORDINATES = _WORDS["subordinates"]
_FINITE = frozenset({"past", "either"})
_DONE = frozenset({"part", "either"})
_BEFORE_GERUND = _WORDS["before_gerund"]
_LONGEST_BACKING = 12
"""Items of ", backed in some areas by A forces,"."""
_TIMES = _WORDS["times"]
_NAME_LEADS = _WORDS["name_leads"]
_HARMING = _WORDS["harming"]
_COUNTED_SO = _WORDS["counted_so"]


def is_oblique(clause: Wording, k: int) -> bool:  # noqa: PLR0911
    """Whether an actor stands behind a preposition, so that it is no subject."""
    if _of_infinitive(clause, k) or is_object(clause, k):
        return True
    aside = clause.lower(k - 1) == "(" and clause.lower(k + 2) != ","
    aside = aside and k > 1 and clause.items[k - 2].kind == "a"
    if aside and clause.lower(_before_name(clause, k - 2)) != "by":
        return is_oblique(clause, k - 2)  # "from the Democratic Forces (A)"
    m = _before_name(clause, k)
    word = clause.lower(m)
    if word == "including":  # "the rebels, including A, entered"
        return any(one.kind == "a" for one in clause.items[max(0, m - 2) : m])
    if word in {"with", "to"} and clause.lower(m - 1) in _ALLIED and clause.lower(m - 2) in _LED:
        return False
    after = {clause.lower(k + 1), clause.lower(k + 2)}
    if word == "for" and "to" in after:
        return False
    if word in _BEFORE_GERUND and _acts_as_participle(clause, k, done=word == "with"):
        return False  # "resulted in A seizing P", "with A gone from P"
    if word == "by" and _by_doer(clause, m, k):
        return False
    if word == "from" and clause.lower(m - 1) in _LED:
        return clause.lower(m - 2) in _OWN and clause.lower(m - 3) == "with"
    if word == "of":
        led = clause.lower(m - 1) in _LED | _CONVOYS
        alone = not led and clause.items[max(0, m - 1)].kind != "a"
        # "an A force of five military vehicles"
        return alone or (clause.items[k].note == "generic" and _named_head(clause, m))
    return word in _SKIP_BEFORE_ACTOR


def _acts_as_participle(clause: Wording, k: int, *, done: bool) -> bool:
    """Whether what an actor is doing, or has done, stands right behind it."""
    behind = _past_backers(clause, k)
    having = clause.lower(behind + 1) == "having"
    at = behind + 1 + having
    form = clause.verbs[at][1] if at in clause.verbs else ""
    if having:
        return form in _DONE
    return form == "ing" or (done and (form == "part" or clause.lower(at) == "gone"))


def _past_backers(clause: Wording, k: int) -> int:
    """The comma that ends ", backed by B," behind an actor at an item; else the item."""
    if clause.lower(k + 1) != "," or clause.lower(k + 2) not in _BACKED:
        return k
    ahead = range(k + 3, min(k + _LONGEST_BACKING, len(clause.items)))
    return next((m for m in ahead if clause.lower(m) == ","), k)


def _by_doer(clause: Wording, m: int, k: int) -> bool:
    """Whether "by" leads to who does it: "forces led by A", "a counterattack by A took P"."""
    if clause.lower(m - 1) == "led":
        return clause.lower(m - 2) in _LED_BY
    return clause.lower(m - 1) in _OWN_DEEDS and acts_next(clause, k)


def _named_head(clause: Wording, m: int) -> bool:
    """Whether an actor's name, and no bare noun of force, stands before "of" at an item."""
    head = clause.items[max(0, m - 1)]
    return head.kind == "a" and head.note != "generic"


def _before_name(clause: Wording, k: int) -> int:
    """The word before an actor, those joined to it, and what describes them."""
    m = k - 1
    if clause.lower(m - 1) in _DETERMINERS and _describes(clause, m):
        m -= 1  # "backed by the continued A strikes"
    if m > 1 and clause.lower(m - 1) in _NAME_LEADS and clause.capital_at(m):
        m -= 1  # "at the expense of Hayyat A", "with Liwa A"
    while m >= 0 and (clause.lower(m) in _IS_OBLIQUE or clause.lower(m) in _COUNTS):
        joins = clause.lower(m) == "and" and m > 0
        if joins and clause.items[m - 1].kind == "p" and acts_next(clause, k):
            break  # "A left P and B troops moved in"
        if joins and _is_name(clause, m - 1):
            m -= 1
        elif joins and clause.lower(m - 1) in _LED and clause.lower(m - 2) in _BESIDE:
            m -= 2  # "together with allied forces and A"
        m -= 1
    return m


def _is_name(clause: Wording, m: int) -> bool:
    """Whether an actor, or a word like a name, stands at an item; a day is none."""
    kind = clause.items[m].kind
    return kind == "a" or (kind != "d" and clause.capital(m))


def acts_next(clause: Wording, k: int) -> bool:
    """Whether a verb stands right behind an actor, or behind its forces."""
    m = k + 1
    while clause.lower(m) in _FORCES:
        m += 1
    verb = clause.verbs.get(m)
    return verb is not None and verb[1] in _FINITE


def _describes(clause: Wording, m: int) -> bool:
    """Whether a participle describes the actor behind it."""
    word = clause.lower(m)
    if word in _TIMES:
        return False  # "by the evening A"
    return clause.items[m].kind == "w" and word.endswith(("ed", "ing")) and m not in clause.verbs


def is_object(clause: Wording, k: int) -> bool:
    """Whether an actor is whom a verb before it is done to: "A pushed back B and took"."""
    helped = clause.verbs.get(k + 1)
    if helped is not None and helped[1] == "base" and not clause.lower(k + 1).endswith("s"):
        return False  # "A helped B capture P"
    m = _before_object(clause, k)
    word = clause.lower(m)
    if m < 1 or clause.items[m].kind != "w" or word in _SPEECH_FORMS or word in _AUXILIARIES:
        return False
    acts = m in clause.verbs or word.endswith("ed")
    acts = acts or (word.endswith("ing") and word not in _NO_OBJECT_LEADS)
    if not acts or clause.lower(m - 1) == "-" or _is_attribute(clause, m):
        return False
    if word in _HARMING:
        return True  # "after killing four A fighters they took P"
    unnamed = clause.lower(m - 1) in _BARE_GROUPS and clause.lower(m).endswith("ed")
    named = (one.kind == "a" and one.note != "adjective" for one in clause.items[:m])
    return unnamed or any(named)


def _before_object(clause: Wording, k: int) -> int:
    """The word before an actor and what describes it as somebody's foe: "drove rival A"."""
    m = k - 1
    while m > 0:
        if clause.lower(m) in _BACKED and clause.lower(m - 1) == "-":
            m -= 3  # "drove foreign-backed A"
        elif (
            clause.lower(m) in _BEFORE_OBJECT
            or clause.lower(m).isdigit()
            or clause.lower(m) in _COUNTED_SO
        ):
            m -= 1
        else:
            break
    return m


def _is_attribute(clause: Wording, m: int) -> bool:
    """Whether a participle only describes the actor behind it: "the newly formed A"."""
    before = clause.lower(m - 1)
    return before in _ATTRIBUTE_LEADS or (
        before.endswith("ly") and clause.lower(m - 2) in _ATTRIBUTE_LEADS
    )


def _of_infinitive(clause: Wording, k: int) -> bool:
    """Whether an actor is whom an infinitive is against: "an operation to root out A"."""
    for m in range(max(1, k - 3), k):
        if clause.lower(m - 1) != "to" or clause.items[m].kind != "w":
            continue
        if clause.lower(m) in _AGAINST_VERBS:
            return True
        helped = clause.verbs.get(k + 1)
        if not _SUBORDINATES.union(",").isdisjoint(clause.lowers[m:k]):
            return False
        if "and" in clause.lowers[m:k] and helped is not None and helped[1] == "ing":
            return False  # "led to fighting and A seizing P"
        if m not in clause.verbs and not (helped is not None and helped[1] == "base"):
            return clause.lower(m) not in _DETERMINERS
    return False


def is_apposed(clause: Wording, k: int) -> bool:
    """Whether a general name only explains the actor before it: "A, the alliance that"."""
    m = k - 1
    while m > 0 and clause.lower(m) in _DETERMINERS:
        m -= 1
    if (
        clause.lower(m) == ")"
        and m == k - 1
        and any(clause.items[x].kind == "a" for x in range(max(0, m - 2), m))
    ):
        return True
    if acts_next(clause, k) and clause.lower(m) == "," and is_oblique(clause, m - 1):
        return False  # "backed by A jets, the army took P"
    return clause.lower(m) == "," and m > 0 and clause.items[m - 1].kind == "a"


def is_beneath(clause: Wording, k: int) -> bool:
    """Whether an actor is the subject of a clause within another actor's."""
    for m in range(k - 1, max(0, k - 5), -1):
        word = clause.lower(m)
        if word in _SUBORDINATES and clause.items[m].kind == "w":
            told = word == "that" and clause.lower(m - 1) in _SPEECH_FORMS
            if word == "when" and m > 0 and not told:
                return True
            return not told and any(
                one.kind == "a" and one.note != "adjective" and not is_oblique(clause, x)
                for x, one in enumerate(clause.items[:m])
            )
        if clause.items[m].kind == "a" and clause.lower(m + 1) == "and":
            continue  # "where A and B fighters had fought"
        if word in {",", ";"} or clause.items[m].kind in {"a", "p"} or m in clause.verbs:
            return False
    return False
