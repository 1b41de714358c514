"""
OCHA's communities joined to the places of the other sources; those that no place stands for.

One community goes to one place at most. Which goes to which is decided by the distance and by how
alike the names are, the surest pairs first: a namesake farther off is taken by the community that
lies there. Names are compared in both scripts, without the words that only tell namesakes apart
(`Big`, `تحتاني`, the name of the district); those decide between pairs instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from _rows import SETTLEMENTS, Place, kilometers
from _spelling import arabic, consonants, display_name, is_arabic, plain, vowelled
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from _units import Unit

__all__ = ["Community", "added_places", "communities", "joined", "script_name"]

REACH: tuple[tuple[float, float], ...] = (
    (0.6, 0.72), (1.2, 0.78), (2.0, 0.84), (3.0, 0.9), (4.5, 0.94),
)  # fmt: skip
"""Kilometers → least likeness within them. Points of old maps are up to 1.5 km off, some 4 km."""
SAME_SPOT_KM, ALONE_KM = 0.3, 1.5
"""A community this close to a place is that place under another name (a Kurdish village has an
Arabic one), when nothing else is within the second distance of either."""
CONTAINED = 0.85
"""Likeness of names of which one holds the other, words such as `Tall` apart."""
KILOMETER = 0.08
"""Likeness that a kilometer outweighs when pairs are put in order."""
KM_PER_DEGREE = 111.2

ASIDE = {
    "big": ("big", "kabir", "kabirah", "kubra", "كبير", "كبيره", "كبري"),
    "little": ("little", "small", "saghir", "saghirah", "sughra", "صغير", "صغيره", "صغري"),
    "upper": ("upper", "fawqani", "fawqaniyah", "fawqa", "fawqah", "فوقاني", "فوقانيه", "فوقا"),
    "lower": ("lower", "tahtani", "tahtaniyah", "tahta", "tahtah", "تحتاني", "تحتانيه", "تحتا"),
    "east": ("eastern", "sharqi", "sharqiyah", "sharqiya", "شرقي", "شرقيه"),
    "west": ("western", "gharbi", "gharbiyah", "gharbiya", "غربي", "غربيه"),
    "north": ("northern", "shamali", "shamaliyah", "shamaliya", "شمالي", "شماليه"),
    "south": (
        "southern", "janubi", "janubiyah", "janubiya", "qibli", "qibliyah", "qabli", "qabliyeh",
        "جنوبي", "جنوبيه", "قبلي", "قبليه",
    ),
    "middle": ("middle", "wustani", "wastani", "awsat", "وسطاني", "وسطي", "اوسط"),
}  # fmt: skip
"""Words that tell a place from its namesake, by what they mean."""
_MEANING = {word: meaning for meaning, words in ASIDE.items() for word in words}
_GLUED = re.compile(r"\b[Ee]l(?=[a-z]{3})")
"""OCHA's article: `Hosh Elsheikh Obeid`."""
_ARTICLES = frozenset(["al", "el", "an", "ar", "as", "at", "ad", "az", "ash", "adh", "ath", "ul"])
_PARTS = re.compile(r"_|/|\s-\s|-(?=[ء-ي])|(?<=[ء-ي])-\s*|\\|,")
_WITH_ARTICLE = 4
"""Letters of an Arabic word from which on `ال` before it is the article."""
_FEW = 3
"""Consonants; with so few, and the same, `Qusayr` and `Kassar` are still two names."""
_GENERIC = frozenset(map(consonants, (
    "tall", "khirbat", "bayt", "dayr", "dar", "bir", "ayn", "jubb", "kafr", "rasm", "mazraat",
    "hawsh", "shaykh", "qasr", "qalat", "wadi", "burj",
)))  # fmt: skip
"""Words that so many names begin with that they say little."""


@dataclass(frozen=True)
class Community:
    """One row of OCHA's communities: p-codes, names in both scripts, a point."""

    pcode: str
    name: str
    name_ar: str
    others: tuple[tuple[str, str], ...]
    lat: float
    lon: float
    subdistrict: str
    seat: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in either script."""
        return tuple(filter(None, (self.name, self.name_ar, *(name for name, _ in self.others))))


def communities(rows: Iterable[Mapping[str, str]]) -> list[Community]:
    """
    Rows of OCHA's communities, by p-code.

    A name with two parts (`Baydaa - Agja Bayer`, an Arabic and a Turkish name of one village) gives
    the first as its name and the second as another one.
    """
    made = []
    for row in sorted(rows, key=lambda row: row["pcode"]):
        latin = [_readable(part) for part in _parts(row["name"])]
        script = [text for text in map(_arabic_part, _parts(row["name_ar"])) if text]
        others = [(name, "und") for name in latin[1:]] + [(name, "ar") for name in script[1:]]
        others = [(name, lang) for name, lang in others if not _only_a_side(name)]
        made.append(
            Community(
                row["pcode"],
                latin[0],
                script[0] if script else "",
                tuple(others),
                float(row["lat"]),
                float(row["lon"]),
                row["subdistrict"],
                row["seat"],
            )
        )
    return made


def _only_a_side(name: str) -> bool:
    """Whether a part of a name only says which side of the place is meant."""
    return all(word in _MEANING or word in {"and", "east", "west"} for word in _words(name))


def _parts(name: str) -> list[str]:
    return [" ".join(part.split()) for part in _PARTS.split(name) if part.strip()]


def _arabic_part(text: str) -> str:
    """One name in Arabic; a letter that a space parted from its word goes back to it."""
    letters = re.sub(r"[^ء-غف-ي ]", " ", text)
    letters = re.sub(r" ([ةهى])(?= |$)", r"\1", letters)
    return arabic(re.sub(r"(?:(?<=^)|(?<= ))([ء-غف-هي]) ", r"\1", letters))


def _readable(name: str) -> str:
    """`Hosh Elsheikh Obeid` → `Hosh al-Sheikh Obeid`; apostrophes go as they do elsewhere."""
    text = _GLUED.sub("al-", plain(name).replace("&", "and"))
    text = " ".join(f"al-{w[3:].capitalize()}" if w.startswith("al-") else w for w in text.split())
    return display_name(text[:1].upper() + text[1:])


# --- which community is which place ------------------------------------------------------------


def joined(
    places: Sequence[Place],
    found: Sequence[Community],
    units: Mapping[str, Unit],
    by_hand: Mapping[str, str],
) -> dict[str, Community]:
    """
    Place id → the community that it is, one to one.

    Parameters
    ----------
    places
        All places; only settlements are joined.
    found
        The communities.
    units
        Governorates, districts and subdistricts by p-code: their names in a community's name tell
        it from namesakes only.
    by_hand
        Place id → p-code, where points or spellings lie too far apart; empty for a place that is
        none of the communities.
    """
    codes = {community.pcode: community for community in found}
    own = {place_id: codes[code] for place_id, code in by_hand.items() if code}
    settled = [p for p in places if p.kind in SETTLEMENTS and p.place_id not in by_hand]
    found = [community for community in found if community not in own.values()]
    points = shapely.points([p.lon for p in settled], [p.lat for p in settled])
    tree = shapely.STRtree(points)
    reach = REACH[-1][0] / KM_PER_DEGREE / np.cos(np.radians(38.0))
    pairs = []
    for community in found:
        around = frozenset(_words_of(units, community.subdistrict))
        here = shapely.Point(community.lon, community.lat)
        for number in map(int, tree.query(here, predicate="dwithin", distance=reach)):
            place = settled[number]
            away = kilometers(place, community)
            least = next((least for within, least in REACH if away <= within), 2.0)
            alike = likeness(community, place, around) if least <= 1.0 else 0.0
            if alike >= least:
                order = (KILOMETER * away - alike, community.pcode, place.place_id)
                pairs.append((order, place.place_id, community))
    taken: dict[str, Community] = {}
    gone: set[str] = set()
    for _, place_id, community in sorted(pairs, key=lambda pair: pair[0]):
        if place_id not in taken and community.pcode not in gone:
            taken[place_id] = community
            gone.add(community.pcode)
    return own | taken | _on_one_spot(settled, found, taken)


def _on_one_spot(
    settled: Sequence[Place], found: Sequence[Community], taken: Mapping[str, Community]
) -> dict[str, Community]:
    """Place id → community, of those left that share a spot far from any other."""
    gone = {community.pcode for community in taken.values()}
    tree = shapely.STRtree(shapely.points([p.lon for p in settled], [p.lat for p in settled]))
    others = shapely.STRtree(shapely.points([c.lon for c in found], [c.lat for c in found]))
    reach = ALONE_KM / KM_PER_DEGREE / np.cos(np.radians(38.0))

    def around(tree: shapely.STRtree, one: Place | Community) -> list[int]:
        point = shapely.Point(one.lon, one.lat)
        return list(map(int, tree.query(point, predicate="dwithin", distance=reach)))

    same: dict[str, Community] = {}
    for community in found:
        near = around(tree, community)
        if community.pcode in gone or len(near) != 1:
            continue
        place = settled[near[0]]
        if place.place_id in taken or kilometers(place, community) > SAME_SPOT_KM:
            continue
        if len(around(tree, place)) == 1 and len(around(others, place)) == 1:
            same[place.place_id] = community
    return same


def _words_of(units: Mapping[str, Unit], subdistrict: str) -> Iterable[str]:
    """Consonants of the words that name a subdistrict, its district and its governorate."""
    unit = units.get(subdistrict)
    while unit is not None:
        for name in (unit.source_name, unit.name_ar):
            yield from (consonants(word) for word in _words(name))
        unit = units.get(unit.part_of)


def likeness(community: Community, place: Place, around: frozenset[str]) -> float:
    """How alike the names of a community and a place are, 0 to 1."""
    best = 0.0
    for one in community.names:
        for other in {place.name, place.name_ar, *(name for name, _, _ in place.names)} - {""}:
            best = max(best, _alike(one, other, around))
    return min(best, _by_vowels(community.name, place.name))


def _by_vowels(one: str, other: str) -> float:
    """Most that names of two or three consonants may be alike when their vowels are not."""
    core, other_core = " ".join(_core(one)[0]), " ".join(_core(other)[0])
    if is_arabic(other) or max(len(consonants(core)), len(consonants(other_core))) > _FEW:
        return 1.0
    return 0.6 + 0.4 * Indel.normalized_similarity(_letters(core), _letters(other_core))


def _alike(one: str, other: str, around: frozenset[str]) -> float:
    core, apart = _core(one)
    other_core, other_apart = _core(other)
    best = _alike_cores(core, other_core)
    bare = core
    while len(bare) > 1 and consonants(bare[-1]) in around:
        bare = bare[:-1]
        best = max(best, _alike_cores(bare, other_core))
    if best < CONTAINED and _contained(core, other_core):
        best = CONTAINED
    if apart and other_apart:
        return best if apart == other_apart else best * 0.7
    return best if apart == other_apart else best - 0.06


@cache
def _core(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Words of a name but those that tell namesakes apart, and what these mean."""
    words = _words(name)
    apart = frozenset(_MEANING[word] for word in words if word in _MEANING)
    core = tuple(word for word in words if word not in _MEANING)
    return (core or words, apart if core else frozenset())


@cache
def _words(name: str) -> tuple[str, ...]:
    if is_arabic(name):
        text = name.translate(str.maketrans("أإآىةؤئ", "ااايهوي"))
        words = [
            w[2:] if w.startswith("ال") and len(w) >= _WITH_ARTICLE else w for w in text.split()
        ]
        return tuple(words)
    text = _GLUED.sub("", plain(name)).casefold()
    return tuple(word for word in re.findall(r"\w+", text) if word not in _ARTICLES)


@cache
def _alike_cores(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    first, second = " ".join(one), " ".join(other)
    bones, other_bones = consonants(first), consonants(second)
    sound = Indel.normalized_similarity(bones, other_bones) if bones and other_bones else 0.0
    if is_arabic(first) and is_arabic(second):
        return max(sound - 0.05, Indel.normalized_similarity(first, second))
    if is_arabic(first) or is_arabic(second):
        short = min(len(bones), len(other_bones)) < 3
        return sound * (0.98 if not short or sound == 1.0 else 0.85) - 0.08 * short
    letters = Indel.normalized_similarity(_letters(first), _letters(second))
    return max(letters, (letters + sound) / 2)


@cache
def _letters(name: str) -> str:
    """Letters of a Latin name, vowels and what is heard alike written one way."""
    text = vowelled(name).translate(str.maketrans("qeyow", "kiiuu"))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=.)h$", "", text))


def _contained(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the telling words of one name are all in the other."""
    first, second = (
        {consonants(word) for word in words} - _GENERIC - {""} for words in (one, other)
    )
    small, large = sorted((first, second), key=len)
    return bool(small) and small <= large and len("".join(small)) >= 3


def script_name(community: Community, place: Place) -> str:
    """Of the names that a community has in Arabic the one that is the place's name."""
    names = [community.name_ar, *(name for name, lang in community.others if lang == "ar")]
    return max(names, key=lambda name: _alike(name, place.name, frozenset()) if name else -1.0)


# --- places for the rest -----------------------------------------------------------------------


def added_places(found: Iterable[Community], known: Iterable[Community]) -> list[Place]:
    """A place for each community that is none yet; seats are towns, as GeoNames' are."""
    gone = {community.pcode for community in known}
    return [
        Place(
            place_id=f"ocha-{one.pcode}",
            name=one.name,
            kind="town" if one.seat else "village",
            lat=one.lat,
            lon=one.lon,
            source="OCHA",
            source_id=one.pcode,
            raw_id=f"ocha:{one.pcode}",
            pcode=one.pcode,
        )
        for one in found
        if one.pcode not in gone
    ]
