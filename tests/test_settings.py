"""Settings stand in one table a stage; the docs print the tables and repeat no other number."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from paths import ROOT
from scripts import script

from syriamap.control.control_settings import CONTROL
from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.errors import TheaterError
from syriamap.territory.area_settings import AREAS
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.mesh.mesh_settings import MESH
from syriamap.theater.settings import own_settings, setting_rows

KNOBS, TIME = InferenceSettings(), TimeSettings()
CODES = {
    "(TODAY, EVE, EITHER)": "names of three kinds of factors",
    "_SPAN": "how a place and a day are one number",
    "_SHIFT": "the same",
    "(_NEVER, _EVER)": "days before and after all others",
}
FILE = Path("theater.toml")


def printer() -> ModuleType:
    return script("docs/settings.py")


TABLES = [table for _, _, table in printer().TABLES]


def test_the_page_of_settings_is_up_to_date() -> None:
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == printer().settings_page(), "run: python docs/settings.py"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: type(table).__name__)
def test_a_row_says_what_it_is(table: Any) -> None:
    assert is_dataclass(table)
    rows = setting_rows(table)
    assert [row.name for row in rows] == [one.name for one in fields(table)]
    for row in rows:
        assert row.meaning, row.name
        assert row.source, row.name
        assert "|" not in row.meaning + row.source + row.unit
        assert row.unit or isinstance(row.value, int | tuple), f"{row.name} has no unit"
        if row.source.startswith("benchmarks/"):
            assert (ROOT / row.source).exists(), row.source
    with pytest.raises(FrozenInstanceError):
        setattr(table, rows[0].name, 0)


def test_the_curves_are_those_of_the_values_in_use() -> None:
    """Who changes a setting measures it anew: ``python benchmarks/curves.py``."""
    text = (ROOT / "docs" / "settings-curves.md").read_text(encoding="utf-8")
    text = text.split("<!-- table -->")[1].split("<!-- end of table -->")[0]
    told = re.findall(r"^\| `(\w+)` \| ([\d.e-]+) \|", text, re.MULTILINE)
    table = (ROOT / "docs" / "settings-curves.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    assert [name for name, _ in told] == list(dict.fromkeys(row["setting"] for row in rows))
    for name, value in told:
        used = getattr(TIME, name)
        assert float(value) == used, name
        same = [row for row in rows if row["setting"] == name and float(row["value"]) == used]
        sets = {"cities"} if name.startswith("battle_") else {"war", "worlds"}
        assert {row["set"] for row in same} == sets, name
        assert {float(row["more_loss"]) for row in same} == {0.0}, name


def test_no_number_stands_beside_the_tables() -> None:
    """Constants of the stages are fields of a table, not names at the top of a module."""
    package = ROOT / "syriamap"
    for wing in ("control", "territory", "history"):
        for file in sorted((package / wing).rglob("*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in CODES:
                    continue
                if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    numbers = [
                        one.value
                        for one in ast.walk(node.value)
                        if isinstance(one, ast.Constant) and isinstance(one.value, int | float)
                    ]
                    assert not numbers, f"{file.relative_to(ROOT)}: {ast.unparse(node)}"


# --- what a theater says otherwise --------------------------------------------------------------


def test_a_theater_says_otherwise_by_key() -> None:
    given = {"length_km": 9, "reach_km": 5, "local_actors": ["a", 7], "nothing": 1}
    assert own_settings(TIME, given, FILE) == TimeSettings(length_km=9.0)
    own = own_settings(KNOBS, given, FILE)
    assert own == InferenceSettings(reach_km=5.0, local_actors=("a", "7"))
    # what bears no key stays as it is, even under its own name
    assert own_settings(KNOBS, {"pocket_km": 3.0}, FILE) == KNOBS


@pytest.mark.parametrize("value", [0, -1, "far", True, float("nan"), float("inf"), None])
def test_what_is_no_number_above_0_is_refused(value: Any) -> None:
    with pytest.raises(TheaterError, match=r"theater\.toml: engine\.length_km = .*above 0"):
        own_settings(TIME, {"length_km": value}, FILE)


def test_the_page_on_theaters_lists_every_key_with_its_value() -> None:
    page = (ROOT / "docs" / "theater.md").read_text(encoding="utf-8")
    block = next(one for one in re.findall(r"```toml\n(.*?)```", page, re.S) if "[engine]" in one)
    told = tomllib.loads(block[block.index("[engine]") :])["engine"]
    keys = {row.key: row.value for table in TABLES for row in setting_rows(table) if row.key}
    assert set(told) == {*keys, "umbrella_actors"}  # names, read where actors are shown
    for key, value in keys.items():
        assert isinstance(value, tuple) or told[key] == value, key


# --- numbers in prose ---------------------------------------------------------------------------

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def short(value: float) -> str:
    """A number as the pages write it: .6, 40,000."""
    return f"{value:,.10g}".removeprefix("0")


def percent(share: float) -> str:
    return f"{share * 100:g} %"


def fraction(share: float, top: int) -> str:
    """`top` parts of so many: four fifths."""
    of = {2: "half", 3: "third", 4: "four", 5: "fifth"}[round(top / share)]
    return f"{WORDS[top]} {of}s" if top > 1 else f"a {of}"


METHOD = (
    f"filler nodes every {MESH.filler_spacing_km:g} km where no place is near",
    f"`b` = {short(KNOBS.water_conductance)} (`water_conductance`) for each of at most "
    f"{WORDS[MESH.most_barriers]} barriers",
    f"the nearest {', '.join(map(str, MESH.ranks[:-1]))} and {MESH.ranks[-1]} places with evidence",
    f"between {MESH.least_spacing_km:g} and {MESH.most_spacing_km:g} km), relative to "
    f"{MESH.typical_km:g} km",
    f"clamp at places with evidence: {KNOBS.clamp:g} × the mean conductance of a node",
    f"with the spacing to the power {short(KNOBS.matern_spacing)}, κ = √8 / "
    f"{KNOBS.matern_range_km:g} km; noise {short(KNOBS.matern_noise)} / worth",
    f"P = {short(KNOBS.harmonic_share)} harmonic + {short(1 - KNOBS.harmonic_share)} Matérn",
    f"Beyond {MESH.matern_nodes:,} nodes the harmonic function stands alone",
    f"Up to {KNOBS.most_eliminated} places with evidence everything else is eliminated",
    f"from {KNOBS.probes} solves for groups of places",
    f"a log-normal prior around {KNOBS.usual_power:g}.",
    f"With {WORDS[KNOBS.judges]} pieces of evidence or more",
    f"where the {WORDS[MESH.ranks[-1] - 1]} nearest lie within `reach_km`",
    f"foretell at least three of {WORDS[round(3 / KNOBS.foretold)]} places",
    f"e {fraction(KNOBS.doubt_of_worth, 1)} of what its confidence lacks to 1 "
    f"({short(KNOBS.least_wrong)} to {short(KNOBS.most_wrong)})",
    f"Below {short(KNOBS.pocket_below)} it is an **unconfirmed pocket**",
    f"with the land nearest to it up to {KNOBS.pocket_km:g} km",
    f"Places with {WORDS[KNOBS.pinned_origins]} independent origins or a confidence of "
    f"{short(KNOBS.pinned_confidence)} are pinned",
    f"whose last report is {WORDS[KNOBS.settled_days]} days old, with one side's chance ≥ "
    f"{short(KNOBS.settled_above)} around it",
    f"together give one side of those it names ≥ {short(KNOBS.settled_above)}",
    f"(no side and its allies reach {short(TIME.held_above)})",
    f"overlapping windows of {KNOBS.window_km:g} km",
    f"expected right to {short(1 - KNOBS.wrong_outside)}, as far as no side has "
    f"{short(KNOBS.sure)} there (at most {percent(KNOBS.most_band)} of the places in reach; where "
    f"more than one side leads at least {percent(KNOBS.least_band)}, unless surer than "
    f"{short(KNOBS.surest_band)}; and never more than {percent(KNOBS.most_land)} of the land in",
    f"that the nearest evidence, within {KNOBS.outvoted_km:g} km, gives to another side",
    f"{fraction(AREAS.strip_share, 4)} of the way to each, at most "
    f"{AREAS.strip_widest_m / 1000:g} km wide on either side",
)

RULES = (
    f"at most {short(CONTROL.highest)}",
    f"| weight | {short(CONTROL.grade_a)} | {short(CONTROL.grade_b)} | {short(CONTROL.grade_c)} | "
    f"{CONTROL.grade_d:.2f} | {CONTROL.grade_e:.2f} | {TIME.ungraded:.2f} |".replace(" 0.", " ."),
    f"Grade F is worth {CONTROL.grade_f:.2f} where it is a speaker's".replace(" 0.", " ."),
    f"| factor | {CONTROL.asserted:g} | {short(CONTROL.claimed)} | {short(CONTROL.unconfirmed)} | "
    f"{short(CONTROL.denied)} |",
    f"| {short(CONTROL.own_interest)} | `own_interest` |",
    f"| {short(CONTROL.against_interest)} | `against_interest` |",
    f"Said again within {WORDS[round(TIME.repeat_days)]} days, it adds "
    f"{fraction(TIME.repeat_share, 1)[2:]} as much each time",
    f"true of the morning ({short(TIME.morning_share)} ℓ)",
    f"(ℓ({short(TIME.eve_share)} *w*)); likewise {WORDS[round(TIME.early_days)]} evenings before "
    f"(ℓ({short(TIME.early_share)} *w*))",
    f"both may hold it (ℓ({short(TIME.fight_share)} *w*))",
    f"*a* may hold it (ℓ({short(TIME.entered_share)} *w*))",
    f"the besieged holds it (ℓ({short(TIME.siege_share)} *w*))",
    f"at {short(CONTROL.retold_share)} of its worth where they were reported on before "
    f"({short(CONTROL.other_share)} if it says who holds the area and two origins, one of their "
    f"last report, name another side there), at {short(CONTROL.alone_share)} to cities and towns",
    f"sizes are {TIME.city_size:g} for a city, {TIME.town_size:g} for a town, 1 else",
    f"umbrella name (`umbrella_actors`) counts {fraction(TIME.umbrella_share, 1)[2:]}",
    f"and {fraction(TIME.joint_held_ends, 1)[2:]} of every later word that names one holder alone",
    f"once in {round(1 / TIME.quiet_rate / 365, -1):.0f} years",
    f"= {short(TIME.contagion)} · Σ k ξ / (Σ k ξ + Σ k kept + {short(TIME.stubborn)})",
    f"alternate {WORDS[round(TIME.sweeps)]} times",
    f"those of which anything is said within {TIME.rout_days:g} days (of {TIME.rout_places:g} at least)",
    f"each of its other places is lost with {TIME.rout_rate:g} times that chance",
    f"has {fraction(TIME.rival_share, 1)[2:]} the leader's chance",
    f"the last for each at most {TIME.conflict_days:g} days apart",
    f"holds a {fraction(TIME.divided_share, 1)[2:]} of a city's quarters",
    f"have less than {short(TIME.held_above)}, or nothing",
    f"only if somebody has {short(TIME.hindsight_above)} or more",
    f"none more than {TIME.hindsight_days:g} days before the first claim of all",
    f"the news is more than {TIME.aged_days:g} days off",
    f"`reach_km` ({KNOBS.reach_km:g} km, `[engine]`",
)


@pytest.mark.parametrize(
    ("page", "said"),
    [("method", said) for said in METHOD] + [("control", said) for said in RULES],
)
def test_a_number_in_prose_is_that_of_the_table(page: str, said: str) -> None:
    text = " ".join((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8").split())
    assert said in text
