"""What a terminal is told: tables, a working line, nothing that drives it; JSON and pipes apart."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import CLAIMS
from theaters import claim, write_claims_csv, write_theater

from syriamap.cli.working import WorkingLine

DAY = "2030-03-05"


class Terminal(io.StringIO):
    """Text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(*words: object) -> str:
    """What a person sees who runs a command."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "syriamap", *map(str, words)]
    done = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert done.wait() == 0, seen
    return seen.decode()


def test_a_table_is_drawn_on_a_terminal_and_drives_nothing(tmp_path: Path) -> None:
    hostile = [
        {"place_id": "x", "name": "Oak\x1b[2J[red]ham", "kind": "town", "lat": 46.5, "lon": 14.5}
    ]
    folder = write_theater(tmp_path, places=hostile, claims=[claim("x", "crown", "controls")])
    seen = on_a_terminal("control", DAY, "--theater", folder)
    assert "place_id" in seen
    assert "[red]ham" in seen  # text, not a color of rich's
    assert "\x1b[2J" not in seen
    assert "claim_ids" not in seen  # no room for them; JSON and CSV have them
    assert "," not in seen.split("place_id")[1].split("\n")[0]


def test_the_working_line_comes_late_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    with WorkingLine(stream, patience=0.0) as line:
        with line.doing("days", 4) as told:
            told(1)
            time.sleep(0.5)
            assert "days  [######------------------]  1/4" in stream.getvalue()
            with line.away():
                stream.write("a warning\n")
        assert line.text().startswith("working")
    assert "\r\x1b[Ka warning\n" in stream.getvalue()
    assert stream.getvalue().endswith(("\r\x1b[K", "a warning\n"))
    quiet = Terminal()
    with WorkingLine(quiet, patience=60.0) as line, line.doing("days", 4):
        time.sleep(0.3)
    assert quiet.getvalue() == ""


def test_a_pipe_has_no_line(run, folder: Path) -> None:
    result = run("control", DAY, "--theater", folder)
    assert result.err == ""
    assert "\x1b" not in result.out


# --- one shape of JSON --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (["control", DAY], {"place_id", "actor", "since", "claim_ids"}),
        (["changes", "2030-02-27", DAY], {"kind", "from_actor", "to_actor", "area_km2"}),
        (["history", "2030-02-27", DAY], {"date", "actor", "area_km2"}),
        (["claims", "stats"], {"by", "value", "claims"}),
        (["evaluate", "--hide", "0.5", "--seeds", "1"], {"how", "accuracy"}),
    ],
)
def test_a_table_as_json_is_an_object_with_rows(
    run, folder: Path, words: list[str], columns: set[str], tmp_path: Path
) -> None:
    earlier = write_claims_csv(
        tmp_path / "earlier.csv",
        [claim(place, "rebels", "controls", day="2030-02-01") for place in ("oak", "elm", "ash")],
    )
    more = [] if words[0] == "claims" else ["--claims", earlier]
    result = run(*words, "--json", "--theater", folder, *more)
    assert (result.code, result.out.count("\n")) == (0, 1), result.err
    document = json.loads(result.out)
    assert document["rows"]
    assert columns <= set(document["rows"][0])
    assert "NaN" not in result.out


def test_the_rows_are_those_of_the_csv(run, folder: Path) -> None:
    rows = json.loads(run("control", DAY, "--json", "--theater", folder).out)["rows"]
    head, first = run("control", DAY, "--theater", folder).out.splitlines()[:2]
    assert list(rows[0]) == head.split(",")
    assert rows[0]["since"] in first
    assert rows[0]["claim_ids"] == first.rsplit(",", 1)[1].split(";")


def test_complaints_as_json(run, folder: Path, tmp_path: Path) -> None:
    good = write_claims_csv(tmp_path / "good.csv", CLAIMS)
    bad = write_claims_csv(tmp_path / "bad.csv", [claim("oaks", "crown", "controls")])
    result = run("claims", "check", good, "--json", "--theater", folder)
    assert (result.code, json.loads(result.out)) == (0, {"claims": 3, "rows": []})
    result = run("claims", "check", bad, "--json", "--theater", folder)
    assert result.code == 1
    (row,) = json.loads(result.out)["rows"]
    assert (row["row"], row["column"], row["value"]) == (2, "place_id", "oaks")
    result = run("claims", "diff", good, write_claims_csv(tmp_path / "two.csv", CLAIMS[:2]),
                 "--json", "--theater", folder)  # fmt: skip
    (row,) = json.loads(result.out)["rows"]
    assert (row["change"], row["relation"], row["lat"]) == ("removed", "struck", 46.25)


def test_a_theater_as_json(run, folder: Path, tmp_path: Path) -> None:
    result = run("theater", "check", folder, "--json")
    document = json.loads(result.out)
    assert (result.code, document["places"]) == (0, 11)
    assert {row["kind"] for row in document["rows"]} <= {"warning"}
    result = run("theater", "check", tmp_path / "none", "--json")
    assert result.code == 1
    assert json.loads(result.out)["rows"][0]["kind"] == "complaint"
