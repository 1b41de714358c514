"""The question and the build: all stages in order. :mod:`.build` is the file to read first."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
