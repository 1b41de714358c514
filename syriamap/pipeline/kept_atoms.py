"""
The pieces of a series, cut once and then kept by its days.

In come the maps of some days, out go their :class:`~syriamap.history.atoms.Atoms`, as they were
kept or cut now. The key holds that of every day (:mod:`~syriamap.pipeline.kept_days`); days that
have none, and series longer than those that are kept, are cut each time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.cache import cache_file, keep_arrays, kept_arrays, key_of
from syriamap.history.atoms import Atoms, atoms_from_territories
from syriamap.pipeline.kept_days import MOST_DAYS, day_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from syriamap.history.days import MapOfDay

__all__ = ["kept_atoms"]

_ARRAYS = ("shapes", "ends", "area_km2", "states", "history", "area")
_MOST_SERIES = 6


def kept_atoms(days: Sequence[MapOfDay]) -> Atoms:
    """
    Cut the country along every line of every day, or read how it was cut.

    Parameters
    ----------
    days
        Maps of one theater; with stories, those of every side one after the other.
    """
    theater, territories = days[-1].theater, [day.territory for day in days]
    keys = [day_key(day.question, day.date) for day in days]
    if len(days) > MOST_DAYS or not all(keys):
        return atoms_from_territories(territories, theater)
    path = cache_file(f"atoms-{theater.id}", key_of(*keys))
    stored = kept_arrays(path, _ARRAYS)
    if stored is not None:
        return _unpacked(stored, days[0].territory.crs)
    made = atoms_from_territories(territories, theater)
    keep_arrays(path, _packed(made), most=_MOST_SERIES)
    return made


def _packed(atoms: Atoms) -> dict[str, NDArray[Any]]:
    bodies = atoms.geometry.to_wkb().tolist()
    return {
        "shapes": np.frombuffer(b"".join(bodies), dtype=np.uint8),
        "ends": np.cumsum([len(body) for body in bodies], dtype=np.int64),
        "area_km2": atoms.area_km2,
        "states": np.frombuffer(json.dumps(atoms.states).encode(), dtype=np.uint8),
        "history": atoms.history.astype(np.int32),
        "area": atoms.area.astype(np.int32),
    }


def _unpacked(stored: Mapping[str, NDArray[Any]], crs: Any) -> Atoms:
    import geopandas as gpd

    whole, ends = stored["shapes"].tobytes(), stored["ends"].tolist()
    bodies = [whole[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    return Atoms(
        gpd.GeoSeries.from_wkb(bodies, crs=crs),
        stored["area_km2"],
        tuple(map(tuple, json.loads(stored["states"].tobytes()))),
        stored["history"].astype(np.int64),
        stored["area"].astype(np.int64),
    )
