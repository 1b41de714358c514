"""Every recipe of the docs and of the README runs, and gives what the page says."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import CLAIMS
from paths import ROOT
from theaters import arcadia, claim, write_claims_csv

import syriamap
from syriamap.pipeline.build import Build, Series, series

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RECIPE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def recipes(page: str) -> list[str]:
    path = ROOT / page
    return RECIPE.findall(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Series:
    """Two days of Arcadia, for recipes about many days."""
    rows = [*CLAIMS, claim("fir", "rebels", day="2030-03-05")]
    folder = arcadia(tmp_path_factory.mktemp("recipes"), claims=rows)
    return series("2030-03-05", since="2030-03-04", theater=folder)


@pytest.fixture
def here(
    sixth: Build, small: Series, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """
    Run in a folder of its own. The map of Syria is built once; many days are two of Arcadia.

    Whatever else the recipe asks a map with must be real: it goes to the library as it is.
    """
    monkeypatch.chdir(tmp_path)
    real = syriamap.build

    def build(day: str, **asked: Any) -> Build:
        return real(day, **asked) if asked else sixth

    monkeypatch.setattr(syriamap, "build", build)
    monkeypatch.setattr(syriamap, "series", lambda *_, **__: small)
    monkeypatch.setattr("syriamap.pipeline.history", lambda *_, **__: small.history())
    return {}


def run(source: str, names: dict[str, Any]) -> Any:
    """Run a recipe; gives the value of its last line, as a notebook shows it."""
    *before, last = source.strip().splitlines()
    exec(compile("\n".join(before), "recipe", "exec"), names)  # noqa: S102  (our own docs)
    try:
        code = compile(last, "recipe", "eval")
    except SyntaxError:
        exec(compile(source, "recipe", "exec"), names)  # noqa: S102
        return None
    return eval(code, names)  # noqa: S307


def readme(names: dict[str, Any]) -> None:
    (source,) = recipes("README.md")
    found = run(source, names)
    assert abs(found.latitude - 35.13) < 0.02
    contested = names["m"].control.query("status == 'contested'")
    assert 0 < len(contested) < len(names["m"].control)
    assert Path("syria.geojson").stat().st_size > 100_000


def index(names: dict[str, Any]) -> None:
    (source,) = recipes("docs/index.md")
    run(source, names)
    assert [path.name for path in sorted(Path().iterdir())] == [
        "syria.gpkg",
        "syria.html",
        "syria.pdf",
    ]


def claims(names: dict[str, Any]) -> None:
    (source,) = recipes("docs/claims.md")
    rows = [claim("gn-170017", "hts", day="2024-12-05")]
    write_claims_csv(Path("mine.csv"), rows)
    frame = pd.DataFrame([claim("gn-169577", "government", "controls", day="2024-12-05")])
    names |= {"syriamap": syriamap, "theater": syriamap.read_theater(), "frame": frame}
    run(source, names)
    assert len(names["claims"]) == 2
    assert list(names["made"].control["place_id"]) == ["gn-169577"]


def figures(names: dict[str, Any]) -> None:
    (source,) = recipes("docs/figures.md")
    run(source, names)
    assert "<svg" in Path("syria.svg").read_text(encoding="utf-8")[:2000]
    assert Path("homs.png").read_bytes()[:4] == b"\x89PNG"


def frames(names: dict[str, Any]) -> None:
    first, second, third, fourth = recipes("docs/frames.md")
    made = run(first, names)
    assert repr(made).startswith("<Build of Syria on 2024-12-06: ")
    held = run(second, names)
    assert held["government"] > 50
    assert (held > 0).all()
    pytest.importorskip("mapclassify")
    assert "geo_json" in run(third, names).get_root().render()
    table = run(fourth, names)
    assert len(table) == 2
    sums = table.sum(axis=1)
    assert sums.iloc[0] == pytest.approx(sums.iloc[1], rel=1e-4)


def howto(names: dict[str, Any]) -> None:
    shares, areas, mean = recipes("docs/howto.md")
    table = run(shares, names)
    assert table.sum(axis=1).to_numpy() == pytest.approx(1.0)
    from syriamap.export import export_series

    days = syriamap.series("2024-12-08", since="2024-11-27").days
    export_series(days, Path("offensive.gpkg"))
    first = days[0].territory.groupby("actor")["area_km2"].sum()
    run(areas.replace("2024-12-05", "2030-03-04"), names)
    assert names["km2"].sum() == pytest.approx(first.sum(), rel=0.001)
    assert names["km2"]["Royal Army"] == pytest.approx(first["crown"], rel=0.01)
    run(mean, names)
    assert names["mean_km2"].sum() == pytest.approx(first.sum(), rel=0.001)


def page(names: dict[str, Any]) -> None:
    (source,) = recipes("docs/page.md")
    import folium.plugins

    points = [(35.13, 36.75), (34.73, 36.71)]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        run(source, {"syriamap": syriamap, "folium": folium, "points": points})
    assert any("cdn.jsdelivr.net" in str(one.message) for one in told)
    assert "L.heatLayer" in Path("heat.html").read_text(encoding="utf-8")


def report(names: dict[str, Any]) -> None:
    check, write = recipes("docs/report.md")
    run(write, names)
    run(check, names)
    page = Path("report") / "report.html"
    assert hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_text("changed", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"report\.html"):
        run(check, names)


def toponyms(names: dict[str, Any]) -> None:
    (source,) = recipes("docs/toponyms.md")
    run(source, names)
    for line in source.splitlines():
        code, _, said = line.partition("  # ")
        if said and not said.startswith("the "):
            assert eval(code, names) == said  # noqa: S307
    assert names["geocoder"].geocode({"city": "Suran", "county": "Azaz"}).latitude > 36.4


RUNS: dict[str, Callable[[dict[str, Any]], None]] = {
    "README.md": readme, "docs/index.md": index, "docs/claims.md": claims, "docs/figures.md": figures,
    "docs/frames.md": frames, "docs/howto.md": howto, "docs/page.md": page, "docs/report.md": report,
    "docs/toponyms.md": toponyms,
}  # fmt: skip


def test_every_page_with_a_recipe_is_run() -> None:
    with_recipes = {
        path.relative_to(ROOT).as_posix() for path in PAGES
        if RECIPE.search(path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert with_recipes == set(RUNS)


@pytest.mark.parametrize("name", list(RUNS))
def test_the_recipes_of_a_page(name: str, here: dict[str, Any]) -> None:
    RUNS[name](here)
