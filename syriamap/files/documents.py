"""
Documents of trees: TOML, GeoJSON and the shapes in it, each read through one gate.

In comes a path, out goes what stands in it, with text that has passed the gate and numbers that are
numbers; whatever is no such document is one error with the file, where it is, and what would do.
"""

from __future__ import annotations

import json
import math
import tomllib
from typing import TYPE_CHECKING, Any

from syriamap.errors import DocumentError, TableError
from syriamap.files.gate import Gate
from syriamap.files.records import sheet_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "features_of",
    "geojson_of",
    "json_of",
    "listed_rows",
    "read_toml",
    "shape_of",
    "texts_of",
    "toml_of",
]

_MOST_BYTES = 200_000_000
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)


def toml_of(path: Path) -> dict[str, Any]:
    """
    Read TOML as it stands: what the user wrote for this machine, and paths on it.

    Raises
    ------
    DocumentError
        If it cannot be read, or is nested too deeply.
    """
    try:
        return tomllib.loads(_text_of(path, _MOST_BYTES))
    except ValueError as error:
        raise DocumentError(f"{path}: not readable as TOML: {error}") from error
    except RecursionError as error:
        raise DocumentError(f"{path}: not readable as TOML: it is nested too deeply") from error


def read_toml(path: Path) -> dict[str, Any]:
    """
    Read TOML; its text has passed the gate.

    Raises
    ------
    DocumentError
        As :func:`toml_of`.
    """
    config, gate = toml_of(path), Gate(str(path))
    found: dict[str, Any] = gate.all_of(config)
    gate.tell()
    return found


def json_of(path: Path, most_bytes: int = _MOST_BYTES) -> Any:
    """
    Read JSON; its text has passed the gate, NaN and infinity stand as such.

    Raises
    ------
    DocumentError
        If it cannot be read, is larger than that, or is nested too deeply.
    """
    try:
        gate = Gate(str(path))
        found = gate.all_of(json.loads(_text_of(path, most_bytes)))
    except UnicodeDecodeError as error:
        problem = f"is no text in UTF-8 (byte {error.start}), so no GeoJSON"
        raise DocumentError(f"{path}: {problem}") from error
    except ValueError as error:
        raise DocumentError(f"{path}: not readable as GeoJSON: {error}") from error
    except RecursionError as error:
        raise DocumentError(f"{path}: not readable as GeoJSON: it is nested too deeply") from error
    gate.tell()
    return found


def geojson_of(path: Path) -> dict[str, Any]:
    """
    Read a JSON object, as :func:`json_of` does.

    Raises
    ------
    DocumentError
        If it cannot be read, or is no object.
    """
    document = json_of(path)
    if not isinstance(document, dict):
        kind = "a list" if isinstance(document, list) else _shown(document)
        problem = f"is {kind}; a FeatureCollection would do"
        raise DocumentError(f"{path}: not readable as GeoJSON: {problem}")
    return document


def features_of(path: Path, document: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """
    Features of GeoJSON that have a geometry: of each its `properties`, `geometry` and `number`.

    Parameters
    ----------
    path
        The file, for messages, and to be read.
    document
        What :func:`geojson_of` gave, where it is read already. A feature or a geometry alone is
        taken for a collection of one.

    Raises
    ------
    DocumentError
        With the number of the feature.
    """
    document = geojson_of(path) if document is None else document
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
    else:
        features = [document if kind == "Feature" else {"geometry": document}]
    if not isinstance(features, list) or not isinstance(kind, str):
        problem = "has no list of features; a FeatureCollection would do"
        raise DocumentError(f"{path}: not readable as GeoJSON: {problem}")
    found = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            problem = f"feature {number}: {_shown(feature)} is no feature"
            raise DocumentError(f"{path}: not readable as GeoJSON: {problem}")
        properties, geometry = feature.get("properties") or {}, feature.get("geometry")
        if not isinstance(properties, dict):
            problem = f"feature {number}: properties {_shown(properties)} are no object"
            raise DocumentError(f"{path}: not readable as GeoJSON: {problem}")
        if geometry is None or geometry == {}:
            continue
        if not isinstance(geometry, dict):
            problem = f"feature {number}: geometry {_shown(geometry)} is no object"
            raise DocumentError(f"{path}: not readable as GeoJSON: {problem}")
        plain = {key: None if _is_odd(value) else value for key, value in properties.items()}
        found.append({"properties": plain, "geometry": geometry, "number": number})
    return found


def shape_of(geometry: Any) -> BaseGeometry:
    """
    Give the shape of a geometry of GeoJSON.

    Raises
    ------
    DocumentError
        If it is none, or a coordinate is no finite number.
    """
    import numpy as np
    import shapely
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        made = shape(geometry)
        finite = np.isfinite(shapely.get_coordinates(made, include_z=made.has_z))
    except (ShapelyError, RecursionError, *_BROKEN) as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise DocumentError(f"a geometry cannot be read: {said}") from error
    if not finite.all():
        raise DocumentError("a geometry cannot be read: a coordinate is no finite number")
    return made


def listed_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """
    Rows of a small table that must have some columns, without frames; none when it is not there.

    Raises
    ------
    DocumentError
        If it is no table, or lacks a column.
    """
    if not path.exists():
        return []
    try:
        sheet = sheet_of(path, names=dict.fromkeys(columns, ()), needed=columns)
        at = {one: sheet.place_of(one) for one in columns}
        if missing := [one for one, place in at.items() if place < 0]:
            raise DocumentError(f"{path}: columns missing: {', '.join(missing)}")
        return [{one: cells[at[one]] for one in columns} for _, cells in sheet.records()]
    except TableError as error:
        raise DocumentError(f"{path}: {error}") from error


def texts_of(value: Any) -> dict[str, str]:
    """Give the texts of a table of TOML; what is no text is left out, what is no table is empty."""
    table = value if isinstance(value, dict) else {}
    return {str(key): one for key, one in table.items() if isinstance(one, str)}


def _text_of(path: Path, most_bytes: int) -> str:
    if path.stat().st_size > most_bytes:
        raise DocumentError(f"{path}: larger than {most_bytes // 1_000_000} MB")
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _is_odd(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _shown(value: Any) -> str:
    return repr(value)[:60]
