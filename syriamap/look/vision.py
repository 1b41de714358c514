"""
How different two colors look, also to color-blind readers.

Difference is CIE76 (Euclidean distance in CIELAB, D65); protanopia, deuteranopia and tritanopia
are simulated with the matrices of Machado, Oliveira and Fernandes (2009), severity 1.0, in linear
sRGB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["VISIONS", "color_difference", "lab_seen", "least_difference"]

VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Linear sRGB to linear sRGB; Machado et al. 2009, doi:10.1109/TVCG.2009.113, table 1."""

_SRGB_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = _SRGB_TO_XYZ.sum(axis=1)


def lab_seen(color: str, alpha: float, vision: str) -> NDArray[np.float64]:
    """
    CIELAB of a fill on white as one kind of vision has it.

    Parameters
    ----------
    color
        ``#RRGGBB``, the fill at full opacity.
    alpha
        Opacity; blended in sRGB, as browsers and matplotlib do.
    vision
        A key of `VISIONS`.
    """
    srgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    blended = srgb * alpha + (1 - alpha)
    linear = np.where(blended <= 0.04045, blended / 12.92, ((blended + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISIONS[vision] @ linear, 0, 1)
    ratio = _SRGB_TO_XYZ @ seen / _WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def color_difference(first: str, second: str, alpha: float, vision: str) -> float:
    """CIE76 difference of two fills on white."""
    return float(np.linalg.norm(lab_seen(first, alpha, vision) - lab_seen(second, alpha, vision)))


def least_difference(first: str, second: str, alpha: float = 0.6) -> float:
    """
    CIE76 difference of two fills to the reader who sees it least.

    >>> least_difference("#ff0000", "#ff0000"), least_difference("#ff0000", "#ff0101") < 1
    (0.0, True)
    """
    return min(color_difference(first, second, alpha, vision) for vision in VISIONS)
