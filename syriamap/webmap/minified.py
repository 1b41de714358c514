"""
The page's scripts made short: without spaces, comments and long names of what is local.

Comes in: the scripts as they are written. Goes out: the same in two thirds of the characters, from
a file that `python -m syriamap.webmap.minified` makes with tdewolff-minify, which only those need
who change a script. The file bears the digest of what it was made from; while it was made from
something else, nothing comes out, and the page has the scripts as they are written.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["FILE", "minified"]

FILE = Path(__file__).parent / "assets" / "page.min.js"
"""First line: a comment with the digest; then the script."""


def minified(script: str) -> str | None:
    """
    Give the short form of a script, or None where there is none of this very text.

    Parameters
    ----------
    script
        The scripts of the page, joined.
    """
    digest, short = _stored()
    return short if digest == _digest(script) else None


def _digest(script: str) -> str:
    return hashlib.sha256(script.encode()).hexdigest()


@cache
def _stored() -> tuple[str, str]:
    if not FILE.is_file():
        return "", ""
    first, _, rest = FILE.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("// "), rest.rstrip("\n")


def main() -> None:
    """Make the file again."""
    import minify  # tdewolff-minify

    from syriamap.webmap.inline import joined_scripts

    script = joined_scripts()
    short = minify.string("text/javascript", script)
    FILE.write_text(f"// {_digest(script)}\n{short}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
