"""
Colors of features as simplestyle has them: what web viewers of GeoJSON draw by.

geojson.io, GitHub and many others read `fill`, `stroke`, `marker-color` and `title` of a feature.
They know no patterns: what contested ground is stays told by its lighter fill and its `status`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.look.symbols import definition, shade

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["simple_style"]

_LINES = {"front": ("#161616", 3), "boundary": ("#555555", 1.5)}


def simple_style(row: Mapping[str, Any], actors: pd.DataFrame) -> dict[str, Any]:
    """
    Style of a feature by its properties.

    Parameters
    ----------
    row
        Properties of the feature.
    actors
        Index `actor_id`; column `color`.
    """
    if row["layer"] == "frontline":
        color, width = _LINES[row["kind"]]
        names = f"{row.get('actor_a_name')} – {row.get('actor_b_name')}"
        return {"stroke": color, "stroke-width": width, "title": names}
    actor, look = str(row.get("actor") or ""), _look(row)
    if row["layer"] != "territory":
        color = str(actors.at[actor, "color"]) if actor in actors.index else "#ffffff"
        size = "medium" if row["kind"] in {"city", "struck", "advanced_toward"} else "small"
        return {"marker-color": color, "marker-size": size, "title": str(row.get("name") or "")}
    leaning = str(row.get("leaning") or "")
    whose = actor or (leaning if look in {"contested", "joint_control", "front_band"} else "")
    rules = definition()
    color = str(actors.at[whose, "color"]) if whose in actors.index else str(rules["nobody"])
    opacity = {"contested": rules["contested"], "joint_control": rules["contested"],
               "front_band": rules["contested"] / 2}.get(look, 0.1)  # fmt: skip
    return {
        "fill": color,
        "fill-opacity": rules["held"] if actor else opacity,
        "stroke": color,
        "stroke-width": 0.5,
        "title": str(row.get("actor_name") or look.replace("_", " ")),
    }


def _look(row: Mapping[str, Any]) -> str:
    return shade(str(row.get("status") or ""), str(row.get("doubt") or ""))
