"""
Maps of many days → who had how much of the country, and of its places, on each.

In come the territory and the states of each day, out goes a long table: a row for each date and
holder. Ground that nobody holds stands in it as rows of its own, contested, too close to call and
undetermined, so that the shares of every date sum to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from syriamap.files import neutral_cell
from syriamap.history.days import newest_evidence, reported_until
from syriamap.look.headings import Headline
from syriamap.look.symbols import BAND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from syriamap.claims.question import Question
    from syriamap.theater.folder import Theater

__all__ = ["HISTORY_COLUMNS", "Shares", "history_csv", "share_rows", "shares_from_rows"]

HISTORY_COLUMNS = (
    "date", "actor", "status", "area_km2", "area_share", "places", "places_share",
)  # fmt: skip
"""Columns of the history frame and of its CSV."""

_HOLDING = ("held", "besieged")
_UNHELD = ("contested", BAND, "undetermined")


@dataclass(frozen=True, repr=False)
class Shares:
    """
    Who had how much through time.

    Attributes
    ----------
    question
        What the maps were asked with.
    rows
        Columns :data:`HISTORY_COLUMNS`, by date, then actors in the theater's order, then those
        without a holder. `date` is datetime64. `status` is `held`, of what is besieged too; where
        `actor` is empty it is `contested`, `front_band` (contested only because it is
        too close to call between two sides) or `undetermined`. `places` are the places of the
        theater. Whoever has anything on one date has a row on each.
    """

    question: Question
    rows: pd.DataFrame

    def __repr__(self) -> str:
        """One line; the rows tell the rest."""
        span = f"{self.days[0]} to {self.days[-1]}"
        return f"<Shares of {self.theater.title}, {span}: {len(self.holders)} holders>"

    @property
    def theater(self) -> Theater:
        """The theater of the maps, actors with all their names in these days."""
        days = self.days
        return self.question.theater.named_for(days[0], days[-1])

    @property
    def days(self) -> list[dt.date]:
        """The dates, oldest first."""
        return [when.date() for when in self.rows["date"].drop_duplicates()]

    @property
    def holders(self) -> list[tuple[str, str]]:
        """Actor and status of each row of a date, in their order."""
        one = self.rows[self.rows["date"] == self.rows["date"].iloc[0]]
        return list(zip(one["actor"], one["status"], strict=True))

    def values(self, column: str) -> NDArray[np.float64]:
        """One column as a table, a row for each date and a column for each holder."""
        return self.rows[column].to_numpy(dtype=float).reshape(-1, len(self.holders))

    def headline(self, language: str = "en") -> Headline:
        """
        Gather what every copy of this history says of itself.

        Parameters
        ----------
        language
            Language of the names in it.
        """
        question, side = self.question, self.question.according_to
        return Headline(
            theater=self.theater.title_in(language),
            day=self.days[-1],
            since=self.days[0],
            kind="days",
            side=side and self.theater.side_in(side, language),
            known_by=question.known_by,
            latest_report=reported_until(question.claims_heard()),
            newest=newest_evidence(question, self.days[-1:])[0],
        )


def share_rows(
    day: dt.date, territory: gpd.GeoDataFrame, states: pd.DataFrame, theater: Theater
) -> pd.DataFrame:
    """
    Who has how much on a day: columns :data:`HISTORY_COLUMNS`, only those who have anything.

    Parameters
    ----------
    day
        The day.
    territory, states
        Its areas, and the state of each place.
    theater
        Says which of the states are its own places; own points of claims do not count.
    """
    own = states[states["place_id"].isin(theater.places.index)]
    area = territory["area_km2"].groupby(_holders(territory)).sum()
    places = own["place_id"].groupby(_holders(own)).size()
    table = pd.DataFrame({"area_km2": area, "places": places}).fillna(0.0)
    pairs = pd.DataFrame(table.index.to_list(), columns=["actor", "status"], index=table.index)
    table = pairs.join(table).reset_index(drop=True)
    return table.assign(
        date=pd.Timestamp(day),
        area_share=table["area_km2"] / max(table["area_km2"].sum(), 1e-9),
        places=table["places"].astype(int),
        places_share=table["places"] / max(table["places"].sum(), 1),
    )[list(HISTORY_COLUMNS)]


def _holders(frame: pd.DataFrame) -> pd.Series[tuple[str, str]]:  # type: ignore[type-var]
    """Actor and `held`, or nobody and why, of each row."""
    held = frame["status"].isin(_HOLDING)
    status = frame["status"].where(~held, "held")
    if "doubt" in frame:
        band = (status == "contested") & (frame["doubt"] == BAND)
        status = status.where(~band, BAND)
    actor = frame["actor"].where(held, "")
    return pd.Series(list(zip(actor, status, strict=True)), index=frame.index, dtype=object)


def shares_from_rows(tables: Iterable[pd.DataFrame], question: Question) -> Shares:
    """
    Put the rows of all days together; whoever has anything on one date gets a row on each.

    Parameters
    ----------
    tables
        As :func:`share_rows` gives them, oldest day first.
    question
        What the maps were asked with.
    """
    rows = pd.concat(tables, ignore_index=True)
    order = {actor: number for number, actor in enumerate(question.theater.actors.index)}
    keys = sorted(
        {*zip(rows["actor"], rows["status"], strict=True), *(("", one) for one in _UNHELD)},
        key=lambda one: (one[0] == "", order.get(one[0], len(order)), one),
    )
    wanted = pd.MultiIndex.from_tuples(
        [(day, *key) for day in rows["date"].drop_duplicates() for key in keys],
        names=["date", "actor", "status"],
    )
    full = rows.set_index(["date", "actor", "status"]).reindex(wanted, fill_value=0).reset_index()
    return Shares(question, full[list(HISTORY_COLUMNS)])


def history_csv(shares: Shares) -> str:
    """The history table as CSV; areas to 0.1 km², shares to six digits."""
    table = shares.rows.assign(
        date=[day.date().isoformat() for day in shares.rows["date"]],
        actor=[neutral_cell(str(actor)) for actor in shares.rows["actor"]],
        area_km2=[f"{km2:.1f}" for km2 in shares.rows["area_km2"]],
    )
    for column in ("area_share", "places_share"):
        table[column] = [f"{share:.6f}" for share in shares.rows[column]]
    return table.to_csv(index=False, lineterminator="\n")
