"""
What the settings of the engine through time are worth: a curve for each, on claims left out.

Every setting that was fitted is moved by itself, the others staying as they are::

    python benchmarks/curves.py measure [--setting NAME …] [--seconds N] [--tenth N]
    python benchmarks/curves.py draw

``measure`` adds to ``docs/settings-curves.csv`` what is not in it yet and stops after so many
seconds; delete the file when the engine or the claims have changed. With ``--tenth`` (1 to 9) it
asks about another tenth of the claims and prints, without writing: whether a finding holds.
``draw`` makes of the table the figure and the words of ``docs/settings-curves.md``.

======= ==========================================================================================
set     what is asked
======= ==========================================================================================
war     a tenth of all places and days is left out of the theater's claims (the first tenth of part
        `war` of ``through_time.py``, all its dates): how likely was what was said of them?
worlds  made-up wars (``worlds.py``): how likely was the truth at every claimed place, on days of
        every kind?
cities  of settings of battles, which move no holder, in place of both: a tenth of all days of each
        city is left out, each tenth once; how likely was it that fighting, or a battle, was told of
        then, or nothing but who holds the city?
======= ==========================================================================================

The same is asked with every value: differences are paired. Their standard errors take what is
asked of one place as one draw. Chains that were solved are kept in a folder of their own, which
is deleted: the user's cache stays as it is.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
import time
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from through_time import read_all
from worlds import GONE, THERE, made_up_world

from syriamap.control.timeline.engine_settings import TimeSettings, time_settings
from syriamap.control.timeline.fighting import fights_and_battles_of
from syriamap.control.timeline.scene import scene_of
from syriamap.control.timeline.series import through_time
from syriamap.evaluate.foresight import holder_claims, of_one_camp, surprise
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from syriamap.control.timeline.scene import Scene
    from syriamap.theater.folder import Theater

DOCS = Path(__file__).parent.parent / "docs"
TABLE = DOCS / "settings-curves.csv"
PAGE = DOCS / "settings-curves.md"
FIGURE = DOCS / "images" / "curves.png"
WORLDS = 4
FOLDS = 10
SETS = ("war", "worlds", "cities")
TOLD = {"war": "claims", "worlds": "made-up wars", "cities": "claims on cities"}
VALUES: dict[str, tuple[float, ...]] = {
    "length_km": (20, 28, 40, 57, 80),
    "close_pull": (0.75, 1.5, 3, 6, 12),
    "neighbors": (8, 16, 32, 64, 128),
    "stubborn": (0.125, 0.25, 0.5, 1, 2),
    "hindsight": (0.75, 1.5, 3, 6, 12),
    "active_rate": (0.0075, 0.015, 0.03, 0.06, 0.12),
    "taken_rate": (0.04, 0.08, 0.15, 0.3, 0.6),
    "eve_share": (0.1, 0.2, 0.3, 0.5, 0.8),
    "quiet_rate": (3e-6, 1e-5, 3e-5, 1e-4, 3e-4),
    "holders": (3, 5, 8, 12, 20),
    "early_share": (0.1, 0.25, 0.5, 0.75, 1),
    "close_km": (1.25, 2.5, 5, 10, 20),
    "silence": (0.003, 0.0125, 0.05, 0.2, 0.8),
    "sweeps": (1, 2, 3, 4, 6),
    "rout_rate": (0.75, 1.5, 3, 6, 12),
    "rout_places": (75, 150, 300, 600, 1200),
    "rout_days": (45, 90, 180, 360, 720),
    "rout_most": (0.075, 0.15, 0.3, 0.45, 0.6),
    "battle_lift": (1.8, 2.6, 3.7, 5.2, 7.4),
    "battle_half_life": (45, 90, 180, 360, 720),
    "battle_rate": (2.5e-4, 5e-4, 1e-3, 2e-3, 4e-3),
}
"""Values of each setting; the one in use is among them. What matters most stands first."""

OF_CITIES = "battle_"
"""What the settings begin with that only say which cities are fought over."""

COLUMNS = ("setting", "value", "set", "asked", "loss", "right", "more_loss", "loss_error",
           "more_right", "right_error")  # fmt: skip
_WANTED = ["place_id", "when", "actor", "draw"]
_BEGIN, _END = "<!-- table -->", "<!-- end of table -->"
COLORS = {"war": "#1b4f72", "worlds": "#ca6f1e", "cities": "#1e8449"}
MARKERS = {"war": "o-", "worlds": "s--", "cities": "^-."}
_FOUGHT = ("contested", "entered")
_HELD = ("controls", "captured")
WRONG = 0.03
"""Share of reports that are wrong whatever was known, as in :func:`surprise`."""


@dataclass(frozen=True)
class Asked:
    """
    Claims to infer from, and what is asked of the result.

    Attributes
    ----------
    claims
        What is heard.
    wanted
        Columns `place_id`, `when` (a date), `actor` (who holds it) and `draw` (what is one draw).
    """

    claims: pd.DataFrame
    wanted: pd.DataFrame


@dataclass(frozen=True)
class Scores:
    """Loss of each answer, whether it was right, and the draw that it belongs to."""

    loss: NDArray[np.float64]
    right: NDArray[np.float64]
    draw: NDArray[Any]


@dataclass(frozen=True)
class Fought:
    """
    What is said of all places but on some days of cities, and what is asked of these.

    Attributes
    ----------
    scene
        What is heard.
    wanted
        Columns `row` (of the city), `day` (since 1970-01-01), `fought` (whether fighting was told
        of, not only a holder) and `draw`.
    """

    scene: Scene
    wanted: pd.DataFrame


Sets = dict[str, "tuple[Asked, ...] | tuple[Fought, ...]"]

# --- what is asked ------------------------------------------------------------------------------


def asked_of_war(claims: pd.DataFrame, fold: int = 0) -> Asked:
    """A tenth of all (place, day) left out, as in part `war`."""
    told = holder_claims(claims).drop_duplicates(["event_date", "place_id", "actor"])
    key = told["place_id"] + told["event_date"].dt.strftime("%Y%m%d")
    out = told[pd.util.hash_array(key.to_numpy(dtype=object)) % FOLDS == fold]
    every = claims["place_id"] + claims["event_date"].dt.strftime("%Y%m%d")
    rest = claims[~every.isin(set(key[out.index]))]
    out = out[out["place_id"].isin(set(holder_claims(rest)["place_id"]))]
    days = out["event_date"].dt.date
    return Asked(rest, out.assign(when=days, draw=out["place_id"])[_WANTED])


def asked_of_world(theater: Theater, seed: int) -> Asked:
    """The truth of a made-up war at its claimed places."""
    world = made_up_world(theater, seed)
    claimed = set(world.claims["place_id"])
    rows = [
        (
            place,
            (world.first + np.timedelta64(day, "D")).astype(object),
            THERE if held else GONE,
            f"{seed} {place}",
        )
        for day in sorted({day for days in world.days.values() for day in days})
        for place, held in zip(world.places, world.held[day].tolist(), strict=True)
        if place in claimed
    ]
    return Asked(world.claims, pd.DataFrame(rows, columns=_WANTED))


def scores_of(asked: Asked, theater: Theater, settings: TimeSettings) -> Scores:
    """Infer all days; read the chains where something is asked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = through_time(asked.claims, theater, settings=settings)
    number = {place: row for row, place in enumerate(found.scene.places)}
    wanted = asked.wanted
    row = np.array([number[place] for place in wanted["place_id"]], dtype=np.int64)
    day = pd.to_datetime(wanted["when"]).to_numpy().astype("datetime64[D]").astype(np.int64)
    step = found.lattice.steps_at(row, day)
    chance = found.posteriors.chance[step, :-1]
    loss, right = [], []
    who = zip(row.tolist(), day.tolist(), chance, wanted["actor"], wanted["when"], strict=True)
    for place, number_of_day, of_states, actor, when in who:
        shares: dict[str, float] = {}
        for state in np.flatnonzero(of_states > 0.001).tolist():
            one = found.who.actor(place, state, number_of_day)
            shares[one] = shares.get(one, 0.0) + float(of_states[state])
        shares.pop("", None)
        leader = max(shares, key=lambda one: (shares[one], one), default="")
        loss.append(surprise(shares, actor, theater, when))
        right.append(of_one_camp(leader, actor, theater, when))
    return Scores(np.array(loss), np.array(right, dtype=np.float64), wanted["draw"].to_numpy())


def asked_of_cities(claims: pd.DataFrame, theater: Theater, fold: int) -> Fought:
    """A tenth of all days of cities left out: whether fighting was told of, or only a holder."""
    places = theater.places
    of_city = claims["place_id"].isin(places.index[places["kind"] == "city"])
    key = claims["place_id"] + claims["event_date"].dt.strftime("%Y%m%d")
    out = of_city & (pd.util.hash_array(key.to_numpy(dtype=object)) % FOLDS == fold)
    scene = scene_of(claims[~out], theater, time_settings(theater))
    told = claims[out & claims["relation"].isin([*_FOUGHT, *_HELD])]
    told = told[(told["certainty"] != "denied") & told["place_id"].isin(scene.rows)]
    days = told["event_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    told = told.assign(day=days, fought=told["relation"].isin(_FOUGHT))
    wanted = told.groupby(["place_id", "day"], as_index=False)["fought"].any()
    rows = wanted["place_id"].map(scene.rows)
    return Fought(scene, wanted.assign(row=rows, draw=wanted["place_id"]))


def scores_of_cities(asked: Fought, settings: TimeSettings) -> Scores:
    """Chance that a city is fought over, as the map reads it: of fighting or of a battle."""
    fights, battles = fights_and_battles_of(replace(asked.scene, settings=settings))
    loss, right = [], []
    wanted = asked.wanted
    for row, day, fought in zip(wanted["row"], wanted["day"], wanted["fought"], strict=True):
        chances = (float(one.chance(np.array([row]), day)[0]) for one in (fights, battles))
        chance = max(chances)
        said = chance if fought else 1.0 - chance
        loss.append(-np.log(WRONG / 2.0 + (1.0 - WRONG) * said))
        right.append(float((chance >= settings.spell_above) == fought))
    return Scores(np.array(loss), np.array(right), wanted["draw"].to_numpy())


def paired(
    one: NDArray[np.float64], other: NDArray[np.float64], draw: NDArray[Any]
) -> tuple[float, float]:
    """Mean difference and its standard error, all answers of a draw being one."""
    apart = one - other
    mean = float(apart.mean())
    sums = pd.Series(apart - mean).groupby(draw).sum().to_numpy()
    return mean, float(np.sqrt((sums**2).sum()) / len(apart))


# --- measuring ----------------------------------------------------------------------------------


def measure(names: list[str], seconds: float, tenth: int) -> None:
    """Score values that the table lacks, until time is up; of another tenth all, unwritten."""
    end = time.monotonic() + seconds
    theater = read_theater()
    usual = time_settings(theater)
    claims = read_all(theater, [])
    known = set()
    if not tenth:
        known = {(row["setting"], float(row["value"]), row["set"]) for row in read_table()}
    sets: Sets = {}
    base: dict[str, Scores] = {}

    def scored(kind: str, settings: TimeSettings) -> Scores:
        if kind not in sets:
            sets[kind] = asked_of(kind, claims, theater, tenth)
        parts = [
            scores_of_cities(one, settings)
            if isinstance(one, Fought)
            else scores_of(one, theater, settings)
            for one in sets[kind]
        ]
        return Scores(*(np.concatenate([getattr(one, field) for one in parts])
                        for field in ("loss", "right", "draw")))  # fmt: skip

    for name, value, kind in questions(names, usual, tenth):
        if (name, value, kind) in known:
            continue
        if time.monotonic() > end:
            return
        if kind not in base:
            base[kind] = scored(kind, usual)
        change: dict[str, Any] = {name: value}
        start = time.process_time()
        same = value == float(getattr(usual, name))
        made = base[kind] if same else scored(kind, replace(usual, **change))
        took = time.process_time() - start
        row = row_of(name, value, kind, (made, base[kind]))
        if not tenth:
            write_row(row)
        print(" ".join(row), f"({took:.1f} s)", flush=True)


def questions(
    names: list[str], usual: TimeSettings, tenth: int
) -> Iterator[tuple[str, float, str]]:
    """Settings, their values, the one in use first, and the sets on which each is asked about."""
    for name in names:
        used = float(getattr(usual, name))
        for value in sorted(map(float, VALUES[name]), key=lambda one: abs(np.log(one / used))):
            for kind in sets_of(name, tenth):
                yield name, value, kind


def sets_of(name: str, tenth: int) -> tuple[str, ...]:
    """On which sets a setting is asked about; of another tenth, on claims alone."""
    if name.startswith(OF_CITIES):
        return ("cities",)
    return ("war",) if tenth else ("war", "worlds")


def asked_of(
    kind: str, claims: pd.DataFrame, theater: Theater, tenth: int
) -> tuple[Asked, ...] | tuple[Fought, ...]:
    """What is asked on a set; of cities each tenth once, for there are few days of them."""
    if kind == "war":
        return (asked_of_war(claims, tenth),)
    if kind == "worlds":
        return tuple(asked_of_world(theater, seed) for seed in range(WORLDS))
    return tuple(asked_of_cities(claims, theater, fold) for fold in range(FOLDS))


def row_of(name: str, value: float, kind: str, scores: tuple[Scores, Scores]) -> list[str]:
    made, base = scores
    more_loss, loss_error = paired(made.loss, base.loss, base.draw)
    more_right, right_error = paired(made.right, base.right, base.draw)
    found = [made.loss.mean(), made.right.mean(), more_loss, loss_error, more_right, right_error]
    return [name, f"{value:g}", kind, str(len(made.loss)), *(f"{one:.5f}" for one in found)]


def read_table() -> list[dict[str, str]]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_row(row: list[str]) -> None:
    new = not TABLE.exists()
    with TABLE.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([COLUMNS, row] if new else [row])


# --- telling ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Curve:
    """One setting on one set: values, and by how much each is worse than the one in use."""

    values: NDArray[np.float64]
    more: NDArray[np.float64]
    error: NDArray[np.float64]

    @property
    def better(self) -> set[float]:
        """Values better than the one in use by more than two standard errors."""
        return set(self.values[self.more < -2 * self.error].tolist())

    @property
    def worse(self) -> set[float]:
        """Values worse by as much."""
        return set(self.values[self.more > 2 * self.error].tolist())

    @property
    def best(self) -> int:
        """Row of the least loss."""
        return int(np.argmin(self.more))


def curves() -> dict[str, dict[str, Curve]]:
    """What was measured, by setting and set, in the order of :data:`VALUES`."""
    table = pd.DataFrame(read_table())
    columns = ["value", "more_loss", "loss_error"]
    table[columns] = table[columns].astype(np.float64)
    found: dict[str, dict[str, Curve]] = {}
    for name in VALUES:
        for kind in SETS:
            own = table[(table["setting"] == name) & (table["set"] == kind)].sort_values("value")
            if len(own) > 1:
                numbers = [own[column].to_numpy() for column in columns]
                found.setdefault(name, {})[kind] = Curve(*numbers)
    return found


def verdict(by_set: dict[str, Curve], used: float) -> str:
    """In words, whether the data care."""
    better = [by_set[kind].better for kind in SETS if kind in by_set]
    both = better[0].intersection(*better)
    if both and len(better) > 1:
        return f"both prefer {_listed(both)}"
    words = [
        f"{TOLD[kind]} prefer {_listed(by_set[kind].better)}"
        for kind in SETS
        if kind in by_set and by_set[kind].better
    ]
    if words:
        against = [
            f"{TOLD[kind]} are worse with {_listed(bad)}"
            for kind in SETS
            if kind in by_set and (bad := by_set[kind].worse.intersection(better[0].union(*better)))
        ]
        return "; ".join(words + against)
    worse = {value for curve in by_set.values() for value in curve.worse}
    if not worse:
        return "do not care"
    below, above = any(one < used for one in worse), any(one > used for one in worse)
    where = "less and more" if below and above else "less" if below else "more"
    return f"care: {where} is worse"


def _listed(values: set[float]) -> str:
    return ", ".join(f"{one:g}" for one in sorted(values))


def told_table() -> str:
    """Rows for the page."""
    settings = TimeSettings()
    heads = ("setting", "in use", "claims: best", "difference", "made-up: best", "difference")
    lines = [f"| {' | '.join(heads)} | the data |", "|---" * 7 + "|"]
    for name, by_set in curves().items():
        cells = [f"`{name}`", f"{getattr(settings, name):g}"]
        for curve in (by_set.get("war", by_set.get("cities")), by_set.get("worlds")):
            if curve is None:
                cells += ["", ""]
                continue
            best = curve.best
            more, error = 1000 * curve.more[best], 1000 * curve.error[best]
            cells += [f"{curve.values[best]:g}", f"{more:+.1f} ± {error:.1f}" if error else "0"]
        cells.append(verdict(by_set, getattr(settings, name)))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", told_base()])


def told_base() -> str:
    """How the values in use do."""
    row = {row["set"]: row for row in read_table() if float(row["value"]) == _used(row["setting"])}
    war, worlds, cities = (
        f"log-loss {float(one['loss']):.3f}, {float(one['right']):.3f} right ({one['asked']} asked)"
        for one in (row[kind] for kind in SETS)
    )
    return (
        f"With the values in use: claims left out: {war}; made-up wars: {worlds}; "
        f"claims on cities: {cities}."
    )


def _used(name: str) -> float:
    return float(getattr(TimeSettings(), name))


def draw() -> None:
    """Write figure and table."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    _, after = rest.split(_END)
    PAGE.write_text(f"{before}{_BEGIN}\n{told_table()}\n{_END}{after}", encoding="utf-8")
    draw_figure()


def draw_figure() -> None:
    """Small multiples: nats per answer more than with the value in use."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    settings = TimeSettings()
    found = curves()
    columns = 4
    rows = -(-len(found) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(10, 2.15 * rows), squeeze=False, layout="constrained"
    )
    flat = axes.ravel()
    for panel, (name, by_set) in zip(flat, found.items(), strict=False):
        draw_panel(panel, by_set, getattr(settings, name))
        panel.set_title(name, fontsize=10, loc="left")
    for panel in flat[len(found) :]:
        panel.set_axis_off()
    shown = {
        label: handle
        for panel in (flat[0], flat[len(found) - 1])
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(
        list(shown.values()),
        list(shown),
        loc="outside upper right",
        ncols=3,
        frameon=False,
        fontsize=9,
    )
    figure.supylabel("log-loss more than with the value in use, thousandths of a nat", fontsize=9)
    FIGURE.parent.mkdir(exist_ok=True)
    figure.savefig(FIGURE, dpi=88, metadata={"Software": None})
    plt.close(figure)


def draw_panel(panel: Axes, by_set: dict[str, Curve], used: float) -> None:
    told = {"war": "claims left out", "worlds": "made-up wars", "cities": "claims on cities"}
    panel.axhline(0, color="#bbbbbb", linewidth=0.8, zorder=0)
    panel.axvline(used, color="#bbbbbb", linewidth=4, zorder=0, alpha=0.6, label="in use")
    for shift, (kind, curve) in zip((0.985, 1.015), by_set.items(), strict=False):
        panel.errorbar(
            curve.values * shift, 1000 * curve.more, yerr=1000 * curve.error, color=COLORS[kind],
            marker=MARKERS[kind][0], markersize=4, linewidth=1.2, capsize=2,
            linestyle=MARKERS[kind][1:], label=told[kind],
        )  # fmt: skip
    values = next(iter(by_set.values())).values
    panel.set_xscale("log")
    panel.set_xticks(values, [f"{one:g}" for one in values])
    panel.minorticks_off()
    low, high = panel.get_ylim()
    panel.set_ylim(min(low, -12), max(high, 12))
    panel.tick_params(labelsize=7.5)
    panel.spines[["top", "right"]].set_visible(False)


# --- the command --------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("what", choices=("measure", "draw"))
    parser.add_argument("--setting", action="append", choices=list(VALUES))
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--tenth", type=int, default=0, choices=range(FOLDS))
    options = parser.parse_args()
    if options.what == "draw":
        draw()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SYRIAMAP_CACHE"] = folder
        measure(options.setting or list(VALUES), options.seconds, options.tenth)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
