"""
The letters of the figures: two vendored families, so that a figure is the same everywhere.

*Syriamap Sans* and *Syriamap Arabic* are subsets of Noto Sans and Noto Sans Arabic (SIL Open Font
License, ``fonts/OFL.txt``); a letter that neither has comes from matplotlib's own DejaVu Sans.
"""

from __future__ import annotations

import base64
import io
import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

__all__ = ["FAMILIES", "register_fonts", "with_embedded_fonts"]

FAMILIES = ("Syriamap Sans", "Syriamap Arabic", "DejaVu Sans")
"""Tried in this order, letter by letter."""

_FILES = {
    ("Syriamap Sans", "normal"): "SyriamapSans-Regular.ttf",
    ("Syriamap Sans", "bold"): "SyriamapSans-Bold.ttf",
    ("Syriamap Arabic", "normal"): "SyriamapArabic-Regular.ttf",
    ("Syriamap Arabic", "bold"): "SyriamapArabic-Bold.ttf",
}
_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_ARABIC_FIRST = re.compile("[^A-Za-z]*[\u0600-\u06ff]")
_ARABIC_ONLY = re.compile("[\u0600-\u06ff ]*")


def _file(name: str) -> Traversable:
    return resources.files("syriamap.figure").joinpath("fonts", name)


def register_fonts() -> None:
    """Make the families known to matplotlib, once."""
    from matplotlib.font_manager import fontManager

    known = {entry.name for entry in fontManager.ttflist}
    if FAMILIES[0] in known:
        return
    for name in _FILES.values():
        with resources.as_file(_file(name)) as path:
            fontManager.addfont(str(path))


def with_embedded_fonts(svg: str) -> str:
    """
    Put the letters that an SVG's texts use into it, as font faces.

    Parameters
    ----------
    svg
        As matplotlib writes it with ``svg.fonttype`` ``none``.
    """
    letters = {ord(letter) for text in _TEXT.findall(svg) for letter in text}
    faces = []
    for (family, weight), name in _FILES.items():
        data = base64.b64encode(_subset(_file(name).read_bytes(), letters)).decode()
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};"
            f"src:url(data:font/ttf;base64,{data}) format('truetype')}}"
        )
    # Programs that know no embedded font faces take the families these were made from.
    svg = svg.replace("'Syriamap Arabic',", "'Syriamap Arabic', 'Noto Sans', 'Noto Sans Arabic',")
    svg = _TEXT.sub(_isolated, svg)
    return svg.replace("<defs>", f"<defs>\n<style>{''.join(faces)}</style>", 1)


def _isolated(match: re.Match[str]) -> str:
    """Keep a line of Arabic in its order: SVG takes every line for one that begins at the left."""
    text = match[1]
    if not _ARABIC_FIRST.match(text) or _ARABIC_ONLY.fullmatch(text):
        return match[0]
    return match[0].replace(f">{text}<", f">\u2067{text}\u2069<")


def _subset(font: bytes, letters: Iterable[int]) -> bytes:
    """Keep the letters, in all the forms that their neighbors may ask for."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    loaded = TTFont(io.BytesIO(font), recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=sorted(letters))
    chosen.subset(loaded)
    out = io.BytesIO()
    loaded.save(out)
    return out.getvalue()
