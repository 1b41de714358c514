"""Publishers are people's words: whose name is written another way is no other publisher."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from paths import SYRIA
from theaters import claim

from syriamap.claims.publisher_names import PublisherNames, Spellings, name_key
from syriamap.claims.speakers import Speakers
from syriamap.theater.folder import Theater, read_theater

SPELLED = [
    "REUTERS", "reuters.", " Reuters", "Rеuters", "Reu\u200bters", "Ｒｅｕｔｅｒｓ", "Reutеrѕ", "𝐑euters",
    "Reutérs", "R\u0435ut\u0435rs", "Reu\u00adters", "R\u2003e uters",
]  # fmt: skip


@pytest.mark.parametrize("name", SPELLED)
def test_a_name_is_known_by_whatever_spelling(name: str) -> None:
    assert name_key(name) == name_key("Reuters")
    assert Spellings(["Reuters", "AFP"]).known(name) == "Reuters"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reuters", "Reporters"),
        ("SANA", "SAMA"),
        ("الجزيرة", "العربية"),
        ("AFP", "AP"),
        ("...", "!!!"),
    ],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_letters_that_arabic_keyboards_exchange_are_one() -> None:
    assert name_key("الوکالة") == name_key("الوكالة")


def test_the_shipped_publishers_are_told_apart() -> None:
    """But for one that is listed in two spellings."""
    names = sorted(map(str, read_theater(SYRIA).publisher_rows))
    assert len({name_key(name) for name in names}) >= len(names) - 1


def test_grade_side_and_origin_are_those_of_the_listed_name(theater: Theater) -> None:
    speakers = Speakers(theater)
    assert speakers.about("", "WIRE.") == speakers.about("", "Wire")
    assert speakers.about("", "Wіre") == speakers.about("", "Wire")  # a Cyrillic letter
    assert speakers.about("CROWN ARMY", "Blog") == speakers.about("crown army", "Blog")


def test_what_is_told_of_publishers(theater: Theater) -> None:
    said = "\n".join(
        PublisherNames(theater).told(["Wire", "Bl0g", "Monitors", "Gazette", "Agency Online"])
    )
    assert "'Bl0g' is taken for 'Blog'" in said
    assert "'Monitors' is not listed but nearly 'Monitor'" in said
    assert "'Agency Online' is not listed but nearly 'Agency'" in said
    assert "not listed, 1: 'Gazette'" in said
    assert "'Gazette'" in said
    assert "'Wire'" not in said


def test_another_spelling_adds_no_origin(claims_of: Callable[..., Any], theater: Theater) -> None:
    from datetime import date

    from syriamap.control.claimed import control_from_claims

    one = [claim("oak", "crown", publisher="Wire")]
    more = [*one, *(claim("oak", "crown", publisher=name, source_title=f"t{n}")
                    for n, name in enumerate(["WIRE", "Wіre", "Wi\u200bre", "Ｗire"]))]  # fmt: skip
    first, second = (
        control_from_claims(claims_of(rows), theater, date(2030, 3, 1)) for rows in (one, more)
    )
    assert second["confidence"].tolist()[0] <= first["confidence"].tolist()[0] + 0.02
