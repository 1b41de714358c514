"""
Layers of shapes as GDAL reads them: Shapefiles, GeoPackages, GeoJSON that an editor wrote.

In comes a path, out goes a frame in degrees whose every coordinate is a number. GeoJSON of a
theater is read by :mod:`.documents`, which names the feature that is wrong.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from syriamap.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["layer_in_degrees", "layer_names"]

_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OSError)
"""What geopandas raises of parts that do not fit together, beside its readers' own errors."""


def layer_names(path: Path) -> list[str]:
    """
    Give the names of the layers that have shapes.

    Raises
    ------
    DocumentError
        If the file cannot be read.
    """
    import geopandas as gpd
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        return [str(name) for name, kind in gpd.list_layers(path).to_numpy() if kind]
    except (DataSourceError, DataLayerError, *_BROKEN) as error:
        raise DocumentError(_told(error)) from error


def layer_in_degrees(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    """
    Read a layer, in EPSG:4326.

    Parameters
    ----------
    path
        The file.
    layer
        Name of the layer; the first when not given.

    Raises
    ------
    DocumentError
        If it cannot be read, has no shapes, has a coordinate that is no number, or names no CRS
        and is not in degrees.
    """
    import geopandas as gpd
    import numpy as np
    import shapely
    from pyogrio.errors import DataLayerError, DataSourceError
    from shapely.errors import ShapelyError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of a ring that is open: refused below
            frame = gpd.read_file(path, layer=layer)
    except (DataSourceError, DataLayerError, ShapelyError, *_BROKEN) as error:
        raise DocumentError(_told(error)) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise DocumentError("not readable as a layer of shapes: it has none")
    if not np.isfinite(shapely.get_coordinates(frame.geometry.to_numpy())).all():
        raise DocumentError("not readable as a layer of shapes: a coordinate is no finite number")
    if frame.crs is not None:
        return frame.to_crs("EPSG:4326")
    if len(frame) and max(map(abs, frame.total_bounds)) > 360:
        raise DocumentError("its coordinates are no degrees and it names no crs (.prj)")
    return frame.set_crs("EPSG:4326")


def _told(error: Exception) -> str:
    if ".shx" in str(error):
        return "its .shx is not beside it; all files of a Shapefile belong together"
    said = " ".join(str(error).split(";")[0].split())[:200]
    return f"not readable as a layer of shapes: {said}"
