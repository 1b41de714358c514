"""
Claims as sets: write them, compare two, count one.

In come claims frames, out go files or text. A claim is the same in two sets when its id is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.claims.dataset import write_dataset
from syriamap.claims.reader import write_claims
from syriamap.claims.rows import CLAIM_COLUMNS
from syriamap.errors import ExportError
from syriamap.files import atomic_path, ending_of, is_stdout
from syriamap.theater.drawn_areas import areas_beside, write_own_areas

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.theater.folder import Theater

__all__ = ["counted", "diff_text", "stats_text", "write_set"]

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
        for row in claims[list(CLAIM_COLUMNS)].to_dict("records"):
            plain = {str(key): _plain(value) for key, value in row.items()}
            kept = {key: value for key, value in plain.items() if value not in {None, ""}}
            stream.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return path


def _plain(value: Any) -> str | float | None:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value if isinstance(value, float) else str(value)


def _line(row: Any) -> str:
    return "  ".join(filter(None, (str(_plain(row[name]) or "") for name in _SHOWN)))


def diff_text(first: pd.DataFrame, second: pd.DataFrame) -> str:
    """
    What two sets of claims do not share, a line for each claim.

    ``-`` stands before claims that only the first has, ``+`` before those of the second, ``~``
    before a claim of both whose text differs, with the columns that do.
    """
    old, new = first.set_index("claim_id"), second.set_index("claim_id")
    lines = [f"- {name}  {_line(old.loc[name])}" for name in old.index.difference(new.index)]
    lines += [f"+ {name}  {_line(new.loc[name])}" for name in new.index.difference(old.index)]
    changed = 0
    for name in old.index.intersection(new.index):
        differing = [
            column
            for column in old.columns
            if column in CLAIM_COLUMNS
            and _plain(old.at[name, column]) != _plain(new.at[name, column])
        ]
        if differing:
            changed += 1
            lines.append(f"~ {name}  {_line(new.loc[name])}  [{', '.join(differing)}]")
    gone = sum(line.startswith("-") for line in lines)
    added = sum(line.startswith("+") for line in lines)
    lines.append(f"{gone} only in the first, {added} only in the second, {changed} changed")
    return "\n".join(lines) + "\n"


def counted(claims: pd.DataFrame) -> str:
    """How many claims there are, on how many places and areas, in words."""
    places, areas = (
        claims.loc[claims[name] != "", name].nunique() for name in ("place_id", "area_id")
    )
    text = f"{len(claims)} claims on {places} places"
    return f"{text} and {areas} areas" if areas else text


def stats_text(claims: pd.DataFrame) -> str:
    """Counts of claims by what they say, who says it and when, as a table of text."""
    if claims.empty:
        return "no claims\n"
    days = claims["event_date"]
    first = counted(claims)
    span = f"{days.min().date()} to {days.max().date()}"
    lines = [f"{first}, {span}, {claims['publisher'].nunique()} publishers"]
    groups = {name: claims[name].astype(str) for name in ("relation", "certainty", "actor")}
    groups["publisher"] = claims["publisher"].astype(str)
    groups["month"] = days.dt.strftime("%Y-%m")
    for name, values in groups.items():
        counts = values.value_counts()
        ranked = sorted(counts.index, key=lambda one: (-counts[one], one))
        ranked = sorted(ranked) if name == "month" else ranked
        lines.append(f"\n{name}")
        lines += [f"{counts[one]:7d}  {one}" for one in ranked]
    return "\n".join(lines) + "\n"
