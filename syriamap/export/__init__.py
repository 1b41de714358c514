"""
A map's frames as files for other programs: GeoJSON, GeoPackage, GeoParquet, KML and CSV.

Every format is written from the same features (:mod:`.features`), so that all of them agree;
metadata, licence and border statement go into each. A series of dates has rows with `valid_from`
and `valid_to` (:mod:`.day_rows`). :mod:`.write` chooses the format by the file's ending:
:mod:`.geopackage` and :mod:`.parquet` are written from :mod:`.frames`, the one with styles of
:mod:`.qgis`; :mod:`.kml` is a tree of its own.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
