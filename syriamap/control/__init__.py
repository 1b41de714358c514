"""
Claims → what is known of each claimed place on a day: who holds it, how surely, since when, why.

:mod:`.evidence` says what a claim is worth, :mod:`.belief` what the claims of a place add up to,
:mod:`.hazard` where the front has passed, :mod:`.claimed` makes the frame. The rules are a table in
``docs/control.md``, the numbers in :mod:`.control_settings`.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
