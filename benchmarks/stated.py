"""
How often somebody says who holds a seat, a large town, a base or a plant.

Run ``python benchmarks/stated.py [--list]``. For each two years of the war it counts the places of
which no claim of a holder is made: none of the place itself, and none of an area that it lies in.
The seats are those of districts and subdistricts, the sites those of the theater's own list.
With ``--list`` every place is named with the years that are silent.
"""

from __future__ import annotations

import argparse
import sys

import pandas as pd
import shapely

from syriamap.claims.reader import read_claims
from syriamap.theater.folder import Theater, read_theater

LARGE = 20_000
YEARS = range(2011, 2027, 2)


def places_of_weight(theater: Theater) -> pd.DataFrame:
    """Seats, towns of more than 20,000 people and sites: the theater's places with `why`."""
    places = theater.places.reset_index()
    own_unit = (places["name"] == places["admin2"]) | (places["name"] == places["admin3"])
    seat = own_unit & (places["pcode"] != "")
    large = pd.to_numeric(places["population"]) > LARGE
    site = places["place_id"].str.startswith(("site-", "oa-"))
    why = pd.Series("", index=places.index)
    for mask, word in ((site, "site"), (large, "town"), (seat, "seat")):
        why = why.mask(mask, word)
    return places.assign(why=why)[why != ""]


def stated(theater: Theater, claims: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Whether anybody speaks of each place in each two years: rows places, columns first years."""
    pair = YEARS.start + (claims["event_date"].dt.year - YEARS.start) // YEARS.step * YEARS.step
    said = pd.DataFrame(False, index=chosen["place_id"], columns=list(YEARS))
    points = shapely.points(chosen["lon"], chosen["lat"])
    inside = {
        area: shapely.contains_properly(theater.areas[area], points)
        for area in claims["area_id"].unique()
        if area in theater.areas
    }
    for first, group in claims.groupby(pair):
        if first not in said:
            continue
        said.loc[said.index.isin(group["place_id"]), first] = True
        for area in group["area_id"].unique():
            if area in inside:
                said.loc[inside[area], first] = True
    return said


def main(argv: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name every place and its silent years")
    options = parser.parse_args(argv)
    theater = read_theater()
    theater = theater.with_areas_of(theater.claim_files)
    chosen = places_of_weight(theater)
    said = stated(theater, read_claims(theater.claim_files, theater), chosen)
    silent = ~said.set_axis(pd.MultiIndex.from_frame(chosen[["why", "name", "place_id"]]))
    table = silent.groupby("why").sum()
    table.insert(0, "places", silent.groupby("why").size())
    sys.stdout.write(table.to_string() + "\n")
    share = said.to_numpy().mean()
    sys.stdout.write(f"{share:.1%} of {said.size} two years of a place have a statement\n")
    if options.list:
        rows = silent[silent.any(axis=1)]
        for (why, name, place_id), marks in zip(rows.index.to_list(), rows.to_numpy(), strict=True):
            years = " ".join(str(year) for year, mark in zip(YEARS, marks, strict=True) if mark)
            sys.stdout.write(f"{why}\t{place_id}\t{name}\t{years}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
