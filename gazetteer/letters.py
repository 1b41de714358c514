"""
Make the table of letters that look alike: confusables.txt of Unicode → letters.txt of the package.

``python gazetteer/letters.py confusables.txt`` reads the file that Unicode publishes with UTS #39
(version 17.0.0; SHA-256 ``ec88ecebcf89f63f813d460842b0cf8322744b40a0b2c06f88a2cea48c0351ea``) and
writes a line for each Latin letter or digit, and for each Arabic letter, with all that look like
it. Marks, signs and scripts in which a whole publisher's name cannot be written alike are left out.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

OUT = Path(__file__).parents[1] / "syriamap" / "claims" / "letters" / "letters.txt"
_ARABIC = "ARABIC LETTER"
_NOT_LATIN = ("ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO", "MENDE")
"""Written from right to left: a letter of theirs passes for no Latin one in a word."""


def _plain(text: str) -> str:
    return "".join(
        one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)
    ).casefold()


def alike(lines: list[str]) -> dict[str, str]:
    """Letter → what it looks like, from the lines of confusables.txt."""
    found: dict[str, str] = {}
    for line in lines:
        fields = line.split("#")[0].split(";")
        if len(fields) < 3:
            continue
        source = chr(int(fields[0], 16))
        target = _plain("".join(chr(int(one, 16)) for one in fields[1].split()))
        name = unicodedata.name(source, "")
        if source.isascii() or not source.isalnum() or not 0 < len(target) <= 2:
            continue
        latin = target.isascii() and target.isalnum() and not name.startswith(_NOT_LATIN)
        arabic = name.startswith(_ARABIC) and all(
            unicodedata.name(one, "").startswith(_ARABIC) for one in target
        )
        if (latin or arabic) and _plain(source) != target:
            found[source] = target
    return found


def main() -> None:
    """Write the table."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8-sig").splitlines()
    by_target: dict[str, list[str]] = {}
    for source, target in alike(lines).items():
        by_target.setdefault(target, []).append(source)
    rows = [f"{target} {''.join(sorted(ones))}" for target, ones in sorted(by_target.items())]
    OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
