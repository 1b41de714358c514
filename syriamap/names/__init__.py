"""
A written name → the places that it may mean, in any spelling, in Latin or Arabic script.

Spelling: :mod:`.toponyms` on :mod:`.transliteration`, compared by :mod:`.agreement`. Looking up:
:mod:`.index` of all names, :mod:`.kind_words` beside them, :mod:`.elsewhere` for what lies abroad,
:mod:`.resolver` decides, :mod:`.resolution` is the answer, :mod:`.gazetteer` the way in. Places
told by others ("six miles north of Homs"): :mod:`.relative` with :mod:`.relative_words` and
:mod:`.routes`. :mod:`.geocoder` is the same for geopy. Nothing here imports pandas before it must:
``syriamap resolve`` starts as fast as it can.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
