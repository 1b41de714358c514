"""
Tables that are no text: workbooks, databases, Parquet, JSON, archives of one table.

In comes a path and, where there are several, the name of a sheet; out go records of text. What a
file is stands in its first bytes, not in its name.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import lzma
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from typing import IO, TYPE_CHECKING, Any

from syriamap.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "BROKEN_ARCHIVE",
    "cell_text",
    "kind_of",
    "object_records",
    "open_member",
    "packed_records",
]

BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, IndexError, KeyError,
)  # fmt: skip
"""What reading a damaged archive, one with a password or of a rare method may raise."""

_MOST_JSON = 200_000_000
_MOST_UNPACKED = 2_000_000_000


_MAGIC = (
    (b"%PDF", "picture"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"\x1f\x8b", "gzip"),
)


def kind_of(stream: IO[bytes]) -> str:
    """Tell what a file is by its first bytes: `text`, `workbook`, `sqlite`, `parquet`, `json`…."""
    head = stream.read(64)
    known = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if known:
        return known
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(stream)
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return {b"{": "json", b"[": "json", b"<": "xml"}.get(bare[:1], "text")


def _kind_of_archive(stream: IO[bytes]) -> str:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except BROKEN_ARCHIVE as error:
        raise TableError(f"is a broken archive: {error}") from error
    office = {"[Content_Types].xml", "mimetype"} & names
    return "workbook" if office else "archive"


def open_member(path: Path) -> IO[bytes]:
    """Open the one table in an archive."""
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN_ARCHIVE as error:
        raise TableError(f"is a broken archive: {error}") from error
    tables = [
        one
        for one in archive.infolist()
        if one.filename.casefold().endswith((".csv", ".tsv", ".txt"))
        and not one.filename.startswith("__MACOSX")
    ]
    if len(tables) != 1:
        inside = ", ".join(one.filename for one in tables[:5]) or "none"
        raise TableError(f"is an archive that should hold one table; it holds {inside}")
    if tables[0].file_size > _MOST_UNPACKED:
        raise TableError(f"unpacks to more than {_MOST_UNPACKED // 1_000_000} MB")
    try:
        return archive.open(tables[0])
    except BROKEN_ARCHIVE as error:
        raise TableError(f"is an archive that cannot be read: {error}") from error


def packed_records(kind: str, path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """
    Records of a workbook, a database or a Parquet file, the header first.

    Parameters
    ----------
    kind
        As :func:`kind_of` tells it.
    path
        The file.
    sheet
        Name of the sheet or the table; needed where there are several.
    """
    readers = {
        "workbook": _workbook, "sqlite": _database, "parquet": _parquet,
    }  # fmt: skip
    return readers[kind](path, sheet)


def _chosen(names: list[str], wanted: str, word: str) -> str:
    if wanted:
        match = [one for one in names if one.casefold() == wanted.casefold()]
        if not match:
            raise TableError(f"has no {word} {wanted!r}; there are: {', '.join(names)}")
        return match[0]
    if len(names) != 1:
        shown = ", ".join(names) or "none"
        raise TableError(f"has {len(names)} {word}s with rows; name one with --sheet: {shown}")
    return names[0]


def _workbook(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook, ZipError
    except ImportError as error:
        raise TableError(
            "is a workbook, which needs python-calamine: pip install 'syriamap[import]'; or save "
            "the sheet as CSV UTF-8"
        ) from error
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = list(book.sheet_names)
        if not sheet and len(names) > 1:
            names = [one for one in names if book.get_sheet_by_name(one).total_height > 0]
        rows = book.get_sheet_by_name(_chosen(names, sheet, "sheet"))
        first = rows.start[0] if rows.start else 0
        for number, row in enumerate(rows.iter_rows(), start=first + 1):
            yield number, [cell_text(value) for value in row]
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise TableError(f"is a workbook that cannot be read: {error}") from error


def cell_text(value: Any) -> str:  # noqa: PLR0911  (a type after the other)
    """Give a typed value as the text that a CSV file has for it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        bare = (value.hour, value.minute, value.second) == (0, 0, 0) and value.tzinfo is None
        return value.date().isoformat() if bare else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124  (NaN)
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _database(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            listed = database.execute(
                "select name from sqlite_master where type in ('table', 'view') "
                "and name not like 'sqlite_%' order by name"
            ).fetchall()
            names = [str(name) for (name,) in listed]
            geometry: dict[str, str] = {}
            if "gpkg_contents" in names:
                layers = database.execute("select table_name from gpkg_contents order by 1")
                names = [str(name) for (name,) in layers]
                columns = "select table_name, column_name, srs_id from gpkg_geometry_columns"
                for table, column, crs in database.execute(columns):
                    geometry[str(table)] = str(column)
                    if crs != 4326 and (not sheet or str(table) == sheet):
                        raise TableError(
                            f"has its layer {table!r} in EPSG:{crs}; EPSG:4326 (degrees) would do"
                        )
            name = _chosen(names, sheet, "table")
            quoted = name.replace('"', '""')
            rows = database.execute(f'select * from "{quoted}"')  # noqa: S608  (a name that is there)
            header = [str(one[0]) for one in rows.description]
            yield from _with_points(header, rows, geometry.get(name, ""))
    except sqlite3.Error as error:
        raise TableError(f"is a database that cannot be read: {error}") from error


def _with_points(
    header: list[str], rows: Iterable[tuple[Any, ...]], geometry: str
) -> Iterator[tuple[int, list[str]]]:
    """Put the point of a geometry into columns `lat` and `lon`, where the table has none."""
    place = header.index(geometry) if geometry in header else -1
    adds = place >= 0 and not {"lat", "lon"} & {one.casefold() for one in header}
    names = [one for number, one in enumerate(header) if number != place]
    yield 1, [*names, "lat", "lon"] if adds else names
    for number, row in enumerate(rows, start=2):
        cells = [cell_text(value) for at, value in enumerate(row) if at != place]
        yield number, [*cells, *_point_of(row[place])] if adds else cells


def _point_of(blob: Any) -> tuple[str, str]:
    """Latitude and longitude of a point as a GeoPackage keeps it, empty for other shapes."""
    import shapely

    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        return "", ""
    envelope = (0, 32, 48, 48, 64)[min(blob[3] >> 1 & 7, 4)]
    try:
        shape = shapely.from_wkb(blob[8 + envelope :])
    except shapely.errors.ShapelyError:
        return "", ""
    if shape is None or shape.geom_type != "Point" or shape.is_empty:
        return "", ""
    ((x, y),) = shapely.get_coordinates(shape).tolist()
    return repr(y), repr(x)


def _parquet(path: Path, _: str) -> Iterator[tuple[int, list[str]]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise TableError("is Parquet, which needs: pip install 'syriamap[parquet]'") from error
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            kept = [one.name for one in schema if not pa.types.is_binary(one.type)]
            yield 1, kept
            number = 1
            for batch in file.iter_batches(batch_size=5_000, columns=kept):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield number, [cell_text(value) for value in row]
    except (pa.ArrowException, OSError) as error:
        raise TableError(f"is Parquet that cannot be read: {error}") from error


def object_records(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """
    Records of JSON: a list of flat objects, such a list under one key, or JSON Lines.

    What an interface answers (``{"status": 200, "data": [...]}``) is read as its list.
    """
    data = stream.read(_MOST_JSON + 1)
    if len(data) > _MOST_JSON:
        raise TableError(f"is JSON of more than {_MOST_JSON // 1_000_000} MB")
    rows = _objects(data)
    header = list(dict.fromkeys(key for row in rows for key in row))
    yield 1, header
    for number, row in enumerate(rows, start=2):
        yield number, [_json_text(row.get(key)) for key in header]


def _objects(data: bytes) -> list[Mapping[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
        try:
            document = json.loads(text)
        except json.JSONDecodeError:
            document = [json.loads(line) for line in io.StringIO(text) if line.strip()]
    except (ValueError, RecursionError) as error:
        raise TableError(f"is JSON that cannot be read: {error}") from error
    if isinstance(document, dict):
        if isinstance(document.get("features"), list):
            raise TableError("is GeoJSON, not a table; `claims import geojson` reads it")
        if document.get("success") is False or isinstance(document.get("error"), dict):
            raise TableError("is a server's answer that says it failed; ask it again")
        if document.get("data") == [] or document.get("Result") == []:
            raise TableError("is a server's answer without a row; a wider question would do")
        lists = [
            one
            for one in document.values()
            if isinstance(one, list) and all(isinstance(row, dict) for row in one) and one
        ]
        document = lists[0] if len(lists) == 1 else [document]
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise TableError("is JSON, but no list of objects; a table would do")
    return document


def _json_text(value: Any) -> str:
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(one, int | float) for one in value)
    ):
        return ", ".join(map(repr, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return cell_text(value)
