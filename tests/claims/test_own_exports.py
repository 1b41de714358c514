"""Nothing that the program wrote as a result comes back as evidence by mistake."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from theaters import arcadia, claim, write_claims_csv

from syriamap.claims.sources import Context, import_claims
from syriamap.cli.app import main
from syriamap.errors import SourceError
from syriamap.files import Reading
from syriamap.theater.folder import Theater, read_theater

COMMANDS = {
    "day.geojson": "export 2030-03-05", "day.gpkg": "export 2030-03-05", "day.kml": "export 2030-03-05",
    "day.csv": "export 2030-03-05", "day.parquet": "export 2030-03-05",
    "days.geojson": "export 2030-03-05 --since 2030-03-04", "days.kml": "export 2030-03-05 --since 2030-03-04",
    "days.csv": "export 2030-03-05 --since 2030-03-04", "control.csv": "control 2030-03-05",
    "changes.csv": "changes 2030-03-01 2030-03-05", "history.csv": "history 2030-03-01 2030-03-05",
    "map.html": "map 2030-03-05", "report": "report 2030-03-05",
}  # fmt: skip
"""File → the command that writes it."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Theater, Path]:
    """A theater, and a folder with everything that the program writes of it."""
    folder = tmp_path_factory.mktemp("own")
    theater = read_theater(arcadia(folder / "arcadia"))
    rows = [claim("oak", "rebels", "captured", day="2030-03-02"), claim("fir", "crown", "controls")]
    table = write_claims_csv(folder / "mine.csv", rows)
    for name, words in COMMANDS.items():
        asked = [*words.split(), "-o", str(folder / name), "--theater", str(theater.folder)]
        with suppress(SystemExit):
            main([*asked, "--claims", str(table), "--only-claims"])
        assert (folder / name).exists(), words
    return theater, folder


@pytest.mark.parametrize(
    ("file", "kind", "sheet"),
    [
        *((name, "csv", "") for name in ("day.csv", "day.parquet", "days.csv", "control.csv")),
        *((name, "csv", "") for name in ("changes.csv", "history.csv", "report/settlements.csv")),
        ("report/sources.csv", "csv", ""),
        *((name, "geojson", "") for name in ("day.geojson", "days.geojson")),
        *((name, "kml", "") for name in ("day.kml", "days.kml")),
        *(("day.gpkg", kind, sheet) for kind in ("gpkg", "csv") for sheet in ("territory", "place")),
    ],
)  # fmt: skip
def test_it_is_refused_unless_asked_for(
    written: tuple[Theater, Path], tmp_path: Path, file: str, kind: str, sheet: str
) -> None:
    theater, folder = written
    more: dict[str, Any] = {"day": date(2030, 3, 6), "reading": Reading(sheet=sheet)}
    if kind == "csv":  # whoever names columns by hand is told, too
        more["constants"] = {"actor": "crown", "place": "Oakham"}
    with pytest.raises(SourceError, match="a result, no evidence"):
        import_claims(folder / file, tmp_path / "out.csv", Context(theater, kind, **more))
    assert not (tmp_path / "out.csv").exists()
    told = ""
    try:
        asked = Context(theater, kind, own_exports=True, **more)
        import_claims(folder / file, tmp_path / "out.csv", asked)
    except SourceError as error:
        told = str(error)
    assert "a result" not in told


def test_pages_are_no_areas_and_the_claims_of_a_report_are_claims(
    written: tuple[Theater, Path], tmp_path: Path
) -> None:
    theater, folder = written
    for kind, words in (("kml", "is a web page"), ("csv", "not a table")):
        with pytest.raises(SourceError, match=words):
            import_claims(folder / "map.html", tmp_path / "out.csv", Context(theater, kind))
    made = import_claims(
        folder / "report" / "claims.csv", tmp_path / "out.csv", Context(theater, "csv")
    )
    assert made.claims == 2
