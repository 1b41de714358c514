"""How both smoothers are mixed, where pockets reach, what counts how much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from theaters import claim, claims_frame, two_actors, write_theater

from syriamap.control.claimed import control_from_claims
from syriamap.look.symbols import POCKET
from syriamap.territory import (
    Ground,
    Inferred,
    field_from_control,
    inferred_on,
    influence_on,
    territory_from_field,
    tessellation_of,
)
from syriamap.territory.inference import solve
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.inference.labels import Claimed
from syriamap.territory.inference.network import Network, network_of
from syriamap.territory.inference.smoothers import around_mean, harmonic_smoother, matern_smoother
from syriamap.territory.inference.solve import Spreads
from syriamap.territory.mesh.mesh_settings import MESH
from syriamap.territory.mesh.tessellation import Memory
from syriamap.theater.folder import Theater, read_theater

KNOBS = InferenceSettings()
DAY = pd.Timestamp("2030-03-05").date()


def places(rows: int = 5) -> list[dict[str, Any]]:
    return [
        {"place_id": f"p{row}{column}", "name": f"P{row}{column}", "kind": "village",
         "lat": 46.2 + row * 0.07, "lon": 14.2 + column * 0.09}
        for row in range(rows) for column in range(rows)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Theater:
    """Five by five villages, 7 km apart."""
    folder = tmp_path_factory.mktemp("grid") / "grid"
    return read_theater(write_theater(folder, places=places(), actors=two_actors(), id="small"))


@pytest.fixture(scope="module")
def control(grid: Theater, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Red in the west, blue in the east, every other village."""
    rows = [
        claim(f"p{number // 5}{number % 5}", "red" if number % 5 < 2 else "blue", "controls")
        for number in range(0, 25, 2)
    ]
    return control_from_claims(claims_frame(rows, grid, tmp_path_factory.mktemp("c")), grid, DAY)


def ground(theater: Theater) -> Ground:
    lat, lon = theater.places["lat"].to_numpy(), theater.places["lon"].to_numpy()
    return Ground(tessellation_of(lat, lon, theater, cached=False), tuple(theater.places.index))


def inferred(theater: Theater, control: pd.DataFrame) -> Inferred:
    found = inferred_on(ground(theater), control, theater)
    assert isinstance(found, Inferred)
    return found


def test_six_parts_harmonic_and_four_parts_field() -> None:
    harmonic: Any = SimpleNamespace(knobs=KNOBS)
    spreads = Spreads(harmonic, None, np.array([True]), None, None)  # type: ignore[arg-type]
    first = np.array([[0.9, 0.1, 0.0, 0.0], [0.0005, 0.0004, 0.0, 0.0], [0.0006, 0.0005, 0, 0]])
    second = np.array([[0.4, 0.6], [0.5, 0.5], [0.5, 0.5]])
    found = spreads.shares(first, second)
    np.testing.assert_allclose(found[0], [0.6 * 0.9 + 0.4 * 0.4, 0.6 * 0.1 + 0.4 * 0.6])
    assert found[1].tolist() == [0.0, 0.0]  # less than a thousandth of it connects
    assert found[2].sum() == pytest.approx(1.0)
    np.testing.assert_allclose(spreads.shares(first[:1], None), [[0.9, 0.1]])


def test_the_spacing_counts_whole_in_one_smoother_and_to_three_quarters_in_the_other(
    grid: Theater, control: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {}
    real = Network.smoother

    def spy(self: Network, kind: Any, nodes: Any, near: Any, power: float) -> Any:
        asked[kind.__name__] = power
        return real(self, kind, nodes, near, power)

    monkeypatch.setattr(Network, "smoother", spy)
    inferred(grid, control)
    assert asked == {"harmonic_smoother": 1.0, "matern_smoother": 0.75}


def test_the_probability_is_that_of_both_spread_by_hand(
    grid: Theater, control: pd.DataFrame
) -> None:
    found = inferred(grid, control)
    net, labels, mesh = found.net, found.labels, found.net.mesh
    distance = net.near(labels.nodes)[0]
    one = harmonic_smoother(mesh, net.spaced(distance, 1.0), labels.nodes, KNOBS)
    two = matern_smoother(mesh, net.spaced(distance, 0.75), labels.nodes, KNOBS)
    first = one.spread(labels.shares, 20.0 * labels.worth**2).values
    second = around_mean(two, labels.shares, labels.worth).values
    both = [np.clip(part, 1e-4, None) for part in (first, second)]
    mean = sum(share * part / part.sum(axis=1, keepdims=True)
               for share, part in zip((0.6, 0.4), both, strict=True))  # fmt: skip
    raised = np.asarray(mean) ** found.power[:, None]
    np.testing.assert_allclose(
        found.solved.probability, raised / raised.sum(axis=1, keepdims=True), atol=1e-9
    )
    assert ((found.power >= 0.7) & (found.power <= 4.5)).all()


def test_trust_lowers_the_weight_of_evidence(grid: Theater, control: pd.DataFrame) -> None:
    trust = np.linspace(0.1, 1.0, len(control))
    found = inferred(grid, control.assign(trust=trust))
    plain = inferred(grid, control)
    row = found.claimed.nodes.tolist().index(int(found.labels.nodes[0]))
    assert found.weight[0] == pytest.approx(plain.weight[0] * trust[row])
    assert found.trust.tolist() == trust.tolist()


def test_on_large_graphs_the_harmonic_function_stands_alone(
    grid: Theater, control: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(inferred(grid, control).net.mesh.xy)
    for most, there in ((count, True), (count - 1, False)):
        monkeypatch.setattr(solve, "MESH", replace(MESH, matern_nodes=most))
        assert (inferred(grid, control).spreads.second is not None) is there


def test_a_pocket_reaches_10_km_where_nothing_is_nearer() -> None:
    frame = pd.DataFrame({"reasons": [("controls",), ("controls", POCKET)]})
    claimed = Claimed(frame, np.array([0, 1]), ("red",), ("red",), ())
    labels: Any = SimpleNamespace(nodes=np.array([0]))
    km = np.array([0.0, 30.0, 39.9, 40.1, 4.0])  # along a line: evidence, the pocket, others
    xy = np.column_stack([1_000.0 * km, np.zeros(5)])
    net: Any = SimpleNamespace(
        knobs=KNOBS, mesh=SimpleNamespace(xy=xy),
        near=lambda nodes: (km[:, None], np.zeros(5)) if nodes.tolist() == [0] else None,
    )  # fmt: skip
    found = solve._beside_pocket(net, claimed, labels)
    assert found.tolist() == [False, True, True, False, False]
    both: Any = SimpleNamespace(nodes=np.array([0, 1]))  # other evidence lies at the pocket's node
    assert not solve._beside_pocket(net, claimed, both).any()


def test_influence_is_the_chance_of_a_random_walk(grid: Theater, control: pd.DataFrame) -> None:
    place = ground(grid)
    node = int(place.nodes_of(["p01"])[0])
    found = influence_on(node, place, control, grid)
    assert found.sum() == pytest.approx(1.0, abs=1e-6)
    near = control["place_id"].isin(["p00", "p02", "p11"]).to_numpy()
    assert found[near].min() > found[~near].max()
    none = control.iloc[:0]
    assert influence_on(node, place, none, grid).tolist() == []


def test_an_edge_across_water_conducts_a_hundredth() -> None:
    mesh: Any = SimpleNamespace(
        side_xy=np.array([[[0.0, 0.0], [2000.0, 0.0]]] * 2),
        side_of_edge=np.array([0, 1]),
        lengths=np.array([1000.0, 1000.0]),
        crossings=np.array([0, 1]),
        memory=Memory(),
    )
    np.testing.assert_allclose(network_of(mesh, KNOBS).conductance, [2.0, 0.02])


def test_a_theater_of_its_own_settings(tmp_path: Path, control: pd.DataFrame) -> None:
    found = {}
    for clamp in (20, 0.5):
        folder = write_theater(tmp_path / str(clamp), places=places(), actors=two_actors(),
                               id="small", engine={"clamp": clamp})  # fmt: skip
        theater = read_theater(folder)
        net = inferred(theater, control)
        assert net.net.knobs == InferenceSettings(clamp=clamp)
        worth = net.labels.worth
        np.testing.assert_allclose(net.net.clamp(worth), clamp * worth**2)
        found[clamp] = net.solved.probability
    assert np.abs(found[20] - found[0.5]).max() > 0.01


# --- from one day to the next -------------------------------------------------------------------


def test_where_nothing_is_said_anew_nothing_is_spread(
    grid: Theater, control: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another age tells nothing of the land; another share does, and a known one does not."""
    here = ground(grid)
    before = field_from_control(control, grid, ground=here)
    older = control.assign(age_days=control["age_days"] + 1)
    asked: list[pd.DataFrame] = []

    def counted(ground: Ground, control: pd.DataFrame, *rest: Any) -> Any:
        asked.append(control)
        return inferred_on(ground, control, *rest)

    monkeypatch.setattr(solve, "inferred_on", counted)
    again = field_from_control(older, grid, ground=here)
    assert not asked
    assert again.control is older
    assert (again.probability == before.probability).all()
    shares = [{one: share / 2 for one, share in own.items()} for own in control["shares"]]
    weaker = control.assign(shares=shares)
    changed = field_from_control(weaker, grid, ground=here)
    alone = field_from_control(weaker, grid, ground=ground(grid))
    assert len(asked) == 2
    assert (changed.probability == alone.probability).all()
    assert (changed.confidence == alone.confidence).all()
    assert (changed.confidence != before.confidence).any()


def test_what_drifts_is_written_over_the_field_of_the_day_before(
    grid: Theater, control: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The confidence of a place may drift; less than a step of evidence is not spread again."""
    here = ground(grid)
    before = field_from_control(control, grid, ground=here)
    shares = [{one: share + 1e-4 for one, share in own.items()} for own in control["shares"]]
    drifted = control.assign(shares=shares, confidence=control["confidence"] + 1e-4)
    alone = field_from_control(drifted, grid, ground=ground(grid))
    monkeypatch.setattr(solve, "_spread", None)
    found = field_from_control(drifted, grid, ground=here)
    for name in ("leaning", "status", "doubt", "confidence", "probability", "evidence_km"):
        assert getattr(found, name).tobytes() == getattr(alone, name).tobytes()
    assert (found.confidence != before.confidence).any()


def test_areas_that_are_drawn_again_are_frames_of_their_own(
    grid: Theater, control: pd.DataFrame
) -> None:
    field = field_from_control(control, grid, ground=ground(grid))
    first = territory_from_field(field, grid)
    leaning = first["leaning"].tolist()
    first["leaning"] = "nobody"
    again = territory_from_field(field, grid)
    assert again["leaning"].tolist() == leaning
    assert again.geometry.array[0] is first.geometry.array[0]
