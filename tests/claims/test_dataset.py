"""Data sets of Parquet: the same claims, the same map, and nothing that was not written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from commands import Run
from theaters import claim, read_arcadia, write_claims_csv

from syriamap.claims import dataset
from syriamap.claims.dataset import MANIFEST, read_dataset, write_dataset
from syriamap.claims.reader import read_claims
from syriamap.errors import ClaimsError, ExportError, TableError
from syriamap.files import SyriamapWarning
from syriamap.theater.folder import Theater, read_theater

ROWS = [
    claim("oak", "crown", "controls", day="2029-12-30"),
    claim("elm", "rebels", day="2030-04-01", publisher="Agency", reported_on="2030-04-02"),
    {**claim("", "rebels", day="2030-04-03", note="=1+1"), "place": "a wood", "lat": "46.4",
     "lon": "14.4"},
]  # fmt: skip


@pytest.fixture
def claims(theater: Theater, tmp_path: Path) -> pd.DataFrame:
    return read_claims(write_claims_csv(tmp_path / "in.csv", ROWS), theater)


def files_of(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*.parquet"))


def test_the_frame_of_a_set_is_that_of_its_table(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    folder = write_dataset(claims, tmp_path / "set", theater)
    back, checked = read_dataset(folder, theater)
    assert checked
    pd.testing.assert_frame_equal(read_claims(folder, theater), claims)
    pd.testing.assert_frame_equal(read_claims([folder, tmp_path / "in.csv"], theater), claims)
    assert len(back) == 3
    assert [name.split("/")[1] for name in files_of(folder)] == ["year=2029", "year=2030"]


def test_equal_claims_make_equal_bytes_and_other_theaters_stay(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    folder = write_dataset(claims, tmp_path / "set", theater)
    first = (folder / MANIFEST).read_bytes()
    neighbor = replace(theater, id="bohemia")
    write_dataset(claims[:1], folder, neighbor)
    assert len(read_claims(folder, theater)) == 3
    assert len(read_claims(folder, neighbor)) == 1
    write_dataset(claims[:1], folder, theater)
    assert [name.split("/")[:2] for name in files_of(folder)] == [
        ["theater=arcadia", "year=2029"],
        ["theater=bohemia", "year=2029"],
    ]
    again = write_dataset(claims, tmp_path / "again", theater)
    assert (again / MANIFEST).read_bytes() == first
    with pytest.raises(TableError, match=r"'cilicia'; it has those of: arcadia, bohemia"):
        read_dataset(folder, replace(theater, id="cilicia"))


def test_other_theaters_files_are_not_opened(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    folder = write_dataset(claims, tmp_path / "set", replace(theater, id="bohemia"))
    write_dataset(claims, folder, theater)
    for name in files_of(folder):
        if "bohemia" in name:
            (folder / name).write_bytes(b"nothing")
    assert len(read_claims(folder, theater)) == 3


def test_what_was_not_written_is_not_read(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    folder = write_dataset(claims, tmp_path / "set", theater)
    one = folder / files_of(folder)[0]
    body = one.read_bytes()
    one.write_bytes(body[:-1] + b"?")
    with pytest.raises(ClaimsError, match=r"is damaged: theater=arcadia/year=2029/.* is not what"):
        read_claims(folder, theater)
    one.unlink()
    with pytest.raises(ClaimsError, match=r"year=2029/.*\.parquet cannot be read"):
        read_claims(folder, theater)


def test_a_file_without_a_column_is_one_line(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    folder = write_dataset(claims, tmp_path / "set", theater)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (one, _) = manifest["theaters"]["arcadia"]["files"]
    table = pq.read_table(folder / one["path"]).drop_columns(["note"])
    pq.write_table(table, folder / one["path"])
    one["sha256"] = hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ClaimsError, match=r"column note cannot be read"):
        read_claims(folder, theater)


def test_words_of_years_that_differ_keep_their_rows(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    told = claims.assign(publisher=["Wire", "Agency", "Wire"], note=["a", "b", ""])
    folder = write_dataset(told, tmp_path / "set", theater)
    back, checked = read_dataset(folder, theater)
    assert checked
    assert back["publisher"].tolist() == ["Wire", "Agency", "Wire"]
    assert back["note"].tolist() == ["a", "b", ""]


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"format": "another"}', "another format, 'another'"),
        ('{"format": "syriamap claims 1", "theaters": {"arcadia": {}}}', "cannot be read"),
        (
            json.dumps(
                {
                    "format": "syriamap claims 1",
                    "theaters": {
                        "arcadia": {
                            "rows": 1,
                            "checked_with": "",
                            "files": [{"path": "../secret.parquet", "sha256": ""}],
                        }
                    },
                }
            ),
            "lies outside the data set",
        ),
    ],
)
def test_a_bad_manifest_is_one_line(
    theater: Theater, tmp_path: Path, manifest: str, said: str
) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(ClaimsError, match=said):
        read_claims(tmp_path, theater)


def test_a_folder_of_other_things_is_neither_read_nor_written(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    with pytest.raises(ClaimsError, match=r"is a folder without manifest\.json"):
        read_claims(tmp_path, theater)
    with pytest.raises(ExportError, match="folder of other things"):
        write_dataset(claims, tmp_path, theater)
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="a file without a format's ending"):
        write_dataset(claims, tmp_path / "file", theater)


def test_a_changed_theater_has_every_row_checked_anew(claims: pd.DataFrame, tmp_path: Path) -> None:
    theater = read_arcadia(tmp_path / "arcadia")
    folder = write_dataset(claims, tmp_path / "set", theater)
    places = theater.folder / "places.csv"
    places.write_text(
        places.read_text(encoding="utf-8").replace('"elm"', '"elm2"'),
        encoding="utf-8",
    )
    changed = read_theater(theater.folder)
    with (
        pytest.warns(SyriamapWarning, match="checked anew"),
        pytest.raises(ClaimsError, match=r"'elm' is not in places\.csv"),
    ):
        read_claims(folder, changed)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("relation", "conquered"),
        ("certainty", "sure"),
        ("actor", "nobody"),
        ("place_id", "nowhere"),
        ("area_id", "nowhere"),
        ("source_url", "javascript:alert(1)"),
    ],
)
def test_a_manifest_that_vouches_for_what_cannot_be_is_not_believed(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path, column: str, value: str
) -> None:
    folder = write_dataset(claims.assign(**{column: value}), tmp_path / "set", theater)
    with pytest.warns(SyriamapWarning, match="checked anew"), pytest.raises(ClaimsError):
        read_claims(folder, theater)


def test_text_of_a_set_passes_the_gate(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path
) -> None:
    folder = write_dataset(claims.assign(publisher="Wi\u202ere"), tmp_path / "set", theater)
    with pytest.warns(SyriamapWarning, match="checked anew|left out"):
        assert set(read_claims(folder, theater)["publisher"]) == {"Wire"}


def test_an_interrupted_writing_leaves_the_old_set(
    theater: Theater, claims: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_dataset(claims, tmp_path / "set", theater)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dataset.json, "dumps", stop)
        with pytest.raises(KeyboardInterrupt):
            write_dataset(claims[1:], folder, theater)
    pd.testing.assert_frame_equal(read_claims(folder, theater), claims)
    write_dataset(claims, folder, theater)
    assert len(files_of(folder)) == 2  # what the interrupted run left is swept


def test_commands_write_and_read_sets(run: Run, tmp_path: Path) -> None:
    theater = read_arcadia(tmp_path / "arcadia")
    where = ("--theater", str(theater.folder))
    table = write_claims_csv(tmp_path / "in.csv", ROWS)
    made = run("claims", "export", str(table), "-o", str(tmp_path / "set"), *where)
    assert (made.code, made.out) == (0, "")
    assert "3 claims" in made.err
    assert run("claims", "check", str(tmp_path / "set"), *where).out.endswith("no complaints\n")
    for target in ("other", "other.csv"):
        words = ("claims", "import", "csv", str(table), "-o", str(tmp_path / target))
        assert run(*words, *where).code == 0
    pd.testing.assert_frame_equal(
        read_claims(tmp_path / "other", theater), read_claims(tmp_path / "other.csv", theater)
    )
    pages = []
    for source in (str(table), str(tmp_path / "set")):
        page = tmp_path / "page.html"
        words = ("map", "2030-05-01", "--only-claims", "--claims", source, "-o", str(page))
        assert run(*words, *where).code == 0
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]
