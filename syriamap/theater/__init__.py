"""
A theater: a folder with everything about one war that is not a claim, read and checked.

:mod:`.shipped` knows where the one that comes with the package lies, :mod:`.tables` and
:mod:`.geojson` read its files, :mod:`.folder` makes one frozen :class:`Theater` of them;
:mod:`.settings` is how the stages write down their numbers and what a theater says otherwise.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
