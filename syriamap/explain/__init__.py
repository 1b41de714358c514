"""
Why a place has its color, and what the map would be without each of its claims.

:mod:`.claim_map` is the map of a day to take claims from, :mod:`.explanation` takes them and says
what came of it.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
