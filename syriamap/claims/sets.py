"""
Claims as sets: write them, compare two, count one.

In come claims frames, out go files or text. A claim is the same in two sets when its id is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from syriamap.claims.dataset import write_dataset
from syriamap.claims.reader import write_claims
from syriamap.claims.rows import CLAIM_COLUMNS
from syriamap.errors import ExportError
from syriamap.files import atomic_path, ending_of, is_stdout, plain_rows, plain_value
from syriamap.theater.drawn_areas import areas_beside, write_own_areas

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = ["counted", "diff_rows", "diff_text", "stats_rows", "stats_text", "write_set"]

_SHOWN = ("event_date", "place", "actor", "relation", "against", "certainty", "publisher")


def write_set(claims: pd.DataFrame, path: Path, theater: Theater | None = None) -> Path:
    """
    Write claims by the path's ending, and beside them their own areas.

    A path without ending is a folder: a data set (:mod:`~syriamap.claims.dataset`).

    Parameters
    ----------
    claims
        The claims frame.
    path
        Ends in ``.csv`` or ``.jsonl``, or is a folder.
    theater
        Has the areas that came along with the claims; a data set needs it.
    """
    kind = ending_of(path, ".csv")
    own = {} if theater is None else theater.own_areas
    areas = [own[one] for one in sorted(set(claims["area_id"]) & own.keys())]
    if areas and is_stdout(path):
        raise ExportError("areas of one's own lie beside the claims; `-o FILE.csv` would do")
    is_folder = theater is not None and (not kind or path.is_dir())
    if areas and (is_folder or kind in {".csv", ".jsonl"}):
        write_own_areas(areas, areas_beside(path))
    if theater is not None and is_folder:
        return write_dataset(claims, path, theater)
    if kind == ".csv":
        return write_claims(claims, path)
    if kind != ".jsonl":
        raise ExportError(f"{path}: claims are written as .csv, .jsonl or a folder")
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8") as stream:
        for row in plain_rows(claims, CLAIM_COLUMNS):
            kept = {key: value for key, value in row.items() if value not in (None, "")}
            stream.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return path


def diff_rows(first: pd.DataFrame, second: pd.DataFrame) -> list[dict[str, Any]]:
    """
    What two sets of claims do not share, a record for each claim.

    Parameters
    ----------
    first, second
        Claims frames.

    Returns
    -------
    list
        The claim's columns, and before them `change` (``removed`` if only the first has it,
        ``added`` if only the second, ``changed`` if its text differs) and `columns`, those that
        differ.
    """
    old, new = first.set_index("claim_id"), second.set_index("claim_id")
    columns = [name for name in CLAIM_COLUMNS if name != "claim_id"]

    def record(change: str, name: str, differing: list[str]) -> dict[str, Any]:
        row = (old if change == "removed" else new).loc[name]
        said = {column: plain_value(row[column]) for column in columns}
        return {"change": change, "claim_id": name, "columns": differing, **said}

    rows = [record("removed", name, []) for name in old.index.difference(new.index)]
    rows += [record("added", name, []) for name in new.index.difference(old.index)]
    for name in old.index.intersection(new.index):
        differing = [
            column
            for column in columns
            if plain_value(old.at[name, column]) != plain_value(new.at[name, column])
        ]
        if differing:
            rows.append(record("changed", name, differing))
    return rows


def diff_text(first: pd.DataFrame, second: pd.DataFrame) -> str:
    """
    What two sets of claims do not share, a line for each claim.

    ``-`` stands before claims that only the first has, ``+`` before those of the second, ``~``
    before a claim of both whose text differs, with the columns that do.
    """
    signs = {"removed": "-", "added": "+", "changed": "~"}
    lines, rows = [], diff_rows(first, second)
    for row in rows:
        said = "  ".join(str(row[name]) for name in _SHOWN if row[name])
        differs = f"  [{', '.join(row['columns'])}]" if row["columns"] else ""
        lines.append(f"{signs[row['change']]} {row['claim_id']}  {said}{differs}")
    gone, added, changed = (sum(row["change"] == one for row in rows) for one in signs)
    lines.append(f"{gone} only in the first, {added} only in the second, {changed} changed")
    return "\n".join(lines) + "\n"


def counted(claims: pd.DataFrame) -> str:
    """How many claims there are, on how many places and areas, in words."""
    places, areas = (
        claims.loc[claims[name] != "", name].nunique() for name in ("place_id", "area_id")
    )
    text = f"{len(claims)} claims on {places} places"
    return f"{text} and {areas} areas" if areas else text


def stats_rows(claims: pd.DataFrame) -> list[dict[str, Any]]:
    """
    Count claims by what they say, who says it and when.

    Parameters
    ----------
    claims
        The claims frame.

    Returns
    -------
    list
        `by` (``relation``, ``certainty``, ``actor``, ``publisher`` or ``month``), `value` and
        `claims`, the most first, months in their order.
    """
    names = ("relation", "certainty", "actor", "publisher")
    groups = {name: claims[name].astype(str) for name in names}
    groups["month"] = claims["event_date"].dt.strftime("%Y-%m")
    rows: list[dict[str, Any]] = []
    for name, values in groups.items():
        counts = values.value_counts()
        ranked = sorted(counts.index, key=lambda one: (-counts[one], one))
        ranked = sorted(ranked) if name == "month" else ranked
        rows += [{"by": name, "value": one, "claims": int(counts[one])} for one in ranked]
    return rows


def stats_text(claims: pd.DataFrame) -> str:
    """Counts of claims by what they say, who says it and when, as a table of text."""
    if claims.empty:
        return "no claims\n"
    days, before = claims["event_date"], ""
    span = f"{days.min().date()} to {days.max().date()}"
    lines = [f"{counted(claims)}, {span}, {claims['publisher'].nunique()} publishers"]
    for row in stats_rows(claims):
        if row["by"] != before:
            lines.append(f"\n{row['by']}")
        lines.append(f"{row['claims']:7d}  {row['value']}")
        before = row["by"]
    return "\n".join(lines) + "\n"
