"""
A project for QGIS: layers in their order, the map's window and projection, a day at a time.

In come the layers of a GeoPackage, out goes a project as QGIS stores it, in a file of its own
(``.qgz``) or inside the GeoPackage. A series opens with the temporal controller on, a day a step.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from syriamap.export.base_layers import BASE_LAYERS
from syriamap.export.fields import SPAN
from syriamap.export.qgis import drawn_as
from syriamap.look.symbols import definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from syriamap.export.parcel import Parcel

__all__ = ["project_archive"]

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The day a ZIP archive counts from; no clock is read."""

_ORDER = (
    "place", "event", "frontline", "disputed", "border", "admin1", "rivers", "lakes", "territory",
    "roads", "country", "neighbors",
)  # fmt: skip
"""Layers from the top."""

_TITLES = {
    "place": "Places", "event": "Strikes and advances", "frontline": "Front lines",
    "territory": "Territory", "admin1": "Governorates", "border": "Border", "country": "Country",
    "neighbors": "Neighbors", "roads": "Roads", "lakes": "Lakes", "rivers": "Rivers",
    "disputed": "Disputed borders",
}  # fmt: skip
_LINES = {"frontline", "roads", "rivers", "border", "disputed"}
_POINTS = {"place", "event"}


def project_archive(layers: Sequence[str], parcel: Parcel, file: str) -> bytes:
    """
    A project as a ``.qgz`` file.

    Parameters
    ----------
    layers
        Names of the layers that the GeoPackage has.
    parcel
        What is exported.
    file
        Name of the GeoPackage, beside which the project lies, or in which.
    """
    root = ET.Element(
        "qgis", {"projectname": str(parcel.metadata["title"]), "version": "3.22.16-Białowieża"}
    )
    ET.SubElement(root, "homePath", {"path": ""})
    ET.SubElement(root, "title").text = str(parcel.metadata["title"])
    _crs(ET.SubElement(root, "projectCrs"), parcel.theater.metric_crs)
    shown = [layer for layer in _ORDER if layer in layers]
    _tree(root, shown, file)
    ET.SubElement(root, "relations")
    within = ET.SubElement(root, "projectlayers")
    for layer in shown:
        _add_layer(within, layer, parcel, file)
    order = ET.SubElement(root, "layerorder")
    for layer in shown:
        ET.SubElement(order, "layer", {"id": _id(layer)})
    _properties(root, parcel)
    _about(root, parcel)
    _window(root, parcel)
    if parcel.series:
        _time(root, parcel)
    ET.indent(root, " ")
    doctype = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    text = doctype + ET.tostring(root, encoding="unicode")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo(f"{file.rsplit('.', 1)[0]}.qgs", _EARLIEST)
        info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
        archive.writestr(info, text)
    return stream.getvalue()


def _crs(parent: ET.Element, name: str) -> None:
    made = ET.SubElement(parent, "spatialrefsys")
    ET.SubElement(made, "srsid").text = "1"  # a number must be there for the name to be read
    ET.SubElement(made, "authid").text = name


def _tree(root: ET.Element, layers: Sequence[str], file: str) -> None:
    """The list of layers; what lies beneath is a group of its own, folded."""
    top = ET.SubElement(root, "layer-tree-group")
    base = ET.Element(
        "layer-tree-group", {"name": "Base map", "checked": "Qt::Checked", "expanded": "0"}
    )
    for layer in layers:
        ET.SubElement(
            base if layer in BASE_LAYERS else top,
            "layer-tree-layer",
            {
                "id": _id(layer),
                "name": _TITLES[layer],
                "source": _source(layer, file),
                "providerKey": "ogr",
                "checked": "Qt::Checked",
                "expanded": "1" if layer in {"territory", "frontline"} else "0",
            },
        )
    top.append(base)
    # the group lies last in the list, and some of its layers are drawn above the map's own
    order = ET.SubElement(top, "custom-order", {"enabled": "1"})
    for layer in layers:
        ET.SubElement(order, "item").text = _id(layer)


def _id(layer: str) -> str:
    return f"syriamap_{layer}"  # ids of ten letters and fewer are not read


def _source(layer: str, file: str) -> str:
    return f"./{file}|layername={layer}"


def _add_layer(parent: ET.Element, layer: str, parcel: Parcel, file: str) -> None:
    shape = "Point" if layer in _POINTS else "Line" if layer in _LINES else "Polygon"
    made = ET.SubElement(
        parent,
        "maplayer",
        {"type": "vector", "geometry": shape, "labelsEnabled": "1", "simplifyDrawingHints": "1",
         "simplifyDrawingTol": "1", "simplifyLocal": "1", "styleCategories": "AllStyleCategories",
         "hasScaleBasedVisibilityFlag": "0"},
    )  # fmt: skip
    ET.SubElement(made, "id").text = _id(layer)
    ET.SubElement(made, "datasource").text = _source(layer, file)
    ET.SubElement(made, "layername").text = _TITLES[layer]
    _crs(ET.SubElement(made, "srs"), "EPSG:4326")
    ET.SubElement(made, "provider", {"encoding": "UTF-8"}).text = "ogr"
    made.extend(drawn_as(layer, parcel))
    ET.SubElement(made, "previewExpression").text = _TIPS.get(layer, '"name"')


_TIPS = {
    "territory": 'coalesce(nullif("actor_name", \'\'), "doubt")',
    "frontline": '"actor_a_name" || \' – \' || "actor_b_name"',
}
"""What a row is called in lists."""


def _properties(root: ET.Element, parcel: Parcel) -> None:
    """Color of the paper, which is the sea's, and how the temporal controller of a series opens."""
    made = ET.SubElement(root, "properties")
    sea = str(definition()["base"]["sea"])
    _entries(
        made,
        "Gui",
        {
            f"CanvasColor{part}Part": ("int", str(int(sea[at : at + 2], 16)))
            for part, at in (("Red", 1), ("Green", 3), ("Blue", 5))
        },
    )
    _entries(
        made,
        "SpatialRefSys",
        {"ProjectionsEnabled": ("int", "1")},
    )
    if parcel.series:
        begin, end = _days(parcel)
        _entries(
            made,
            "TemporalControllerWidget",
            {
                "NavigationMode": ("int", "1"),  # animated: a day a step
                "StartDateTime": ("QString", begin),
                "EndDateTime": ("QString", end),
            },
        )


def _entries(parent: ET.Element, scope: str, entries: Mapping[str, tuple[str, str]]) -> None:
    made = ET.SubElement(parent, scope)
    for name, (kind, value) in entries.items():
        ET.SubElement(made, name, {"type": kind}).text = value


def _about(root: ET.Element, parcel: Parcel) -> None:
    """Title, border statement and licences, where QGIS shows what a project says of itself."""
    made = ET.SubElement(root, "projectMetadata")
    ET.SubElement(made, "title").text = str(parcel.metadata["title"])
    texts = [parcel.metadata["border"], *(parcel.metadata.get("attribution") or [])]
    ET.SubElement(made, "abstract").text = "\n".join(map(str, texts))


def _window(root: ET.Element, parcel: Parcel) -> None:
    import geopandas as gpd

    outline = gpd.GeoSeries([parcel.theater.boundary], crs="EPSG:4326")
    west, south, east, north = outline.to_crs(parcel.theater.metric_crs).total_bounds
    margin = 0.03 * max(east - west, north - south)
    edges = {
        "xmin": west - margin,
        "ymin": south - margin,
        "xmax": east + margin,
        "ymax": north + margin,
    }
    canvas = ET.SubElement(root, "mapcanvas", {"name": "theMapCanvas", "annotationsVisible": "1"})
    ET.SubElement(canvas, "units").text = "meters"
    extent = ET.SubElement(canvas, "extent")
    for name, value in edges.items():
        ET.SubElement(extent, name).text = f"{value:.1f}"
    ET.SubElement(canvas, "rotation").text = "0"
    _crs(ET.SubElement(canvas, "destinationsrs"), parcel.theater.metric_crs)
    view = ET.SubElement(root, "ProjectViewSettings", {"UseProjectScales": "0"})
    whole = {name: f"{value:.1f}" for name, value in edges.items()}
    _crs(ET.SubElement(view, "DefaultViewExtent", whole), parcel.theater.metric_crs)


def _days(parcel: Parcel) -> tuple[str, str]:
    """The moments between which a series has rows."""
    after = dt.date.fromisoformat(str(parcel.metadata["date"])) + dt.timedelta(days=1)
    return f"{parcel.metadata['since']}T00:00:00", f"{after.isoformat()}T00:00:00"


def _time(root: ET.Element, parcel: Parcel) -> None:
    made = ET.SubElement(
        root,
        "ProjectTimeSettings",
        {
            "timeStep": str(_step(parcel)),
            "timeStepUnit": "d",
            "frameRate": "1",
            "cumulativeTemporalRange": "0",
        },
    )
    span = ET.SubElement(made, "TemporalRange")
    for name, moment in zip(("start", "end"), _days(parcel), strict=True):
        ET.SubElement(span, name).text = f"{moment}Z"


def _step(parcel: Parcel) -> int:
    """Days from one change of the map to the next, at the least."""
    moments = sorted(
        {
            dt.date.fromisoformat(one["properties"][name])
            for one in parcel.features
            for name in SPAN
            if one["properties"].get(name)
        }
    )
    return min((after - day).days for day, after in pairwise(moments))
