"""
Shapefiles of all layers in one ZIP archive, for programs that read nothing newer.

A Shapefile holds ten letters of a field's name and 254 of a text, and days without a time. What
was shortened stands in ``README.txt`` in the archive, beside the metadata.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from syriamap.errors import ExportError
from syriamap.export.base_layers import base_layers
from syriamap.export.fields import LAYERS
from syriamap.export.frames import frame_of_layer

if TYPE_CHECKING:
    import geopandas as gpd

    from syriamap.export.parcel import Parcel

__all__ = ["write_shapefiles"]

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The day a ZIP archive counts from; no clock is read."""

_SHORT = {
    "leaning_name": "leaning_nm", "actor_a_name": "actor_a_nm", "actor_b_name": "actor_b_nm",
    "against_name": "against_nm", "admin1_name": "admin1_nm",
}  # fmt: skip
_TEXT_LIMIT = 254


def write_shapefiles(path: Path, parcel: Parcel) -> None:
    """Write a Shapefile for each layer, zipped."""
    try:
        import pyogrio  # noqa: F401
    except ImportError as error:
        raise ExportError("Shapefiles need pyogrio: pip install pyogrio") from error

    frames = {layer: frame_of_layer(parcel, layer) for layer in LAYERS}
    frames |= {
        name: frame for name, frame in base_layers(parcel.theater).items() if name != "border"
    }
    with tempfile.TemporaryDirectory() as folder:
        for layer, frame in frames.items():
            if len(frame):
                _write(frame.drop(columns="layer", errors="ignore"), Path(folder), layer, parcel)
        about = json.dumps(parcel.metadata, ensure_ascii=False, indent=1)
        (Path(folder) / "metadata.json").write_text(about + "\n", encoding="utf-8")
        (Path(folder) / "README.txt").write_text(_readme(parcel), encoding="utf-8")
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(Path(folder).iterdir()):
                info = zipfile.ZipInfo(file.name, _EARLIEST)
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
                archive.writestr(info, file.read_bytes())


def _write(frame: gpd.GeoDataFrame, folder: Path, layer: str, parcel: Parcel) -> None:
    import pyogrio

    shown = frame.rename(columns=_SHORT)
    for name in shown.columns:
        if name == shown.geometry.name:
            continue
        if str(shown[name].dtype).startswith("datetime64"):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d").fillna("")
        elif str(shown[name].dtype) == "bool":
            shown[name] = shown[name].astype("int32")
        elif str(shown[name].dtype) not in {"Int64", "float64", "int32"}:
            shown[name] = [_cut(str(text)) for text in shown[name]]
    pyogrio.write_dataframe(
        shown,
        folder / f"{layer}.shp",
        driver="ESRI Shapefile",
        promote_to_multi=set(shown.geom_type) != {"Point"},
        layer_options={"DBF_DATE_LAST_UPDATE": str(parcel.metadata["date"]), "ENCODING": "UTF-8"},
    )


def _cut(text: str) -> str:
    """As much of a text as a field holds in bytes of UTF-8."""
    return text.encode()[:_TEXT_LIMIT].decode("utf-8", "ignore")


def _readme(parcel: Parcel) -> str:
    shortened = "".join(f"  {short} = {name}\n" for name, short in sorted(_SHORT.items()))
    notes = [parcel.metadata["border"], *(parcel.metadata.get("attribution") or [])]
    return (
        f"{parcel.metadata['title']}\n\n"
        "EPSG:4326, UTF-8. Days are text (YYYY-MM-DD), evidence is 1 or 0, no population means\n"
        f"unknown. Texts are cut after {_TEXT_LIMIT} bytes. Fields with shortened names:\n"
        f"{shortened}\n" + "\n".join(map(str, notes)) + "\n"
    )
