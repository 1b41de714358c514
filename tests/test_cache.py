"""The cache changes nothing but time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

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
    for broken in (b"", whole[:40], forged):
        path.write_bytes(broken)
        assert kept_arrays(path, ARRAYS) is None


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
