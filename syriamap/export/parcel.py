"""All that a writer takes: features, what the file says of itself, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from syriamap.export.fields import SPAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from syriamap.theater.folder import Theater

__all__ = ["ExportOptions", "Parcel"]


@dataclass(frozen=True)
class ExportOptions:
    """
    How a file is written.

    Attributes
    ----------
    bom
        Begin a CSV with a byte order mark: Excel shows Arabic only with it.
    hxl
        Give a CSV a second row with the tags of the Humanitarian Exchange Language.
    acled
        Write a CSV of the events alone, in the columns of ACLED's event exports.
    """

    bom: bool = False
    hxl: bool = False
    acled: bool = False


@dataclass(frozen=True)
class Parcel:
    """
    What goes into a file.

    Attributes
    ----------
    features
        GeoJSON features of all layers.
    metadata
        What the file says of itself.
    theater
        Actors, borders, water.
    claims
        Claims that tell of the events.
    name
        Name that the file will have; what is written is a temporary one.
    options
        How.
    """

    features: Sequence[dict[str, Any]]
    metadata: Mapping[str, Any]
    theater: Theater
    claims: pd.DataFrame
    name: str = ""
    options: ExportOptions = field(default_factory=ExportOptions)

    @property
    def actors(self) -> pd.DataFrame:
        """Actors of the theater, by id."""
        return self.theater.actors

    @property
    def series(self) -> bool:
        """Whether the rows have days on which they hold."""
        return any(SPAN[0] in one["properties"] for one in self.features)

    def of_layer(self, layer: str) -> list[dict[str, Any]]:
        """Features of one layer."""
        return [one for one in self.features if one["properties"]["layer"] == layer]

    def held(self) -> list[str]:
        """Actors that anything is of, in the order of the theater's table."""
        columns = ("actor", "leaning", "against", "actor_a", "actor_b")
        rows = [one["properties"] for one in self.features]
        found = {row[name] for row in rows for name in columns if row.get(name)}
        return [str(actor) for actor in self.actors.index if actor in found]
