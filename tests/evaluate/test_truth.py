"""Lists of known places: what is read, and what is complained about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from syriamap.errors import EvaluateError
from syriamap.evaluate.truth import KNOWN_COLUMNS, near_front, read_truth
from syriamap.theater.folder import Theater


def test_points_ids_and_names(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(
        "place_id,lat,lon,actor,date\noak,,,crown,\n,46.5,14.5,rebels,2030-03-05\n,46.5,14.5,,2030-03-06\n"
    )
    known = read_truth(path, theater, date(2030, 3, 5))
    assert tuple(known.columns) == KNOWN_COLUMNS
    assert known["actor"].tolist() == ["crown", "rebels"]
    assert len(near_front(known, theater)) == 2


def test_all_complaints_at_once(theater: Theater, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("place_id,actor\nnowhere,crown\noak,nobody\n")
    with pytest.raises(EvaluateError, match=r"(?s)nobody.*|nowhere.*") as caught:
        read_truth(path, theater)
    assert "2 complaints" in str(caught.value)
