"""The chart of who held how much: its columns, its words, the same bytes twice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from syriamap.claims.question import Question
from syriamap.errors import FigureError
from syriamap.figure import SIZES, FigureOptions, draw_history, history_caption, save_figure
from syriamap.figure.history_chart import _edges
from syriamap.history.shares import HISTORY_COLUMNS, Shares
from syriamap.theater.folder import Theater


def shares_of(theater: Theater, days: list[date], **asked: object) -> Shares:
    """The rebels take a tenth of the crown's share from one date to the next."""
    rows = []
    for number, day in enumerate(days):
        lost = min(0.1 * number, 0.6)
        held = {
            ("crown", "held"): 0.7 - lost,
            ("rebels", "held"): 0.1 + lost,
            ("guests", "held"): 0.0001,
            ("", "contested"): 0.1,
            ("", "undetermined"): 0.0999,
        }
        rows += [
            (pd.Timestamp(day), *key, 1e4 * share, share, round(1e4 * share), share)
            for key, share in held.items()
        ]
    claims = pd.DataFrame({
        "claim_id": ["a"], "publisher": ["Agency"], "date_precision": ["day"], "asserted_by": [""],
        "event_date": [pd.Timestamp(days[0])], "reported_on": [pd.NaT],
    })  # fmt: skip
    question = Question(theater, claims, **asked)  # type: ignore[arg-type]
    return Shares(question, pd.DataFrame(rows, columns=list(HISTORY_COLUMNS)))


MONTHS = [date(2030, month, 1) for month in range(1, 6)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", sorted(SIZES))
def test_every_size_in_both_languages(theater: Theater, size: str, language: str) -> None:
    options = FigureOptions(size=size, language=language)
    sheet = draw_history(shares_of(theater, MONTHS), options=options)
    text = " ".join(one.get_text() for one in sheet.axes.texts)  # wherever it is wrapped
    if language == "en":
        assert "Who held how much of Arcadia, 1 January 2030 – 1 May 2030" in text
        assert "Share of the area" in text
        assert "last report 120 days before" in text


def test_the_same_chart_has_the_same_bytes(theater: Theater, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.svg" for n in (1, 2)]
    for file in files:
        save_figure(draw_history(shares_of(theater, MONTHS)), file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_column_is_as_wide_as_the_time_to_the_next() -> None:
    days = [date(2030, 1, 1), date(2030, 1, 11), date(2030, 1, 31)]
    assert _edges(days, 50.0).tolist() == [0.0, 10.0, 30.0, 50.0]
    assert _edges(days[:1], 50.0).tolist() == [0.0, 50.0]


def test_bands_are_the_shares_and_have_the_colors_of_the_map(theater: Theater) -> None:
    days = [MONTHS[0] + timedelta(days=count) for count in range(3)]
    sheet = draw_history(shares_of(theater, days), options=FigureOptions(size="slide"))
    from matplotlib.colors import to_hex
    from matplotlib.patches import PathPatch

    color = str(theater.actors.loc["crown", "color"]).lower()
    filled = [
        patch.get_path().get_extents()
        for patch in sheet.axes.artists + sheet.axes.patches
        if isinstance(patch, PathPatch)
        and patch.get_facecolor()[3] not in {0.0, 1.0}
        and to_hex(patch.get_facecolor()) == color
    ]
    area, places, sign = sorted(filled, key=lambda box: -box.width)[:3]
    assert area.width == pytest.approx(places.width)
    assert area.height == pytest.approx(places.height, rel=1e-3)
    assert sign.width < 0.2 * area.width
    # seven tenths of a chart whose rows are half of the sheet less what stands around it
    assert 0.2 * sheet.height < area.height < 0.35 * sheet.height


def test_whoever_never_has_enough_is_not_named(theater: Theater, tmp_path: Path) -> None:
    shares = shares_of(theater, MONTHS)
    name = str(theater.actors.loc["guests", "name"])
    path = save_figure(draw_history(shares), tmp_path / "war.svg")
    assert name not in path.read_text("utf-8")
    assert name not in history_caption(shares)[1]


def test_the_text_for_those_who_cannot_see_it(theater: Theater) -> None:
    title, told = history_caption(shares_of(theater, MONTHS, known_by=date(2030, 6, 1)))
    crown, rebels = (str(theater.actors.loc[actor, "name"]) for actor in ("crown", "rebels"))
    assert title.startswith("Who held how much of Arcadia")
    assert "Information cut-off 1 June 2030." in told
    assert f"1 January 2030: {crown} 70.0 %;" in told
    assert f"{rebels} 50.0 % on 1 May 2030" in told
    side = history_caption(shares_of(theater, MONTHS, according_to="crown"))[1]
    assert "As told by" in side


def test_one_date_and_many(theater: Theater, tmp_path: Path) -> None:
    for count in (1, 2, 900):
        days = [MONTHS[0] + timedelta(days=3 * number) for number in range(count)]
        sheet = draw_history(shares_of(theater, days), options=FigureOptions(size="column"))
        save_figure(sheet, tmp_path / f"{count}.png", resolution=60)
        shown = [text.get_text() for text in sheet.axes.texts]
        assert "100 %" in shown
    assert {"2031", "2036"} <= set(shown)


def test_no_such_size(theater: Theater) -> None:
    with pytest.raises(FigureError, match="no size 'huge'"):
        draw_history(shares_of(theater, MONTHS), options=FigureOptions(size="huge"))
    assert np.isclose(shares_of(theater, MONTHS).values("area_share").sum(axis=1), 1).all()
