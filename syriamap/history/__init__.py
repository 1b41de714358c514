"""The map of a day, and of many days side by side: pieces, changes, disputes."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
