"""
How right the engine through time is, beside the engine that infers each day by itself.

Every part needs only the claims themselves, or a war that is made up::

    python benchmarks/through_time.py [--claims FILE …] [--part PART …] [--json FILE]

========== =======================================================================================
part       what is asked
========== =======================================================================================
evening    of each reported capture: leave the place out; who held it the evening before? Right if
           it is somebody whom the taker is no ally of, and the loser's side where one is named
foretold   of each claim that names a holder: how likely was that on what was known the day before?
flicker    how often a place changes hands and back within three days without a claim of its own,
           per place and day, with hindsight and as known by the day
open       undetermined and contested share of the country by date
publishers agreement of claims of left-out publishers with the map of their day
war        a tenth of all places and days left out, one after the other: how likely was what was
           said of them? For long sets of claims
worlds     places right in made-up wars, by kind of day
checks     places of a list (``--checks``: `place_id,date,actor`) by whom the map leans to
========== =======================================================================================

``--engine`` chooses `day` (the baseline), `time` or `known` (through time, on what was reported by
the day). ``--set NAME=VALUE`` changes a setting of the engine through time.
"""

from __future__ import annotations

import argparse
import time
import warnings
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from baseline.day_by_day import control_from_claims
from measured import write_report
from worlds import made_up_world

from syriamap.claims.reader import (
    check_claims,
    read_claims,
)
from syriamap.control.timeline.engine_settings import TimeSettings, time_settings
from syriamap.evaluate.foresight import (
    Ahead,
    Frames,
    control_through_time,
    evaluate_evenings,
    evaluate_flicker,
    evaluate_foretold,
    flicker_share,
    holder_claims,
    of_one_camp,
    surprise,
)
from syriamap.jobs import Crew
from syriamap.names.gazetteer import Gazetteer
from syriamap.territory.areas import territory_from_field
from syriamap.territory.inference.solve import field_from_control as field_of_reviewed
from syriamap.territory.inference.surroundings import reviewed_control
from syriamap.theater.folder import Theater, read_theater

if TYPE_CHECKING:
    from collections.abc import Iterable

    from syriamap.territory.inference.field import Field

ENGINES = ("day", "time", "known")
PARTS = ("evening", "foretold", "flicker", "open", "publishers", "war", "worlds", "checks")
OFFENSIVE = [date(2024, 11, 26) + timedelta(days=step) for step in range(17)]
OPEN_DATES = [date(2024, 12, 6), date(2024, 12, 8), date(2024, 12, 12), date(2025, 1, 8)]


def engine_of(name: str, theater: Theater, settings: TimeSettings) -> Frames:
    """Claims and days → control frames."""
    engines: dict[str, Frames] = {
        "day": partial(by_day, theater),
        "time": control_through_time(theater, settings=settings),
        "known": control_through_time(theater, filtered=True, settings=settings),
    }
    return engines[name]


def by_day(
    theater: Theater, claims: pd.DataFrame, days: Iterable[date]
) -> dict[date, pd.DataFrame]:
    """Each day by itself, as the baseline does."""
    return {day: control_from_claims(claims, theater, day) for day in days}


def field_from_control(control: pd.DataFrame, theater: Theater) -> Field:
    """The map of a control frame, reviewed as it is drawn."""
    return field_of_reviewed(reviewed_control(control, theater), theater)


def leanings(field: Field, places: Iterable[str]) -> list[str]:
    """To whom the map leans at each place; empty where nothing is known."""
    node = dict(zip(field.points, field.tessellation.node_of_point.tolist(), strict=True))
    actors = [*field.actors, ""]
    return [
        actors[field.leaning[node[one]]]
        if one in node and field.status[node[one]] != "undetermined"
        else ""
        for one in places
    ]


# --- the parts ----------------------------------------------------------------------------------


def evening(claims: pd.DataFrame, theater: Theater, frames: Frames) -> dict[str, float]:
    """First reported capture of each place: who held it the evening before, without its claims."""
    crew = Crew(0)
    found = evaluate_evenings(Ahead(claims, theater, OFFENSIVE[1:13], frames, crew=crew))
    return {
        "captures": len(found), "right": float(found["right"].mean()),
        "1-NN": float(found["nearest_right"].mean()),
    }  # fmt: skip


def foretold(claims: pd.DataFrame, theater: Theater, frames: Frames) -> dict[str, float]:
    """Claims of each day of the offensive from those of the days before."""
    found = evaluate_foretold(Ahead(claims, theater, OFFENSIVE[:15], frames))
    return {"claims": len(found), "loss": found["loss"].mean(), "right": found["right"].mean()}


def flicker(claims: pd.DataFrame, theater: Theater, frames: Frames) -> dict[str, float]:
    """Changes and back within three days, without a claim of the place in those days."""
    found = evaluate_flicker(Ahead(claims, theater, OFFENSIVE, frames))
    return {"per place and day": flicker_share(found)}


def open_share(claims: pd.DataFrame, theater: Theater, frames: Frames) -> dict[str, float]:
    """Undetermined and contested share of the country."""
    found = {}
    for day, control in frames(claims, OPEN_DATES).items():
        land = territory_from_field(field_from_control(control, theater), theater)
        share = land.groupby("status")["area_km2"].sum() / land["area_km2"].sum()
        for status in ("undetermined", "contested"):
            found[f"{day} {status}"] = float(share.get(status, 0.0))
    return found


def publishers(claims: pd.DataFrame, theater: Theater, frames: Frames) -> dict[str, float]:
    """Leave a sixth of the publishers out, one after the other; compare on their day."""
    names = sorted(set(claims["publisher"]))
    fold = claims["publisher"].map({name: row % 6 for row, name in enumerate(names)})
    told = holder_claims(claims)
    days = OFFENSIVE[1:13]
    right, shut = [], []
    for one in range(6):
        made = frames(claims[fold != one], days)
        for day in days:
            asked = told[(told["event_date"] == pd.Timestamp(day)) & (fold[told.index] == one)]
            if asked.empty:
                continue
            field = field_from_control(made[day], theater)
            node = dict(zip(field.points, field.tessellation.node_of_point.tolist(), strict=True))
            asked = asked[asked["place_id"].isin(node)]
            lean = leanings(field, asked["place_id"])
            right += [
                of_one_camp(a, b, theater, day) for a, b in zip(lean, asked["actor"], strict=True)
            ]
            status = [field.status[node[place]] for place in asked["place_id"]]
            shut += [one_status in {"held", "besieged"} for one_status in status]
    held = np.array(right)[np.array(shut)]
    return {
        "claims": len(right), "leaning": float(np.mean(right)), "held": float(held.mean()),
        "held share": float(np.mean(shut)),
    }  # fmt: skip


def war(claims: pd.DataFrame, theater: Theater, frames: Frames) -> dict[str, float]:
    """Leave a tenth of all (place, day) out; sixty dates of each tenth."""
    told = holder_claims(claims).drop_duplicates(["event_date", "place_id", "actor"])
    key = told["place_id"] + told["event_date"].dt.strftime("%Y%m%d")
    fold = pd.util.hash_array(key.to_numpy(dtype=object)) % 10
    every = claims["place_id"] + claims["event_date"].dt.strftime("%Y%m%d")
    loss, right = [], []
    for one in range(10):
        asked = told[fold == one]
        chosen = np.random.default_rng(one).permutation(np.unique(asked["event_date"].dt.date))[:60]
        asked = asked[asked["event_date"].dt.date.isin(set(chosen))]
        rest = claims[~every.isin(set(key[asked.index]))]
        made = frames(rest, sorted(set(chosen)))
        states = {day: frame.set_index("place_id") for day, frame in made.items()}
        for place, actor, when in zip(
            asked["place_id"], asked["actor"], asked["event_date"].dt.date, strict=True
        ):
            if place in states[when].index:
                state = states[when].loc[place]
                loss.append(surprise(state["shares"], actor, theater, when))
                right.append(of_one_camp(state["leaning"], actor, theater, when))
    return {"claims": len(loss), "loss": float(np.mean(loss)), "right": float(np.mean(right))}


def worlds(theater: Theater, frames: Frames, seeds: int) -> dict[str, float]:
    """Share of the places of made-up wars that the map gives to the right side, and left open."""
    right: dict[str, list[float]] = {}
    for seed in range(seeds):
        world = made_up_world(theater, seed)
        days = {
            number: (world.first + np.timedelta64(number, "D")).astype(object)
            for numbers in world.days.values()
            for number in numbers
        }
        made = frames(world.claims, list(days.values()))
        for kind, numbers in world.days.items():
            for number in numbers:
                field = field_from_control(made[days[number]], theater)
                said = leanings(field, world.places)
                ours = np.array([theater.side_of(one) in _THERE for one in said])
                known = np.array([one != "" for one in said])
                truth = world.held[number]
                right.setdefault(kind, []).append(float(((ours == truth) & known).mean()))
                right.setdefault(f"{kind}, open", []).append(float((~known).mean()))
    return {kind: float(np.mean(values)) for kind, values in right.items()}


_THERE = {"opposition", "transitional_government"}


def checks(
    claims: pd.DataFrame, theater: Theater, frames: Frames, wanted: pd.DataFrame
) -> dict[str, float]:
    """Places of a list: the side, or an ally of it, to whom the map leans."""
    days = sorted(set(wanted["date"]))
    made = frames(claims, days)
    points = claims.drop_duplicates("place_id").set_index("place_id")
    right: dict[date, list[bool]] = {}
    for day in days:
        asked = wanted[wanted["date"] == day]
        control = made[day]
        lost = [one for one in asked["place_id"] if one not in theater.places.index]
        lost = [one for one in lost if one not in set(control["place_id"])]
        field = field_from_control(control, theater)
        lean = leanings(field, asked["place_id"])
        for place, actor, said in zip(asked["place_id"], asked["actor"], lean, strict=True):
            if place not in lost or place not in points.index:
                right.setdefault(day, []).append(of_one_camp(said, actor, theater, day))
    shares = {day: float(np.mean(values)) for day, values in right.items()}
    every = np.concatenate([np.array(values) for values in right.values()])
    worst = min(shares, key=lambda day: shares[day])
    return {"places": len(every), "right": float(every.mean()), f"worst {worst}": shares[worst]}


# --- the command --------------------------------------------------------------------------------


def read_all(theater: Theater, files: list[Path]) -> pd.DataFrame:
    """Claims of the theater and of more files; rows with a complaint are left out, and counted."""
    gazetteer, tables, lost = Gazetteer(theater), [], 0
    for path in files:
        _, complaints = check_claims(path, theater, gazetteer)
        bad = {complaint.row - 2 for complaint in complaints}
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        tables.append(table[~np.isin(np.arange(len(table)), list(bad))])
        lost += len(bad)
    if lost:
        print(f"{lost} rows could not be read and are left out")
    return read_claims([*theater.claim_files, *tables], theater)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--theater", type=Path)
    parser.add_argument("--claims", type=Path, action="append", default=[])
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--checks", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    theater = read_theater(options.theater)
    claims = read_all(theater, options.claims)
    changed: dict[str, Any] = dict(one.split("=", 1) for one in options.set)
    changed = {name: float(x) for name, x in changed.items()}
    settings = replace(time_settings(theater), **changed)
    wanted = pd.DataFrame()
    if options.checks:
        wanted = pd.read_csv(options.checks, dtype=str)
        wanted["date"] = [date.fromisoformat(text) for text in wanted["date"]]
    report: dict[str, Any] = {}
    print("| part | engine | score | seconds |\n|---|---|---|---|")
    usual = [one for one in PARTS if one != "war" and (one != "checks" or options.checks)]
    for part in options.part or usual:
        for name in options.engine or ("day", "time"):
            frames = engine_of(name, theater, settings)
            start = time.perf_counter()
            found = scored(part, claims, theater, frames, (wanted, options.seeds))
            took = time.perf_counter() - start
            told = ", ".join(
                f"{key} {value:.4f}" if isinstance(value, float) else f"{key} {value}"
                for key, value in found.items()
            )
            print(f"| {part} | {name} | {told} | {took:.1f} |", flush=True)
            report[f"{part} {name}"] = found
    write_report(options.json, report)
    return 0


def scored(
    part: str,
    claims: pd.DataFrame,
    theater: Theater,
    frames: Frames,
    more: tuple[pd.DataFrame, int],
) -> dict[str, float]:
    wanted, seeds = more
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if part == "worlds":
            return worlds(theater, frames, seeds)
        if part == "checks":
            return checks(claims, theater, frames, wanted)
        parts = {
            "evening": evening, "foretold": foretold, "flicker": flicker, "open": open_share,
            "publishers": publishers, "war": war,
        }  # fmt: skip
        return parts[part](claims, theater, frames)


if __name__ == "__main__":
    raise SystemExit(main())
