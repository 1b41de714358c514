"""
Frames of text, numbers and shapes ↔ two arrays that can be kept.

In come frames, out go a table of contents as JSON and one run of bytes, and from these the same
frames again, to the type of every column. Nothing is pickled: text is UTF-8, numbers are their own
bytes, shapes WKB, tuples and tables inside a cell JSON. What would not come out as it went in is
not packed at all.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["ARRAYS", "packed_frames", "unpacked_frames"]

ARRAYS = ("contents", "bytes")
"""Names of the arrays."""

_BETWEEN = "\0"
"""Stands between two texts; a column that holds it is written as JSON."""

_FEW = 4
"""Text that repeats this often, in the mean, is written once and numbered."""


def packed_frames(
    frames: Mapping[str, pd.DataFrame], more: Mapping[str, Any] | None = None
) -> dict[str, NDArray[np.uint8]] | None:
    """
    Pack frames into arrays; nothing where they would not come out as they went in.

    Parameters
    ----------
    frames
        Plain frames and geographic ones, by name.
    more
        Plain JSON values to be kept beside them.
    """
    box = _Box()
    try:
        contents = {name: box.frame(frame) for name, frame in frames.items()}
        text = json.dumps({"frames": contents, "more": more or {}}, ensure_ascii=False)
        data = text.encode()
    except (TypeError, ValueError):
        return None
    return {
        "contents": np.frombuffer(data, dtype=np.uint8),
        "bytes": np.frombuffer(b"".join(box.parts), dtype=np.uint8),
    }


def unpacked_frames(
    arrays: Mapping[str, NDArray[np.uint8]],
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """
    Give the frames again, and what was kept beside them.

    Parameters
    ----------
    arrays
        As :func:`packed_frames` gives them.
    """
    contents = json.loads(arrays["contents"].tobytes())
    unpack = _Unpacking(arrays["bytes"].tobytes())
    frames = {name: unpack.frame(one) for name, one in contents["frames"].items()}
    _LAST.clear()
    _LAST.update(unpack.texts)
    return frames, contents["more"]


class _Text(NamedTuple):
    """A column of text as it is packed, written out or numbered."""

    kind: str
    dtype: str
    rows: int
    body: bytes
    codes: bytes

    def column(self) -> Any:
        """The column."""
        texts = self.body.decode().split(_BETWEEN) if self.rows else []
        if self.kind == "text":
            return _objects(texts, self.dtype)
        codes = np.frombuffer(self.codes, dtype=np.int32)
        return _typed(np.array(texts, dtype=object)[codes], self.dtype)


_LAST: dict[_Text, Any] = {}
"""Columns of text of the frames that were unpacked last: the next day's are mostly the same."""


class _Box:
    """Bytes one after the other; each column knows where its own stand."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def _add(self, body: bytes) -> tuple[int, int]:
        pad = -self.size % 8  # numbers are read where they stand
        if pad:
            self.parts.append(b"\0" * pad)
        start = self.size + pad
        self.parts.append(body)
        self.size = start + len(body)
        return start, self.size

    def frame(self, frame: pd.DataFrame) -> dict[str, Any]:
        """Contents of a frame."""
        crs = getattr(frame, "crs", None) if hasattr(frame, "_geometry_column_name") else None
        index = frame.index
        plain = isinstance(index, pd.RangeIndex) and (index.start, index.step) == (0, 1)
        names = [*frame.columns, index.name or ""]
        odd = (
            isinstance(index, pd.MultiIndex)
            or frame.attrs
            or len(set(frame.columns)) < len(frame.columns)
        )
        if odd or not all(isinstance(name, str) for name in names):
            raise TypeError("an index or notes of a kind that is not packed")
        return {
            "rows": len(frame),
            "index": None if plain else self._column(_as_column(index)),
            "index_name": index.name,
            "columns": [[name, self._column(frame[name])] for name in frame.columns],
            "crs": crs.srs if crs is not None else "",
            "geographic": crs is not None,
        }

    def _column(self, column: pd.Series[Any]) -> dict[str, Any]:
        kind = str(column.dtype)
        if kind == "geometry":
            return self._shapes(column)
        if isinstance(column.dtype, np.dtype) and kind != "object":
            numbers = np.ascontiguousarray(column.to_numpy())
            where = self._add(numbers.tobytes())
            return {"kind": "numbers", "type": numbers.dtype.str, "at": where}
        if kind not in {"object", "str"}:
            raise TypeError(f"no way to keep {kind}")
        array = np.asarray(column, dtype=object)
        packed = self._text(array, kind)
        if packed is None:
            values = array.tolist()
            packed = self._tuples(values) or {
                "kind": "json",
                "type": kind,
                "at": self._add(_json(values)),
            }
        return packed

    def _tuples(self, values: list[Any]) -> dict[str, Any] | None:
        """A column of tuples of text; nothing where it is none."""
        if set(map(type, values)) != {tuple}:
            return None
        texts = list(itertools.chain.from_iterable(values))
        inside = self._text(np.array(texts, dtype=object), "object")
        if inside is None:
            return None
        ends = np.cumsum([len(value) for value in values], dtype=np.int64)
        return {"kind": "texts", "ends": self._add(ends.tobytes()), "inside": inside}

    def _text(self, values: NDArray[np.object_], kind: str) -> dict[str, Any] | None:
        """A column of text; nothing where it is none, or has what stands between two texts."""
        if pd.api.types.infer_dtype(values, skipna=False) not in {"string", "empty"}:
            return None
        codes, different = pd.factorize(values)
        coded = len(different) * _FEW <= len(values)
        told = different if coded else values
        joined = _BETWEEN.join(told)
        if joined.count(_BETWEEN) != max(len(told) - 1, 0):
            return None
        packed = {
            "kind": "coded" if coded else "text",
            "type": kind,
            "at": self._add(joined.encode()),
        }
        if coded:
            packed["codes"] = self._add(codes.astype(np.int32).tobytes())
        return packed

    def _shapes(self, column: pd.Series[Any]) -> dict[str, Any]:
        import shapely

        bodies = shapely.to_wkb(np.asarray(column.array, dtype=object))
        ends = np.cumsum([len(body) for body in bodies], dtype=np.int64)
        return {
            "kind": "shapes",
            "at": self._add(b"".join(bodies)),
            "ends": self._add(ends.tobytes()),
        }


class _Unpacking:
    """Reads columns where the contents say that they stand."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.texts: dict[_Text, Any] = {}

    def frame(self, contents: Mapping[str, Any]) -> pd.DataFrame:
        """One frame."""
        rows = int(contents["rows"])
        columns = {name: self._column(one, rows) for name, one in contents["columns"]}
        made = pd.DataFrame(columns, index=pd.RangeIndex(rows))
        if contents["geographic"]:
            import geopandas as gpd

            made = gpd.GeoDataFrame(made, geometry="geometry", crs=_crs(contents["crs"]))
        if contents["index"] is not None:
            values = self._column(contents["index"], rows)
            made.index = pd.Index(values, dtype=values.dtype)
        made.index.name = contents["index_name"]
        return made

    def _column(self, one: Mapping[str, Any], rows: int) -> Any:
        kind = one["kind"]
        if kind == "texts":
            return self._tuples(one)
        start, end = one["at"]
        part = self.body[start:end]
        if kind == "numbers":
            return np.frombuffer(part, dtype=one["type"]).copy()
        if kind == "shapes":
            return self._shapes(part, one)
        if kind == "json":
            return _objects([_as_tuples(value) for value in json.loads(part)], one["type"])
        key = _Text(kind, one["type"], rows, part, self.body[slice(*one.get("codes", (0, 0)))])
        made = _LAST[key] if key in _LAST else key.column()
        self.texts[key] = made
        return made

    def _tuples(self, one: Mapping[str, Any]) -> Any:
        ends = np.frombuffer(self.body[slice(*one["ends"])], dtype=np.int64).tolist()
        inside = self._column(one["inside"], ends[-1]).tolist()
        starts = [0, *ends[:-1]]
        values = [tuple(inside[start:end]) for start, end in zip(starts, ends, strict=True)]
        return _objects(values, "object")

    def _shapes(self, part: bytes, one: Mapping[str, Any]) -> Any:
        import geopandas as gpd

        ends = np.frombuffer(self.body[slice(*one["ends"])], dtype=np.int64).tolist()
        starts = [0, *ends][: len(ends)]
        bodies = np.empty(len(ends), dtype=object)
        bodies[:] = [part[start:end] for start, end in zip(starts, ends, strict=True)]
        return gpd.array.from_wkb(bodies)


def _as_column(index: pd.Index[Any]) -> pd.Series[Any]:
    return pd.Series(index.to_numpy(), dtype=index.dtype)  # `to_series` would guess the type


def _crs(name: str) -> Any:
    """A CRS, made once for all frames."""
    if name not in _KNOWN_CRS:
        from pyproj import CRS

        _KNOWN_CRS[name] = CRS.from_user_input(name)
    return _KNOWN_CRS[name]


_KNOWN_CRS: dict[str, Any] = {}


def _json(values: Sequence[Any]) -> bytes:
    """Cells as JSON; raises `TypeError` where they would not come out as they go in."""
    text = json.dumps(values, ensure_ascii=False, allow_nan=False)
    found = list(map(_as_tuples, json.loads(text)))
    # what is written alike is alike, to the type; it is asked first for it takes no time
    if repr(found) != repr(list(values)) and not all(map(_same_value, values, found)):
        raise TypeError("cells that JSON does not hold")
    return text.encode()


def _as_tuples(value: Any) -> Any:
    """Lists of JSON were tuples."""
    if isinstance(value, list):
        return tuple(map(_as_tuples, value))
    return value


def _objects(values: Sequence[Any], kind: str) -> Any:
    made = np.empty(len(values), dtype=object)
    if set(map(type, values)) <= {str}:
        made[:] = values
    else:
        for row, value in enumerate(values):  # tuples at once would be taken for a table
            made[row] = value
    return _typed(made, kind)


def _typed(values: NDArray[np.object_], kind: str) -> Any:
    return pd.Series(values, dtype=kind)  # an array of objects would be taken for one of text


def _same_value(one: Any, two: Any) -> bool:
    if isinstance(one, tuple | list):
        alike = type(one) is type(two) and len(one) == len(two)
        return alike and all(map(_same_value, one, two))
    if isinstance(one, dict):
        return isinstance(two, dict) and _same_value(tuple(one.items()), tuple(two.items()))
    plain = (str, int, float, bool, type(None))
    return isinstance(one, plain) and isinstance(two, plain) and bool(one == two)
