"""
Control of places → territory: a coverage of the country, each area with actor and status.

The stages, each in its module: :mod:`~syriamap.territory.tessellation` (places → cells and graph,
cached), :mod:`~syriamap.territory.inference` (evidence on the graph → probabilities at every
node, with :mod:`~syriamap.territory.labels`, :mod:`~syriamap.territory.graph`,
:mod:`~syriamap.territory.smoothers`, :mod:`~syriamap.territory.robust` and
:mod:`~syriamap.territory.calibration`), :mod:`~syriamap.territory.field` (probabilities → who leads
where, how surely), :mod:`~syriamap.territory.areas` and :mod:`~syriamap.territory.states` (polygons
and places).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.territory.areas import territory_from_field
from syriamap.territory.effects import Change, changed_fields
from syriamap.territory.field import DOUBTS, Field, HeldOut
from syriamap.territory.inference import (
    Inferred,
    field_from_control,
    field_on,
    inferred_on,
    influence_on,
)
from syriamap.territory.network import InferenceSettings
from syriamap.territory.states import states_from_field
from syriamap.territory.tessellation import Tessellation, tessellation_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = [
    "DOUBTS",
    "Change",
    "Field",
    "HeldOut",
    "InferenceSettings",
    "Inferred",
    "Tessellation",
    "changed_fields",
    "field_from_control",
    "field_on",
    "inferred_on",
    "influence_on",
    "states_from_field",
    "territory_from_control",
    "territory_from_field",
    "tessellation_of",
]


def territory_from_control(control: pd.DataFrame, theater: Theater) -> gpd.GeoDataFrame:
    """
    Infer areas from the control of places.

    Parameters
    ----------
    control
        The control frame of a day (:func:`syriamap.control.claimed.control_from_claims`).
    theater
        Gives the places, the outline and the water.

    Returns
    -------
    geopandas.GeoDataFrame
        A valid coverage of the country in the theater's metric CRS, one row per connected area;
        see :func:`territory_from_field`.
    """
    return territory_from_field(field_from_control(control, theater), theater)
