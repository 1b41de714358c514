"""
A map's frames as files for other programs: GeoJSON, GeoPackage, GeoParquet, Shapefile, KML, CSV.

Every format is written from the same features (:mod:`.features`) with the same :mod:`.fields`, so
that all of them agree; metadata, licence and border statement go into each. A series of dates has
rows with `valid_from` and `valid_to` (:mod:`.day_rows`). :mod:`.write` chooses the format by the
file's ending and hands a :mod:`.parcel` on: :mod:`.geopackage`, :mod:`.shapefile` and
:mod:`.parquet` are written from :mod:`.frames`; :mod:`.qgis` and :mod:`.qgis_project` make styles
and a project; :mod:`.kml`, :mod:`.feature_collection` and :mod:`.spreadsheet` write text.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
