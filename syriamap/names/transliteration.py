"""
Letters of both scripts as sounds: the tables behind :mod:`syriamap.names.toponyms`.

In come folded names, many at a time as the lines of one text (a pass over a text of ten thousand
lines costs a few milliseconds, ten thousand calls do not); out go their *sounds*, one character
each, that are the same for both scripts, and the consonant *skeletons* made of them. The tables
are explained, with their sources, in ``docs/toponyms.md``.

============ ==========================================================================
character    sound
============ ==========================================================================
``b t j h``  ب · ت ط · ج · ح ه, and their Latin spellings
``x``        خ: kh, German ch, Kurdish x
``d D z``    د ض · ذ ظ (dh) · ز
``s S``      س ص · ش: sh, French ch, German sch, Turkish ş
``G f k``    غ (gh) · ف · ق ك: q, k, ck, qu
``l m n r``  ل · م · ن · ر
``w y``      و ي that open a word: there they are consonants
``W Y``      و ي elsewhere: a glide, or a long vowel
``a e i o u`` Latin vowels; ``A`` the long a of Arabic script
``E``        ayn: Latin writes its vowel, or nothing
``V``        any vowel or none: a leading alef, a hamza on ya or waw, a final alef maqsura
``Q``        ta marbuta: a, or at, or nothing
``H``        a final ح, which Latin loses with every other final h
``g``        Latin g alone: غ, ق or ج
``c C``      Latin c (k, Turkish j) · ch (ش or خ)
``T v``      th (ث or ذ) · v (و or ف)
``q``        the t of a construct state, "Maarrat an-": written in Latin, not in Arabic
``L``        the l of an article written onto its noun, "Albukamal"
============ ==========================================================================
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, product

__all__ = ["ARABIC", "arabic_folds", "arabic_sounds", "latin_folds", "latin_sounds", "skeletons_of"]

ARABIC = re.compile("[ء-ي٠-٩ٱ-ۓ]")
"""Any letter or digit of the Arabic script."""

_SEPARATORS = " \t-‐‑‒–—―_/,.;:()[]\u00a0"
_LATIN_EXTRA = {
    "ı": "i", "ş": "sh", "ș": "sh", "ç": "ch", "ğ": "gh", "ø": "o", "ß": "ss", "æ": "ae",
    "œ": "oe", "đ": "d", "ł": "l", "ə": "a",
}  # fmt: skip
_ARABIC_FORMS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و",
    "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ء": "", "ـ": "",
})  # fmt: skip
_ARABIC_ARTICLE = re.compile(r"(?:^|(?<= ))(?:ال)+(?=\w\w)", re.MULTILINE)
"""Only where a noun of two letters or more is left."""
_ARABIC_FIRST_ARTICLE = re.compile(r"(?:^|(?<= ))[اٱ]ل(?=\w\w)", re.MULTILINE)
_CYRILLIC_SOUNDS = """
a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh sh y _ e yu ya yo i yi e g
"""
_CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщыьэюяёіїєґ", _CYRILLIC_SOUNDS.split(), strict=True))
_CYRILLIC["ь"] = ""
_ARTICLES = (
    "al|ar|as|ash|at|ath|ad|adh|an|az|el|er|es|esh|et|ed|en|ez|ul|ur|us|ush|ut|ud|un|uz|il|"
    "asch|esch|ach|ech"
)
_ARTICLE = re.compile(rf"(?:^|(?<= ))(?:(?:{_ARTICLES}) +)+(?=\w)", re.MULTILINE)
_TURKISH = re.compile("[êîûçğıöüeocvxp]")
_CEDILLA_LINE = re.compile("^.*[şŞ].*$", re.MULTILINE)
_FINAL_AH = re.compile(r"(?<=\w)[ae]h(?=$| )", re.MULTILINE)
_SPACES = re.compile("  +")
_EDGES = re.compile("^ | $", re.MULTILINE)


class _Letters(dict[int, str | None]):
    """A table for ``str.translate`` that works out each character when it first comes up."""

    def __init__(self, special: dict[str, str]) -> None:
        super().__init__({ord(key): value for key, value in special.items()})
        self[ord("\n")] = "\n"
        self.update(dict.fromkeys(map(ord, _SEPARATORS), " "))

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        known: str | None = char if char.isalnum() else " " if char.isspace() else None
        if unicodedata.combining(char) or unicodedata.category(char) == "Lm":
            known = None
        self[code] = known
        return known


_LATIN_LETTERS = _Letters({**_LATIN_EXTRA, **_CYRILLIC})
_ARABIC_LETTERS = _Letters(
    {"ـ": ""}
    | {chr(0x0660 + digit): str(digit) for digit in range(10)}
    | {chr(0x06F0 + digit): str(digit) for digit in range(10)}
)


def latin_folds(text: str) -> str:
    """
    Fold each line: case, diacritics, apostrophes, hyphens and articles go.

    An s with a cedilla is ص in the romanization of BGN/PCGN and sh in Turkish and Kurdish; a name
    with letters that the romanization never uses (e, o, c, v, x, p, ı, ê …) is taken for Turkish.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold()
        text = _CEDILLA_LINE.sub(_with_cedilla_read, text)
        text = unicodedata.normalize("NFC", text).translate(_LATIN_LETTERS)
        text = unicodedata.normalize("NFKD", text)
    text = _single_spaced(text.lower().translate(_LATIN_LETTERS))
    return _FINAL_AH.sub("a", _ARTICLE.sub("", text))


def _with_cedilla_read(line: re.Match[str]) -> str:
    return line[0] if _TURKISH.search(line[0]) else line[0].replace("ş", "s")


def arabic_folds(text: str) -> str:
    """Fold each line: vowel marks, tatweel, hamza seats, ya and ta marbuta forms, articles go."""
    return _ARABIC_ARTICLE.sub("", _arabic_letters(text).translate(_ARABIC_FORMS))


def _arabic_letters(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return _single_spaced(text.translate(_ARABIC_LETTERS))


def _single_spaced(text: str) -> str:
    return _EDGES.sub("", _SPACES.sub(" ", text))


# --- sounds -------------------------------------------------------------------------------------

_DIGRAPHS = {
    "dsch": "j", "tsch": "S", "sch": "S", "tch": "S", "dj": "j", "dzh": "j", "zh": "j",
    "kh": "x", "sh": "S", "gh": "G", "th": "T", "dh": "D", "ch": "C", "ph": "f", "ck": "k",
    "ssh": "S", "kkh": "x", "tth": "T", "ddh": "D", "ggh": "G", "qu": "k",
    "ou": "u", "oo": "u", "ee": "i", "ai": "aY", "ei": "eY", "au": "aW",
}  # fmt: skip
_DIGRAPH = re.compile(
    "|".join(
        re.escape(spelling) + ("(?=[aei])" if spelling == "qu" else "")
        for spelling in sorted(_DIGRAPHS, key=len, reverse=True)
    )
)
_LATIN_SINGLE = str.maketrans({"q": "k", "p": "b", "w": "W", "y": "Y"})
_FRENCH_WA = re.compile(r"(?:^|(?<= ))ou(?=[aei])", re.MULTILINE)
_SHEIKH = re.compile(r"(?:^|(?<= ))s(?:h|ch)?[ea][iy]h(?=$| )", re.MULTILINE)
"""Turkish writes the kh of sheikh as h, and a final h is otherwise dropped."""
_JOINED_ARTICLE = re.compile(r"(?:^|(?<= ))([aeu])l(?=\w{4})", re.MULTILINE)
_FINAL_H = re.compile(r"h(?=$| )", re.MULTILINE)
_CONSTRUCT_T = re.compile(r"(?<=[^aeiouWY \n][aei])t(?= )")
_DOUBLED = re.compile(r"([^\n ])\1+")
_GLIDES = re.compile(r"(?:^|(?<= ))[WY]", re.MULTILINE)

_ARABIC_SOUNDS = str.maketrans({
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "j", "ژ": "j", "ح": "h", "ه": "h",
    "ھ": "h", "خ": "x", "د": "d", "ض": "d", "ذ": "D", "ظ": "D", "ر": "r", "ز": "z", "س": "s",
    "ص": "s", "ش": "S", "چ": "S", "ع": "E", "غ": "G", "ف": "f", "ڤ": "v", "ق": "k", "ك": "k",
    "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "W", "ۆ": "W", "ي": "Y", "ی": "Y",
    "ێ": "Y", "ا": "A", "آ": "A", "أ": "V", "إ": "V", "ٱ": "V", "ى": "V", "ئ": "V", "ؤ": "V",
    "ء": None, "ة": "Q", "ە": "Q", "ہ": "Q",
})  # fmt: skip
_OPENING = {"ا": "V", "و": "w", "ي": "y", "ی": "y"}
_ARABIC_GLIDES = re.compile(r"(?:^|(?<= ))[اويی](?=\w)", re.MULTILINE)
_ARABIC_FINAL_HA = re.compile(r"(?<=\w\w)ه(?=$| )", re.MULTILINE)
_ARABIC_FINAL_HAA = re.compile(r"(?<=\w\w)ح(?=$| )", re.MULTILINE)


def latin_sounds(folded: str) -> str:
    """Sounds of each line of folded Latin names, without spaces."""
    text = _SHEIKH.sub("sheikh", folded)
    text = _JOINED_ARTICLE.sub(r"\1L", _FRENCH_WA.sub("w", text))
    text = _DIGRAPH.sub(lambda match: _DIGRAPHS[match[0]], text).translate(_LATIN_SINGLE)
    text = _FINAL_H.sub("", _GLIDES.sub(lambda match: match[0].lower(), text))
    text = _CONSTRUCT_T.sub("q", _DOUBLED.sub(r"\1", text))
    return text.replace(" ", "")


def arabic_sounds(text: str) -> str:
    """Sounds of each line of Arabic names as written (not folded), without spaces."""
    text = _ARABIC_FIRST_ARTICLE.sub("", _arabic_letters(text))
    text = _ARABIC_GLIDES.sub(lambda match: _OPENING[match[0]], text)
    text = _ARABIC_FINAL_HAA.sub("H", _ARABIC_FINAL_HA.sub("Q", text))
    return text.translate(_ARABIC_SOUNDS).replace(" ", "")


# --- skeletons ----------------------------------------------------------------------------------

_COARSE = str.maketrans({"x": "h", "z": "d"} | dict.fromkeys("aeiouAEVWYQH"))
_READINGS = {
    "g": ("G", "k", "j"), "c": ("k", "j"), "C": ("S", "h", "j"), "T": ("t", "d", "th"),
    "D": ("d", "dh"), "v": ("", "f"), "q": ("", "t"), "L": ("", "l"),
}  # fmt: skip
_AMBIGUOUS = re.compile(f"[{''.join(_READINGS)}]")
_MOST_READINGS = 12


def skeletons_of(sounds: str) -> tuple[str, ...]:
    """
    Consonants of one name's sounds, in every reading of its ambiguous letters, likeliest first.

    What one script tells apart and the other does not falls together; n before b is m, as spoken.
    """
    coarse = sounds.translate(_COARSE)
    if not _AMBIGUOUS.search(coarse):
        return (_joined(coarse),)
    parts = [_READINGS.get(char, (char,)) for char in coarse]
    readings = islice(product(*parts), _MOST_READINGS)
    return tuple(dict.fromkeys(_joined("".join(reading)) for reading in readings))


def _joined(consonants: str) -> str:
    return _DOUBLED.sub(r"\1", consonants.replace("nb", "mb"))
