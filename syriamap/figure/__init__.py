"""
Maps for print: PNG, SVG and PDF, without a browser.

In come the frames of one date or several, out goes a sheet (`draw`) and its words (`caption`).
Patterns and colors are those of the page: one definition, :mod:`syriamap.look.symbols`. Needs the extra
``figure``: ``pip install 'syriamap[figure]'``.
"""

from __future__ import annotations

from syriamap.figure.caption import caption_of
from syriamap.figure.draw import FORMATS, draw_figure, save_figure
from syriamap.figure.job import SIZES, FigureOptions

__all__ = ["FORMATS", "SIZES", "FigureOptions", "caption_of", "draw_figure", "save_figure"]
