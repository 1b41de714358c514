"""
How right the map is: hide what is known, build it again, compare.

:mod:`.truth` has the known places, :mod:`.hidden` hides some of them, :mod:`.publishers` leaves out
who published, :mod:`.dated` holds a list with dates against the map of each, :mod:`.foresight`
asks of claims that the map did not hear, :mod:`.scores` counts, :mod:`.scoring` does all of it and
puts it into words.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
