"""
Draw the pictures of the gallery and write ``gallery.md``: ``python docs/gallery.py [--draw]``.

Each picture is what one command of the program writes; the page shows the command below it. Without
``--draw`` only the page is written; a test compares it with the code.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
IMAGES = FOLDER / "images" / "gallery"

PICTURES = (
    (
        "offensive.webp",
        "Ten days of November and December 2024",
        "animate 2024-11-29 2024-12-08 --size social --seconds 0.9",
    ),
    (
        "arabic.png",
        "A figure in Arabic: 6 December 2024",
        "figure 2024-12-06 --size social --lang ar",
    ),
    (
        "changed.png",
        "What changed hands between 29 November and 6 December 2024",
        "figure 2024-12-06 --size social --changes-since 2024-11-29",
    ),
    (
        "as-the-opposition-tells.png",
        "1 December 2024 as the opposition's own sources tell it",
        "figure 2024-12-01 --size social --according-to opposition",
    ),
    (
        "winter.svg",
        "Who had how much of the country, November 2024 to February 2025",
        "history 2024-11-20 2025-02-01 --step week --size column",
    ),
)
"""File, what it shows, and the words of the command without ``-o``."""


def gallery_page() -> str:
    """Give the page: each picture above the command that draws it."""
    lines = [
        "# Gallery",
        "",
        "Written, and drawn, by `docs/gallery.py`: what one command each writes, as it comes.",
    ]
    for file, shown, command in PICTURES:
        lines += ["", f"## {shown}", "", f"![{shown}](images/gallery/{file})", "", "```"]
        lines += [f"syriamap {command} -o {file}", "```"]
    lines += ["", "The pages themselves: [the page](page.md), [a report](report.md)."]
    return "\n".join(lines) + "\n"


def draw(names: list[str]) -> None:
    """Draw the pictures, all when none is named."""
    from syriamap.cli.app import main

    IMAGES.mkdir(parents=True, exist_ok=True)
    for file, _, command in PICTURES:
        if not names or file in names:
            caption = ["--caption", "/dev/null"] if command.startswith("figure") else []
            try:
                main([*shlex.split(command), "-o", str(IMAGES / file), *caption])
            except SystemExit as stop:
                if stop.code:
                    raise


if __name__ == "__main__":
    if "--draw" in sys.argv[1:]:
        draw([word for word in sys.argv[1:] if word != "--draw"])
    (FOLDER / "gallery.md").write_text(gallery_page(), encoding="utf-8")
