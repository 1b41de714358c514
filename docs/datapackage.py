"""
Write ``datapackage.json``: the columns of claims, places and exports, as Frictionless has them.

Run ``python docs/datapackage.py``; a test compares the file with the code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from syriamap.claims.rows import CERTAINTIES, CLAIM_COLUMNS, RELATIONS, REQUIRED
from syriamap.history.changes import CHANGES_COLUMNS
from syriamap.theater.tables import PLACE_COLUMNS

PATH = Path(__file__).with_name("datapackage.json")

_TYPES = {
    "event_date": "date", "reported_on": "date", "since": "date", "lat": "number", "lon": "number",
    "population": "integer", "area_km2": "number", "confidence": "number",
}  # fmt: skip
_LIMITS = {"lat": {"minimum": -90, "maximum": 90}, "lon": {"minimum": -180, "maximum": 180}}
_WORDS = {
    "relation": RELATIONS,
    "certainty": CERTAINTIES,
    "date_precision": ("day", "week", "month", "year"),
}
CONTROL_COLUMNS = (
    "place_id", "name", "lat", "lon", "actor", "status", "confidence", "since", "reasons",
    "claim_ids",
)  # fmt: skip
"""Columns of ``syriamap control -o FILE.csv``."""


def field(name: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Describe a column."""
    limits: dict[str, Any] = dict(_LIMITS.get(name, {}))
    if name in required:
        limits["required"] = True
    if name in _WORDS:
        limits["enum"] = list(_WORDS[name])
    kind = _TYPES.get(name, "string")
    made: dict[str, Any] = {"name": name, "type": kind}
    if name in {"source_url", "archive_url"}:
        made["format"] = "uri"
    return {**made, "constraints": limits} if limits else made


def resource(
    name: str, path: str, columns: tuple[str, ...], required: tuple[str, ...], key: str = ""
) -> dict[str, Any]:
    """Describe a table."""
    schema: dict[str, Any] = {
        "fields": [field(column, required) for column in columns],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = [key]
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def package() -> dict[str, Any]:
    """Describe all tables that syriamap reads and writes for others."""
    return {
        "profile": "tabular-data-package",
        "name": "syriamap",
        "title": "Tables of syriamap: claims, places, control, changes",
        "resources": [
            resource("claims", "claims.csv", CLAIM_COLUMNS, REQUIRED),
            resource(
                "places", "places.csv", PLACE_COLUMNS, ("place_id", "name", "kind", "lat", "lon"),
                "place_id",
            ),
            resource("control", "control.csv", CONTROL_COLUMNS, ("place_id", "status")),
            resource("changes", "changes.csv", tuple(CHANGES_COLUMNS), ("kind",)),
        ],
    }  # fmt: skip


if __name__ == "__main__":
    PATH.write_text(json.dumps(package(), indent=1) + "\n", encoding="utf-8")
