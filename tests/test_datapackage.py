"""The published schema of tables is that of the code, and what is written fits it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from scripts import script

from syriamap.cli.app import main

SCHEMA = json.loads((ROOT / "docs" / "datapackage.json").read_text(encoding="utf-8"))


def fields(name: str) -> list[dict[str, Any]]:
    (found,) = [one for one in SCHEMA["resources"] if one["name"] == name]
    return found["schema"]["fields"]


def fits(field: dict[str, Any], value: str) -> bool:
    limits = field.get("constraints", {})
    if not value:
        return not limits.get("required", False)
    if "enum" in limits and value not in limits["enum"]:
        return False
    if field["type"] in {"number", "integer"}:
        return limits.get("minimum", -1e9) <= float(value) <= limits.get("maximum", 1e9)
    return field["type"] != "date" or len(value) == 10


def test_the_file_is_up_to_date() -> None:
    assert script("docs/datapackage.py").package() == SCHEMA, "run: python docs/datapackage.py"


def test_what_is_written_fits_the_schema(arcadia_folder: Path, tmp_path: Path) -> None:
    claims = tmp_path / "claims.csv"
    claims.write_text(
        "event_date,place,actor,relation,certainty,publisher,source_title\n"
        "2030-03-01,Oakham,crown,controls,asserted,Wire,T\n2030-03-05,Oakham,rebels,captured,asserted,Wire,T\n"
    )
    common = ["--theater", str(arcadia_folder), "--only-claims", "--claims", str(claims)]
    for name, words in (
        ("claims", ["claims", "export", str(claims), "--theater", str(arcadia_folder), "-o"]),
        ("control", ["control", "2030-03-06", *common, "-o"]),
        ("changes", ["changes", "2030-03-02", "2030-03-06", *common, "-o"]),
    ):
        out = tmp_path / f"{name}-out.csv"
        with pytest.raises(SystemExit) as stop:
            main([*words, str(out)])
        assert not stop.value.code, name
        with out.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows
        assert list(rows[0]) == [one["name"] for one in fields(name)], name
        for row in rows:
            for field in fields(name):
                assert fits(field, row[field["name"]]), (name, field, row)
