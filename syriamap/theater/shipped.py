"""Where the theater that ships with the package lies."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from syriamap.errors import TheaterError

__all__ = ["default_folder"]


def default_folder() -> Path:
    """
    Folder of the theater that ships with the package: Syria.

    A wheel carries the data inside the package; an editable install or a checkout has it beside
    the package. This is the one place that knows of both.
    """
    packed = Path(str(resources.files("syriamap"))) / "_gazetteer" / "syria"
    checkout = Path(__file__).resolve().parents[2] / "gazetteer" / "syria"
    for folder in (packed, checkout):
        if (folder / "theater.toml").is_file():
            return folder
    raise TheaterError("the theater of Syria is missing from this installation; install it again")
