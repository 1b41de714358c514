"""Commands about claims files: check, import, export, diff, stats."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    ClaimsFiles,
    TheaterOption,
    day_option,
    option,
    output_option,
    tell_written,
)
from syriamap.cli.table_output import JsonOption, give_table, print_json
from syriamap.cli.working import at_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from syriamap.files import Reading

__all__ = [
    "claims_check_command",
    "claims_diff_command",
    "claims_export_command",
    "claims_import_command",
    "claims_stats_command",
]


_EncodingOption = Annotated[
    str,
    option(
        "--encoding",
        metavar="NAME",
        text="Of a text table: cp1256, cp1252, cp1251, utf-16. [default: told by the file]",
    ),
]
_SheetOption = Annotated[
    str, option("--sheet", metavar="NAME", text="Sheet of a workbook, table of a database.")
]
_HeaderOption = Annotated[
    int, option("--header", metavar="ROW", text="Row of the header. [default: found]")
]
_DatesOption = Annotated[
    str,
    option(
        "--dates",
        metavar="dmy|mdy|ymd",
        text="Order of day and month in numbers. [default: told by the column]",
    ),
]


def _reading(encoding: str, sheet: str, header: int, dates: str) -> Reading:
    from syriamap.files import Reading
    from syriamap.files.dates import ORDERS

    if dates and dates not in ORDERS:
        raise typer.BadParameter(f"--dates {dates}: {', '.join(ORDERS)} would do")
    return Reading(encoding, sheet, header, dates)


def _claims_of(files: list[str] | None, theater: Path | None) -> pd.DataFrame:
    """Claims of these files as the map reads them; the theater's own when none is given."""
    from syriamap.pipeline.asking import ask

    return ask(theater=theater, claims=files, only_claims=bool(files)).claims


def claims_check_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Claims files.")],
    *,
    encoding: _EncodingOption = "",
    sheet: _SheetOption = "",
    header: _HeaderOption = 0,
    dates: _DatesOption = "",
    as_json: JsonOption = False,
    theater: TheaterOption = None,
) -> None:
    """Check claims files: every complaint with row, column, value and what would do."""
    from syriamap.claims.publisher_names import PublisherNames
    from syriamap.claims.reader import read_claims, tell_odd_days
    from syriamap.claims.sets import counted
    from syriamap.errors import ClaimsError, Complaint
    from syriamap.files import warn
    from syriamap.theater.folder import read_theater

    reading = _reading(encoding, sheet, header, dates)
    land = read_theater(theater).with_areas_of(files)
    try:
        claims = read_claims(list(files), land, reading=reading)
        complaints: Sequence[Complaint] = ()
        if claims.empty:
            complaints = [Complaint(str(one), 0, "", "", "has no claims") for one in files]
    except ClaimsError as error:
        complaints = error.complaints
    if complaints and as_json:
        print_json({"claims": 0, "rows": [asdict(one) for one in complaints]})
        raise typer.Exit(1)
    if complaints:
        raise ClaimsError(complaints)
    tell_odd_days(claims, today=date.today())
    for told in PublisherNames(land).told(claims["publisher"]):
        warn(told)
    if as_json:
        print_json({"claims": len(claims), "rows": []})
    else:
        typer.echo(f"{', '.join(map(str, files))}: {counted(claims)}, no complaints")


def claims_import_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="acled, carter, csv (any table), geoconfirmed, geojson, gpkg, kml, kmz, shp, "
            "timemap, ucdp, viina or wikipedia.",
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The file to read; - for stdin; of areas a folder of days too."
        ),
    ],
    *,
    output: Annotated[Path, output_option("OUT.csv", "Claims file to write, or DIR: a data set.")],
    day: Annotated[
        date | None,
        day_option("--date", "Day of the whole file."),
    ] = None,
    column: Annotated[
        list[str] | None,
        option("--column", metavar="OURS=THEIRS", text="Column of a claim; repeatable."),
    ] = None,
    constant: Annotated[
        list[str] | None,
        option("--set", metavar="OURS=VALUE", text="Value for all rows; repeatable."),
    ] = None,
    value: Annotated[
        list[str] | None,
        option(
            "--value",
            metavar="PART=ACTOR",
            text="What part of a name, color or style stands for an actor (A+B for two, or "
            "contested); repeatable.",
        ),
    ] = None,
    actors: Annotated[
        list[Path] | None,
        option(
            "--actors",
            metavar="FILE.csv",
            text="Table of names: name, actor, relation; repeatable.",
        ),
    ] = None,
    rest: Annotated[
        str, option("--rest", metavar="ACTOR", text="Who holds what lies outside all areas.")
    ] = "",
    encoding: _EncodingOption = "",
    sheet: _SheetOption = "",
    header: _HeaderOption = 0,
    dates: _DatesOption = "",
    own_exports: Annotated[
        bool,
        typer.Option("--own-exports", help="Read what syriamap exported, though it is a result."),
    ] = False,
    unmapped: Annotated[
        Path | None,
        option("--unmapped", metavar="FILE.csv", text="Write what made no claim here."),
    ] = None,
    theater: TheaterOption = None,
) -> None:
    """Bring in evidence of another format; what makes no claim is counted and reported."""
    from syriamap.claims.sources import Context, import_claims
    from syriamap.theater.folder import read_theater

    context = Context(
        read_theater(theater),
        source,
        day,
        _parse_pairs(column),
        _parse_pairs(constant),
        _reading(encoding, sheet, header, dates),
        tuple(actors or ()),
        _parse_pairs(value),
        rest,
        own_exports=own_exports,
        today=date.today(),
    )
    with at_work(f"rows of {file.name}") as progress:
        made = import_claims(file, output, context, unmapped=unmapped, progress=progress)
    typer.echo(f"wrote {output}: {made.report()}", err=True)


def _parse_pairs(words: list[str] | None) -> dict[str, str]:
    for word in words or ():
        if "=" not in word:
            raise typer.BadParameter(f"{word!r} is no pair; OURS=THEIRS would do")
    pairs = [word.split("=", 1) for word in words or ()]
    return {ours.strip(): theirs.strip() for ours, theirs in pairs}


def claims_export_command(
    files: ClaimsFiles = None,
    *,
    output: Annotated[Path, output_option("FILE", ".csv, .jsonl or DIR: a data set.")],
    theater: TheaterOption = None,
) -> None:
    """Write claims, checked and with their places resolved: CSV, JSON Lines or a data set."""
    from syriamap.claims.sets import write_set
    from syriamap.pipeline.asking import ask

    asked = ask(theater=theater, claims=files, only_claims=bool(files))
    written = write_set(asked.claims, output, asked.theater)
    tell_written(written, f"{len(asked.claims)} claims")


def claims_diff_command(
    first: Annotated[str, typer.Argument(metavar="A", help="Claims file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Claims file.")],
    *,
    as_json: JsonOption = False,
    theater: TheaterOption = None,
) -> None:
    """Compare two claims files: what only one of them says, and what each changed."""
    from syriamap.claims.sets import diff_rows, diff_text

    one, other = _claims_of([first], theater), _claims_of([second], theater)
    if as_json:
        rows = diff_rows(one, other)
        print_json({"first": str(first), "second": str(second), "rows": rows})
    else:
        sys.stdout.write(diff_text(one, other))


def claims_stats_command(
    files: ClaimsFiles = None,
    *,
    as_json: JsonOption = False,
    theater: TheaterOption = None,
) -> None:
    """Count claims by relation, certainty, actor, publisher and month."""
    from syriamap.claims.sets import counted, stats_rows, stats_text

    claims = _claims_of(files, theater)
    give_table(
        stats_rows(claims),
        as_json=as_json,
        beside={"claims": len(claims)},
        columns=("by", "value", "claims"),
        title=counted(claims),
        plain=lambda: stats_text(claims),
    )
