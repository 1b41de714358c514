"""
The pieces of a series, cut once and then kept by its days.

In come the maps of some days, out go their :class:`~syriamap.history.atoms.Atoms`, as they were
kept or cut now. The key holds that of every day (:mod:`~syriamap.pipeline.kept_days`); days that
have none, and series longer than those that are kept, are cut each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.cache import cache_file, keep_arrays, kept_arrays, key_of
from syriamap.history.atoms import Atoms, atoms_from_territories
from syriamap.pipeline.frame_arrays import ARRAYS, packed_frames, unpacked_frames
from syriamap.pipeline.kept_days import MOST_DAYS, day_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from syriamap.history.days import MapOfDay

__all__ = ["kept_atoms"]

_BY_DAY = ("history", "area")
"""Arrays of a piece a row, a day a column, which stand beside the frame of pieces."""

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
    stored = kept_arrays(path, (*ARRAYS, *_BY_DAY))
    if stored is not None:
        return _unpacked(stored)
    made = atoms_from_territories(territories, theater)
    packed = _packed(made)
    if packed is not None:
        keep_arrays(path, packed, most=_MOST_SERIES)
    return made


def _packed(atoms: Atoms) -> dict[str, NDArray[Any]] | None:
    import geopandas as gpd

    pieces = gpd.GeoDataFrame({"area_km2": atoms.area_km2}, geometry=atoms.geometry)
    packed = packed_frames({"pieces": pieces}, {"states": atoms.states})
    if packed is None:
        return None
    return {**packed, **{name: getattr(atoms, name).astype("int32") for name in _BY_DAY}}


def _unpacked(stored: Mapping[str, NDArray[Any]]) -> Atoms:
    frames, more = unpacked_frames(stored)
    pieces: Any = frames["pieces"]
    return Atoms(
        pieces.geometry,
        pieces["area_km2"].to_numpy(),
        tuple(map(tuple, more["states"])),
        *(stored[name].astype("int64") for name in _BY_DAY),
    )
