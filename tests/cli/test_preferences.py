"""Settings files and variables: which counts, what is wrong with one, where they are looked for."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from commands import CLAIMS, only_line
from theaters import arcadia, claim, write_claims_csv

from syriamap.cli.preferences import preferences_in
from syriamap.errors import SettingsError

DAY = "2030-03-05"


@pytest.fixture
def home(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a repository in it, and a folder in that, where the commands run."""
    below = tmp_path / "repository" / "deep" / "below"
    below.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(below)
    more = [claim("elm", "league", reported_on="2030-03-04")]
    write_claims_csv(tmp_path / "repository" / "mine.csv", more)
    return tmp_path


def places(run, *words: object) -> set[str]:
    result = run("control", DAY, *words)
    assert result.code == 0, result.err
    return {row["place_id"] for row in csv.DictReader(io.StringIO(result.out))}


def test_the_nearest_file_up_to_the_repository(run, home: Path, folder: Path) -> None:
    root = home / "repository"
    settings = f"theater = {json.dumps(str(folder))}\nclaims = 'mine.csv'\n"
    (root / "pyproject.toml").write_text(
        "[tool.syriamap]\n" + settings + "only-claims = true\n", encoding="utf-8"
    )
    assert places(run) == {"elm"}
    (root / "deep" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert places(run) == {"elm"}  # a pyproject.toml without the table says nothing
    (root / "deep" / "syriamap.toml").write_text(
        settings.replace("'mine.csv'", "['../mine.csv']"), encoding="utf-8"
    )
    assert places(run) == {"oak", "pine", "elm"}
    told = run("--debug", "control", DAY).err
    assert f"settings: {root / 'deep' / 'syriamap.toml'} theater, claims" in told


def test_what_lies_above_the_repository_does_not_count(home: Path) -> None:
    (home / "syriamap.toml").write_text("lang = 'ar'\n", encoding="utf-8")
    below = home / "repository" / "deep"
    assert preferences_in(below, home=home).file is None
    (home / "repository" / ".git").rmdir()
    assert preferences_in(below, home=home).values == {"lang": "ar"}
    elsewhere = home / "nobody"  # neither in a home nor in a repository: the folder alone
    assert preferences_in(below, home=elsewhere).file is None
    assert preferences_in(home, home=elsewhere).values == {"lang": "ar"}
    said = "claims = ['postgresql://host:5432/war/claims', 'mine.csv']"
    (home / "syriamap.toml").write_text(said, encoding="utf-8")
    kept = preferences_in(home, home=home).values["claims"]
    assert kept == ["postgresql://host:5432/war/claims", str(home / "mine.csv")]
    given = {"SYRIAMAP_CLAIMS": "postgresql://host:5432/war/claims"}
    assert preferences_in(home, home=home, environment=given).values["claims"] == list(
        given.values()
    )
    given = {"SYRIAMAP_CLAIMS": os.pathsep.join(["a.csv", "b.csv"])}
    assert preferences_in(home, home=home, environment=given).values["claims"] == ["a.csv", "b.csv"]


def test_an_option_before_a_variable_before_the_file(
    run, home: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = home / "repository"
    other = arcadia(tmp_path / "other", claims=[CLAIMS[1]])
    (root / "syriamap.toml").write_text(f"theater = {json.dumps(str(folder))}\n", encoding="utf-8")
    assert places(run) == {"oak", "pine"}
    monkeypatch.setenv("SYRIAMAP_THEATER", str(other))
    assert places(run) == {"pine"}
    assert places(run, "--theater", folder) == {"oak", "pine"}
    monkeypatch.setenv("SYRIAMAP_CLAIMS", str(root / "mine.csv"))
    assert places(run) == {"pine", "elm"}
    monkeypatch.setenv("SYRIAMAP_ONLY_CLAIMS", "1")
    assert places(run) == {"elm"}
    monkeypatch.setenv("SYRIAMAP_ONLY_CLAIMS", "perhaps")
    assert "SYRIAMAP_ONLY_CLAIMS=perhaps: true or false would do" in run("control", DAY).err
    monkeypatch.setenv("SYRIAMAP_ONLY_CLAIMS", "0")
    assert "environment: SYRIAMAP_THEATER, SYRIAMAP_CLAIMS" in run("--debug", "control", DAY).err


def test_the_language_of_a_page(run, home: Path, folder: Path) -> None:
    (home / "repository" / "syriamap.toml").write_text('lang = "ar"\n', encoding="utf-8")
    page = home / "page.html"
    assert run("map", DAY, "--theater", folder, "-o", page).code == 0
    assert '<html lang="ar"' in page.read_text(encoding="utf-8")
    assert run("map", DAY, "--theater", folder, "-o", page, "--lang", "en").code == 0
    assert '<html lang="en"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theatre = 'x'", "no setting 'theatre'; theater would be one"),
        ("moon = 1", "no setting 'moon'; there are: theater, claims"),
        ("lang = 'fr'\nclaims = [1]", "lang = 'fr': en or ar would do; claims = [1]: a path or a"),
        ("only-claims = 'yes'", "only-claims = 'yes': true or false would do"),
        ("theater = ", "not readable as TOML"),
        ("theater = " + "[" * 3000, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_one_error(run, home: Path, text: str, said: str) -> None:
    file = home / "repository" / "syriamap.toml"
    file.write_text(text, encoding="utf-8")
    result = run("resolve", "Oakham")
    assert (result.code, result.out) == (1, "")
    assert said in only_line(result.err)
    assert str(file) in result.err
    assert run("--version").code == 0
    with pytest.raises(SettingsError):
        preferences_in(file.parent, home=home)
