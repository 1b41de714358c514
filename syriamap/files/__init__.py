"""
Files in and out: tables of any kind as rows of text, cells as values, writing whole or not at all.

:mod:`.records` is the one door for tables: text in any encoding and with any separator, workbooks,
databases, Parquet, JSON, DataFrames; :mod:`.documents` for TOML and GeoJSON; all text passes
:mod:`.gate`. :mod:`.tabular` makes frames of them, :mod:`.cells`,
:mod:`.dates` and :mod:`.coordinates` read what stands in a cell or in a whole column.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
