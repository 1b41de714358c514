r"""
The gate for text: what no name, title or id may carry is left out before anything is read.

In comes the text of a cell, a property or a setting, out goes the same text without control
characters, halves of characters, signs that reorder what follows, and signs that nobody sees; what
was left out is told once a file. Whatever passes can be written as XML, and shows all that it has.
The two signs that join and part letters stay where the script of the letter before needs them. An
id has an alphabet of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from syriamap.files.notices import warn

__all__ = [
    "ID_ALPHABET",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "Gate",
    "id_problem",
    "is_open",
    "length_problem",
    "let_through",
    "one_line",
    "passes",
]

ID_ALPHABET = "letters and digits of any script, and _ - . : between them, at most 64 characters"
"""What an id of an actor, a side, a place or a claim is made of, in words."""

LONGEST_NAME = 500
"""Characters of a name; the longest in the shipped theater has a tenth of them."""

LONGEST_TEXT = 10_000
"""Characters of any other text that a map carries with it, as of a note or a title."""

_ID = re.compile(r"[^\W_](?:[\w.:-]{0,62}[\w])?")

_TO_SPACE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_DROPPED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_CLOSED = re.compile(f"[{_TO_SPACE}{_DROPPED}]")
_SPACED = re.compile(f"[{_TO_SPACE}]")

_ORDINARY = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\r\x0b\x0c")
"""What word processors and telephones put into any text: left out without a word."""

_JOINERS = frozenset("\u200c\u200d")
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\u1900-\u1aff\u1b00-\u1c4f\ua800-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
"""Scripts whose letters change by what stands beside them: Arabic, those of India and around."""


def let_through(text: str, found: Counter[str] | None = None) -> str:
    r"""
    Give a text without what no text may carry; lines stay lines.

    Parameters
    ----------
    text
        As somebody wrote it.
    found
        Is told of each sign that was left out and that no word processor puts there by itself.

    >>> let_through("Ha\u202ema\x07 \ud800Road")
    'Hama  Road'
    >>> let_through("\u0645\u06cc\u200c\u062e"), let_through("Ha\u200cma")
    ('\u0645\u06cc\u200c\u062e', 'Hama')
    """
    if text.isascii() and text.isprintable():
        return text
    if _CLOSED.search(text) is None:
        return text
    return _without(text.replace("\r\n", "\n"), found).strip()


def _without(text: str, found: Counter[str] | None = None) -> str:
    def passed(sign: re.Match[str]) -> str:
        one = sign[0]
        if one in _JOINERS and sign.start() and _JOINING.match(text[sign.start() - 1]):
            return one if _JOINING.match(text[sign.end() : sign.end() + 1]) else ""
        if found is not None and one not in _ORDINARY:
            found[one] += 1
        return " " if _SPACED.match(one) else ""

    return _CLOSED.sub(passed, text)


def passes(text: str) -> bool:
    """Whether nothing of a text, as of a whole file, would be left out."""
    plain = text.replace("\r\n", "\n")
    return _CLOSED.search(plain) is None or _without(plain) == plain


def is_open(text: str) -> bool:
    """Whether a text, and each of which it was joined, has nothing that the gate looks at."""
    return (text.isascii() and text.isprintable()) or _CLOSED.search(text) is None


def one_line(text: str) -> str:
    r"""
    Give a name or title as one line that has passed the gate.

    >>> one_line("Wire\u202e\x07 One\n")
    'Wire One'
    """
    return " ".join(let_through(text).split())


def id_problem(text: str) -> str:
    """
    Say what is wrong with an id and what would do; nothing where it is one.

    >>> id_problem("sy-0012"), id_problem("حلب"), id_problem("~")[:7]
    ('', '', 'is no i')
    """
    if _ID.fullmatch(text) and unicodedata.is_normalized("NFC", text):
        return ""
    return f"is no id: {ID_ALPHABET} would do"


def length_problem(text: str, most: int = LONGEST_NAME) -> str:
    """
    Say that a text is too long for what it is; nothing where it is not.

    Parameters
    ----------
    text
        As it was read.
    most
        Characters that it may have.
    """
    if len(text) <= most:
        return ""
    return f"is {len(text):,} characters long; {most:,} would do"


class Gate:
    """
    The gate at the door of one file: it lets text through, and tells what it left out.

    Parameters
    ----------
    name
        What messages call the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: Counter[str] = Counter()
        self._where: list[str] = []

    def text(self, text: str, where: str = "") -> str:
        """Let a text through; `where` it stands is for the message."""
        before = self._found.total()
        passed = let_through(text, self._found)
        if where and before != self._found.total() and where not in self._where[-1:]:
            self._where.append(where)
        return passed

    def all_of(self, value: Any, where: str = "") -> Any:
        """Let through all text in a value of JSON or TOML, however deep, the names of keys too."""
        if isinstance(value, str):
            return self.text(value, where)
        if isinstance(value, list):
            return [self.all_of(one, where) for one in value]
        if isinstance(value, dict):
            return {
                self.text(str(key), where): self.all_of(one, where) for key, one in value.items()
            }
        return value

    def tell(self) -> None:
        """Warn of what was left out, once."""
        if not self._found:
            return
        signs = ", ".join(
            f"{_named(sign)}{f' ({count} times)' if count > 1 else ''}"
            for sign, count in sorted(self._found.items())[:6]
        )
        more = ", …" if len(self._found) > 6 else ""
        places = f" in {', '.join(self._where[:5])}{', …' if len(self._where) > 5 else ''}"
        where = places if self._where else ""
        warn(f"{self.name}: signs that nobody sees are left out{where}: {signs}{more}")
        self._found.clear()
        self._where.clear()


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "").lower()
    return f"{code} {name}" if name else code
