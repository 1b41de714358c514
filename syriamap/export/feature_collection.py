"""GeoJSON: one FeatureCollection with a style for web viewers in every feature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from syriamap.export.fields import SPAN
from syriamap.export.simple_style import simple_style

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from syriamap.export.parcel import Parcel

__all__ = ["write_geojson"]


def write_geojson(path: Path, parcel: Parcel) -> None:
    """Write features as GeoJSON (RFC 7946); metadata stand in a member of the collection."""
    styled = [_styled(one, parcel.actors) for one in parcel.features]
    document = {
        "type": "FeatureCollection",
        "metadata": dict(parcel.metadata),
        "features": styled,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _styled(feature: Mapping[str, Any], actors: pd.DataFrame) -> dict[str, Any]:
    """Give a feature its style; days of a row as moments, which is how readers know them."""
    row = feature["properties"]
    # without a time zone: with one, some readers shift midnight into the day before
    moments = {name: f"{row[name]}T00:00:00" for name in SPAN if row.get(name)}
    return {**feature, "properties": {**row, **moments, **simple_style(row, actors)}}
