"""
A sheet of paper in points: what the figure's parts draw on.

The origin is the lower left corner, one unit is 1/72 inch, whatever the resolution. Map and
furniture share the one coordinate system, so a pattern in the legend is the pattern on the map.
Text stays text: a halo is a drawing of its own below the letters, never a property of them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from syriamap.figure.fonts import FAMILIES
from syriamap.look.symbols import definition, ink, tile_commands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path
    from shapely.geometry.base import BaseGeometry

__all__ = ["INK", "QUIET", "Box", "Sheet", "path_of"]

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

INK = "#1c1b19"
"""Color of text and of marks."""

QUIET = "#56514a"
"""Color of what is read second."""

_PIXEL = 0.75  # a CSS pixel in points
_NOTEBOOK_PIXELS = 640


@dataclass(frozen=True)
class Sheet:
    """
    A page to draw on.

    Attributes
    ----------
    figure, axes
        Of matplotlib; the axes cover the page, in points.
    width, height
        In points.
    unit
        Size of body text, points; line widths and gaps follow it.
    rtl
        Whether the furniture is laid out from right to left.
    window
        What is drawn is cut at this box, when there is one.
    """

    figure: Figure
    axes: Axes
    width: float
    height: float
    unit: float
    rtl: bool = False
    window: Box | None = None
    _sizes: dict[tuple[str, float, str], tuple[float, float]] = field(default_factory=dict)

    def _repr_png_(self) -> bytes:
        """Picture that a notebook shows."""
        stream = io.BytesIO()
        dpi = 72 * _NOTEBOOK_PIXELS / max(self.width, 576.0)  # a narrow one is not blown up
        self.figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
        return stream.getvalue()

    @classmethod
    def blank(cls, width: float, height: float, *, unit: float, rtl: bool) -> Sheet:
        """Make an empty page."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        axes.axis("off")
        return cls(figure, axes, width, height, unit, rtl)

    def smaller(self, share: float) -> Sheet:
        """Give the same page with smaller text."""
        return replace(self, unit=self.unit * share)

    def inside(self, box: Box) -> Sheet:
        """Give the same page, what is drawn cut at a box."""
        return replace(self, window=box)

    def _add(self, patch: PathPatch) -> None:
        from matplotlib.transforms import Bbox, TransformedBbox

        self.axes.add_artist(patch)  # the page has its limits; `add_patch` would seek new ones
        if self.window is not None:
            box = Bbox.from_extents(*self.window)
            patch.set_clip_box(TransformedBbox(box, self.axes.transData))
            patch.set_clip_path(None)

    @property
    def stroke(self) -> float:
        """One CSS pixel of the page, scaled to this sheet."""
        return _PIXEL * self.unit / 7.5

    @cached_property
    def _renderer(self) -> Any:
        return self.figure.canvas.get_renderer()  # type: ignore[attr-defined]

    def measure(self, text: str, size: float, weight: str = "normal") -> tuple[float, float]:
        """Width and height of a line of text, in points."""
        key = (text, size, weight)
        if key not in self._sizes:
            from matplotlib.font_manager import FontProperties

            font = FontProperties(family=list(FAMILIES), size=size, weight=weight)
            width, _, _ = self._renderer.get_text_width_height_descent(text, font, False)
            self._sizes[key] = (float(width), size * 1.22)
        return self._sizes[key]

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """Lines of a text that are no wider than `width`."""
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.measure(longer, size)[0] > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line] if line else lines

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float | None = None,
        weight: str = "normal",
        color: str = INK,
        align: str = "left",
        valign: str = "baseline",
        halo: float = 0.0,
        alpha: float = 1.0,
        order: float = 50,
    ) -> None:
        """Write one line; with a halo of that many points around the letters."""
        from matplotlib.patheffects import Stroke

        if not text:
            return
        style: dict[str, Any] = {
            "fontsize": size or self.unit,
            "fontweight": weight,
            "ha": align,
            "va": valign,
            "family": list(FAMILIES),
            "parse_math": False,
        }
        if halo:
            below = self.axes.text(x, y, text, color="white", zorder=order, **style)
            below.set_path_effects([Stroke(linewidth=2 * halo, foreground="white", alpha=0.85)])
        self.axes.text(x, y, text, color=color, alpha=alpha, zorder=order + 0.5, **style)

    def area(
        self,
        shape: BaseGeometry,
        color: str,
        *,
        alpha: float = 1.0,
        order: float,
        edge: str = "none",
        width: float = 0.0,
        dash: Any = "solid",
    ) -> None:
        """Fill a shape."""
        from matplotlib.patches import PathPatch

        path = path_of(shape)
        if path is None:
            return
        patch = PathPatch(
            path,
            facecolor=_rgba(color, alpha),
            edgecolor=edge,
            linewidth=width,
            linestyle=dash,
            zorder=order,
            joinstyle="round",
        )
        self._add(patch)

    def line(
        self,
        shape: BaseGeometry,
        color: str,
        width: float,
        *,
        alpha: float = 1.0,
        dash: Any = "solid",
        cap: Any = "round",
        order: float,
    ) -> None:
        """Draw lines, `width` in pixels of the page."""
        from matplotlib.patches import PathPatch

        path = path_of(shape)
        if path is None:
            return
        patch = PathPatch(
            path,
            facecolor="none",
            edgecolor=_rgba(color, alpha),
            linewidth=width * self.stroke,
            zorder=order,
            capstyle=cap,
            joinstyle="round",
        )
        if dash != "solid":  # matplotlib counts dashes in line widths
            patch.set_linestyle((0, tuple(one / width for one in dash)))
        self._add(patch)

    def held(
        self, shape: BaseGeometry, color: str, pattern: str, *, order: float, faded: bool = False
    ) -> None:
        """Fill an area with an actor's color and pattern; `faded` where it is background."""
        rules = definition()
        self.area(shape, color, alpha=0.22 if faded else rules["held"], order=order)
        if pattern in rules["tiles"] and not faded:
            width = (1.9 if pattern == "dots" else 1.1) * self.stroke
            self._tiles(shape, rules["tiles"][pattern], ink(color), 0.5, width, order + 0.1)

    def contested(
        self, shape: BaseGeometry, color: str | None, *, order: float, faded: bool = False
    ) -> None:
        """Fill an area with the hatch that only contested areas have."""
        rules = definition()
        if color is not None and not faded:
            self.area(shape, color, alpha=rules["contested"], order=order)
        strength = 0.25 if faded else 0.62
        self._tiles(shape, rules["hatch"], "#1a1a1a", strength, 1.9 * self.stroke, order + 0.1)

    def band(self, shape: BaseGeometry, color: str, *, order: float, faded: bool = False) -> None:
        """Fill an area that is too close to call: the color without a pattern."""
        alpha = float(definition()["contested"])
        self.area(shape, color, alpha=alpha / 2 if faded else alpha, order=order)

    def _tiles(
        self,
        shape: BaseGeometry,
        tile: tuple[float, str],
        color: str,
        alpha: float,
        width: float,
        order: float,
    ) -> None:
        """Repeat a tile over a shape: only the tiles that meet it, clipped by it."""
        import shapely
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if self.window is not None:
            # areas on paper may touch themselves: shrunk, their corners fall together
            sound = shape if shape.is_valid else shapely.make_valid(shape)
            shape = shapely.intersection(sound, shapely.box(*self.window))
        outline = path_of(shape)
        if outline is None:
            return
        size = tile[0] * self.stroke
        left, bottom, right, top = shape.bounds
        columns = np.arange(np.floor(left / size), np.floor(right / size) + 1)
        rows = np.arange(np.floor(bottom / size), np.floor(top / size) + 1)
        x, y = (one.ravel() * size for one in np.meshgrid(columns, rows))
        shapely.prepare(shape)
        meets = shapely.intersects(shape, shapely.box(x, y, x + size, y + size))
        origins = np.column_stack([x, y + size])[meets]  # a tile's own origin is its top left
        if not len(origins):
            return
        points, codes = _tile_path(tile[1], self.stroke)
        vertices = (origins[:, None, :] + points[None, :, :]).reshape(-1, 2)
        repeated = Path(vertices, np.tile(codes, len(origins)))
        repeated.should_simplify = False  # a dot is a line of no length, which would be lost
        patch = PathPatch(
            repeated,
            facecolor="none",
            edgecolor=_rgba(color, alpha),
            linewidth=width,
            capstyle="round",
            joinstyle="round",
            zorder=order,
            snap=False,
        )
        self.axes.add_artist(patch)
        patch.set_clip_path(outline, self.axes.transData)


def _rgba(color: str, alpha: float) -> tuple[float, float, float, float]:
    from matplotlib.colors import to_rgba

    return to_rgba(color, alpha)


def _tile_path(text: str, scale: float) -> tuple[Any, list[int]]:
    from matplotlib.path import Path

    points: list[tuple[float, float]] = []
    codes: list[int] = []
    names = {"M": Path.MOVETO, "L": Path.LINETO, "Q": Path.CURVE3, "C": Path.CURVE4}
    for letter, own in tile_commands(text):
        if letter == "Z":
            points.append((0.0, 0.0))
            codes.append(int(Path.CLOSEPOLY))
        else:
            points += own
            codes += [int(names[letter])] * len(own)
    return np.array(points) * (scale, -scale), codes


def path_of(shape: BaseGeometry) -> Path | None:
    """Give a geometry's lines or rings as one path; None when there is nothing to draw."""
    import shapely
    from matplotlib.path import Path

    vertices, codes = [], []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
        elif part.geom_type in {"LineString", "LinearRing"}:
            rings = [part]
        elif part.geom_type.startswith(("Multi", "Geometry")):
            inner = path_of(part)
            rings = []
            if inner is not None:
                vertices.append(np.asarray(inner.vertices))
                codes.append(np.asarray(inner.codes))
        else:
            rings = []
        for ring in rings:
            xy = shapely.get_coordinates(ring)
            if len(xy) < 2:
                continue
            own = np.full(len(xy), Path.LINETO, dtype=Path.code_type)
            own[0] = Path.MOVETO
            if part.geom_type == "Polygon":
                own[-1] = Path.CLOSEPOLY
            vertices.append(np.round(xy, 3))
            codes.append(own)
    return Path(np.concatenate(vertices), np.concatenate(codes)) if vertices else None
