"""
The map that an afternoon makes: latest claim of each place → Voronoi → dissolve → folium.

What `ratios.py` measures syriamap against. It reads the same files, believes the newest claim that
names a holder, and knows no doubt, no area, no fight and no side::

    python benchmarks/naive.py 2024-12-08 page.html
    python benchmarks/naive.py 2024-12-08 page.html --since 2024-11-26   # folium's own time layer
    python benchmarks/naive.py 2024-12-08 - --only-shapes                # Voronoi and dissolve
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

FOLDER = Path(__file__).resolve().parents[1] / "gazetteer" / "syria"
HOLDS = {"controls", "captured", "entered"}


def claims_of(folder: Path) -> pd.DataFrame:
    """Claims on places by day."""
    files = sorted((folder / "claims").glob("*.csv"))
    claims = pd.concat([pd.read_csv(file, dtype=str) for file in files])
    claims = claims[claims["relation"].isin(HOLDS) & claims["place_id"].notna()]
    return claims.sort_values("event_date", kind="stable")


def territory(
    claims: pd.DataFrame, places: pd.DataFrame, country: gpd.GeoSeries, day: str
) -> gpd.GeoDataFrame:
    """Cells around the places of which a claim speaks, joined by who held each last."""
    last = claims[claims["event_date"] <= day].drop_duplicates("place_id", keep="last")
    last = last[last["place_id"].isin(places.index)]
    rows = places.loc[last["place_id"]]
    points = gpd.GeoSeries.from_xy(rows["lon"], rows["lat"], crs="EPSG:4326").to_crs("EPSG:22770")
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points.to_numpy()), extend_to=country.iloc[0])
    )
    cell, point = shapely.STRtree(cells).query(points.to_numpy(), predicate="within")[::-1]
    frame = gpd.GeoDataFrame(
        {"actor": last["actor"].to_numpy()[point]}, geometry=cells[cell], crs="EPSG:22770"
    )
    frame.geometry = frame.geometry.intersection(country.iloc[0])
    return frame.dissolve("actor").reset_index()


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("day")
    parser.add_argument("page")
    parser.add_argument("--since")
    parser.add_argument("--only-shapes", action="store_true")
    asked = parser.parse_args()
    claims = claims_of(FOLDER)
    places = pd.read_csv(FOLDER / "places.csv", index_col="place_id")
    outline = gpd.read_file(FOLDER / "boundary.geojson")
    whole = outline[outline["variant"].isna()].head(1).to_crs("EPSG:22770")
    country = gpd.GeoSeries(whole.geometry.reset_index(drop=True))
    if asked.only_shapes:
        took = []
        for _ in range(5):
            start = time.process_time()
            territory(claims, places, country, asked.day)
            took.append(time.process_time() - start)
        print(json.dumps({"seconds": min(took)}))
        return
    import folium

    page = folium.Map([35.0, 38.5], zoom_start=7, tiles=None)
    if asked.since is None:
        folium.GeoJson(territory(claims, places, country, asked.day).to_crs("EPSG:4326")).add_to(
            page
        )
    else:
        from folium.plugins import TimestampedGeoJson

        first, last = (dt.date.fromisoformat(one) for one in (asked.since, asked.day))
        features = []
        for number in range((last - first).days + 1):
            day = (first + dt.timedelta(number)).isoformat()
            told = territory(claims, places, country, day).to_crs("EPSG:4326")
            for one in json.loads(told.to_json())["features"]:
                shape = one["geometry"]
                parts = shape["coordinates"]
                # it draws no more of a polygon than its first ring
                features += [
                    {
                        "type": "Feature",
                        "geometry": {"type": "Polygon", "coordinates": rings},
                        "properties": {"times": [day] * len(rings), **one["properties"]},
                    }
                    for rings in ([parts] if shape["type"] == "Polygon" else parts)
                ]
        TimestampedGeoJson(  # type: ignore[no-untyped-call]
            {"type": "FeatureCollection", "features": features}, period="P1D"
        ).add_to(page)
    page.save(asked.page)


if __name__ == "__main__":
    main()
