"""The engine that infers each day by itself, which benchmarks compare with, still runs."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from paths import ROOT
from theaters import claim

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pytest
    from theaters import Row

    from syriamap.theater.folder import Theater


def test_it_tells_who_holds_each_place(
    theater: Theater,
    claims_of: Callable[[list[Row]], pd.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    engine = import_module("baseline.day_by_day")
    rows = [
        claim("oak", "crown", "controls", day="2030-03-01"),
        claim("oak", "rebels", "captured", day="2030-03-04", against="crown"),
        claim("elm", "crown", "controls", day="2030-03-01"),
    ]
    made = engine.control_from_claims(claims_of(rows), theater, date(2030, 3, 5))
    assert dict(zip(made["place_id"], made["actor"], strict=True)) == {
        "elm": "crown", "oak": "rebels"
    }  # fmt: skip
