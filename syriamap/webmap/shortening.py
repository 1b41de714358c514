"""
Make the short form of the page's scripts again: ``python -m syriamap.webmap.shortening``.

Needs tdewolff-minify. Comes in: the scripts as they are written. Goes out: the file that
`minified.py` reads.
"""

from __future__ import annotations

from syriamap.webmap.inline import LATER, joined_scripts
from syriamap.webmap.minified import FILE, LATER_FILE, digest_of

__all__ = ["main"]


def main() -> None:
    """Make the file again."""
    import minify  # tdewolff-minify

    for file, script in ((FILE, joined_scripts()), (LATER_FILE, joined_scripts(*LATER))):
        short = minify.string("text/javascript", script)
        file.write_text(f"// {digest_of(script)}\n{short}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
