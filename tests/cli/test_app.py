"""The command line: exit codes, one-line errors, files written whole, names in every script."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import CLAIMS, Result, only_line
from theaters import (
    arcadia,
    claim,
    required_only,
    twenty_actors,
    two_actors,
    write_claims_csv,
    write_theater,
)

from syriamap.cli.app import main

DAY = "2030-03-05"


def shell(*words: object) -> Result:
    """Run the installed program as a shell would."""
    command = [sys.executable, "-m", "syriamap", *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=False)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


# --- what the commands do -----------------------------------------------------------------------


def test_map_writes_one_page_and_says_so(run, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "deep" / "page.html"
    result = run("map", DAY, "--theater", folder, "-o", page)
    assert (result.code, result.out) == (0, "")
    assert str(page) in only_line(result.err)
    assert "2 places" in result.err
    assert "<html" in page.read_text(encoding="utf-8")
    assert [path.name for path in page.parent.iterdir()] == ["page.html"]
    first = page.read_bytes()
    run("map", DAY, "--theater", folder, "-o", page)
    assert page.read_bytes() == first


def test_map_goes_to_output_by_default(
    run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("map", DAY, "--theater", folder).code == 0
    assert (tmp_path / "output" / f"arcadia-{DAY}.html").is_file()


@pytest.mark.parametrize("build", [required_only, twenty_actors])
def test_maps_of_made_up_countries(run, build, tmp_path: Path) -> None:
    result = run("map", DAY, "--theater", build(tmp_path / "land"), "-o", tmp_path / "page.html")
    assert result.code == 0


def test_control_prints_csv(run, folder: Path) -> None:
    result = run("control", DAY, "--theater", folder)
    assert (result.code, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(row["place_id"], row["actor"], row["status"]) for row in rows] == [
        ("oak", "crown", "held"), ("pine", "rebels", "held")
    ]  # fmt: skip
    assert list(rows[0]) == ["place_id", "name", "lat", "lon", "actor", "status", "confidence",
                             "since", "reasons", "claim_ids"]  # fmt: skip


def test_control_writes_the_same_to_a_file(run, folder: Path, tmp_path: Path) -> None:
    printed = run("control", DAY, "--theater", folder).out
    result = run("control", DAY, "--theater", folder, "-o", tmp_path / "c.csv")
    assert result.out == ""
    assert "c.csv" in result.err
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == printed


def test_export_writes_geojson(run, folder: Path, tmp_path: Path) -> None:
    result = run("export", DAY, "--theater", folder, "-o", tmp_path / "m.geojson")
    assert (result.code, result.out) == (0, "")
    document = json.loads((tmp_path / "m.geojson").read_text(encoding="utf-8"))
    assert document["metadata"]["theater"] == "arcadia"


def test_options_of_the_build(run, folder: Path, tmp_path: Path) -> None:
    more = write_claims_csv(
        tmp_path / "more.csv", [claim("elm", "league", reported_on="2030-03-04")]
    )

    def places(*options: object) -> set[str]:
        result = run("control", DAY, "--theater", folder, *options)
        assert result.code == 0, result.err
        return {row["place_id"] for row in csv.DictReader(io.StringIO(result.out))}

    assert places("--claims", more) == {"oak", "pine", "elm"}
    assert places("--claims", more, "--only-claims") == {"elm"}
    assert places("--claims", more, "--known-by", "2030-03-03") == {"oak", "pine"}
    assert places("--claims", more, "--claims", more) == {"oak", "pine", "elm"}
    assert places("--according-to", "crown") == {"oak", "pine"}


def test_resolve(run, folder: Path) -> None:
    result = run("resolve", "Oakham", "أوكهام", "Newton", "nowhere", "--theater", folder)
    assert (result.code, result.err) == (0, "")
    heads = [line for line in result.out.splitlines() if line[:1] != " "]
    assert heads == ["Oakham: accepted", "أوكهام: accepted", "Newton: ambiguous",
                     "nowhere: not found"]  # fmt: skip
    assert "46.2000,14.2000" in result.out


def test_nothing_found_is_no_success(run, folder: Path) -> None:
    result = run("resolve", "nowhere", "nobody", "--theater", folder)
    assert (result.code, result.err) == (1, "")
    assert result.out == "nowhere: not found\nnobody: not found\n"
    assert run("resolve", "nowhere", "Newton", "--theater", folder).code == 0


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["map", DAY], b"<!DOCTYPE html>"),
        (["export", DAY], b'{"type":"FeatureCollection"'),
        (["control", DAY], b"place_id,"),
        (["changes", "2030-03-01", DAY], b"kind,"),
        (["figure", DAY], b"\x89PNG"),
        (["history", "2030-03-01", DAY], b"date,"),
        (["claims", "export"], b"claim_id,"),
    ],
)
def test_a_dash_is_standard_output(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    words: list[str],
    begins: bytes,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        main([*words, "-o", "-", "--theater", str(folder)])
    written, said = capfdbinary.readouterr()
    assert not stop.value.code, said
    assert written.startswith(begins)
    assert b"wrote" not in said
    assert not list(tmp_path.iterdir())


def test_help_is_short_and_long_and_shells_can_complete(folder: Path) -> None:
    assert shell("map", "-h").out == shell("map", "--help").out
    for name in ("bash", "zsh", "fish"):
        asked = {"_SYRIAMAP_COMPLETE": f"complete_{name}", "COMP_WORDS": "syriamap expl", "COMP_CWORD": "1",
                 "_TYPER_COMPLETE_ARGS": "syriamap expl", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "syriamap"], env=os.environ | asked, capture_output=True, check=False
        )  # fmt: skip
        assert b"explain" in done.stdout, (name, done.stderr)


def test_resolve_as_json(run, folder: Path) -> None:
    result = run("resolve", "--json", "اوكهام", "Newton", "x", "--theater", folder)
    first, second, third = json.loads(result.out)
    assert (first["query"], first["status"]) == ("اوكهام", "accepted")
    assert first["candidates"][0]["place_id"] == "oak"
    assert {"score", "how", "lat", "lon", "name_ar"} <= set(first["candidates"][0])
    assert (second["status"], len(second["candidates"])) == ("ambiguous", 2)
    assert (third["status"], third["candidates"]) == ("not_found", [])
    assert "اوكهام" in result.out


def test_resolve_in_a_governorate(run, folder: Path) -> None:
    result = run("resolve", "Newton", "--in", "Eastshire", "--json", "--theater", folder)
    (one,) = json.loads(result.out)
    assert [candidate["place_id"] for candidate in one["candidates"]] == ["newton-e"]
    assert run("resolve", "Newton", "--in", "x", "--theater", folder).code == 1


def test_claims_check(run, folder: Path, tmp_path: Path) -> None:
    good = write_claims_csv(tmp_path / "good.csv", CLAIMS)
    result = run("claims", "check", good, "--theater", folder)
    assert (result.code, result.err) == (0, "")
    assert "3 claims on 3 places, no complaints" in result.out
    bad = write_claims_csv(
        tmp_path / "bad.csv", [claim("oak", "x"), claim("oaks", "crown", "controls")]
    )
    result = run("claims", "check", bad, "--theater", folder)
    assert (result.code, result.out) == (1, "")
    assert result.err.count("row ") == 2
    assert "row 2, column actor: 'x'" in result.err
    assert "row 3, column place_id: 'oaks'" in result.err


def test_embed_prints_a_snippet(run, folder: Path, tmp_path: Path) -> None:
    run("map", DAY, "--theater", folder, "-o", tmp_path / "page.html")
    result = run("embed", tmp_path / "page.html")
    assert result.code == 0
    assert "<iframe" in result.out


def test_version_and_help(run) -> None:
    from syriamap import __version__

    assert run("--version") == Result(0, f"{__version__}\n", "")
    for words in (["--help"], *([name, "--help"] for name in
                                ("map", "control", "export", "resolve", "claims", "embed"))):  # fmt: skip
        result = run(*words)
        assert result.code == 0
        assert "Usage:" in result.out
        assert "{" not in result.out


def test_usage_names_arguments_as_the_manual_does(run) -> None:
    usage = {name: run(*name.split(), "--help").out.splitlines()[0].split("[OPTIONS] ")[1]
             for name in ("map", "changes", "figure", "resolve", "claims stats")}  # fmt: skip
    assert usage == {"map": "DATE", "changes": "FROM TO", "figure": "DATE…", "resolve": "[NAME…]",
                     "claims stats": "[FILE…]"}  # fmt: skip


def test_warnings_go_to_stderr(run, tmp_path: Path) -> None:
    folder = arcadia(tmp_path, claims=CLAIMS, moon="full")
    result = run("control", DAY, "--theater", folder)
    assert result.code == 0
    assert only_line(result.err).startswith("warning: ")
    assert "moon" in result.err


# --- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        [], ["nothing"], ["map"], ["map", "6 December"], ["map", "2030-02-30"], ["map", DAY, "--x"],
        ["export", DAY], ["control", DAY, "--known-by", "soon"], ["claims"], ["resolve"],
        ["claims", "check"],
    ],
)  # fmt: skip
def test_usage_errors_have_code_2(run, words: list[str]) -> None:
    result = run(*words)
    assert result.code == 2
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["map", DAY, "--theater", "none"], "no such theater folder"),
        (["control", DAY, "--border", "x"], None),
        (["map", DAY, "--theater", "FOLDER", "--border", "x"], "no border variant 'x'"),
        (["control", DAY, "--theater", "FOLDER", "--according-to", "x"], "no side 'x'"),
        (["export", DAY, "--theater", "none", "-o", "x.shp"], ".geojson"),
        (["embed", "none.html"], "none.html"),
        (["resolve", "x", "--theater", "FOLDER", "--in", "y"], "no governorate 'y'"),
    ],
)
def test_errors_are_one_line_and_code_1(
    run, folder: Path, words: list[str], said: str | None
) -> None:
    result = run(*(str(folder) if word == "FOLDER" else word for word in words))
    if said is None:
        assert result.code == 2
        return
    assert (result.code, result.out) == (1, "")
    assert said in only_line(result.err)
    assert result.err.startswith("error: ")


def test_a_claims_file_that_is_not_there(run, folder: Path) -> None:
    result = run("control", DAY, "--theater", folder, "--claims", "none.csv")
    assert result.code == 1
    assert "none.csv" in result.err
    assert "no such file" in result.err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "not enough memory"),
        (KeyError("no such\x1b[2J thing"), "this is a fault of syriamap"),
        (RecursionError("too deep"), "RecursionError: too deep"),
        (OSError(28, "No space left on device", "page.html"), "page.html: No space left on device"),
    ],
)
def test_what_nobody_foresaw_is_one_line_too(
    run, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("syriamap.theater.shipped.default_folder", fails)
    result = run("resolve", "Hama")
    assert (result.code, result.out) == (1, "")
    assert said in only_line(result.err)
    assert "\x1b" not in result.err
    if "fault" in said:
        assert re.search(r"in names/[a-z_/]+\.py:[0-9]+|in cli/[a-z_/]+\.py:[0-9]+", result.err)
        assert "--debug" in result.err


def test_names_do_not_drive_a_terminal(run, folder: Path, tmp_path: Path) -> None:
    result = run("resolve", "\x1b]0;owned\x07\u202eamaH", "--theater", folder)
    assert "\x1b" not in result.err
    ours, theirs = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "syriamap", "resolve", "\x1b[2J\u202eoak", "--theater", folder],
        stdout=theirs, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode in {0, 1}, done.stderr
    assert "\\x1b[2J\\u202eoak" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_debug_shows_where(run) -> None:
    result = run("--debug", "map", DAY, "--theater", "none")
    assert result.code == 1
    assert "Traceback" in result.err
    assert result.err.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in run("map", DAY, "--theater", "none").err


@pytest.mark.parametrize("command", ["map", "control", "export"])
def test_an_output_that_cannot_be_written(run, folder: Path, tmp_path: Path, command: str) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("keep", encoding="utf-8")
    for target in (blocked / "below.geojson", tmp_path / "taken.geojson"):
        (tmp_path / "taken.geojson").mkdir(exist_ok=True)
        result = run(command, DAY, "--theater", folder, "-o", target)
        assert (result.code, result.out) == (1, "")
        line = only_line(result.err)
        assert str(tmp_path) in line
        assert ".taken" not in line  # not the temporary name
    assert blocked.read_text(encoding="utf-8") == "keep"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "taken.geojson"]


@pytest.mark.parametrize("command", ["map", "control", "export"])
def test_a_failing_run_leaves_the_old_file(run, folder: Path, tmp_path: Path, command: str) -> None:
    old = tmp_path / "old.geojson"
    old.write_text("old", encoding="utf-8")
    bad = write_claims_csv(tmp_path / "bad.csv", [claim("oak", "nobody")])
    assert run(command, DAY, "--theater", folder, "--claims", bad, "-o", old).code == 1
    assert old.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "old.geojson"]


@pytest.mark.parametrize("command", ["map", "control", "export"])
def test_an_interrupted_run_leaves_the_old_file(
    run, folder: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.geojson"
    old.write_text("old", encoding="utf-8")

    def interrupted(self: Path, target: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    result = run(command, DAY, "--theater", folder, "-o", old)
    assert result.code in {1, 130}
    assert "Traceback" not in result.err
    assert old.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.geojson"]


def test_the_country_of_hostile_names(run, tmp_path: Path) -> None:
    hostile = "{{7*7}}</script>${x}`<img src=x onerror=alert(1)>"
    place = {"place_id": "x", "name": f"={hostile}", "kind": "town", "lat": 46.5, "lon": 14.5}
    folder = write_theater(
        tmp_path / "land", places=[place], actors=two_actors(), claims=[claim("x", "red")]
    )
    printed = run("control", DAY, "--theater", folder)
    (row,) = csv.DictReader(io.StringIO(printed.out))
    assert row["name"] == f"'={hostile}"
    assert run("map", DAY, "--theater", folder, "-o", tmp_path / "p.html").code == 0
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "49</script>" not in page
    assert "<img src=x" not in page


# --- as a program -------------------------------------------------------------------------------


def typed(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Put text on stdin, in a terminal that is not UTF-8."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="latin-1"))


def test_names_from_stdin_in_a_terminal_that_is_not_utf8(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "Oakham\n\n  أوكهام \nNewton\n".encode())
    printed = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", printed)
    result = run("resolve", "-", "--theater", folder)
    assert (result.code, result.err) == (0, "")
    printed.flush()
    out = printed.buffer.getvalue().decode()
    assert "أوكهام: accepted" in out
    assert out.count("accepted") == 2


def test_stdin_that_is_no_text(run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, b"\xff\xfe\nOakham\n")
    result = run("resolve", "-", "--json", "--theater", folder)
    assert (result.code, result.err) == (0, "")
    assert [one["status"] for one in json.loads(result.out)] == ["not_found", "accepted"]
    typed(monkeypatch, b"")
    assert json.loads(run("resolve", "-", "--json", "--theater", folder).out) == []


def test_an_argument_that_is_no_text(folder: Path) -> None:
    result = shell("resolve", os.fsdecode(b"\xff"), "--json", "--theater", folder)
    assert (result.code, result.err) == (1, "")
    assert json.loads(result.out)[0]["status"] == "not_found"


def test_the_program_and_its_exit_codes(folder: Path) -> None:
    assert shell("control", DAY, "--theater", folder).code == 0
    failed = shell("control", DAY, "--theater", folder / "none")
    assert failed.code == 1
    assert only_line(failed.err).startswith("error: ")
    assert shell("control", "x").code == 2


def test_a_reader_that_stops_early(folder: Path) -> None:
    command = f"{sys.executable} -m syriamap control {DAY} --theater {folder} | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_output_into_a_pipe(folder: Path) -> None:
    result = shell("control", DAY, "--theater", folder, "-o", "/dev/stdout")
    assert result.code == 0
    assert result.out.startswith("place_id,")
    assert Path("/dev/stdout").is_symlink()


def test_a_cache_that_lies_is_told_to_who_asks(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from syriamap.cache import kept_arrays

    kept = tmp_path / "control-syria-0.npz"

    def reads(*_: object) -> None:
        assert kept_arrays(kept, ["chance"]) is None
        raise OSError(2, "No such file", "page.html")

    monkeypatch.setattr("syriamap.theater.shipped.default_folder", reads)
    for debug in (False, True):
        kept.write_bytes(b"not an archive")
        said = run("resolve", "Hama", *(["--debug"] if debug else [])).err
        assert (f"debug: cache: {kept} is thrown away" in said) is debug
        assert not kept.exists()


# --- values -------------------------------------------------------------------------------------


def test_plain_values_load_nothing_that_checks_values(folder: Path, tmp_path: Path) -> None:
    lines = (
        "import sys",
        "from syriamap.cli.app import main",
        "words = ['control', '2030-03-05', '--theater', *sys.argv[1:2], '-o', *sys.argv[2:3]]",
        "try: main(words)",
        "except SystemExit as end: assert not end.code, end.code",
        "print('pydantic' in sys.modules)",
    )
    command = [sys.executable, "-c", "\n".join(lines), str(folder), str(tmp_path / "control.csv")]
    for _ in range(2):  # the file is new, and then there
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("jobs", ["many", "-1", "1.5"])
def test_a_number_of_jobs_that_is_none_is_an_error_of_usage(run, jobs: str) -> None:
    told = run("map", DAY, "--jobs", jobs)
    assert told.code == 2
    assert "'--jobs'" in told.err
