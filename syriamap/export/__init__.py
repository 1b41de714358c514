"""
A map's frames as files for other programs: GeoJSON, GeoPackage, GeoParquet, KML and CSV.

Every format is written from the same features (:mod:`syriamap.export.features`), so that all of
them agree; metadata, licence and border statement go into each. A series of dates has rows with
`valid_from` and `valid_to` (:mod:`syriamap.export.day_rows`).
"""

from __future__ import annotations

from syriamap.export.day_rows import series_features
from syriamap.export.features import geojson_features
from syriamap.export.write import export_features, export_map, writer_for

__all__ = ["export_features", "export_map", "geojson_features", "series_features", "writer_for"]
