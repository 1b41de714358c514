"""Verb families of Arabic, as data: every form of a verb, a verbal noun or a participle."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.extraction.arabic.script import arabic_lists, arabic_tables, bare

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Deed", "deed_forms", "is_form", "read_deeds"]

_LISTS, _TABLES = arabic_lists(), arabic_tables()
_LISTED = ("via", "noun_via", "needs", "agent", "between", "direct")


class Deed(NamedTuple):
    """
    A verb family, and which form of it a word is.

    Attributes
    ----------
    name, relation, now
        As in the table of deeds.
    via, noun_via, needs, agent, between, direct
        As there; `noun_via` is that of the verbal noun where it differs.
    form
        `past`, `present`, `masdar` or `participle`.
    suffix
        The pronoun written together with the word, empty if there is none: that of the object of a
        verb, that of whose deed a verbal noun is.
    agrees
        Gender and number of the subject of a verb: `f`, `m`, `p`, or `we`.
    """

    name: str
    relation: str
    now: str
    via: frozenset[str]
    noun_via: frozenset[str]
    needs: frozenset[str]
    agent: frozenset[str]
    between: frozenset[str]
    direct: frozenset[str]
    form: str
    suffix: str = ""
    agrees: str = ""

    @property
    def leads(self) -> frozenset[str]:
        """Words that lead to the place of this form."""
        return self.noun_via if self.form == "masdar" and self.noun_via else self.via


@cache
def read_deeds() -> dict[str, list[Deed]]:
    """Give the deeds that ship: folded form → what it may tell."""
    folder = resources.files("syriamap.extraction.lexicon") / "arabic"
    forms: dict[str, list[Deed]] = {}
    for entry in tomllib.loads((folder / "deeds.toml").read_text("utf-8"))["deed"]:
        lists = {key: frozenset(entry.get(key, [])) for key in _LISTED}
        for word, form, suffix, agrees in _forms_of(entry):
            made = Deed(
                entry["name"],
                entry["relation"],
                entry.get("now", ""),
                **lists,
                form=form,
                suffix=suffix,
                agrees=agrees,
            )
            forms.setdefault(word, []).append(made)
    return forms


@cache
def deed_forms(*kinds: str) -> frozenset[str]:
    """Give the words that are deeds of some forms: "past", "masdar"."""
    deeds = read_deeds().items()
    return frozenset(word for word, ones in deeds if any(one.form in kinds for one in ones))


def _forms_of(entry: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for word in entry.get("forms", []):
        yield word, "past", "", _agreement(word)
    for verb in entry.get("past", []):
        yield from _past(verb, takes_object="" in entry.get("via", []))
    for verb in entry.get("present", []):
        yield from _present(verb, takes_object="" in entry.get("via", []))
    for noun in entry.get("masdar", []):
        yield noun, "masdar", "", ""
        yield "ال" + noun, "masdar", "", ""
        stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
        for suffix in sorted(_LISTS["suffixes"]):
            yield stem + suffix, "masdar", suffix, ""
    for word in entry.get("participle", []):
        stem = word.removesuffix("ي")
        for made in (word, stem + "ه", stem + "ين", stem + "ون"):
            yield made, "participle", "", ""
            yield "ال" + made, "participle", "", ""


def _past(verb: str, *, takes_object: bool) -> Iterator[tuple[str, str, str, str]]:
    stem = verb[:-1] if verb.endswith("ي") else verb
    ours = stem + "ينا" if verb.endswith("ي") else stem + "نا"
    yield verb, "past", "", "m"
    yield ours, "past", "", "we"
    for ending, agrees in _TABLES["past_agreement"].items():
        yield stem + ending, "past", "", agrees
    if takes_object:
        for suffix in sorted(_LISTS["object_suffixes"]):
            for base, agrees in ((verb, "m"), (stem + "ت", "f"), (stem + "و", "p")):
                yield base + suffix, "past", suffix, agrees


def _present(verb: str, *, takes_object: bool) -> Iterator[tuple[str, str, str, str]]:
    rest = verb[1:]
    for begin, agrees in _TABLES["present_agreement"].items():
        yield begin + rest, "present", "", agrees
        for suffix in sorted(_LISTS["object_suffixes"]) if takes_object and agrees != "we" else ():
            yield begin + rest + suffix, "present", suffix, agrees
    for ending in ("ون", "وا"):
        yield verb.removesuffix("ي") + ending, "present", "", "p"


def _agreement(word: str) -> str:
    if word.endswith("نا"):
        return "we"
    return "f" if word.endswith("ت") else "p" if word.endswith("وا") else "m"


def is_form(word: str, kinds: tuple[str, ...]) -> bool:
    """Whether a word, without what is written together with it, is a deed of some forms."""
    return bare(word, deed_forms(*kinds)) is not None
