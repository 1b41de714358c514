"""
A Parquet data set of checked claims: many theaters in one folder, read without checking again.

In comes the claims frame of one theater, out goes a folder with a file for each year of it and a
manifest; and back. Claims are checked when they are written; the manifest says with what. They are
read as they stand while neither the theater's names nor the program have changed since, else every
row is checked anew by the same rules. Other theaters' files are not opened.
"""

from __future__ import annotations

import hashlib
import io
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriamap.claims.rows import CERTAINTIES, CLAIM_COLUMNS, RELATIONS, is_web_address
from syriamap.errors import ExportError, TableError
from syriamap.files import atomic_path
from syriamap.files.gate import passes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

    from syriamap.files import Table
    from syriamap.theater.folder import Theater

__all__ = ["MANIFEST", "dataset_content", "is_dataset", "read_dataset", "write_dataset"]

MANIFEST = "manifest.json"
"""The file that says which others are the data set; it is written last."""

_FORMAT = "syriamap claims 1"
_DAYS, _DEGREES = ("event_date", "reported_on"), ("lat", "lon")
_CHECKED_WITH = ("theater.toml", "places.csv", "actors.csv", "boundary.geojson", "admin1.geojson",
                 "admin2.geojson", "areas.geojson")  # fmt: skip
"""What of a theater the check of a claim asks."""

_NEEDED = "a data set of claims needs pyarrow: pip install 'syriamap[parquet]'"


def is_dataset(table: Table | Path) -> bool:
    """Whether a table is a folder, and so to be read as a data set."""
    return isinstance(table, str | Path) and Path(table).is_dir()


def write_dataset(claims: pd.DataFrame, folder: Path, theater: Theater) -> Path:
    """
    Write the claims of a theater; those of it that the data set had are replaced.

    Files bear the digest of their content and are never changed: who reads meanwhile sees the old
    set or the new one, as its manifest has it. Equal claims make equal bytes.

    Parameters
    ----------
    claims
        The claims frame, checked.
    folder
        Made where it is not there.
    theater
        What they were checked with.

    Raises
    ------
    ExportError
        If the folder is something else, or pyarrow is missing.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError(_NEEDED) from error
    manifest = _manifest_to_replace(folder)
    listed = []
    for year, part in claims.groupby(claims["event_date"].dt.year, sort=True):
        buffer = io.BytesIO()
        pq.write_table(_arrow(part), buffer, compression="zstd")
        body = buffer.getvalue()
        digest = hashlib.sha256(body).hexdigest()
        path = f"theater={theater.id}/year={year}/{digest[:16]}.parquet"
        listed.append({"path": path, "rows": len(part), "sha256": digest})
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / path).exists():
            with atomic_path(folder / path) as temporary:
                temporary.write_bytes(body)
    manifest["theaters"][theater.id] = {
        "rows": len(claims),
        "checked_with": _checked_with(theater),
        "files": listed,
    }
    manifest["theaters"] = dict(sorted(manifest["theaters"].items()))
    with atomic_path(folder / MANIFEST) as temporary:
        temporary.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    _sweep(folder, manifest)
    return folder


def _manifest_to_replace(folder: Path) -> dict[str, Any]:
    """The manifest that is there, or a new one; a folder of other things is let alone."""
    if (folder / MANIFEST).exists():
        try:
            return _manifest(folder)
        except TableError as error:
            raise ExportError(f"{folder}: {error.problem}") from error
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "a folder of other things" if folder.is_dir() else "a file without a format's ending"
        raise ExportError(f"{folder}: is {what}; a new folder, or FILE.csv, would do")
    columns = {name: str(one.type) for name, one in zip(CLAIM_COLUMNS, _schema(), strict=True)}
    return {"format": _FORMAT, "columns": columns, "theaters": {}}


def _sweep(folder: Path, manifest: dict[str, Any]) -> None:
    """Delete the files of claims that no manifest names any more."""
    kept = {
        folder / one["path"] for entry in manifest["theaters"].values() for one in entry["files"]
    }
    for path in folder.glob("theater=*/year=*/*.parquet"):
        if path not in kept:
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def _schema() -> pa.Schema:
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    kinds = {
        **dict.fromkeys(CLAIM_COLUMNS, words),
        **dict.fromkeys(_DAYS, pa.date32()),
        **dict.fromkeys(_DEGREES, pa.float64()),
    }
    return pa.schema([(name, kinds[name]) for name in CLAIM_COLUMNS])


def _arrow(claims: pd.DataFrame) -> pa.Table:
    import pyarrow as pa

    columns = []
    for one in _schema():
        column = claims[one.name]
        if one.name in _DAYS:
            columns.append(pa.array(column.to_numpy().astype("datetime64[D]")))
        elif one.name in _DEGREES:
            columns.append(pa.array(column.to_numpy()))
        else:
            columns.append(pa.array(column.tolist(), pa.string()).dictionary_encode())
    return pa.Table.from_arrays(columns, schema=_schema())


def _checked_with(theater: Theater) -> str:
    digest = hashlib.sha256(version("syriamap").encode())
    for name in _CHECKED_WITH:
        path = theater.folder / name
        body = path.read_bytes() if path.exists() else b""
        digest.update(f"{name} {len(body)} ".encode() + body)
    digest.update(json.dumps(sorted(theater.own_areas)).encode())
    return digest.hexdigest()


def read_dataset(folder: Path, theater: Theater) -> tuple[pd.DataFrame, bool]:
    """
    Read the claims of one theater.

    Parameters
    ----------
    folder
        Of :func:`write_dataset`.
    theater
        Whose claims are read.

    Returns
    -------
    claims
        The claims frame, sorted by date, then id.
    checked
        Whether its rows were checked with this theater by this version; else that is to be done.

    Raises
    ------
    TableError
        If there is no such data set, none of this theater in it, or a file is missing or is not
        the one that was written.
    """
    manifest = _manifest(folder)
    entry = manifest["theaters"].get(theater.id)
    if entry is None:
        there = ", ".join(manifest["theaters"]) or "none"
        raise TableError(f"has no claims of the theater {theater.id!r}; it has those of: {there}")
    parts = list(_parts(folder, entry["files"]))
    claims, words = _frame(parts) if parts else (pd.DataFrame(columns=list(CLAIM_COLUMNS)), {})
    if len(claims) != entry["rows"]:
        raise TableError(f"has {len(claims)} claims, its manifest says {entry['rows']}")
    return claims, entry["checked_with"] == _checked_with(theater) and _known(words, theater)


def dataset_content(folder: Path, theater_id: str) -> list[str | Path]:
    """
    Give all that the claims of one theater are read from: words of the manifest, and files.

    Parameters
    ----------
    folder
        Of :func:`write_dataset`.
    theater_id
        Whose claims are meant.

    Raises
    ------
    TableError
        As :func:`read_dataset`.
    """
    entry = _manifest(folder)["theaters"].get(theater_id)
    if entry is None:
        return [str(folder), ""]
    files = [folder / one["path"] for one in entry["files"]]
    return [str(folder), json.dumps(entry, sort_keys=True), *files]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if found["format"] != _FORMAT:
            raise TableError(f"is a data set of another format, {found['format']!r}")
        for entry in found["theaters"].values():
            _ = int(entry["rows"]), str(entry["checked_with"])
            for one in entry["files"]:
                _check_path(one["path"])
                str(one["sha256"])
    except FileNotFoundError as error:
        raise TableError(
            f"is a folder without {MANIFEST}; a table, or a data set of `claims export -o DIR`, "
            "would do"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TableError(f"has a {MANIFEST} that cannot be read: {error!r}"[:300]) from error
    return dict(found)


def _check_path(path: str) -> None:
    """Refuse what leads out of the folder."""
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise ValueError(f"{path!r} lies outside the data set")


def _parts(folder: Path, files: list[dict[str, Any]]) -> Iterator[pq.ParquetFile]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise TableError(f"is a data set: {_NEEDED}") from error
    for one in files:
        path = folder / one["path"]
        try:
            body = path.read_bytes()
            if hashlib.sha256(body).hexdigest() != one["sha256"]:
                raise TableError(f"is damaged: {one['path']} is not what was written; make it anew")
            yield pq.ParquetFile(pa.BufferReader(body))
        except (OSError, pa.ArrowException, ValueError) as error:
            raise TableError(f"{one['path']} cannot be read: {error}"[:300]) from error


def _frame(parts: list[pq.ParquetFile]) -> tuple[pd.DataFrame, dict[str, NDArray[np.object_]]]:
    """
    The claims, and the different words of each column of text.

    Columns are read one by one: all of them would stand in memory twice.
    """
    import pyarrow as pa

    columns: dict[str, Any] = {}
    different: dict[str, NDArray[np.object_]] = {}
    for field in _schema():
        try:
            # by one thread: each has memory of its own, and a column of a year is soon read
            read = [one.read(columns=[field.name], use_threads=False)[field.name] for one in parts]
            chunks = [chunk for one in read for chunk in one.cast(field.type).chunks]
        except (pa.ArrowException, KeyError, ValueError) as error:
            raise TableError(f"column {field.name} cannot be read: {error}"[:300]) from error
        if pa.types.is_dictionary(field.type):
            # one Python text for each that differs in a year, however many rows have it
            words = [chunk.dictionary.to_numpy(zero_copy_only=False) for chunk in chunks]
            texts = [
                own[chunk.indices.to_numpy(zero_copy_only=False)]
                for own, chunk in zip(words, chunks, strict=True)
            ]
            different[field.name] = np.concatenate(words)
            columns[field.name] = pd.Series(np.concatenate(texts), dtype=object, copy=False)
        else:
            numbers = pa.chunked_array(chunks, field.type).to_numpy()
            is_day = field.name in _DAYS
            columns[field.name] = numbers.astype("datetime64[s]") if is_day else numbers
    return pd.DataFrame(columns, copy=False), different


def _pass(texts: Iterable[str]) -> bool:
    """Whether nothing of any text would be left out; mostly of none, which is soon asked of all."""
    return passes("\n".join(texts)) or all(map(passes, texts))


def _known(different: Mapping[str, NDArray[np.object_]], theater: Theater) -> bool:
    """Whether all words, ids and addresses may be there: a manifest can say what it will."""
    if not all(map(_pass, different.values())):
        return False
    found = {name: set(texts.tolist()) for name, texts in different.items()}
    actors = {*map(str, theater.actors.index), ""}
    none = {""}
    allowed = {
        "relation": set(RELATIONS),
        "certainty": set(CERTAINTIES),
        "actor": actors - none,
        "against": actors,
        "area_id": {*theater.areas, ""} if found.get("area_id", none) - none else none,
    }
    if not all(found.get(name, set()) <= words for name, words in allowed.items()):
        return False
    urls = found.get("source_url", none) | found.get("archive_url", none)
    if not all(map(is_web_address, urls - none)):
        return False
    own = set(map(str, theater.places.index))
    places = found.get("place_id", none) - none
    return all(one in own or one.startswith("pt-") for one in places)
