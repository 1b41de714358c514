"""A file of another format → a claims file, whole or not at all, and what was left over."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from syriamap.claims.rows import CLAIM_COLUMNS
from syriamap.claims.sources.control_tables import read_carter, read_csv, read_viina
from syriamap.claims.sources.event_data import read_acled, read_ucdp
from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped
from syriamap.claims.sources.shapes import read_areas
from syriamap.claims.sources.wikipedia import read_wikipedia
from syriamap.errors import SourceError
from syriamap.files import atomic_path, neutral_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["FORMATS", "Imported", "import_claims"]

FORMATS: dict[str, Callable[[Path, Context], Iterator[ClaimRow | Unmapped]]] = {
    "acled": read_acled,
    "carter": read_carter,
    "csv": read_csv,
    "geojson": read_areas,
    "kml": read_areas,
    "kmz": read_areas,
    "ucdp": read_ucdp,
    "viina": read_viina,
    "wikipedia": read_wikipedia,
}
"""Readers by the name of their format."""


@dataclass(frozen=True)
class Imported:
    """
    What came of an import.

    Attributes
    ----------
    claims
        How many claims were written.
    unmapped
        Reason → how many rows.
    examples
        Reason → the first such row.
    """

    claims: int
    unmapped: Counter[str]
    examples: dict[str, Unmapped]

    def report(self) -> str:
        """One line for the claims, one for each reason."""
        lines = [f"{self.claims} claims"]
        for reason, count in self.unmapped.most_common():
            first = self.examples[reason]
            shown = f" {first.value[:60]!r}" if first.value else ""
            lines.append(f"{count} not mapped: {reason} (first: row {first.row}{shown})")
        return "\n".join(lines)


def import_claims(
    path: Path, output: Path, context: Context, *, unmapped: Path | None = None
) -> Imported:
    """
    Read a file of another format and write its claims.

    Parameters
    ----------
    path
        The file.
    output
        Claims file to write; it is not touched when the import fails.
    context
        Theater, format and what the format does not state.
    unmapped
        Write every row that made no claim here.

    Raises
    ------
    SourceError
        If the file cannot be read in this format.
    """
    if context.format not in FORMATS:
        known = ", ".join(FORMATS)
        raise SourceError(f"no format {context.format!r}; there are: {known}")
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    claims, reasons, examples = 0, Counter[str](), dict[str, Unmapped]()
    with ExitStack() as stack:

        def opened(target: Path, header: tuple[str, ...]) -> Any:
            temporary = stack.enter_context(atomic_path(target))
            stream = stack.enter_context(temporary.open("w", encoding="utf-8", newline=""))
            made = csv.writer(stream, lineterminator="\n")
            made.writerow(header)
            return made

        table = opened(output, CLAIM_COLUMNS)
        rest = opened(unmapped, ("row", "value", "reason")) if unmapped is not None else None
        for one in FORMATS[context.format](path, context):
            if isinstance(one, Unmapped):
                reasons[one.reason] += 1
                examples.setdefault(one.reason, one)
                if rest is not None:
                    rest.writerow([one.row, neutral_cell(one.value), one.reason])
            else:
                claims += 1
                cells = [
                    " ".join(one.get(name, "").replace("\0", "").split()) for name in CLAIM_COLUMNS
                ]
                table.writerow(
                    [
                        cell if name in {"lat", "lon"} else neutral_cell(cell)
                        for name, cell in zip(CLAIM_COLUMNS, cells, strict=True)
                    ]
                )
    return Imported(claims, reasons, examples)
