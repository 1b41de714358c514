"""
Arrays that were worked out once, kept by what they were worked out from.

In come a name, a key and arrays, out come the same arrays again or nothing. The cache changes
nothing but time: a key holds everything that the arrays depend on, the code and the libraries among
it; what is read is checked against its own digest, which holds its key too; what is broken is
deleted and told to whoever asks for ``--debug``, and a folder that cannot be written is as if it
were not there. Files of one name beyond the last few are deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.files import atomic_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["cache_file", "cache_folder", "code_of", "keep_arrays", "kept_arrays", "key_of"]

_SEAL = "seal"
_MOST_FILES = 12
_LOG = logging.getLogger(__name__)

_LIBRARIES = ("numpy", "scipy", "shapely", "pyproj", "pandas", "geopandas", "rapidfuzz")
"""Libraries whose numbers, or whose reading of a table, are in what is kept."""

_CODE = ("files", "look", "theater", "names", "claims", "control", "territory")
"""Wings that work out what is kept; any change in any of them is another key."""

_SOURCES = frozenset({".py", ".csv", ".txt", ".json", ".toml"})
"""Endings of files that a wing works with: code, and the tables and words that it reads."""


def cache_folder() -> Path:
    """Folder of the cache: the user's, or ``SYRIAMAP_CACHE`` when that is set."""
    chosen = os.environ.get("SYRIAMAP_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("syriamap", appauthor=False)


def key_of(*parts: str | bytes | NDArray[Any] | Path) -> str:
    """
    Digest of everything that a result depends on, 40 hexadecimal digits.

    The versions of Python and of the libraries, and the code itself, count always.

    Parameters
    ----------
    parts
        Text, bytes, arrays (their type and shape count), files (their content counts; one that is
        not there is empty).
    """
    return _digest(_made_by(), *parts)


def _digest(*parts: str | bytes | NDArray[Any] | Path) -> str:
    digest = hashlib.sha256()
    for part in parts:
        head, body = _body(part)
        digest.update(f"{len(head) + len(body)}:".encode())
        digest.update(head)
        digest.update(body)
    return digest.hexdigest()[:40]


@cache
def _made_by() -> str:
    """Who works results out: Python, the libraries, and the code, by its content."""
    return _digest(
        platform.python_version(), *map(_version, _LIBRARIES), *_sources("cache", *_CODE)
    )


def _sources(*wings: str) -> list[str | Path]:
    """Name and file of all that wings work with, folders or modules below the package."""
    package = Path(__file__).parent
    found = [
        one for wing in wings for one in (package / f"{wing}.py", *package.glob(f"{wing}/**/*"))
    ]
    files = sorted(one for one in found if one.suffix in _SOURCES and one.is_file())
    return [part for one in files for part in (one.relative_to(package).as_posix(), one)]


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library


def _body(part: str | bytes | NDArray[Any] | Path) -> tuple[bytes, bytes | memoryview]:
    """What a part is, and its bytes, those of an array where they stand."""
    if isinstance(part, Path):
        return b"", part.read_bytes() if part.exists() else b""
    if isinstance(part, np.ndarray):
        flat = np.ascontiguousarray(part).reshape(-1)
        return f"{part.dtype.str}{part.shape}".encode(), flat.view(np.uint8).data
    return b"", part.encode() if isinstance(part, str) else part


@cache
def code_of(*wings: str) -> str:
    """
    Digest of the code of some wings of the package: what it makes, other code may make otherwise.

    Parameters
    ----------
    wings
        Names of folders or modules below the package.
    """
    return key_of(*_sources(*wings))


def cache_file(name: str, key: str) -> Path:
    """
    Where the arrays of a name and a key are kept.

    Parameters
    ----------
    name
        What it is, for people: letters, digits and dashes.
    key
        Of :func:`key_of`.
    """
    return cache_folder() / f"{name}-{key}.npz"


def kept_arrays(path: Path, names: Iterable[str]) -> dict[str, NDArray[Any]] | None:
    """
    Read arrays; nothing if there are none, or if the file is not what was written there.

    A file that is not is deleted, so that what is worked out anew takes its place.

    Parameters
    ----------
    path
        Of :func:`cache_file`.
    names
        The arrays that must be in it.
    """
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            found = {name: stored[name] for name in names}
            seal = str(stored[_SEAL])
    except Exception as error:  # damaged bytes end in whatever zip, zlib and numpy raise
        _throw_away(path, f"{type(error).__name__}: {error}")
        return None
    if seal != _seal(path, found):
        _throw_away(path, "it does not hold what was written there")
        return None
    with contextlib.suppress(OSError):
        path.touch()  # it was used: others are deleted before it
    return found


def keep_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], *, most: int = _MOST_FILES) -> None:
    """
    Write arrays, whole or not at all; a folder that cannot be written costs time, nothing else.

    Parameters
    ----------
    path
        Of :func:`cache_file`.
    arrays
        No objects among them.
    most
        So many files of the name are kept.
    """
    sealed = {**arrays, _SEAL: np.array(_seal(path, arrays))}
    # a folder that cannot be written, or a full disk, costs time, nothing else
    with contextlib.suppress(OSError):
        with atomic_path(path) as temporary, temporary.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **sealed)
        _forget_old(path, most)


def _seal(path: Path, arrays: Mapping[str, NDArray[Any]]) -> str:
    """Digest of arrays and of the name they are kept under: the file of another key is no match."""
    return _digest(path.name, *(part for name in sorted(arrays) for part in (name, arrays[name])))


def _throw_away(path: Path, why: str) -> None:
    _LOG.info("cache: %s is thrown away and worked out again: %s", path, why)
    with contextlib.suppress(OSError):
        path.unlink()


def _forget_old(path: Path, most: int) -> None:
    """Delete the files of the same name that were used longest ago."""
    name = path.name.rsplit("-", 1)[0]
    own = [one for one in path.parent.glob(f"{name}-*.npz") if one.name.rsplit("-", 1)[0] == name]
    dated = sorted(((one.stat().st_mtime_ns, one.name) for one in own), reverse=True)
    for _, old in dated[most:]:
        (path.parent / old).unlink(missing_ok=True)
