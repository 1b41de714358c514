"""
Words beside a name that say what kind of place is meant: "the Rastan bridge", "مدينة حماة".

In comes a folded name, out goes the name without those words, and the kinds they allow. English,
Arabic, French, German and Turkish; folded as :func:`syriamap.names.toponyms.fold` leaves them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["SETTLEMENTS", "KindReading", "is_kind_only", "read_kind"]

SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "district"})
"""Kinds that a name without any kind word means first."""

_AIR = frozenset({"airbase", "airport", "heliport"})
_BASES = frozenset({"base", "airbase", "naval_base"})

_KINDS: dict[frozenset[str], str] = {
    frozenset({"city"}): "city stadt ville shehri shehir kenti kent مدينه",
    frozenset({"town"}): "town kleinstadt bourg bourgade kasabasi kasaba beldesi belde بلده",
    frozenset({"village", "hamlet"}): "village dorf koyu koy قريه",
    frozenset({"hamlet"}): "hamlet weiler hameau mezrasi مزرعه",
    frozenset({"district"}): (
        "neighborhood neighbourhood quarter suburb quartier viertel stadtteil mahallesi mahalle حي "
        "ضاحيه"
    ),
    frozenset({"district", "area"}): "district distrikt",
    frozenset({"district", "base", "castle"}): (
        "citadel citadelle zitadelle castle kalesi kale chateau burg قلعه"
    ),
    frozenset({"district", "village", "town", "base"}): "camp lager kampi مخيم",
    frozenset({"bridge"}): "bridge pont brucke bruecke koprusu kopru جسر",
    frozenset({"dam"}): "dam barrage damm staudamm talsperre baraji baraj سد",
    _AIR: (
        "airport airfield airstrip aeroport aerodrome flughafen flugplatz havaalani havalimani مطار"
    ),
    frozenset({"airbase"}): (
        "airbase airforce aerienne militarflughafen militarflugplatz luftwaffenstutzpunkt "
        "luftwaffenbasis havaussu جويه"
    ),
    _BASES: (
        "base basis militarbasis militarstutzpunkt stutzpunkt garrison garnison ussu قاعده ثكنه"
    ),
    frozenset({"base"}): "barracks kaserne معسكر",
    frozenset({"naval_base"}): "naval navale marinestutzpunkt marinebasis deniz بحريه",
    frozenset({"crossing"}): (
        "crossing gate grenzubergang ubergang passage poste kapisi gecidi gechidi معبر منفذ"
    ),
    frozenset({"oil_field", "plant"}): (
        "field fields oilfield oilfields gasfield gasfields gasplant olfeld gasfeld حقل حقول"
    ),
    frozenset({"plant"}): (
        "plant powerplant powerstation refinery raffinerie silos mine مصفاه معمل صوامع مناجم"
    ),
    frozenset({"pumping_station", "plant"}): "station pumpingstation istasyonu محطه",
    frozenset({"prison"}): "prison jail gefangnis hapishanesi cezaevi سجن",
    frozenset({"hospital"}): "hospital hopital krankenhaus hastanesi مشفي مستشفي",
    frozenset({"mountain"}): "mountain mountains mount mont berg dagi جبل",
    frozenset({"area"}): (
        "province governorate countryside subdistrict region gouvernorat campagne provinz "
        "gouvernement umland ili vilayeti kirsali محافظه ريف ناحيه قضاء اقليم"
    ),
    frozenset({"district", "area", "town", "city"}): "ilchesi منطقه",
}  # fmt: skip
_KIND_OF = {word: kinds for kinds, words in _KINDS.items() for word in words.split()}
_SILENT_WORDS = """
the of de du des la le les d l von der die das und
military international civil civilian border suspension hanging hill hills main oil gas
militaire frontalier frontiere colline askeri sinir uluslararasi
عسكري عسكريه دولي مدني حدودي معلق نفطي نفطيه للغاز ضخ في
"""
_SILENT = frozenset(_SILENT_WORDS.split())
"""Words that go with a kind word or an article and name nothing themselves."""


_TWO_WORDS = re.compile(
    r"\b(air|hava) (base|field|port|force|ussu|limani|alani)\b"
    r"|\b(oil|gas|power|pumping) (fields?|plant|station)\b"
)
"""Kinds written in two words, of which the first alone may be part of a name: "Bab el-Hava"."""


class KindReading(NamedTuple):
    """
    A name and the kinds of place that the words beside it allow.

    Attributes
    ----------
    core
        The folded name without kind words.
    kinds
        Kinds of place, empty when no word says any. `mountain` and `area` are no kinds of the
        gazetteer: they ask for a name with "Jabal", and for something wider than a place.
    """

    core: str
    kinds: frozenset[str]


def read_kind(folded: str) -> KindReading:
    """
    Take the kind words off both ends of a folded name.

    >>> read_kind("the rastan bridge")
    KindReading(core='rastan', kinds=frozenset({'bridge'}))
    >>> sorted(read_kind("مطار حماه عسكري").kinds)
    ['airbase', 'airport', 'heliport']
    >>> read_kind("dam").core
    'dam'
    """
    words = _TWO_WORDS.sub(r"\1\2\3\4", folded).split()
    start, end = 0, len(words)
    while start < end - 1 and _is_beside(words[start]):
        start += 1
    while end > start + 1 and _is_beside(words[end - 1]):
        end -= 1
    removed = words[:start] + words[end:]
    kinds: frozenset[str] = frozenset()
    for word in removed:
        said = _KIND_OF.get(word)
        if said:
            kinds = kinds & said or said if kinds else said
    return KindReading(" ".join(words[start:end]), kinds)


def is_kind_only(folded: str) -> bool:
    """
    Whether nothing but kind words and fillers is written: "countryside", "the bridge".

    >>> is_kind_only("the bridge"), is_kind_only("rastan bridge")
    (True, False)
    """
    return all(map(_is_beside, _TWO_WORDS.sub(r"\1\2\3\4", folded).split()))


def _is_beside(word: str) -> bool:
    return word in _KIND_OF or word in _SILENT
