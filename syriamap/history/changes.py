"""
Two dates → what changed hands, in places and in square kilometers.

In come the states and territories of two days, out go the places whose state differs, the areas
whose state differs, and a balance: what each actor had, gained, lost and has. Contested and
undetermined ground stand in the balance as rows of their own, so that it closes.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.files import atomic_path, written_cell
from syriamap.history.atoms import atoms_from_territories
from syriamap.history.history_settings import HISTORY
from syriamap.look.symbols import OWN_LOOK, shade
from syriamap.look.wording import word_tables

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from syriamap.history.days import MapOfDay
    from syriamap.theater.folder import Theater

__all__ = [
    "CHANGES_COLUMNS",
    "Changes",
    "changes_csv",
    "changes_from_days",
    "changes_markdown",
    "markdown_text",
    "write_changes",
]

CHANGES_COLUMNS = (
    "kind", "place_id", "name", "lat", "lon", "from_actor", "to_actor", "from_status", "to_status",
    "area_km2", "since", "claim_ids",
)  # fmt: skip
"""Columns of the changes frame and of its CSV; `kind` is `place` or `area`."""


@dataclass(frozen=True, repr=False)
class Changes:
    """
    What changed between two days.

    Attributes
    ----------
    rows
        Columns :data:`CHANGES_COLUMNS`: places that changed holder or status, those with evidence
        first, then the areas, largest first, one row per pair of states.
    balance
        One row per holder, and one for each status without a holder: `actor` (empty for these),
        `status` (empty for holders; `front_band` and `unconfirmed_pocket` apart from `contested`),
        `before_km2`, `gained_km2`, `lost_km2`, `after_km2`, `before_percent`, `after_percent`. The
        percents sum to 100.
    """

    rows: pd.DataFrame
    balance: pd.DataFrame

    def __repr__(self) -> str:
        """One line; the frames tell the rest."""
        places = int((self.rows["kind"] == "place").sum())
        moved = self.balance["gained_km2"].sum()
        return f"<Changes: {places:,} places, {moved:,.0f} km²>"


def changes_from_days(before: MapOfDay, after: MapOfDay) -> Changes:
    """
    Compare two days.

    Parameters
    ----------
    before, after
        The maps of the two days; the second tells since when, and by which claims.
    """
    moves = _moves((before.territory, after.territory), after.theater)
    areas = _area_rows(moves)
    places = _place_rows(before.states, after.states, after.control)
    frames = [frame for frame in (places, areas) if len(frame)]
    rows = pd.concat(frames, ignore_index=True) if frames else places
    return Changes(rows[list(CHANGES_COLUMNS)], _balance(moves))


def _place_rows(before: pd.DataFrame, after: pd.DataFrame, control: pd.DataFrame) -> pd.DataFrame:
    old = before.set_index("place_id").reindex(after["place_id"])
    # A point that only the second day's claims speak of was not on the first day's map.
    was_actor = old["actor"].fillna("").to_numpy()
    was_status = old["status"].fillna("undetermined").to_numpy()
    differs = (was_actor != after["actor"].to_numpy()) | (was_status != after["status"].to_numpy())
    proof = control.set_index("place_id").reindex(after["place_id"])
    frame = pd.DataFrame(
        {
            "kind": "place",
            "place_id": after["place_id"].to_numpy(),
            "name": after["name"].to_numpy(),
            "lat": after["lat"].to_numpy(float).round(5),
            "lon": after["lon"].to_numpy(float).round(5),
            "from_actor": was_actor,
            "to_actor": after["actor"].to_numpy(),
            "from_status": was_status,
            "to_status": after["status"].to_numpy(),
            "area_km2": np.nan,
            "since": proof["since"].to_numpy(),
            "claim_ids": [ids if isinstance(ids, tuple) else () for ids in proof["claim_ids"]],
        }
    )
    frame["_proven"] = after["evidence"].to_numpy(bool)
    frame["_people"] = after["population"].fillna(0).to_numpy()
    frame = frame.loc[differs].sort_values(
        ["_proven", "_people", "place_id"], ascending=[False, False, True], ignore_index=True
    )
    kept: pd.DataFrame = frame.drop(columns=["_proven", "_people"])
    return kept


_STATES = ["from_actor", "from_status", "to_actor", "to_status"]


def _moves(
    territories: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame], theater: Theater
) -> pd.DataFrame:
    """Size of each pair of states and looks, before and after, the unchanged ones too."""
    atoms = atoms_from_territories(territories, theater)
    known = pd.DataFrame(list(atoms.states), columns=["actor", "leaning", "status", "doubt"])
    known["look"] = [shade(*pair) for pair in zip(known["status"], known["doubt"], strict=True)]
    known = known[["actor", "status", "look"]]
    first, last = (known.iloc[atoms.history[:, day]].reset_index(drop=True) for day in (0, 1))
    frame = pd.concat([first.add_prefix("from_"), last.add_prefix("to_")], axis=1)
    frame["area_km2"] = atoms.area_km2
    keys = [*_STATES, "from_look", "to_look"]
    return frame.groupby(keys)[["area_km2"]].sum().reset_index()


def _area_rows(moves: pd.DataFrame) -> pd.DataFrame:
    moves = moves.groupby(_STATES)[["area_km2"]].sum().reset_index()
    differs = (moves["from_actor"] != moves["to_actor"]) | (
        moves["from_status"] != moves["to_status"]
    )
    frame = moves[differs & (moves["area_km2"] >= HISTORY.least_km2)].copy()
    frame["kind"] = "area"
    frame[["place_id", "name"]] = ""
    frame[["lat", "lon"]] = np.nan
    frame["since"] = pd.NaT
    frame["claim_ids"] = [()] * len(frame)
    frame["area_km2"] = frame["area_km2"].round(2)
    order = ["area_km2", "from_actor", "to_actor", "from_status", "to_status"]
    frame = frame.sort_values(order, ascending=[False, True, True, True, True], ignore_index=True)
    return frame[list(CHANGES_COLUMNS)]


def _balance(moves: pd.DataFrame) -> pd.DataFrame:
    """What each holder, and each look of ground without one, had, gained, lost and has."""
    sides = {}
    for end in ("from", "to"):
        actor = moves[f"{end}_actor"]
        sides[end] = list(zip(actor, moves[f"{end}_look"].where(actor == "", ""), strict=True))
    table: dict[tuple[str, str], list[float]] = {}
    for old, new, size in zip(sides["from"], sides["to"], moves["area_km2"], strict=True):
        was, now = table.setdefault(old, [0.0] * 4), table.setdefault(new, [0.0] * 4)
        was[0] += size
        now[3] += size
        if old != new:
            now[1] += size
            was[2] += size
    columns = ["before_km2", "gained_km2", "lost_km2", "after_km2"]
    frame = pd.DataFrame(list(table.values()), columns=columns)
    frame.insert(0, "status", [status for _, status in table])
    frame.insert(0, "actor", [actor for actor, _ in table])
    for end in ("before", "after"):
        frame[f"{end}_percent"] = 100 * frame[f"{end}_km2"] / frame[f"{end}_km2"].sum()
    frame["_nobody"] = frame["actor"] == ""
    order = ["_nobody", "after_km2", "before_km2", "actor", "status"]
    frame = frame.sort_values(order, ascending=[True, False, False, True, True], ignore_index=True)
    return frame.drop(columns="_nobody")


def changes_csv(changes: Changes) -> str:
    """Places and areas that changed, as CSV; cells that a spreadsheet could run are neutralized."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CHANGES_COLUMNS)
    for row in changes.rows.itertuples(index=False, name=None):
        writer.writerow([written_cell(value) for value in row])
    return stream.getvalue()


def changes_markdown(changes: Changes, theater: Theater, *, title: str) -> str:
    """
    Write the balance and the changed places as Markdown tables.

    Parameters
    ----------
    changes
        What changed.
    theater
        Gives the actors' names.
    title
        Heading of the text.
    """
    signs = word_tables("en")["signs"]

    def name(actor: str, status: str) -> str:
        known = theater.actors["name"]
        holder = markdown_text(str(known.get(actor, actor))) if actor else ""
        said = {one: signs[one].lower() for one in OWN_LOOK}.get(status, status)
        return holder if actor and status in {"", "held"} else f"{holder} {said}".strip()

    lines = [
        f"# {markdown_text(title)}",
        "",
        "| | before, km² | gained | lost | after, km² | change |",
    ]
    lines.append("|---|--:|--:|--:|--:|--:|")
    rows: list[dict[str, Any]] = changes.balance.to_dict("records")  # type: ignore[assignment]
    for row in rows:
        before, after = row["before_km2"], row["after_km2"]
        holder = name(row["actor"], row["status"])
        lines.append(
            f"| {holder} | {before:,.0f} ({row['before_percent']:.1f} %) "
            f"| {row['gained_km2']:,.0f} | {row['lost_km2']:,.0f} "
            f"| {after:,.0f} ({row['after_percent']:.1f} %) | {after - before:+,.0f} |"
        )
    before, after = (sum(row[f"{end}_km2"] for row in rows) for end in ("before", "after"))
    lines.append(f"| Sum | {before:,.0f} (100.0 %) | | | {after:,.0f} (100.0 %) | |")
    places: list[dict[str, Any]] = changes.rows[changes.rows["kind"] == "place"].to_dict("records")  # type: ignore[assignment]
    proven = [row for row in places if row["claim_ids"]]
    lines += ["", f"{len(places)} places changed, {len(proven)} of them by a claim:", ""]
    lines += ["| place | from | to | since |", "|---|---|---|---|"]
    lines += [
        f"| {markdown_text(row['name'])} | {name(row['from_actor'], row['from_status'])} "
        f"| {name(row['to_actor'], row['to_status'])} | {written_cell(row['since'])} |"
        for row in proven
    ]
    return "\n".join(lines) + "\n"


def markdown_text(text: str) -> str:
    """Text that neither ends a table's cell nor begins anything of Markdown or HTML."""
    inert = "".join(f"\\{letter}" if letter in "\\`*_[]|#~" else letter for letter in text)
    return " ".join(inert.replace("&", "&amp;").replace("<", "&lt;").split())


def write_changes(text: str, path: Path) -> Path:
    """Write a text to a temporary name and rename it."""
    with atomic_path(path) as part:
        part.write_text(text, encoding="utf-8", newline="")
    return path
