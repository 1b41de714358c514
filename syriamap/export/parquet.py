"""GeoParquet 1.1: one table of all layers, told apart by the column `layer`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from syriamap.errors import ExportError
from syriamap.export.fields import LAYERS
from syriamap.export.frames import frame_of_layer

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.export.parcel import Parcel

__all__ = ["write_parquet"]


def write_parquet(path: Path, parcel: Parcel) -> None:
    """Write features as GeoParquet 1.1 with a bounding box per row."""
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError("GeoParquet needs pyarrow: pip install 'syriamap[parquet]'") from error
    import pandas as pd

    frames = [frame_of_layer(parcel, layer) for layer in LAYERS]
    table = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    table.to_parquet(path, schema_version="1.1.0", write_covering_bbox=True, compression="zstd")
    arrow = pq.read_table(path)
    about = {**(arrow.schema.metadata or {}), b"syriamap": json.dumps(parcel.metadata).encode()}
    pq.write_table(arrow.replace_schema_metadata(about), path, compression="zstd")
