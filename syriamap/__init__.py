"""
From dated, sourced claims to a front-line map that shows who holds what, how sure, and why.

The pipeline, left to right, each stage a module and a function from frames to a new frame::

    theater     read_theater             a folder: places, actors, borders, water
    claims      read_claims              who said what about which place, and when
    control     control_from_claims      the state of each claimed place on a date
    territory   territory_from_control   areas: held, contested, undetermined
    frontline   frontline_from_territory where hostile territories meet
    webmap      control_map              one HTML file that opens offline
    pipeline    build                    all of it

>>> import syriamap
>>> m = syriamap.build("2024-12-06")         # doctest: +SKIP
>>> m.webmap().save("syria.html")            # doctest: +SKIP

Names are loaded when first used, so that ``syriamap resolve`` need not wait for the mapping
libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syriamap.claims.reader import read_claims, write_claims
    from syriamap.control.claimed import control_from_claims, events_from_claims
    from syriamap.errors import ClaimsError, SyriamapError, TheaterError
    from syriamap.names.gazetteer import Gazetteer
    from syriamap.pipeline.build import Build, Series, build, series
    from syriamap.report import write_report
    from syriamap.territory import territory_from_control
    from syriamap.territory.frontline import frontline_from_territory
    from syriamap.theater.folder import Theater, read_theater
    from syriamap.webmap import ControlMap, control_map, embed_snippet, series_map

__version__ = "0.1.0"

_HOME = {
    "Build": "pipeline",
    "ClaimsError": "errors",
    "ControlMap": "webmap",
    "Gazetteer": "names",
    "Series": "pipeline",
    "SyriamapError": "errors",
    "Theater": "theater",
    "TheaterError": "errors",
    "build": "pipeline",
    "control_from_claims": "control",
    "control_map": "webmap",
    "embed_snippet": "webmap",
    "events_from_claims": "control",
    "frontline_from_territory": "territory",
    "read_claims": "claims",
    "read_theater": "theater",
    "series": "pipeline",
    "series_map": "webmap",
    "territory_from_control": "territory",
    "write_claims": "claims",
    "write_report": "report",
}

__all__ = [
    "Build",
    "ClaimsError",
    "ControlMap",
    "Gazetteer",
    "Series",
    "SyriamapError",
    "Theater",
    "TheaterError",
    "__version__",
    "build",
    "control_from_claims",
    "control_map",
    "embed_snippet",
    "events_from_claims",
    "frontline_from_territory",
    "read_claims",
    "read_theater",
    "series",
    "series_map",
    "territory_from_control",
    "write_claims",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'syriamap' has no attribute {name!r}")
    return getattr(import_module(f"syriamap.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
