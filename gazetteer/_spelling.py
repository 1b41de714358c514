"""
Spellings of place names for building the gazetteer: which two are one, which are worth keeping.

Kept apart from ``syriamap.names.toponyms`` on purpose: a finer resolver must not change the data.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "alike_names",
    "arabic",
    "consonants",
    "display_name",
    "is_arabic",
    "latin",
    "plain",
    "skeleton",
    "vowelled",
]

_MARKS = re.compile("[`´‘’ʻʼʽʾʿ'ʹ′]")
_ARTICLE = re.compile(r"\b(?:[ae]l|[ae][drtsnz]|[ae]sh|[ae]dh|[ae]th)(?:[- ]+)(?=\w)")
_ARABIC_NAME = re.compile("[ء-غف-ي]+(?: [ء-غف-ي]+)*")
_ARABIC_ANY = re.compile("[؀-ۿݐ-ݿ]")
_OWN_LETTERS = re.compile("[êîûçğıöüÊÎÛÇĞİÖÜ]")
_ROMANIZED = re.compile("[āīūĀĪŪḩḥẖţṭḑḍşṣz̧ẓ`‘’]")
_SOUNDS = (
    ("kh", "x"), ("sh", "ş"), ("ch", "ş"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("q", "k"),
    ("c", "k"), ("v", "f"), ("p", "b"),
)  # fmt: skip

_ARABIC_SOUNDS = str.maketrans(
    "بتثجحخدذرزسشصضطظغفقكلمنه", "btdjhxddrdsşsdtdgfkklmnh", "اأإآءئؤوىيعة"
)


def plain(name: str) -> str:
    """Without diacritics and apostrophe-like signs: `‘Arīqah` → `Ariqah`."""
    text = unicodedata.normalize("NFKD", name).replace("ı", "i")
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(_MARKS.sub("", text).split())


def vowelled(name: str) -> str:
    """
    A Latin name folded: no case, diacritics, article or hyphen.

    Two rows whose names fold alike are one place when they lie close together.
    """
    text = plain(name).casefold()
    text = _ARTICLE.sub("", text)
    return re.sub(r"[^\w]+", "", text)


def skeleton(name: str) -> str:
    """
    Consonants of a name, so that `Tall Rif`at` and `Tel Rifaat` are one.

    Vowels, w and y, doubled letters and a final h go. An Arabic name keeps its letters without
    the article.
    """
    if is_arabic(name):
        return (
            re.sub(r"(^| )ال", "", name)
            .replace(" ", "")
            .translate(str.maketrans("أإآىة", "اااي" + "ه"))
        )
    folded = vowelled(name)
    for written, sound in _SOUNDS:
        folded = folded.replace(written, sound)
    folded = re.sub(r"h$", "", folded)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwy]", "", folded))


def consonants(name: str) -> str:
    """
    Consonants of a name in either script, a letter a sound: `تل رفعت`, `Tal Refaat` are `tlrft`.

    :func:`skeleton` keeps an Arabic name apart from a Latin one; this is for comparing the two.
    What is written th, dh and z is one sound here: `ث ذ ض ظ ز` are each written in two of the ways.
    """
    if not is_arabic(name):
        folded = re.sub("th|dh|z", "d", vowelled(name))
        return re.sub(r"(.)\1+", r"\1", skeleton(folded).replace("gh", "g"))
    words = (word[2:] if word.startswith("ال") and len(word) > 3 else word for word in name.split())
    sounds = re.sub(r"[^a-zş]", "", "".join(words).translate(_ARABIC_SOUNDS))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"h$", "", sounds))


def alike_names(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a name of one place has the consonants of a name of another, in one script."""
    kept = [name for name in others if name]
    return any(
        is_arabic(one) == is_arabic(other) and consonants(one) == consonants(other)
        for one in some
        for other in kept
    )


def is_arabic(name: str) -> bool:
    """Whether any letter is of the Arabic script."""
    return _ARABIC_ANY.search(name) is not None


def arabic(name: str) -> str:
    """
    A name in the Arabic alphabet, cleaned of marks; empty when it is in anything else.

    Persian, Kurdish and Uyghur letters make it something else.
    """
    text = "".join(
        char
        for char in unicodedata.normalize("NFC", name)
        if unicodedata.category(char) not in {"Mn", "Cf"} and char != "ـ"
    )
    text = " ".join(text.split())
    return text if _ARABIC_NAME.fullmatch(text) else ""


def latin(name: str) -> str:
    """
    A name in Latin letters that is worth keeping; empty otherwise.

    Lower case marks GeoNames' letter-by-letter transliterations (`alkramt`, `a lei po`); three
    capitals an airport code; digits, stops and slashes addresses and notes.
    """
    text = " ".join(name.split())
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 2 or re.search(r"[\d./:;()\[\]@_]", text):
        return ""
    if any("LATIN" not in unicodedata.name(c, "") and c not in "ʻʼʽʾʿʹ" for c in letters):
        return ""
    first = next((char for char in letters if char not in "ʻʼʽʾʿʹ"), "a")
    if not first.isupper() or re.fullmatch(r"[A-Z]{2,4}", text):
        return ""
    return text


def display_name(name: str) -> str:
    """
    The readable form of a name: romanized Arabic loses its diacritics, a Kurdish or Turkish name
    keeps its own letters.
    """
    if is_arabic(name):
        return arabic(name) or name
    if _OWN_LETTERS.search(name) and not _ROMANIZED.search(name):
        return name
    return plain(name)
