"""
Maps for print: PNG, SVG and PDF, without a browser.

In come the maps of one date or several (:mod:`.job`), out goes a sheet (:mod:`.draw`, on
:mod:`.sheet`) and its words (:mod:`.caption`). The map on it: :mod:`.view` is the window,
:mod:`.layers` what is drawn of the world, :mod:`.changed` what changed hands, :mod:`.place_names`
the names, where :mod:`.room` is left. Around it: :mod:`.furniture` with :mod:`.legend_texts`, in
the letters of :mod:`.fonts`; :mod:`.film` shows figures one after the other. Patterns and colors
are those of the page: one definition, :mod:`syriamap.look.symbols`. Needs the extra ``figure``:
``pip install 'syriamap[figure]'``.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
