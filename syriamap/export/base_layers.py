"""
The map beneath: country, governorates, water, roads and neighbors of a theater as layers of a file.

In comes a theater, out go frames in EPSG:4326, each of one kind of geometry, in the order in which
they are drawn, the lowest first. What a theater does not have is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

    from syriamap.theater.folder import Theater

__all__ = ["BASE_LAYERS", "base_layers"]

BASE_LAYERS = ("neighbors", "country", "roads", "lakes", "rivers", "admin1", "border", "disputed")
"""Layers of the base map, from below; the map's own lie between `roads` and `lakes`, and above."""


def base_layers(theater: Theater) -> dict[str, gpd.GeoDataFrame]:
    """
    Give the layers of the base map that a theater has.

    Parameters
    ----------
    theater
        With the border that was asked for.
    """
    import geopandas as gpd

    outline = theater.boundary
    about = {"name": [theater.title], "statement": [theater.border_statement]}
    country = gpd.GeoDataFrame(about, geometry=[outline], crs="EPSG:4326")
    water = theater.water.drop(columns="barrier")
    found = {
        "neighbors": theater.neighbors,
        "country": country,
        "roads": theater.roads,
        "lakes": water[water["kind"] == "lake"],
        "rivers": water[water["kind"] != "lake"],
        "admin1": theater.admin1,
        "border": country.set_geometry(country.geometry.boundary),
        "disputed": theater.disputed,
    }
    return {name: found[name] for name in BASE_LAYERS if len(found[name])}
