"""
CSV: a row for each feature with a point inside it and its geometry as WKT.

A spreadsheet holds 32,767 characters in a cell and cuts the rest off without a word: longer
geometry goes on in further columns.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from syriamap.export.acled_events import acled_rows
from syriamap.export.fields import FIELDS
from syriamap.files import written_cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from syriamap.export.parcel import Parcel

__all__ = ["CELL_LIMIT", "write_csv"]

CELL_LIMIT = 32_767
"""Characters that a cell holds in Excel; Calc cuts there too when it opens a text."""

_LONG = {"map_accuracy", "map_attribution", "map_border", "map_title"}
_TAGS = {field.name: field.hxl for layer in FIELDS.values() for field in layer}
_TAGS |= {"layer": "#meta+layer", "lat": "#geo+lat", "lon": "#geo+lon"}
_TAGS |= {"kind": "#meta+kind", "name": "#loc+name", "actor": "#org+actor+id"}


def write_csv(path: Path, parcel: Parcel) -> None:
    """Write a row for each feature; what the file should say of itself stands beside them."""
    table = acled_rows(parcel) if parcel.options.acled else _rows(parcel)
    header, rows = table
    encoding = "utf-8-sig" if parcel.options.bom else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        if parcel.options.hxl:
            writer.writerow([_TAGS.get(name, "") for name in header])
        writer.writerows(rows)


def _rows(parcel: Parcel) -> tuple[list[str], list[list[str]]]:
    import shapely

    features = parcel.features
    fields = list(dict.fromkeys(name for one in features for name in one["properties"]))
    about = {f"map_{key}": _about(value) for key, value in parcel.metadata.items()}
    made, widest = [], 1
    for number, one in enumerate(features):
        shape = shapely.from_geojson(json.dumps(one["geometry"]))
        lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
        if number:  # sentences once, short values in every row
            about.update(dict.fromkeys(_LONG & set(about), ""))
        cells = [_short(written_cell(one["properties"].get(name), "; ")) for name in fields]
        place = [f"{lat:.6f}", f"{lon:.6f}"]
        pieces = _pieces(shapely.to_wkt(shape, rounding_precision=6, trim=True))
        widest = max(widest, len(pieces))
        made.append(([*cells, *place, *about.values()], pieces))
    shapes = ["wkt", *(f"wkt_{number}" for number in range(2, widest + 1))]
    rows = [[*cells, *pieces, *[""] * (widest - len(pieces))] for cells, pieces in made]
    return [*fields, "lat", "lon", *about, *shapes], rows


def _pieces(text: str) -> Sequence[str]:
    return [text[at : at + CELL_LIMIT] for at in range(0, len(text), CELL_LIMIT)]


def _about(value: Any) -> str:
    """Give a value of the metadata as a cell; what has parts is JSON."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return _short(written_cell(value, " "))


def _short(text: str) -> str:
    return text if len(text) <= CELL_LIMIT else f"{text[: CELL_LIMIT - 1]}…"
