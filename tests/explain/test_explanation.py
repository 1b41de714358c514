"""Why a place has its color, and the map without each claim."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from theaters import (
    PLACES,
    Row,
    arcadia,
    claim,
    claims_frame,
    halves,
    island_state,
    required_only,
    thirds,
    twenty_actors,
    two_actors,
    write_theater,
)

from syriamap.claims.question import Question
from syriamap.claims.reader import read_claims
from syriamap.control.claimed import control_from_claims
from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.errors import EvaluateError
from syriamap.explain.explanation import (
    claim_effects,
    explain_place,
    explanation_text,
    with_effects,
)
from syriamap.territory import field_from_control
from syriamap.theater.folder import Theater, read_theater

DAY = date(2030, 3, 5)


def test_explanations(grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(halves(), grid, tmp_path)
    said = explain_place("p40", Question(grid, claims), DAY)
    assert (said.claimed, said.status, said.leaning) == (True, "held", "red")
    assert len(said.claims) == 1
    inferred = explain_place("p41", Question(grid, claims), DAY)
    assert not inferred.claimed
    assert inferred.claims["influence"].sum() <= 1.0 + 1e-6
    assert "without it" in explanation_text(inferred, DAY)
    with pytest.raises(EvaluateError, match="no place"):
        explain_place("nowhere", Question(grid, claims), DAY)


def test_a_battle_for_a_city_is_told(theater: Theater, tmp_path: Path) -> None:
    """What makes a city contested between two fights stands in its steps."""
    rows = [
        claim("oak", "crown", "controls", day="2029-10-01"),
        *(claim("oak", "rebels", "contested", against="crown", day=day)
          for day in ("2030-01-05", "2030-02-01", "2030-05-01")),
    ]  # fmt: skip
    said = explain_place("oak", Question(theater, claims_frame(rows, theater, tmp_path)), DAY)
    assert (said.status, "fighting" in said.reasons) == ("contested", True)
    assert [one["battle"] > 0.5 for one in said.steps] == [False, True, True, True]
    assert "battle for the city 0." in explanation_text(said, DAY)


def test_what_is_no_likelier_than_unheard_of_is_no_news(theater: Theater, tmp_path: Path) -> None:
    rows = [
        claim("oak", "crown", "controls", day="2025-10-01"),
        claim("oak", "rebels", "contested", against="crown", day="2026-06-05"),
        claim("oak", "rebels", "withdrew", day="2029-12-20"),
    ]
    said = explain_place("oak", Question(theater, claims_frame(rows, theater, tmp_path)), DAY)
    usual = TimeSettings().battle_rate * TimeSettings().battle_half_life / math.log(2.0)
    usual /= 1.0 + usual
    assert [one["unreported"]["battle"] for one in said.steps] == [round(usual, 4)] * 3
    assert said.steps[-1]["battle"] == pytest.approx(usual, abs=1e-3)
    text = explanation_text(said, DAY)
    assert f"battle for the city {usual:.2f} (no likelier than where nothing is reported)" in text
    fought = next(line for line in text.splitlines() if "2026-06-05: " in line)
    assert "fighting 0.9" in fought
    assert "fighting 0.9 (no" not in fought


def test_the_terms_of_a_place(theater: Theater, tmp_path: Path) -> None:
    """Steps with hindsight, since when as an interval, neighbors that fell then, addresses."""
    rows = [
        claim("oak", "crown", "controls", day="2030-02-01", claim_id="a"),
        claim("elm", "crown", "controls", day="2030-02-01", claim_id="b"),
        claim("elm", "rebels", "captured", against="crown", day="2030-03-03", claim_id="c"),
        claim("oak", "rebels", "captured", against="crown", day="2030-03-04", publisher="Agency",
              claim_id="d", source_url="https://example.org/oak"),
        claim("oak", "rebels", "controls", day="2030-03-09", publisher="Monitor", claim_id="e"),
    ]  # fmt: skip
    question = Question(theater, claims_frame(rows, theater, tmp_path))
    said = explain_place("oak", question, DAY)
    steps = [(one["date"], one["holder"], one["claims"][0]["claim_id"]) for one in said.steps]
    assert steps == [
        ("2030-02-01", "crown", "a"), ("2030-03-04", "rebels", "d"), ("2030-03-09", "rebels", "e")
    ]  # fmt: skip
    around = said.around
    assert (around["last_other"], around["first_sure"]) == ("2030-03-03", "2030-03-04")
    (elm,) = around["neighbors"]
    assert (elm["place_id"], elm["date"], elm["from"], elm["to"]) == (
        "elm", "2030-03-03", "crown", "rebels"
    )  # fmt: skip
    assert 0 < around["from_neighbors"] < 1
    assert said.claims["source_url"].tolist() == ["https://example.org/oak"]
    text = explanation_text(said, DAY)
    assert "https://example.org/oak" in text
    assert "after 2030-03-03, the last day of somebody else, and surely by 2030-03-04" in text
    assert "2030-03-03: Elmstead, from crown to rebels" in text
    assert "2030-03-04: rebels, chance" in text
    assert "1 claim says rebels took it" in text
    named = explanation_text(said, DAY, theater)
    assert theater.actors.loc["rebels", "name"] in named.splitlines()[0]
    assert named.splitlines()[0].endswith(".")
    inferred = explain_place("yew", question, DAY)
    assert (inferred.claimed, inferred.steps, inferred.around) == (False, (), {})


def test_each_place_without_its_weightiest_claim(wide_grid: Theater, tmp_path: Path) -> None:
    claims = claims_frame(thirds(), wide_grid, tmp_path)
    control = control_from_claims(claims, wide_grid, DAY)
    effects = claim_effects(Question(wide_grid, claims), DAY, most=2)
    assert effects["place_id"].tolist() == [one for one in control["place_id"] for _ in range(2)]
    first = effects.drop_duplicates("place_id")
    assert first["claim_id"].tolist() == [ids[0] for ids in control["claim_ids"]]
    agreed = 0
    for place, claim_id, leaning, status, _ in first.iloc[::5].itertuples(index=False):
        exact = explain_place(place, Question(wide_grid, claims), DAY)
        exact = exact.claims.set_index("claim_id").loc[claim_id]
        agreed += (exact["without_leaning"], exact["without_status"]) == (leaning, status)
    assert agreed == len(first.iloc[::5])
    page = with_effects(control, effects)["without"]
    assert all(len(told) == 2 and told[0][0].startswith("c-") for told in page)
    assert "without" not in control


def theaters_of_all_kinds(folder: Path) -> dict[str, tuple[Path, list[Row]]]:
    few = [claim("oak", "crown"), claim("pine", "rebels"), claim("fir", "league")]
    everywhere = [row["place_id"] for row in PLACES]
    contested = [claim(one, "crown", "contested", against="rebels") for one in everywhere]
    return {
        "two actors": (required_only(folder / "a"), [claim("oak", "red"), claim("ash", "blue")]),
        "twenty actors": (twenty_actors(folder / "b"), []),
        "three places only": (arcadia(folder / "c"), few),
        "no water": (write_theater(folder / "d", actors=two_actors()), [claim("oak", "red")]),
        "an island": (
            island_state(folder / "e"), [claim("isle", "rebels"), claim("oak", "crown")],
        ),
        "one claim": (arcadia(folder / "f"), [claim("oak", "crown")]),
        "all contested": (arcadia(folder / "g"), contested),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["two actors", "twenty actors", "three places only", "no water", "an island", "one claim",
     "all contested"],
)  # fmt: skip
def test_any_theater_has_reasons(name: str, tmp_path: Path) -> None:
    folder, rows = theaters_of_all_kinds(tmp_path)[name]
    theater = read_theater(folder)
    claims = (
        claims_frame(rows, theater, tmp_path) if rows else read_claims(theater.claim_files, theater)
    )
    control = control_from_claims(claims, theater, DAY)
    effects = claim_effects(Question(theater, claims), DAY)
    assert len(effects) in {0, len(control)}
    claimed = str(control["place_id"].iloc[0])
    other = next((one for one in theater.places.index if one not in set(control["place_id"])), "")
    for place in filter(None, (claimed, other)):
        found = explain_place(place, Question(theater, claims), DAY)
        assert found.claimed == (place == claimed)
        assert found.name in explanation_text(found, DAY)
        assert (found.claims["changed_km2"] >= 0).all()
    assert field_from_control(control, theater).status[0]
