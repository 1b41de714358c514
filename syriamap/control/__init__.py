"""
Claims → what is known of each claimed place on a day: who holds it, how surely, since when, why.

:mod:`.evidence` says what a claim is worth, :mod:`.timeline` what all claims add up to on all days,
:mod:`.claimed` makes the frame of a day. The rules are in ``docs/control.md``, the numbers in
:mod:`.control_settings` and :mod:`.timeline.engine_settings`.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
