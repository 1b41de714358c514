"""
Maps for print: PNG, SVG and PDF, without a browser.

In come the frames of one date or several, out goes a sheet (`draw`) and its words (`caption`).
Patterns and colors are those of the page: one definition, :mod:`syriamap.look.symbols`. Needs the
extra ``figure``: ``pip install 'syriamap[figure]'``.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
