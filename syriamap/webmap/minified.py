"""
The page's scripts made short: without spaces, comments and long names of what is local.

Comes in: the scripts as they are written. Goes out: the same in two thirds of the characters, from
a file that `python -m syriamap.webmap.shortening` makes with tdewolff-minify, which only those need
who change a script. The file bears the digest of what it was made from; while it was made from
something else, nothing comes out, and the page has the scripts as they are written.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["FILE", "LATER_FILE", "START_FILE", "digest_of", "minified"]

FILE = Path(__file__).parent / "assets" / "page.min.js"
"""First line: a comment with the digest; then the script."""

LATER_FILE = FILE.with_name("later.min.js")
"""The same for the scripts that wait."""

START_FILE = FILE.with_name("start.min.js")
"""The same for what unfolds the scripts."""


def minified(script: str) -> str | None:
    """
    Give the short form of a script, or None where there is none of this very text.

    Parameters
    ----------
    script
        The scripts of the page, joined.
    """
    stored = (_stored(file) for file in (FILE, LATER_FILE, START_FILE))
    return next((short for digest, short in stored if digest == digest_of(script)), None)


def digest_of(script: str) -> str:
    """Tell one text of the scripts from another."""
    return hashlib.sha256(script.encode()).hexdigest()


@cache
def _stored(file: Path) -> tuple[str, str]:
    if not file.is_file():
        return "", ""
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("// "), rest.rstrip("\n")
