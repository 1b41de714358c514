"""
A theater and its claims, read and checked once, and then kept by content.

In come a folder and tables, out go a theater, its claims and the digest of everything that they
were read from. The digest covers each file to the byte, the code that reads, and the libraries
that it stands on; what was read with complaints is not kept, warnings are told each time.
"""

from __future__ import annotations

import itertools
import json
import warnings
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.cache import cache_file, code_of, keep_arrays, kept_arrays, key_of
from syriamap.claims.dataset import dataset_content, is_dataset
from syriamap.errors import SyriamapError, TableError
from syriamap.files import SyriamapWarning, warn
from syriamap.files.databases import TakenTable, is_database, take_table
from syriamap.pipeline.frame_arrays import ARRAYS, packed_frames, unpacked_frames
from syriamap.theater.drawn_areas import OwnArea, areas_beside
from syriamap.theater.folder import Theater
from syriamap.theater.tables import read_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from syriamap.files import Table

__all__ = ["Inputs", "inputs_digest", "kept_inputs", "taken_tables"]

_WINGS = ("errors", "look", "pipeline")
"""What reads and keeps, beside the wings that every key holds."""

_LAYERS = ("water", "admin1", "admin2", "neighbors", "cities_around", "roads", "disputed")
_READ_OF_FOLDER = {".csv", ".toml", ".geojson"}
_NOT_READ = {"checks.csv"}
_MOST_ROWS = 2_000_000
_MOST_FILES = 6


class Inputs(NamedTuple):
    """
    What a question is asked of.

    Attributes
    ----------
    theater, claims
        Read and checked.
    digest
        Of all that they were read from; empty where it cannot be told.
    """

    theater: Theater
    claims: pd.DataFrame
    digest: str


def inputs_digest(folder: Path, border: str, tables: Sequence[Table], *, only_claims: bool) -> str:
    """
    Digest of all that a theater and its claims are read from; empty where it cannot be told.

    Parameters
    ----------
    folder
        Of the theater.
    border
        Name of a border variant.
    tables
        Those of the caller; frames and open files have no digest. Tables of a database have one
        once they are taken (:func:`taken_tables`).
    only_claims
        Whether the theater's own are left out.
    """
    added = [_content(table, folder) for table in tables]
    if not all(added):
        return ""
    read: list[Path | str] = []
    own = sorted((folder / "claims").glob("*.*"))
    listed = [one for one in sorted(folder.glob("*.*")) if one.name not in _NOT_READ]
    for path in [*listed, *own]:
        if path.suffix in _READ_OF_FOLDER and path.is_file():
            read += [str(path), path]
    read += itertools.chain.from_iterable(added)
    if not read:
        return ""
    return key_of(code_of(*_WINGS), *_libraries(), str(folder), border, str(only_claims), *read)


def taken_tables(tables: Iterable[Table]) -> list[Table]:
    """
    Copy tables of databases, so that what is read is what their digest tells of.

    Parameters
    ----------
    tables
        Tables of all kinds; those that cannot be copied stay what they are, for whoever reads them
        complains of that.
    """
    taken: list[Table] = []
    for table in tables:
        try:
            is_address = isinstance(table, str) and is_database(table)
            taken.append(take_table(str(table)) if is_address else table)
        except TableError:
            taken.append(table)
    return taken


def _content(table: Table, folder: Path) -> list[Path | str]:
    """All that a table of the caller is read from; nothing where that cannot be told."""
    if isinstance(table, TakenTable):
        return [table.name, table.digest]
    if not isinstance(table, str | Path):
        return []
    path = Path(table)
    if is_dataset(path):
        try:
            theater_id = read_config(folder / "theater.toml")["id"]
            return [*dataset_content(path, theater_id), areas_beside(path)]
        except SyriamapError:
            return []  # whoever reads it says why
    # what SQLite has not yet put into a database lies beside it
    beside = [Path(f"{path}-wal"), areas_beside(path)]
    return [str(path), path, *beside] if path.is_file() else []


def _libraries() -> list[str]:
    """What the libraries that :func:`~syriamap.cache.key_of` counts stand on themselves."""
    import pyproj
    import shapely

    return [shapely.geos_version_string, pyproj.proj_version_str]


def kept_inputs(
    digest: str, folder: Path, read: Callable[[], tuple[Theater, pd.DataFrame]]
) -> Inputs:
    """
    Give theater and claims as they were kept, or read them and keep them.

    Parameters
    ----------
    digest
        Of :func:`inputs_digest`; nothing is kept without one.
    folder
        Of the theater.
    read
        Reads and checks both.
    """
    if not digest:
        return Inputs(*read(), "")
    path = cache_file("inputs", digest)
    stored = kept_arrays(path, ARRAYS)
    if stored is not None:
        theater, claims, told = _unpacked(stored, folder)
        for words in told:
            warn(words)
        return Inputs(theater, claims, digest)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        theater, claims = read()
    for one in heard:
        warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    if len(claims) <= _MOST_ROWS and len(theater.places) <= _MOST_ROWS:
        told = [str(one.message) for one in heard if issubclass(one.category, SyriamapWarning)]
        _keep(path, theater, claims, told)
    return Inputs(theater, claims, digest)


def _tables() -> list[str]:
    return [one.name for one in fields(Theater) if one.type == "pd.DataFrame"]


def _words() -> list[str]:
    """Fields of a theater that are plain values."""
    other = {"folder", "own_areas", *_tables()}
    return [one.name for one in fields(Theater) if one.name not in other]


def _keep(path: Path, theater: Theater, claims: pd.DataFrame, told: Sequence[str]) -> None:
    import geopandas as gpd

    crs = "EPSG:4326"
    try:
        layers = {name: getattr(theater, name) for name in _LAYERS}
        borders = theater.borders
    except SyriamapError:
        return  # whoever needs that layer is told
    outlines = gpd.GeoDataFrame(
        {"properties": [json.dumps(properties) for properties, _ in borders]},
        geometry=[shape for _, shape in borders],
        crs=crs,
    )
    own = list(theater.own_areas.values())
    areas = gpd.GeoDataFrame(
        {name: [getattr(one, name) for one in own] for name in ("area_id", "name", "drawn")},
        geometry=[one.shape for one in own],
        crs=crs,
    )
    frames = {name: getattr(theater, name) for name in _tables()}
    frames |= {"claims": claims, "outlines": outlines, "own areas": areas, **layers}
    words = {name: getattr(theater, name) for name in _words()}
    packed = packed_frames(frames, {"words": words, "told": list(told)})
    if packed is None or json.loads(json.dumps(words)) != _as_lists(words):
        return
    keep_arrays(path, packed, most=_MOST_FILES)


def _as_lists(words: Mapping[str, Any]) -> dict[str, Any]:
    """The tuples of a theater as JSON has them; nothing else may change on the way."""
    return {name: list(one) if isinstance(one, tuple) else one for name, one in words.items()}


def _unpacked(
    stored: Mapping[str, Any], folder: Path
) -> tuple[Theater, pd.DataFrame, Iterable[str]]:
    frames, more = unpacked_frames(stored)
    words: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in more["words"].items()
    }
    own = {
        area_id: OwnArea(area_id, shape, name, bool(drawn))
        for area_id, name, drawn, shape in zip(
            *(frames["own areas"][name] for name in ("area_id", "name", "drawn", "geometry")),
            strict=True,
        )
    }
    words |= {name: frames[name] for name in _tables()}
    theater = Theater(folder=folder, own_areas=own, **words)
    outlines = frames["outlines"]
    borders = [
        (json.loads(properties), shape)
        for properties, shape in zip(outlines["properties"], outlines.geometry, strict=True)
    ]
    theater.remember({"borders": borders, **{name: frames[name] for name in _LAYERS}})
    return theater, frames["claims"], more["told"]
