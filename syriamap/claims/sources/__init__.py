"""
Evidence in other people's formats → claims; each format is a module that says what maps to what.

In comes a file, out goes a claims file and, for every row that made no claim, the reason. Whose
names the actors have in a format is data: ``import_actors.csv`` of the theater.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
