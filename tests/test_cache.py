"""The cache changes nothing but time."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from syriamap import cache
from syriamap.cache import cache_file, cache_folder, keep_arrays, kept_arrays, key_of

ARRAYS = {"chance": np.array([0.25, 0.75]), "day": np.arange(3)}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_out_comes_what_was_put_in() -> None:
    path = cache_file("control-syria", key_of("a"))
    assert kept_arrays(path, ARRAYS) is None
    keep_arrays(path, ARRAYS)
    found = kept_arrays(path, ARRAYS)
    assert found is not None
    for name, values in ARRAYS.items():
        np.testing.assert_array_equal(found[name], values)
    assert path.parent == cache_folder()


def test_what_was_changed_on_disk_is_not_read() -> None:
    path = cache_file("control-syria", key_of("a"))
    keep_arrays(path, ARRAYS)
    whole = path.read_bytes()
    at = whole.index(np.array([0.25, 0.75]).tobytes())
    forged = whole[:at] + np.array([0.75, 0.25]).tobytes() + whole[at + 16 :]
    for broken in (b"", whole[:40], whole[: len(whole) // 2], forged, whole[::-1], b"PK" * 99):
        path.write_bytes(broken)
        assert kept_arrays(path, ARRAYS) is None
        assert not path.exists(), "a bad entry is thrown away"
        keep_arrays(path, ARRAYS)
        assert kept_arrays(path, ARRAYS) is not None


def test_any_bit_that_matters_is_missed(caplog: pytest.LogCaptureFixture) -> None:
    """Each byte of the file in turn: the arrays come back as they were, or not at all."""
    caplog.set_level("INFO", "syriamap")
    path = cache_file("control-syria", key_of("a"))
    keep_arrays(path, ARRAYS)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        found = kept_arrays(path, ARRAYS)
        for name, values in (found or {}).items():
            np.testing.assert_array_equal(values, ARRAYS[name])
        if found is None:
            assert str(path) in caplog.records[-1].getMessage()
    assert len(caplog.records) > 10


def test_the_file_of_another_key_is_not_read() -> None:
    one, other = cache_file("control-syria", key_of("a")), cache_file("control-syria", key_of("b"))
    keep_arrays(one, ARRAYS)
    shutil.copyfile(one, other)
    assert kept_arrays(other, ARRAYS) is None
    assert kept_arrays(one, ARRAYS) is not None


@pytest.mark.parametrize("library", cache._LIBRARIES)
def test_another_version_of_a_library_is_another_key(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of("a")
    real = cache.version
    monkeypatch.setattr(cache, "version", lambda one: "0.0" if one == library else real(one))
    cache._made_by.cache_clear()
    try:
        assert key_of("a") != before
    finally:
        cache._made_by.cache_clear()


def test_other_code_is_another_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A copy of the package with one changed constant in one wing that works things out."""
    package = Path(cache.__file__).parent
    for name in (*cache._CODE, "cache.py"):
        source = package / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, tmp_path / name)
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    try:
        cache._made_by.cache_clear()
        before = key_of("a")
        with (tmp_path / "control" / "timeline" / "terms.py").open("a") as code:
            code.write("# other\n")
        cache._made_by.cache_clear()
        assert key_of("a") != before
    finally:
        cache._made_by.cache_clear()


def test_arrays_that_carry_another_seal_are_not_read() -> None:
    """A whole archive, readable, whose numbers are not those that were sealed."""
    path = cache_file("control-syria", key_of("a"))
    keep_arrays(path, ARRAYS)
    with np.load(path) as stored:
        seal = stored["seal"]
    np.savez(path, chance=np.array([0.5, 0.5]), day=ARRAYS["day"], seal=seal)
    assert kept_arrays(path, ARRAYS) is None


def test_an_array_that_is_missing_is_no_archive() -> None:
    path = cache_file("control-syria", key_of("a"))
    keep_arrays(path, {"day": ARRAYS["day"]})
    assert kept_arrays(path, ARRAYS) is None


def test_a_key_holds_every_part_apart(tmp_path: Path) -> None:
    file = tmp_path / "boundary.geojson"
    keys = {
        key_of("ab", "c"),
        key_of("a", "bc"),
        key_of(np.array([1.0])),
        key_of(np.array([[1.0]])),
        key_of(np.array([1])),
        key_of(file),
    }
    file.write_text("{}")
    assert len(keys | {key_of(file)}) == 7


def test_no_more_than_the_last_few_are_kept(own_folder: Path) -> None:
    for number in range(15):
        keep_arrays(cache_file("control-syria", key_of(str(number))), ARRAYS)
    keep_arrays(cache_file("control", key_of("other")), ARRAYS)
    files = sorted(one.name for one in own_folder.iterdir())
    assert sum(one.startswith("control-syria-") for one in files) == 12
    assert len(files) == 13


def test_a_folder_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SYRIAMAP_CACHE", str(tmp_path / "file" / "below"))
    path = cache_file("control-syria", key_of("a"))
    keep_arrays(path, ARRAYS)
    assert kept_arrays(path, ARRAYS) is None
