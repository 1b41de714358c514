"""
Spellings of place names, as plain strings.

In comes a name as somebody wrote it, in Latin or Arabic script; out comes a *folded* form in
which spellings that differ only in accents, article, apostrophe or case are equal. Nothing here
knows any place; :mod:`syriamap.gazetteer` compares folded forms with the places of a theater.

The Latin folding follows the romanization systems in use for Arabic names (BGN/PCGN 1956 and
UNGEGN 1972/2017): both write the article with assimilation before sun letters ("ash-Shughur"),
ayn and hamza as apostrophe-like signs and emphatic consonants with a diacritic, and the press
drops all of these at will.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "is_arabic", "skeleton"]

_ARTICLE = re.compile(
    r"^(?:al|ar|as|ash|at|ad|adh|an|az|el|er|es|esh|et|ed|en|ez|ul|ur|us|uz)[\s-]+(?=\w)"
)
"""The article in the shapes it takes before sun letters, when set apart from the noun."""

_INNER_ARTICLE = re.compile(
    r"[\s-](?:al|ar|as|ash|at|ad|adh|an|az|el|er|es|esh|et|ed|en|ez|ul|ur|us|uz)[\s-](?=\w)"
)

_APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’ʻʼʽʾʿˈ′‛“”\"ʹ"), None)
_TATWEEL = "ـ"
_ARABIC_FORMS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ک": "ك", "ء": None, _TATWEEL: None,
    }
)  # fmt: skip
_ARABIC_LETTER = re.compile("[ء-ي٠-٩ٱ-ۓ]")
_SEPARATORS = re.compile(r"[\s\-‐-―_/,.;:()\[\]]+")
_NOT_WORD = re.compile(r"[^\w ]+")
_LATIN_EXTRA = str.maketrans({"ı": "i", "ş": "sh", "ç": "ch", "ğ": "gh", "ø": "o", "ß": "ss",
                              "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ə": "a"})  # fmt: skip


def is_arabic(name: str) -> bool:
    """
    Whether a name is written in Arabic script.

    >>> is_arabic("حماة"), is_arabic("Hama")
    (True, False)
    """
    return _ARABIC_LETTER.search(name) is not None


def fold(name: str) -> str:
    """
    Fold a written name so that spellings of one name become equal.

    Latin: case, diacritics, apostrophes, hyphens and the article go; Arabic: short vowels,
    tatweel, hamza seats, final ya and ta marbuta forms and the article go.

    >>> fold("Ar-Rastān"), fold("Rastan"), fold("Ma`arrat an-Nu'mān")
    ('rastan', 'rastan', 'maarrat numan')
    >>> fold("دير الزّور") == fold("دير الزور")
    True
    """
    return _fold_arabic(name) if is_arabic(name) else _fold_latin(name)


def _fold_latin(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).translate(_APOSTROPHES).casefold()
    text = text.translate(_LATIN_EXTRA)
    text = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    text = text.strip(" -‐‑–—")
    text = _INNER_ARTICLE.sub(" ", _ARTICLE.sub("", text))
    text = _NOT_WORD.sub("", _SEPARATORS.sub(" ", text))
    return " ".join(text.split())


def _fold_arabic(name: str) -> str:
    text = unicodedata.normalize("NFKC", name)
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.casefold().translate(_ARABIC_FORMS)
    words = _NOT_WORD.sub("", _SEPARATORS.sub(" ", text)).split()
    # "ال" is the article only where a noun of two letters or more is left.
    return " ".join(word[2:] if word.startswith("ال") and len(word) > 3 else word for word in words)


_DIGRAPHS = (
    ("kh", "x"), ("sh", "S"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ch", "S"),
    ("q", "k"), ("c", "k"), ("g", "g"), ("j", "j"), ("z", "z"), ("v", "f"), ("p", "b"),
)  # fmt: skip


def skeleton(name: str) -> str:
    """
    Consonants of a Latin-script name, for telling whether two rows mean one place.

    Vowels, doubled letters and final h go; q, c and k are one. Arabic-script names are returned
    folded. Meant for comparing rows a few kilometers apart, not for finding a place in a country.

    >>> skeleton("Ar Rastan") == skeleton("Rastān")
    True
    >>> skeleton("Tall Rif`at") == skeleton("Tel Rifaat")
    True
    """
    folded = fold(name)
    if is_arabic(folded):
        return folded
    for written, sound in _DIGRAPHS:
        folded = folded.replace(written, sound)
    consonants = re.sub(r"[aeiouyw\d]", "", re.sub(r"h(?=$| )", "", folded)).replace(" ", "")
    return re.sub(r"(.)\1+", r"\1", consonants)
