"""
How far the maps agree with the claims of their own day.

For each date: the claims of that day that name a holder (`controls`, `captured`, not denied), and
how many of their places the map gives to the claim's side, calls contested, leaves undetermined or
gives to another side. Claims of one day contradict each other, so that all cannot agree.

    python benchmarks/agreement.py [--json] [DATE …]
"""

from __future__ import annotations

import argparse
import json

import syriamap

DATES = (
    "2024-11-27", "2024-11-30", "2024-12-03", "2024-12-05", "2024-12-06", "2024-12-07",
    "2024-12-08",
)  # fmt: skip


def agreement(date: str) -> dict[str, float | int | str]:
    """Count how the map of a date stands to the holder claims of that day."""
    made = syriamap.build(date)
    claims = made.claims_used
    named = claims[
        (claims["event_date"] == claims["event_date"].max())
        & claims["relation"].isin(["controls", "captured"])
        & (claims["certainty"] != "denied")
        & (claims["area_id"] == "")
    ]
    states = made.states.set_index("place_id")
    counts = {"agree": 0, "contested": 0, "undetermined": 0, "other": 0}
    for place_id, actor in zip(named["place_id"], named["actor"], strict=True):
        state = states.loc[place_id]
        if state["status"] in {"contested", "undetermined"}:
            counts[state["status"]] += 1
        elif made.theater.side_of(state["actor"]) == made.theater.side_of(actor):
            counts["agree"] += 1
        else:
            counts["other"] += 1
    return {"date": date, "claims": len(named), **counts}


def main() -> None:
    """Print a line a date, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dates", nargs="*", default=list(DATES))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = [agreement(date) for date in options.dates]
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    print("date        claims  agree  contested  undetermined  other side")
    for row in rows:
        print(
            f"{row['date']}  {row['claims']:>6}  {row['agree']:>5}  {row['contested']:>9}"
            f"  {row['undetermined']:>12}  {row['other']:>10}"
        )


if __name__ == "__main__":
    main()
