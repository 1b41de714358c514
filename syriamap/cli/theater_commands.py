"""Commands about theater folders: make one, check one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from syriamap.cli.options import option
from syriamap.cli.table_output import JsonOption, print_json

__all__ = ["theater_check_command", "theater_new_command"]


def theater_new_command(
    theater_id: Annotated[
        str, typer.Argument(metavar="ID", help="Names the folder and output files.")
    ],
    *,
    places: Annotated[
        Path,
        option(
            "--places",
            metavar="FILE",
            text="GeoNames country file, table of p-codes, or any table or layer of points.",
        ),
    ],
    outline: Annotated[
        Path, option("--outline", metavar="FILE", text="Layer of polygons: the country.")
    ],
    actor: Annotated[
        list[str],
        option("--actor", metavar="ID=NAME[,#rrggbb][,SIDE]", text="An armed side; repeatable."),
    ],
    country: Annotated[
        str,
        option("--country", metavar="VALUE", text="Chooses features of the outline by a value."),
    ] = "",
    water: Annotated[
        Path | None, option("--water", metavar="FILE", text="Layer of rivers and lakes.")
    ] = None,
    admin: Annotated[
        Path | None, option("--admin", metavar="FILE", text="Layer of governorates.")
    ] = None,
    title: Annotated[
        str, option("--title", metavar="TEXT", text="Title of the maps. [default: ID]")
    ] = "",
    timezone: Annotated[
        str, option("--timezone", metavar="NAME", text="Like Africa/Khartoum.")
    ] = "",
    attribution: Annotated[
        list[str] | None,
        option("--attribution", metavar="TEXT", text="Printed on the map; repeatable."),
    ] = None,
    sheet: Annotated[
        str, option("--sheet", metavar="NAME", text="Sheet of a workbook of places.")
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder to make. [default: ID]"),
    ] = None,
) -> None:
    """Make a theater folder: places, outline, actors, and a CRS chosen for the country."""
    from syriamap.theater.making import NewTheater, made_theater, parse_actor

    folder = output or Path(theater_id)
    asked = NewTheater(
        theater_id,
        title or theater_id,
        places,
        outline,
        tuple(map(parse_actor, actor)),
        country,
        water,
        admin,
        timezone,
        tuple(attribution or ()),
        sheet,
    )
    told = made_theater(asked, folder)
    typer.echo(f"wrote {folder}: {told}", err=True)


def theater_check_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A theater folder.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Check a theater folder: every complaint at once, and what is hardly meant."""
    from syriamap.errors import TheaterError
    from syriamap.files import warn
    from syriamap.theater.checking import checked_theater

    theater, complaints, warnings = checked_theater(folder)
    if as_json:
        rows = [{"kind": "complaint", "problem": one} for one in complaints]
        rows += [{"kind": "warning", "problem": one} for one in warnings]
        counts = (0, 0) if theater is None else (len(theater.places), len(theater.actors))
        print_json({"places": counts[0], "actors": counts[1], "rows": rows})
        raise typer.Exit(theater is None)
    if theater is None:
        raise TheaterError("\n".join(complaints))
    for one in warnings:
        warn(one)
    typer.echo(
        f"{folder}: {len(theater.places)} places, {len(theater.actors)} actors, no complaints, "
        f"{len(warnings)} warnings"
    )
