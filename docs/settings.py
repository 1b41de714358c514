"""Write ``settings.md`` from the tables: ``python docs/settings.py``; a test compares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from syriamap.control.control_settings import CONTROL
from syriamap.control.timeline.engine_settings import LIMITS, TimeSettings
from syriamap.history.history_settings import HISTORY
from syriamap.territory.area_settings import AREAS
from syriamap.territory.inference.inference_settings import InferenceSettings
from syriamap.territory.mesh.mesh_settings import MESH
from syriamap.theater.settings import SettingRow, setting_rows

TABLES: tuple[tuple[str, str, Any], ...] = (
    ("Control: claims", "control/control_settings.py", CONTROL),
    ("Control: through time", "control/timeline/engine_settings.py", TimeSettings()),
    ("Control: memory, speed, rounding", "control/timeline/engine_settings.py", LIMITS),
    ("Mesh", "territory/mesh/mesh_settings.py", MESH),
    ("Inference", "territory/inference/inference_settings.py", InferenceSettings()),
    ("Areas and front lines", "territory/area_settings.py", AREAS),
    ("History", "history/history_settings.py", HISTORY),
)
"""Title, module and table of each stage, in the order in which data flows."""

INTRODUCTION = """
The numbers on which a map depends, stage by stage, written from the tables in the code by
`docs/settings.py`. What the stages do with them: [control](control.md), [territory](method.md).

*Source* is where a number comes from: a script in `benchmarks/` under whose eyes it was chosen, a
reference, a reason, or *judgment* (how right maps are with other values of the fitted ones:
[curves](settings-curves.md)); *speed* changes no map, or hardly. *Key* is its name in the
table `[engine]` of `theater.toml`, where a [theater](theater.md) may say otherwise.
"""


def settings_page() -> str:
    """Give the page: a table for each stage, a row for each setting."""
    lines = ["# Settings", INTRODUCTION]
    for title, module, table in TABLES:
        lines += [f"## {title}", "", f"`syriamap/{module}`", ""]
        lines += [
            "| setting | value | unit | what it does | source | key |",
            "|---|--:|---|---|---|---|",
        ]
        lines += [_row(row) for row in setting_rows(table)]
        lines.append("")
    return "\n".join(lines)


def _row(row: SettingRow) -> str:
    key = f"`{row.key}`" if row.key else ""
    source = f"`{row.source}`" if row.source.startswith("benchmarks/") else row.source
    value = _value(row.value)
    return f"| `{row.name}` | {value} | {row.unit} | {row.meaning} | {source} | {key} |"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


if __name__ == "__main__":
    (Path(__file__).parent / "settings.md").write_text(settings_page(), encoding="utf-8")
