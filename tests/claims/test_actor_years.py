"""A claim for an actor that was none on its day is refused; one of its last day is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from syriamap.claims.reader import read_claims
from syriamap.errors import ClaimsError
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    from pathlib import Path


def _table(path: Path, **cells: str) -> Path:
    row = {
        "event_date": "2026-09-03", "date_precision": "day", "place": "Kobani", "actor": "sdf",
        "relation": "captured", "certainty": "asserted", "publisher": "Own", "source_title": "Own",
    }  # fmt: skip
    pd.DataFrame([row | cells]).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({}, "row 2.*actor.*sdf.*ended on 2026-08-25 .from 2012-07-01.*transitional_government"),
        ({"event_date": "2012-01-05", "actor": "isis"}, "began on 2013-04-08, after 2012-01-05"),
        ({"event_date": "2024-12-09", "actor": "government"}, "ended on 2024-12-07"),
        ({"event_date": "2016-08-01", "actor": "sna", "date_precision": "day"}, "2016-08-24"),
    ],
)
def test_an_actor_outside_its_years_is_refused(
    tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    with pytest.raises(ClaimsError) as refused:
        read_claims(_table(tmp_path / "drafts.csv", **cells), read_theater())
    import re

    assert re.search(says, " ".join(str(refused.value).split())), str(refused.value)


@pytest.mark.parametrize(
    "cells",
    [
        {"event_date": "2024-12-08", "actor": "government", "relation": "lost"},
        {"event_date": "2016-08-01", "actor": "sna", "date_precision": "month"},
        {"event_date": "2026-08-25"},
        {"event_date": "2030-01-01", "actor": "turkey"},
    ],
)
def test_an_actor_in_its_years_is_not(tmp_path: Path, cells: dict[str, str]) -> None:
    assert len(read_claims(_table(tmp_path / "drafts.csv", **cells), read_theater())) == 1
