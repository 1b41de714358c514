"""
The map, the review sheet and a form for claims in a browser, for one person on one machine.

`claims_desk` is what is worked on: a theater, the user's own claims file, a folder of texts.
`leaves` are the pages, `guard` lets nobody but them write, `answers` puts them together,
`listening` is where the network begins: on this machine alone.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
