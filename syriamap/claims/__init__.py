"""
Who said what about which place or area, and when: the claims frame and everything that reads it.

:mod:`.rows` checks row after row, :mod:`.reader` reads whole files into one frame, :mod:`.sets`
writes, compares and counts such frames, :mod:`.speakers` knows who speaks in them,
:mod:`.question` carries them with all else that a map is asked with, and :mod:`.sources` brings in
other people's formats.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
