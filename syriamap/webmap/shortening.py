"""
Make the short form of the page's scripts again: ``python -m syriamap.webmap.shortening``.

Needs tdewolff-minify. Comes in: the scripts as they are written. Goes out: the files that
`minified.py` reads.
"""

from __future__ import annotations

from syriamap.webmap.inline import LATER, START, joined_scripts
from syriamap.webmap.minified import FILE, LATER_FILE, START_FILE, digest_of

__all__ = ["main"]


def main() -> None:
    """Make the file again."""
    import minify  # tdewolff-minify

    made = {FILE: (), LATER_FILE: LATER, START_FILE: START}
    for file, script in ((file, joined_scripts(*names)) for file, names in made.items()):
        short = minify.string("text/javascript", script)
        file.write_text(f"// {digest_of(script)}\n{short}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
