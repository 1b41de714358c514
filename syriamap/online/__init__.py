"""
An address → its whole body, only where somebody asked for it with ``--online``.

Whoever leaves this machine does so here: pages for `extract`, names for `resolve`, a model's
opinion. :mod:`.targets` says which address may be reached, :mod:`.fetching` reaches it: one
deadline for all, whole bodies, redirects told.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
