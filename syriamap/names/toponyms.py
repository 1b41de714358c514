"""
Spellings of place names, as plain strings.

In comes a name as somebody wrote it, in Latin or Arabic script; out come three forms in which
ever more spellings of one name are equal:

* :func:`fold`: case, accents, article, apostrophes and hyphens go; in Arabic script vowel marks,
  hamza seats, forms of ya and ta marbuta;
* :func:`sounds`: one character for each sound, nearly the same for both scripts;
* :func:`skeletons`: the consonants alone, one and the same for both scripts, in every reading of
  letters that have more than one.

Nothing here knows any place; :mod:`syriamap.names.gazetteer` compares these forms with the places
of a theater. The rules follow the romanizations in use for Arabic names (BGN/PCGN 1956, UNGEGN
1972/2017, IJMES) and the habits of the English, French, German, Turkish and Kurdish press; the
table with sources is ``docs/toponyms.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.names.transliteration import (
    ARABIC,
    arabic_folds,
    arabic_sounds,
    latin_folds,
    latin_sounds,
    skeletons_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["fold", "folds", "is_arabic", "skeleton", "skeletons", "sounds", "sounds_of_all"]


def is_arabic(name: str) -> bool:
    """
    Whether a name is written in Arabic script.

    >>> is_arabic("حماة"), is_arabic("Hama")
    (True, False)
    """
    return ARABIC.search(name) is not None


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
    line = name.replace("\n", " ")
    return arabic_folds(line) if is_arabic(line) else latin_folds(line)


def folds(names: Sequence[str]) -> list[str]:
    """
    Fold many names at once, some twenty times faster than one by one.

    >>> folds(["Ar-Rastān", "حماة"]) == [fold("Ar-Rastān"), fold("حماة")]
    True
    """
    return _by_script(names, latin_folds, arabic_folds)


def sounds(name: str) -> str:
    """
    Sounds of a written name, one character each; :mod:`syriamap.names.transliteration` lists them.

    >>> sounds("Jisr ash-Shughūr"), sounds("جسر الشغور")
    ('jisrSuGur', 'jsrSGWr')
    """
    line = name.replace("\n", " ")
    return arabic_sounds(line) if is_arabic(line) else latin_sounds(latin_folds(line))


def sounds_of_all(names: Sequence[str]) -> list[str]:
    """
    Sounds of many names at once.

    >>> sounds_of_all(["Hama", "حماة"])
    ['hama', 'hmAQ']
    """
    return _by_script(names, lambda text: latin_sounds(latin_folds(text)), arabic_sounds)


def skeletons(name: str) -> tuple[str, ...]:
    """
    Consonants of a name in every reading of its ambiguous letters, likeliest first.

    Vowels, glides inside a word, doubled letters, articles and final h go; sounds that one script
    or a usual spelling does not tell apart are one (ص س, د ض ذ ظ ز, ح ه خ, ق ك, ت ط ث).

    >>> skeletons("Deir Ezzor"), skeletons("دير الزور")
    (('drdr',), ('drdr',))
    >>> skeletons("Minbic"), skeletons("منبج")
    (('mbk', 'mbj'), ('mbj',))
    """
    return skeletons_of(sounds(name))


def skeleton(name: str) -> str:
    """
    Consonants of a name in its likeliest reading, for telling whether two rows mean one place.

    Meant for comparing rows a few kilometers apart; for finding a place use :func:`skeletons`.

    >>> skeleton("Ar Rastan") == skeleton("Rastān") == skeleton("الرستن")
    True
    >>> skeleton("Tall Rif`at") == skeleton("Tel Rifaat")
    True
    """
    return skeletons(name)[0]


def _by_script(
    names: Iterable[str], of_latin: Callable[[str], str], of_arabic: Callable[[str], str]
) -> list[str]:
    """Apply a function of lines to all names of each script, and put them in order again."""
    lines = [name.replace("\n", " ") for name in names]
    done = [""] * len(lines)
    groups: dict[str, list[int]] = {"ascii": [], "latin": [], "arabic": []}
    for number, line in enumerate(lines):
        script = "ascii" if line.isascii() else "arabic" if is_arabic(line) else "latin"
        groups[script].append(number)
    for script, numbers in groups.items():
        function = of_arabic if script == "arabic" else of_latin
        text = function("\n".join(lines[number] for number in numbers))
        for number, form in zip(numbers, text.split("\n"), strict=False):
            done[number] = form
    return done
