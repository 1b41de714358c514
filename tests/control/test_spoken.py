"""Which actor of a side claims name at a place."""

from __future__ import annotations

import numpy as np

from syriamap.control.evidence import Vote
from syriamap.control.timeline.engine_settings import TimeSettings
from syriamap.control.timeline.lives import Lives
from syriamap.control.timeline.spoken import Spoken, spoken_at_places

REBELS, CROWN = 0, 1
SETTINGS = TimeSettings(umbrella_actors=("rebels",))
SIDES = {"army": REBELS, "brigade": REBELS, "rebels": REBELS, "crown": CROWN}
LIVES = Lives(("rebels", "crown"), tuple(SIDES), SIDES, {}, {}, np.zeros(3, int))


def word(
    day: int, actor: str, effect: str = "state", rival: str = "", *, weight: float = 0.8,
    origin: str = "Wire",
) -> Vote:  # fmt: skip
    return Vote(f"c{day}", "oak", day, effect, actor, rival, weight, origin, ())


def said(*votes: Vote) -> dict[tuple[int, int], Spoken]:
    return spoken_at_places([[], list(votes)], LIVES, SETTINGS)


def test_nobody_is_named_where_nothing_is_said() -> None:
    assert (
        spoken_at_places([], LIVES, SETTINGS) == spoken_at_places([[], []], LIVES, SETTINGS) == {}
    )
    assert said(word(1, "", "change", "army")).keys() == {(1, REBELS)}


def test_the_surest_word_of_an_origin_counts_once_a_day() -> None:
    votes = [
        word(1, "brigade", weight=0.5),
        word(1, "brigade", weight=0.6),
        word(1, "army", origin="A", weight=0.4),
        word(1, "army", origin="B", weight=0.4),
    ]
    told = said(*votes)[1, REBELS].told
    assert told == [(1, "army", 0.4), (1, "army", 0.4), (1, "brigade", 0.6)]
    assert said(*votes)[1, REBELS].actor(0) == "army"
    assert said(*votes[::-1])[1, REBELS].told == told


def test_umbrella_names_and_losers_say_less() -> None:
    found = said(word(1, "rebels", "change", "crown"))
    assert found[1, REBELS].told == [(1, "rebels", 0.4)]
    assert found[1, CROWN].told == [(1, "crown", 0.8 * 0.3)]


def test_who_takes_a_place_from_its_like_was_not_there_before() -> None:
    taken = word(9, "brigade", "change", "army")
    spoken = said(word(5, "rebels"), taken)[1, REBELS]
    assert spoken.taken == {9: (0.8, "brigade", "army")}
    assert [next(spoken.near(day)) for day in (4, 6, 9)] == ["rebels", "rebels", "brigade"]
    assert next(said(taken)[1, REBELS].near(4)) == "army"
    assert said(word(5, "brigade"), taken)[1, REBELS].given == {"brigade": 5}
