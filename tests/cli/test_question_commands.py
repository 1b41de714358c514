"""`explain` and `evaluate` on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from theaters import arcadia, claim
from typer.testing import CliRunner

from syriamap.cli.app import app
from syriamap.pipeline.build import build

DAY = date(2030, 3, 5)


def explained(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(app, ["explain", *words, "--theater", str(folder)])


def test_explain_on_the_command_line(tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", publisher="Crown Radio", day="2030-02-01"),
        claim("oak", "rebels", publisher="Rebel Radio", reported_on="2030-03-03"),
        claim("fir", "rebels", "controls", publisher="Wire"),
    ]
    folder = arcadia(tmp_path / "arcadia", claims=rows)
    told = json.loads(explained(folder, "Oakham", "2030-03-05", "--json").stdout)
    assert told["place_id"] == "oak"
    assert [step["date"] for step in told["steps"]] == ["2030-02-01", "2030-03-01"]
    assert {"weight", "reasons", "changed_km2", "without_leaning"} < set(told["claims"][0])
    before = json.loads(
        explained(folder, "oak", "2030-03-05", "--json", "--known-by", "2030-03-02").stdout
    )
    assert before["leaning"] == "crown"
    side = ("oak", "2030-03-05", "--json", "--according-to")
    assert json.loads(explained(folder, *side, "crown").stdout)["leaning"] == "crown"
    assert json.loads(explained(folder, *side, "rebels").stdout)["leaning"] == "rebels"
    text = explained(folder, "Oakham", "2030-03-05").stdout
    assert "step by step" in text
    assert "without it" in text
    for name, expected in (("Newton", "may be 2 places"), ("Elmfordd", "no place named")):
        failed = explained(folder, name, "2030-03-05")
        assert failed.exception is not None
        assert expected in str(failed.exception)


def test_a_page_tells_what_would_change_without_a_claim(tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", publisher="Crown Radio", day="2030-02-01"),
        claim("oak", "rebels", publisher="Rebel Radio", reported_on="2030-03-03"),
        claim("fir", "rebels", "controls", publisher="Wire"),
    ]
    folder = arcadia(tmp_path / "arcadia", claims=rows)
    made = build(DAY, theater=folder).explained()
    own = dict(zip(made.control["place_id"], made.control["without"], strict=True))
    assert own["oak"]
    known, actors = set(made.claims["claim_id"]), {"", *made.theater.actors.index}
    for claim_id, actor, km2 in (effect for effects in own.values() for effect in effects):
        assert claim_id in known
        assert actor in actors
        assert km2 >= 0
    page = tmp_path / "map.html"
    words = ["map", "2030-03-05", "--effects", "--theater", str(folder), "-o", str(page)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert page.exists()
    refused = CliRunner().invoke(app, [*words, "--since", "2030-03-01"])
    assert refused.exit_code == 2
    assert "--effects is for the map of one date" in refused.output
