"""A file of another format → a claims file, whole or not at all, and what was left over."""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syriamap.claims.odd_days import OddDays
from syriamap.claims.reader import read_claims
from syriamap.claims.rows import CLAIM_COLUMNS
from syriamap.claims.sets import write_set
from syriamap.claims.sources.control_areas import read_areas
from syriamap.claims.sources.control_tables import read_carter, read_csv, read_viina
from syriamap.claims.sources.event_data import read_acled, read_ucdp
from syriamap.claims.sources.event_lists import read_geoconfirmed, read_timemap
from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped
from syriamap.claims.sources.wikipedia import read_wikipedia
from syriamap.claims.written import AROUND_COLUMNS
from syriamap.errors import SourceError
from syriamap.files import atomic_path, ending_of, is_stdout, neutral_cell, one_line
from syriamap.theater.drawn_areas import areas_beside, write_own_areas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FORMATS", "Imported", "import_claims"]

FORMATS: dict[str, Callable[[Path, Context], Iterator[ClaimRow | Unmapped]]] = {
    "acled": read_acled,
    "carter": read_carter,
    "csv": read_csv,
    "geoconfirmed": read_geoconfirmed,
    "geojson": read_areas,
    "gpkg": read_areas,
    "kml": read_areas,
    "kmz": read_areas,
    "shp": read_areas,
    "table": read_csv,
    "timemap": read_timemap,
    "ucdp": read_ucdp,
    "viina": read_viina,
    "wikipedia": read_wikipedia,
}
"""Readers by the name of their format; `table` is another word for `csv`."""

_STEP = 2_000
_AREAS = frozenset({"geojson", "gpkg", "kml", "kmz", "shp"})
_TABLES = frozenset({"acled", "carter", "csv", "geoconfirmed", "table", "timemap", "ucdp", "viina"})
_MAPPED = frozenset({"csv", "geoconfirmed", "table", "timemap"})


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
    notes
        What was seen and changed nothing → how often.
    areas
        Where the areas that claims speak of were written; None when there are none.
    """

    claims: int
    unmapped: Counter[str]
    examples: dict[str, Unmapped]
    notes: dict[str, int] = field(default_factory=dict)
    areas: Path | None = None

    def report(self) -> str:
        """One line for the claims, one for each reason."""
        lines = [f"{self.claims} claims" + (f", areas in {self.areas}" if self.areas else "")]
        for reason, count in self.unmapped.most_common():
            first = self.examples[reason]
            shown = f" {first.value[:60]!r}" if first.value else ""
            lines.append(f"{count} not mapped: {reason} (first: row {first.row}{shown})")
        lines += [f"{count} {note}" for note, count in sorted(self.notes.items())]
        return "\n".join(lines)


def import_claims(
    path: Path,
    output: Path,
    context: Context,
    *,
    unmapped: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """
    Read a file of another format and write its claims.

    Parameters
    ----------
    path
        The file.
    output
        Claims file to write, or a folder: a data set, whose claims are checked too. It is not
        touched when the import fails.
    context
        Theater, format and what the format does not state.
    unmapped
        Write every row that made no claim here.
    progress
        Told now and then how many claims and rows left over there are so far.

    Raises
    ------
    SourceError
        If the file cannot be read in this format.
    """
    if context.format not in FORMATS:
        known = ", ".join(FORMATS)
        raise SourceError(f"no format {context.format!r}; there are: {known}")
    _refuse_unused(context)
    with ExitStack() as stack:
        path = stack.enter_context(_on_disk(path))
        if not path.exists() or (path.is_dir() and context.format not in _AREAS):
            what = "is a folder; a file would do" if path.exists() else "no such file"
            raise SourceError(f"{path}: {what}")
        if ending_of(output, ".csv") and not output.is_dir():
            return _written(path, output, context, unmapped, progress)
        spool = Path(stack.enter_context(tempfile.TemporaryDirectory())) / f"{path.stem}.csv"
        made = _written(path, spool, context, unmapped, progress)
        theater = context.theater.with_areas_of([spool])
        write_set(read_claims(spool, theater), output, theater)
        return replace(made, areas=areas_beside(output) if made.areas else None)


@contextmanager
def _on_disk(path: Path) -> Iterator[Path]:
    """Give the file, or standard input as one: it may have to be run through twice."""
    if str(path) != "-":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        spooled = Path(folder) / "stdin"
        with spooled.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        yield spooled


def _refuse_unused(context: Context) -> None:
    """Refuse what the caller says and the format does not use: it would be ignored silently."""
    kind = context.format
    areas_map = {"actor"} if kind in _AREAS else set()
    unused = [
        ("--rest", bool(context.rest) and kind not in _AREAS),
        ("--encoding", bool(context.reading.encoding) and kind not in _TABLES),
        ("--sheet", bool(context.reading.sheet) and kind not in _TABLES | {"gpkg", "shp"}),
        ("--header", bool(context.reading.header) and kind not in _TABLES),
        ("--dates", bool(context.reading.dates) and kind not in _TABLES | _AREAS),
        *(
            (f"--column {name}", kind not in _MAPPED and name not in areas_map)
            for name in context.columns
        ),
        *((f"--set {name}", kind not in _MAPPED | _AREAS) for name in context.constants),
    ]
    found = [name for name, is_unused in unused if is_unused]
    if found:
        raise SourceError(f"{', '.join(found)}: not used by the format {kind}; leave it out")
    unknown = (set(context.columns) | set(context.constants)) - {*CLAIM_COLUMNS, *AROUND_COLUMNS}
    if unknown:
        raise SourceError(
            f"no column of a claim: {', '.join(sorted(unknown))}; there are "
            f"{', '.join((*CLAIM_COLUMNS, *AROUND_COLUMNS))}"
        )
    if context.constants.get("actor") and not context.actor(context.constants["actor"]):
        known = ", ".join(map(str, context.theater.actors.index))
        raise SourceError(
            f"--set actor={context.constants['actor']}: no actor of the theater ({known})"
        )


class _NoClaimsError(SourceError):
    """A file was read whole and made no claim at all."""


def _written(
    path: Path,
    output: Path,
    context: Context,
    unmapped: Path | None,
    progress: Callable[[int], None] | None,
) -> Imported:
    """Write claims and what was left over; without any claim only the latter, and an error."""
    nothing: _NoClaimsError | None = None
    with ExitStack() as stack:
        rest = _opened(stack, unmapped, ("row", "value", "reason")) if unmapped else None
        made = Imported(0, Counter(), {}, {})
        try:
            made = _passed(path, output, context, rest, progress)
        except _NoClaimsError as error:
            nothing = error
    if nothing is not None:
        raise nothing
    return made


def _passed(
    path: Path,
    output: Path,
    context: Context,
    rest: Any,
    progress: Callable[[int], None] | None,
) -> Imported:
    claims, reasons, examples = 0, Counter[str](), dict[str, Unmapped]()
    days = OddDays(context.today)
    context.areas.clear()
    with ExitStack() as stack:
        table = _opened(stack, output, CLAIM_COLUMNS)
        passed = _drained(FORMATS[context.format](path, context), context)
        for number, one in enumerate(passed, start=1):
            if progress is not None and not number % _STEP:
                progress(number)
            if isinstance(one, Unmapped):
                reasons[one.reason] += 1
                examples.setdefault(one.reason, one)
                if rest is not None:
                    rest.writerow([one.row, neutral_cell(one_line(one.value)), one.reason])
            else:
                claims += 1
                days.see(one.get("event_date", ""))
                table.writerow(_claim_cells(one))
        context.notes.update(days.notes())
        beside = areas_beside(output) if context.areas else None
        made = Imported(claims, reasons, examples, dict(context.notes), beside)
        if not claims:
            told = made.report() if reasons else "no rows"
            hint = ""
            if any("no actor" in reason for reason in reasons):
                hint = (
                    "\nnames of actors are told by import_actors.csv of the theater, by `--actors "
                    "FILE.csv` (name, actor, relation) or by `--value PART=ACTOR`"
                )
            raise _NoClaimsError(f"{path}: no claim in it, nothing written: {told}{hint}")
        if beside is not None and is_stdout(output):
            raise SourceError("areas lie beside the claims; `-o FILE.csv` would do")
        if beside is not None:
            write_own_areas(list(context.areas.values()), beside)
    return made


def _opened(stack: ExitStack, target: Path, header: tuple[str, ...]) -> Any:
    temporary = stack.enter_context(atomic_path(target))
    stream = stack.enter_context(temporary.open("w", encoding="utf-8", newline=""))
    made = csv.writer(stream, lineterminator="\n")
    made.writerow(header)
    return made


def _drained(
    made: Iterator[ClaimRow | Unmapped], context: Context
) -> Iterator[ClaimRow | Unmapped]:
    """Pass on what a reader gives, and the rows that it could not even hand to a format."""
    for one in made:
        if context.left_over:
            yield from context.left_over
            context.left_over.clear()
        yield one
    yield from context.left_over
    context.left_over.clear()


def _claim_cells(claim: ClaimRow) -> list[str]:
    cells = [one_line(claim.get(name, "")) for name in CLAIM_COLUMNS]
    return [
        cell if name in {"lat", "lon"} else neutral_cell(cell)
        for name, cell in zip(CLAIM_COLUMNS, cells, strict=True)
    ]
