"""
Draw ``images/wings.svg`` from the imports: ``python docs/wings.py``; a test compares.

A wing stands a floor above the highest wing that it imports. An arrow that others imply (``webmap``
imports ``history``, ``history`` imports ``claims``) is not drawn. Where a box stands from left to
right, and where a long arrow gives way to the boxes between, is chosen by hand below; floors and
arrows are not.
"""

from __future__ import annotations

import ast
from html import escape
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "syriamap"

WINGS = {
    "errors": (2.6, "what goes wrong"),
    "online": (0.75, "address → body"),
    "look": (6.0, "colors, words"),
    "files": (2.6, "tables, writing"),
    "cache": (4.3, "arrays, kept"),
    "jobs": (0.75, "shared work"),
    "theater": (2.6, "folder of a war"),
    "names": (1.5, "name → places"),
    "territory": (3.7, "areas and fronts"),
    "claims": (1.5, "who said what"),
    "extraction": (0.0, "text → drafts"),
    "control": (1.5, "who holds what"),
    "history": (4.85, "the map of a day"),
    "evaluate": (0.75, "how right"),
    "explain": (2.25, "why"),
    "figure": (3.7, "map for print"),
    "webmap": (4.85, "the page"),
    "export": (6.0, "files for others"),
    "pipeline": (4.275, "question, build"),
    "report": (4.275, "folder of a report"),
    "serve": (2.25, "a desk in a browser"),
    "cli": (2.25, "parse, call, print"),
}
"""Column and words of each wing."""

ASIDE: dict[tuple[str, str], list[tuple[float, float]]] = {
    ("cli", "extraction"): [(0.0, 7.7)],
    ("figure", "look"): [(5.42, 6), (5.42, 5), (5.42, 3)],
    ("webmap", "look"): [(5.42, 6), (5.42, 5), (5.42, 3)],
    ("evaluate", "territory"): [(2.3, 6), (2.45, 5)],
    ("explain", "territory"): [(2.5, 6), (2.65, 5)],
}
"""Columns and floors by which an arrow gives way."""

_WIDTH, _HEIGHT = 128, 50
_COLUMN, _FLOOR = 134, 94
_LEFT, _TOP = 136, 20

_STYLE = """
text { font-family: system-ui, sans-serif }
.ground { fill: #ffffff } .floor { fill: #f3f4f6 } .box { fill: #ffffff; stroke: #4b5563 }
.line { fill: none; stroke-width: 1.8 } text { fill: #111827 } .said { fill: #4b5563 }
.c0 { stroke: #1d5fa8 } .c1 { stroke: #b4451f } .c2 { stroke: #2f7d32 } .c3 { stroke: #7a3fa0 }
.h0 { fill: #1d5fa8 } .h1 { fill: #b4451f } .h2 { fill: #2f7d32 } .h3 { fill: #7a3fa0 }
@media (prefers-color-scheme: dark) {
.ground { fill: #14171c } .floor { fill: #1d2129 } .box { fill: #262b35; stroke: #9ca3af }
text { fill: #f3f4f6 } .said { fill: #b6bdc9 }
.c0 { stroke: #7db4f0 } .c1 { stroke: #f09a78 } .c2 { stroke: #86d08a } .c3 { stroke: #c79be8 }
.h0 { fill: #7db4f0 } .h1 { fill: #f09a78 } .h2 { fill: #86d08a } .h3 { fill: #c79be8 } }
"""


def imports_of_wings() -> dict[str, set[str]]:
    """Give each wing and the wings that it imports, inside functions and for typing too."""
    found: dict[str, set[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        wing = file.relative_to(PACKAGE).with_suffix("").parts[0]
        if wing[:2] == "__":  # the doors, which hand on or over
            continue
        own = found.setdefault(wing, set())
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            parts = [module.split(".") for module in modules]
            own |= {part[1] for part in parts if part[0] == "syriamap"} - {wing, "__version__"}
    return found


def floors_of(imports: dict[str, set[str]]) -> dict[str, int]:
    """Give the floor of each wing, 1 for those that import none."""
    floors: dict[str, int] = {}
    while len(floors) < len(imports):
        ready = {wing for wing in imports.keys() - floors.keys() if imports[wing] <= floors.keys()}
        if not ready:
            raise ValueError(f"a circle of wings: {sorted(imports.keys() - floors.keys())}")
        floors |= {
            wing: 1 + max((floors[one] for one in imports[wing]), default=0) for wing in ready
        }
    return floors


def arrows_of(imports: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Give the imports that no chain of others implies."""
    below: dict[str, set[str]] = {}
    for wing in sorted(imports, key=floors_of(imports).__getitem__):
        below[wing] = imports[wing].union(*(below[one] for one in imports[wing]))
    return [
        (wing, one)
        for wing in WINGS
        for one in WINGS
        if one in imports[wing] and not any(one in below[other] for other in imports[wing])
    ]


def wings_svg() -> str:
    """Give the picture."""
    imports = imports_of_wings()
    if imports.keys() != WINGS.keys():
        raise ValueError(f"WINGS has no column for {sorted(imports.keys() ^ WINGS.keys())}")
    floors, arrows = floors_of(imports), arrows_of(imports)
    top = max(floors.values())

    def spot(column: float, floor: float) -> tuple[float, float]:
        return _LEFT + column * _COLUMN, _TOP + (top - floor) * _FLOOR

    width = round(_LEFT + max(column for column, _ in WINGS.values()) * _COLUMN + _WIDTH / 2 + 14)
    height = _TOP + (top - 1) * _FLOOR + _HEIGHT + 12
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>The wings of the package, floor by floor, and what each imports</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{width}" height="{height}" rx="8"/>',
    ]
    for floor in range(1, top + 1):
        y = spot(0, floor)[1]
        lines.append(
            f'<rect class="floor" x="8" y="{y - 8:g}" width="{width - 16}" height="{_HEIGHT + 16}" '
            f'rx="6"/><text class="said" x="18" y="{y + 30:g}" font-size="13">floor {floor}</text>'
        )
    hue = {one: number % 4 for number, one in enumerate(dict.fromkeys(one for _, one in arrows))}
    for wing, one in sorted(arrows, key=lambda arrow: WINGS[arrow[0]][0]):
        ends = _ends(wing, one, arrows)
        x, y = spot(WINGS[wing][0], floors[wing])
        points = [(x + ends[0], y + _HEIGHT)]
        points += [spot(column, floor) for column, floor in ASIDE.get((wing, one), [])]
        x, y = spot(WINGS[one][0], floors[one])
        lines.append(_arrow([*points, (x + ends[1], y)], hue[one]))
    for wing, (column, words) in WINGS.items():
        x, y = spot(column, floors[wing])
        lines.append(
            f'<rect class="box" x="{x - _WIDTH / 2:g}" y="{y:g}" width="{_WIDTH}" '
            f'height="{_HEIGHT}" rx="6"/><text x="{x:g}" y="{y + 22:g}" text-anchor="middle" '
            f'font-size="17" font-weight="600">{wing}</text><text class="said" x="{x:g}" '
            f'y="{y + 40:g}" text-anchor="middle" font-size="13">{escape(words)}</text>'
        )
    return "\n".join([*lines, "</svg>", ""])


def _ends(wing: str, one: str, arrows: list[tuple[str, str]]) -> tuple[float, float]:
    """How far from the middles of two boxes their arrow begins and ends: beside the others."""
    offsets = []
    for end, box in enumerate((wing, one)):
        others = [arrow for arrow in arrows if arrow[end] == box]
        others.sort(key=lambda arrow: (WINGS[arrow[1 - end]][0], arrow))
        place = others.index((wing, one)) - (len(others) - 1) / 2
        offsets.append(place * min(26.0, 100.0 / len(others)))
    return offsets[0], offsets[1]


def _arrow(points: list[tuple[float, float]], hue: int) -> str:
    """Curve that leaves and arrives upright, with a head."""
    x, y = points[0]
    path = f"M{x:g} {y:g}"
    end = (points[-1][0], points[-1][1] - 7)
    for nx, ny in [*points[1:-1], end]:
        bend = (ny - y) / 2
        path += f" C{x:g} {y + bend:g} {nx:g} {ny - bend:g} {nx:g} {ny:g}"
        x, y = nx, ny
    head = f"M{x - 4.5:g} {y:g}L{x + 4.5:g} {y:g}L{x:g} {y + 7:g}Z"
    return f'<path class="line c{hue}" d="{path}"/><path class="h{hue}" d="{head}"/>'


if __name__ == "__main__":
    path = Path(__file__).parent / "images" / "wings.svg"
    path.write_text(wings_svg(), encoding="utf-8")
