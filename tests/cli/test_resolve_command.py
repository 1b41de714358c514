"""`syriamap resolve` on the command line: lists, context, relative places, and the way online."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from geopy.location import Location
from theaters import arcadia

from syriamap.cli.app import main
from syriamap.names import geocoder

KEYS = {
    "place_id",
    "name",
    "name_ar",
    "kind",
    "admin1",
    "admin2",
    "admin3",
    "lat",
    "lon",
    "score",
    "how",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arcadia(tmp_path_factory.mktemp("resolve") / "arcadia")


def resolve(capsys: pytest.CaptureFixture[str], folder: Path, *words: object) -> list[dict]:
    with pytest.raises(SystemExit) as stop:
        main(["resolve", *map(str, words), "--json", "--theater", str(folder)])
    assert not stop.value.code
    answers = json.loads(capsys.readouterr().out)
    for one in answers:
        assert set(one) == {"query", "status", "candidates"}
        assert all(set(candidate) == KEYS for candidate in one["candidates"])
    return answers


def test_names_from_a_file(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "names.txt").write_text("Oakham\n\n  Newton \n", encoding="utf-8")
    answers = resolve(capsys, folder, "Ashford", "--file", tmp_path / "names.txt")
    assert [one["query"] for one in answers] == ["Ashford", "Oakham", "Newton"]


def test_a_place_near(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (one,) = resolve(capsys, folder, "Newton", "--near", "Pineburgh")
    assert one["status"] == "accepted"
    assert one["candidates"][0]["place_id"] == "newton-e"


def test_a_relative_place(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (one,) = resolve(capsys, folder, "6 miles north of Oakham")
    assert one["status"] == "accepted"
    (candidate,) = one["candidates"]
    assert (candidate["place_id"], candidate["kind"]) == ("", "area")
    assert candidate["how"].startswith("offset ±")


def test_no_name_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["resolve", "--theater", str(folder)])
    assert stop.value.code == 2


def test_the_network_is_asked_only_when_told_and_only_for_what_is_missing(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def canned(names: list[str], **options: object) -> dict[str, list[Location]]:
        asked.extend(names)
        assert options["review"] == tmp_path / "review.csv"
        return {name: [Location("Far Away", (46.5, 14.5), {})] for name in names}

    monkeypatch.setattr(geocoder, "ask_online", canned)
    resolve(capsys, folder, "Oakham", "zzz")
    assert asked == []
    main_words = ["resolve", "Oakham", "zzz", "--online", "--review", str(tmp_path / "review.csv"),
                  "--theater", str(folder)]  # fmt: skip
    with pytest.raises(SystemExit) as stop:
        main(main_words)
    assert stop.value.code == 0
    assert asked == ["zzz"]
    err = capsys.readouterr().err
    assert "online: zzz: Far Away 46.5000,14.5000" in err
    assert "review.csv" in err


def test_one_answer_loads_no_frames(folder: Path) -> None:
    code = (
        "import sys; from syriamap.cli.app import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'shapely', 'geopandas', 'geopy'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: PLW1510
        [sys.executable, "-c", code, "resolve", "Oakham", "--theater", str(folder)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
