"""
How the two settings of the moving-front hazard were chosen: forward chaining on the claims.

For every day, the claims of the day before and earlier give the chance of each side at each place;
the claims of the day itself, where they name a holder of a place that was claimed before, are
foretold. Printed for each setting: their mean log-loss and how many were foretold right, and the
same for the later half of the days alone::

    python benchmarks/hazard.py --from 2024-11-26 --to 2024-12-10 [--json FILE]

The sample is made of places that are reported on, which change hands more often than others: of
settings that foretell about equally well, the more cautious one is right.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measured import write_report

from syriamap.claims.question import Question
from syriamap.claims.reader import read_claims
from syriamap.control import control_of_question
from syriamap.control.control_settings import HazardSettings
from syriamap.theater.folder import read_theater

_LENGTHS = (8.0, 16.0, 25.0, 40.0)
_WORTHS = (0.3, 0.5, 1.0, 2.0)
_NONE = HazardSettings(least=2.0)


def foretold(question: Question, days: list[date], settings: HazardSettings) -> pd.DataFrame:
    """Log-loss and rightness of each foretold claim."""
    claims, theater = question.claims, question.theater
    named = claims[
        claims["relation"].isin(["controls", "captured"])
        & (claims["certainty"] != "denied")
        & (claims["area_id"] == "")
    ].drop_duplicates(["event_date", "place_id", "actor"])
    rows = []
    for day in days:
        today = named[named["event_date"] == pd.Timestamp(day)]
        control = control_of_question(question, day - timedelta(days=1), hazard=settings)
        known = control.set_index("place_id")
        for place, actor in zip(today["place_id"], today["actor"], strict=True):
            if place not in known.index:
                continue
            chance = sum(
                share
                for other, share in known.at[place, "shares"].items()
                if theater.stance(other, actor, day) == "allied"
            )
            leaning = known.at[place, "leaning"]
            right = bool(leaning) and theater.stance(leaning, actor, day) == "allied"
            rows.append((day, -np.log(0.015 + 0.97 * chance), right))
    return pd.DataFrame(rows, columns=["day", "loss", "right"])


def main() -> None:
    """Print a line for each setting, or write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theater", type=Path)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default="2024-11-26")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default="2024-12-10")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    theater = read_theater(options.theater)
    question = Question(theater, read_claims(theater.claim_files, theater))
    count = (options.last - options.first).days + 1
    days = [options.first + timedelta(days=step) for step in range(count)]
    tried = [("none", _NONE)] + [
        (f"{length:g} km, worth {worth:g}", HazardSettings(length, worth))
        for length in _LENGTHS
        for worth in _WORTHS
    ]
    found: list[dict[str, Any]] = []
    print("| setting | claims | log-loss | right | log-loss, later half |\n|---|---|---|---|---|")
    for name, settings in tried:
        scored = foretold(question, days, settings)
        later = scored[scored["day"] >= days[count // 2]]
        row = {
            "setting": name,
            "claims": len(scored),
            "loss": float(scored["loss"].mean()),
            "right": float(scored["right"].mean()),
            "later": float(later["loss"].mean()),
        }
        found.append(row)
        print(
            f"| {name} | {row['claims']} | {row['loss']:.3f} | {row['right']:.3f} "
            f"| {row['later']:.3f} |",
            flush=True,
        )
    write_report(options.json, {"settings": found})


if __name__ == "__main__":
    main()
