"""
A map's frames as files for other programs: GeoJSON, GeoPackage, GeoParquet, KML and CSV.

Every format is written from the same features (:mod:`syriamap.export.features`), so that all of
them agree; metadata, licence and border statement go into each. A series of dates has rows with
`valid_from` and `valid_to` (:mod:`syriamap.export.day_rows`).
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
