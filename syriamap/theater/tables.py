"""
The tables and the settings of a theater folder, each read and checked.

In come the files, out go frames with typed columns; complaints are appended to a list, so that
:func:`syriamap.theater.folder.read_theater` can raise them all together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from syriamap.errors import Complaint, DocumentError, TheaterError
from syriamap.files import (
    id_problem,
    length_problem,
    one_line,
    parse_date,
    read_table,
    read_toml,
    warn,
)
from syriamap.files.gate import LONGEST_NAME, LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "ASSERTER_COLUMNS",
    "PLACE_COLUMNS",
    "PUBLISHER_COLUMNS",
    "REGION_COLUMNS",
    "SPEAKER_COLUMNS",
    "is_color",
    "read_actor_names",
    "read_actors",
    "read_aliases",
    "read_config",
    "read_former_ids",
    "read_names",
    "read_places",
    "read_speakers",
    "read_stances",
    "read_voices",
    "read_wordlist",
]

PLACE_COLUMNS = (
    "place_id", "name", "name_ar", "kind", "lat", "lon", "admin1", "admin2", "admin3", "pcode",
    "population", "source", "source_id",
)  # fmt: skip
"""Columns of ``places.csv``; the first of them is the index of :attr:`Theater.places`."""

_ACTOR_COLUMNS = (
    "actor_id", "name", "name_ar", "short", "color", "pattern", "side", "valid_from", "valid_to",
    "successor",
)  # fmt: skip
_FORMER_COLUMNS = ("actor_id", "name", "name_ar", "short", "valid_from", "valid_to")
_STANCE_COLUMNS = ("side_a", "side_b", "stance", "valid_from", "valid_to")
PUBLISHER_COLUMNS = ("publisher", "reliability", "side", "independence_group")
"""Columns of ``publishers.csv``."""

ASSERTER_COLUMNS = ("asserted_by", "side", "independence_group", "reliability")
"""Columns of ``asserters.csv``."""

SPEAKER_COLUMNS = ("alias", "speaker", "asserted_by", "valid_from", "valid_to")
"""Columns of ``speakers.csv``."""

REGION_COLUMNS = ("name", "kind", "place_id")
"""Columns of ``regions.csv``."""

_ALIAS_COLUMNS = ("alias", "actor_id", "valid_from", "valid_to", "note")
_NAME_COLUMNS = ("place_id", "name", "lang", "source")
_STANCES = ("hostile", "neutral", "allied")
_GRADES = ("A", "B", "C", "D", "E", "F")
_MOST_ACTORS = 500
"""Actors of a theater: the shipped one has 19 for fourteen years."""

_PROSE = frozenset({"note", "source", "source_id"})
_KNOWN_KEYS = {
    "id", "title", "timezone", "metric_crs", "equal_area_crs", "bounds", "attribution", "border",
    "engine", "arabic", "sides", "capitals", "accuracy", "names", "demonyms", "peoples",
    "feminine",
}  # fmt: skip
_TEXTS = ("id", "title", "timezone", "metric_crs", "equal_area_crs")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def is_color(text: str) -> bool:
    """
    Tell whether a text is a color as tables of actors have it.

    >>> is_color("#c51b2b"), is_color("red")
    (True, False)
    """
    return bool(_COLOR.fullmatch(text))


def read_config(path: Path) -> dict[str, Any]:
    """Read and check ``theater.toml``; gives the settings as fields of a theater."""
    try:
        config = read_toml(path)
    except DocumentError as error:
        raise TheaterError(str(error)) from error
    missing = [
        key
        for key in ("id", "title", "timezone", "metric_crs", "equal_area_crs", "bounds")
        if key not in config
    ]
    if missing:
        raise TheaterError(f"{path}: keys missing: {', '.join(missing)}")
    unknown = sorted(set(config) - _KNOWN_KEYS)
    if unknown:
        warn(f"{path}: keys not used: {', '.join(unknown)}")
    _check_texts(path, config)
    for key in ("metric_crs", "equal_area_crs"):
        _check_crs(path, key, config[key])
    attribution = config.get("attribution", [])
    attribution = [attribution] if isinstance(attribution, str) else attribution
    if not _are_texts(attribution):
        raise TheaterError(f"{path}: attribution = {_shown(attribution)} is not a list of texts")
    capitals = config.get("capitals", [])
    if not _are_texts(capitals):
        raise TheaterError(f"{path}: capitals = {_shown(capitals)} is not a list of place_ids")
    accuracy = config.get("accuracy", "")
    if not isinstance(accuracy, str):
        raise TheaterError(f"{path}: accuracy = {_shown(accuracy)} is not a text")
    arabic = _table(path, config, "arabic")
    called = [*_texts(path, config, "names"), *_texts(path, config, "demonyms")]
    return {
        **{key: one_line(config[key]) for key in _TEXTS},
        "called": tuple(dict.fromkeys(called)),
        "peoples": tuple(dict.fromkeys(_texts(path, config, "peoples"))),
        "feminine": tuple(dict.fromkeys(_texts(path, config, "feminine"))),
        "bounds": _check_bounds(path, config["bounds"]),
        "attribution": tuple(map(one_line, attribution)),
        "settings": _engine(path, _table(path, config, "engine")),
        "arabic": {
            **_names(path, "arabic", arabic, but="sides"),
            "sides": _names(path, "arabic.sides", _table(path, arabic, "sides")),
        },
        "sides": _names(path, "sides", _table(path, config, "sides")),
        "capitals": tuple(dict.fromkeys(capitals)),
        "accuracy": one_line(accuracy),
    }


def _check_texts(path: Path, config: dict[str, Any]) -> None:
    """Complain of what every theater must say and does not as a text that would do."""
    for key in _TEXTS:
        if not isinstance(config[key], str) or not config[key].strip():
            raise TheaterError(f"{path}: {key} = {_shown(config[key])} is not a text")
        if problem := length_problem(config[key]):
            raise TheaterError(f"{path}: {key} {problem}")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", config["id"].strip()):
        problem = "may hold up to 64 letters, digits, - and _ (it names the output file)"
        raise TheaterError(f"{path}: id = {config['id']!r} {problem}")
    try:
        ZoneInfo(config["timezone"].strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        problem = "is no time zone; Asia/Damascus would be one"
        raise TheaterError(f"{path}: timezone = {config['timezone']!r} {problem}") from error


def _table(path: Path, config: dict[str, Any], key: str) -> dict[str, Any]:
    """A table among the settings; empty when the key is not there."""
    table = config.get(key, {})
    if not isinstance(table, dict):
        raise TheaterError(f"{path}: {key} = {_shown(table)} is not a table; [{key}] would do")
    return table


def _names(path: Path, key: str, table: dict[str, Any], *, but: str = "") -> dict[str, Any]:
    """A table of texts as lines; another table in it is left to the caller."""
    for name, value in table.items():
        if name == but:
            continue
        if not isinstance(value, str):
            raise TheaterError(f"{path}: {key}.{name} = {_shown(value)} is not a text")
        if problem := length_problem(value, LONGEST_TEXT):
            raise TheaterError(f"{path}: {key}.{name} {problem}")
    return {name: one_line(value) for name, value in table.items() if name != but}


def _engine(path: Path, table: dict[str, Any]) -> dict[str, Any]:
    """Settings of the engine: each a number, a text, yes or no, or a list of texts."""
    for name, value in table.items():
        if not isinstance(value, str | int | float | bool) and not _are_texts(value):
            problem = "is no number and no list of texts"
            raise TheaterError(f"{path}: engine.{name} = {_shown(value)} {problem}")
    return dict(table)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, str) and not length_problem(one, LONGEST_TEXT) for one in value
    )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _texts(path: Path, config: dict[str, Any], key: str) -> list[str]:
    """A list of texts among the settings; none when the key is not there."""
    values = config.get(key, [])
    if not isinstance(values, list) or not all(isinstance(one, str) and one for one in values):
        raise TheaterError(f"{path}: {key} = {_shown(values)} is not a list of texts")
    return [one.strip() for one in values]


def _check_crs(path: Path, key: str, text: str) -> None:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise TheaterError(
            f"{path}: {key} = {text!r} is no CRS: EPSG:22770 would be one"
        ) from error
    if not crs.is_projected:
        raise TheaterError(
            f"{path}: {key} = {text!r} is in degrees; a projected CRS in meters would do"
        )
    # a US survey foot is a foot of its own name, so each axis is asked for its length in meters
    units = {axis.unit_name: axis.unit_conversion_factor for axis in crs.axis_info}
    if off := [name for name, meters in units.items() if meters != 1.0] or ["no unit"] * (
        not units
    ):
        raise TheaterError(f"{path}: {key} = {text!r} is in {off[0]}; a CRS in meters would do")


def _check_bounds(path: Path, bounds: Any) -> tuple[float, float, float, float]:
    problem = f"{path}: bounds = {_shown(bounds)}; [west, south, east, north] in degrees would do"
    try:
        west, south, east, north = (float(number) for number in bounds)
    except (TypeError, ValueError, OverflowError) as error:
        raise TheaterError(problem) from error
    if west - east > 180 or east > 180 or west < -180:
        raise TheaterError(
            f"{path}: bounds = {bounds!r} cross the antimeridian (180°), which is not supported; "
            "make a theater of each side of it"
        )
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise TheaterError(problem)
    return west, south, east, north


def read_places(path: Path, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``places.csv``, indexed by `place_id`; what is wrong is added to `complaints`."""
    frame, own = read_table(
        path, required=("place_id", "name", "kind", "lat", "lon"), optional=PLACE_COLUMNS
    )
    complaints += own
    complaints += _key_complaints(path, frame, "place_id")
    complaints += _id_complaints(path, frame, "place_id")
    complaints += _long_complaints(path, frame)
    for column in ("name", "kind"):
        complaints += _empty_complaints(path, frame, column)
    for column, limit in (("lat", 90.0), ("lon", 180.0), ("population", 1e9)):
        texts = frame[column]
        numbers = pd.to_numeric(texts.where(texts != "", "0"), errors="coerce")
        bad = numbers.isna() | ~np.isfinite(numbers) | (numbers.abs() > limit)
        if column != "population":
            bad |= texts == ""
        problem = (
            f"is no {'number of people' if column == 'population' else 'coordinate in degrees'}"
        )
        complaints += [
            Complaint(str(path), int(row), column, str(texts[row]), problem)
            for row in frame.index[bad]
        ]
        frame[column] = numbers.astype(float).where(texts != "")
    if frame.empty and not own:
        complaints.append(Complaint(str(path), 0, "", "", "has no places"))
    return frame.set_index("place_id")


def read_names(path: Path, places: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``names.csv``, other names of places; empty when there is no such file."""
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in _NAME_COLUMNS})
    frame, own = read_table(path, required=("place_id", "name"), optional=_NAME_COLUMNS)
    complaints += own
    unknown = frame.index[~frame["place_id"].isin(places.index)]
    complaints += [
        Complaint(
            str(path), int(row), "place_id", str(frame.at[row, "place_id"]), "is not in places.csv"
        )
        for row in unknown
    ]
    complaints += _empty_complaints(path, frame, "name")
    complaints += _long_complaints(path, frame)
    return frame.reset_index(drop=True)


def read_former_ids(path: Path, places: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``former_ids.csv``, ids that places had; empty when there is no such file."""
    frame = read_wordlist(path, ("former_id", "place_id"), complaints)
    complaints += _repeated_complaints(path, frame, "former_id")
    complaints += _id_complaints(path, frame, "former_id")
    known = frame["place_id"].isin(places.index), ~frame["former_id"].isin(places.index)
    problems = "is not in places.csv", "is the id of a place in places.csv"
    for column, right, problem in zip(("place_id", "former_id"), known, problems, strict=True):
        complaints += [
            Complaint(str(path), int(row), column, str(frame.at[row, column]), problem)
            for row in frame.index[~right]
        ]
    return frame


def read_actors(path: Path, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``actors.csv``, indexed by `actor_id`; what is wrong is added to `complaints`."""
    frame, own = read_table(
        path, required=("actor_id", "name", "color", "side"), optional=_ACTOR_COLUMNS
    )
    complaints += own
    complaints += _key_complaints(path, frame, "actor_id")
    for column in ("actor_id", "side"):
        complaints += _id_complaints(path, frame, column)
    complaints += _long_complaints(path, frame)
    if len(frame) > _MOST_ACTORS:
        problem = f"has {len(frame):,} actors; a map can tell apart {_MOST_ACTORS} at most"
        complaints.append(Complaint(str(path), 0, "", "", problem))
    for column in ("name", "side"):
        complaints += _empty_complaints(path, frame, column)
    for row, color in frame["color"].items():
        if not is_color(str(color)):
            problem = "is no color; #rrggbb would do, like #c51b2b"
            complaints.append(Complaint(str(path), int(str(row)), "color", str(color), problem))
    known = set(frame["actor_id"])
    for row, successor in frame["successor"].items():
        if successor and successor not in known:
            problem = "is not an actor_id of this file"
            complaints.append(Complaint(str(path), int(str(row)), "successor", successor, problem))
    frame["short"] = frame["short"].where(frame["short"] != "", frame["name"])
    _read_interval(path, frame, complaints)
    if frame.empty and not own:
        complaints.append(Complaint(str(path), 0, "", "", "has no actors"))
    return frame.set_index("actor_id")


def read_actor_names(path: Path, actors: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``actor_names.csv``, former names of actors; empty when there is no such file."""
    if not path.exists():
        frame = pd.DataFrame({column: pd.Series(dtype=object) for column in _FORMER_COLUMNS})
        _read_interval(path, frame, complaints)
        return frame
    frame, own = read_table(
        path, required=("actor_id", "name", "valid_to"), optional=_FORMER_COLUMNS
    )
    complaints += own
    for column in ("name", "valid_to"):
        complaints += _empty_complaints(path, frame, column)
    complaints += _long_complaints(path, frame)
    complaints += _actor_complaints(path, frame, actors)
    frame["short"] = frame["short"].where(frame["short"] != "", frame["name"])
    _read_interval(path, frame, complaints)
    frame = frame.sort_values(["actor_id", "valid_to"], kind="stable")
    later = frame["actor_id"] == frame["actor_id"].shift()
    begins = frame["valid_from"].fillna(pd.Timestamp.min.as_unit("s"))
    for row in frame.index[later & (begins <= frame["valid_to"].shift())]:
        value, problem = str(frame.at[row, "name"]), "is not the actor's only name on some day"
        complaints.append(Complaint(str(path), int(row), "valid_from", value, problem))
    return frame.reset_index(drop=True)


def read_stances(path: Path, actors: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``stances.csv``, how sides stand to each other; empty when there is no such file."""
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in _STANCE_COLUMNS})
    frame, own = read_table(path, required=("side_a", "side_b", "stance"), optional=_STANCE_COLUMNS)
    complaints += own
    sides = set(actors["side"])
    for row in frame.index:
        for column in ("side_a", "side_b"):
            if frame.at[row, column] not in sides:
                problem = f"is no side of actors.csv; there are {', '.join(sorted(sides))}"
                complaints.append(
                    Complaint(str(path), int(row), column, str(frame.at[row, column]), problem)
                )
        if frame.at[row, "stance"] not in _STANCES:
            problem = f"is no stance; {', '.join(_STANCES)} would do"
            complaints.append(
                Complaint(str(path), int(row), "stance", str(frame.at[row, "stance"]), problem)
            )
    _read_interval(path, frame, complaints)
    return frame.reset_index(drop=True)


def read_speakers(path: Path, columns: Sequence[str], complaints: list[Complaint]) -> pd.DataFrame:
    """Read publishers or asserters: who speaks, for which side, how reliably."""
    if not path.exists():
        empty = pd.DataFrame({column: pd.Series(dtype=object) for column in columns})
        return empty.set_index(columns[0])
    frame, own = read_table(path, required=columns[:1], optional=columns)
    complaints += own
    complaints += _key_complaints(path, frame, columns[0])
    complaints += _id_complaints(path, frame, "side")
    complaints += _long_complaints(path, frame)
    for row, grade in frame["reliability"].items():
        if grade and grade not in _GRADES:
            problem = f"is no Admiralty grade; one of {', '.join(_GRADES)} would do"
            complaints.append(Complaint(str(path), int(str(row)), "reliability", grade, problem))
    return frame.set_index(columns[0])


def read_wordlist(path: Path, columns: Sequence[str], complaints: list[Complaint]) -> pd.DataFrame:
    """Read a list of words with the columns given; empty when there is no such file."""
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in columns})
    frame, own = read_table(path, required=columns[:2], optional=columns)
    complaints += own
    complaints += _empty_complaints(path, frame, columns[0])
    complaints += _long_complaints(path, frame)
    return frame


def read_aliases(path: Path, actors: pd.DataFrame, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``actor_aliases.csv``, how texts name actors; empty when there is no such file."""
    frame = read_wordlist(path, _ALIAS_COLUMNS, complaints)
    complaints += _actor_complaints(path, frame, actors)
    complaints += _date_complaints(path, frame)
    return frame


def read_voices(path: Path, complaints: list[Complaint]) -> pd.DataFrame:
    """Read ``speakers.csv``, how texts name who speaks; empty when there is no such file."""
    frame = read_wordlist(path, SPEAKER_COLUMNS, complaints)
    complaints += _date_complaints(path, frame)
    return frame


def _actor_complaints(path: Path, frame: pd.DataFrame, actors: pd.DataFrame) -> list[Complaint]:
    return [
        Complaint(str(path), int(str(row)), "actor_id", str(actor), "is not in actors.csv")
        for row, actor in frame["actor_id"].items()
        if actor not in actors.index
    ]


def _date_complaints(path: Path, frame: pd.DataFrame) -> list[Complaint]:
    problem = "is no date; YYYY-MM-DD would do"
    return [
        Complaint(str(path), int(str(row)), column, text, problem)
        for column in ("valid_from", "valid_to")
        for row, text in frame[column].items()
        if text and parse_date(text) is None
    ]


def _read_interval(path: Path, frame: pd.DataFrame, complaints: list[Complaint]) -> None:
    for column in ("valid_from", "valid_to"):
        days = []
        for row, text in frame[column].items():
            day = parse_date(text) if text else None
            if text and day is None:
                problem = "is no date; YYYY-MM-DD would do"
                complaints.append(Complaint(str(path), int(str(row)), column, text, problem))
            days.append(np.datetime64(day, "s") if day else np.datetime64("NaT", "s"))
        frame[column] = pd.Series(np.array(days, dtype="datetime64[s]"), index=frame.index)
    for row in frame.index[frame["valid_from"] > frame["valid_to"]]:
        value = str(frame.at[row, "valid_to"])[:10]
        complaints.append(
            Complaint(str(path), int(row), "valid_to", value, "lies before valid_from")
        )


def _id_complaints(path: Path, frame: pd.DataFrame, column: str) -> list[Complaint]:
    """Complain of ids that are none; empty cells are left to others."""
    return [
        Complaint(str(path), int(str(row)), column, text[:80], problem)
        for row, text in frame[column].items()
        if text and (problem := id_problem(text))
    ]


def _long_complaints(path: Path, frame: pd.DataFrame) -> list[Complaint]:
    """Complain of texts that are longer than a name: a page carries each to every reader."""
    found = []
    for column in frame.columns:
        if column in _PROSE or frame[column].dtype != object:
            continue
        texts = [str(text) for text in frame[column]]
        if max(map(len, texts), default=0) <= LONGEST_NAME:
            continue
        found += [
            Complaint(str(path), int(str(row)), str(column), f"{text[:60]}…", length_problem(text))
            for row, text in zip(frame.index, texts, strict=True)
            if len(text) > LONGEST_NAME
        ]
    return found


def _key_complaints(path: Path, frame: pd.DataFrame, column: str) -> list[Complaint]:
    return _empty_complaints(path, frame, column) + _repeated_complaints(path, frame, column)


def _repeated_complaints(path: Path, frame: pd.DataFrame, column: str) -> list[Complaint]:
    repeated = frame.index[frame[column].duplicated() & (frame[column] != "")]
    return [
        Complaint(str(path), int(row), column, str(frame.at[row, column]), "stands twice")
        for row in repeated
    ]


def _empty_complaints(path: Path, frame: pd.DataFrame, column: str) -> list[Complaint]:
    return [
        Complaint(str(path), int(row), column, "", "is empty")
        for row in frame.index[frame[column] == ""]
    ]
