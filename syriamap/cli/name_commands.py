"""The command `resolve`: the places that written names may mean."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from syriamap.cli.options import (
    TheaterOption,
    option,
)
from syriamap.cli.table_output import print_json

if TYPE_CHECKING:
    from syriamap.names.gazetteer import Gazetteer, Resolution

__all__ = ["resolve_command"]


def resolve_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME…", help="Written names; - reads them from stdin, one a line."),
    ] = None,
    *,
    admin1: Annotated[
        str,
        option(
            "--in",
            metavar="AREA",
            text="Only in this governorate, district or subdistrict: name or code.",
        ),
    ] = "",
    near: Annotated[
        str, option("--near", metavar="PLACE", text="Of namesakes, the one near this place.")
    ] = "",
    file: Annotated[
        Path | None, option("--file", metavar="FILE", text="Read names, one a line.")
    ] = None,
    as_json: Annotated[bool, option("--json", text="Print JSON.")] = False,
    online: Annotated[
        bool,
        option(
            "--online", text="Ask Nominatim for what is not found; answers go to the review file."
        ),
    ] = False,
    review: Annotated[
        Path, option("--review", metavar="FILE.csv", text="Where answers of --online go.")
    ] = Path("output/nominatim-review.csv"),
    theater: TheaterOption = None,
) -> None:
    """Find the places that written names may mean; exit code 1 if there is none."""
    from syriamap.names.gazetteer import Gazetteer
    from syriamap.theater.shipped import default_folder

    if not names and file is None:
        raise typer.BadParameter("NAME…, --file or - is needed", param_hint="NAME…")
    gazetteer = Gazetteer.read(theater or default_folder())
    code = gazetteer.area_code(admin1) if admin1 else ""
    point = gazetteer.position(gazetteer.one(near)) if near else None
    results = [
        _resolved(name, gazetteer, code, point) for name in _written_names(names or [], file)
    ]
    if as_json:
        print_json([_as_dict(result) for result in results])
    else:
        for result in results:
            _print_resolution(result)
    missing = [one.query for one in results if not one.candidates]
    if online:
        answered = _ask_online(missing, gazetteer, review)
        missing = [name for name in missing if name not in answered]
    if missing and len(missing) == len(results):  # as grep: a list of names may have strange ones
        raise typer.Exit(1)


def _written_names(names: list[str], file: Path | None) -> list[str]:
    """Names of the command line, of a file and, for "-", of stdin; blank lines are none."""
    written: list[str] = []
    for name in names:
        written += sys.stdin.read().splitlines() if name == "-" else [name]
    if file is not None:
        written += file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [name.strip() for name in written if name.strip()]


def _resolved(
    name: str, gazetteer: Gazetteer, admin1: str, near: tuple[float, float] | None
) -> Resolution:
    """Read the name as one of the gazetteer, else as a relative place."""
    result = gazetteer.resolve(name, admin1=admin1, near=near)
    if result.candidates or " " not in name:
        return result
    from syriamap.names.relative import resolution_of

    return resolution_of(name, gazetteer, admin1=admin1) or result


def _as_dict(result: Resolution) -> dict[str, Any]:
    candidates = [asdict(candidate) for candidate in result.candidates]
    return {"query": result.query, "status": result.status, "candidates": candidates}


def _print_resolution(result: Resolution) -> None:
    alone = result.status == "ambiguous" and len(result.candidates) == 1
    doubt = ": this place, or nothing that the gazetteer has" if alone else ""
    typer.echo(f"{result.query}: {result.status.replace('_', ' ')}{doubt}")
    for one in result.candidates:
        arabic = f" {one.name_ar}" if one.name_ar else ""
        where = ", ".join(filter(None, (one.admin2, one.admin1))) or "-"
        typer.echo(
            f"  {one.score:.2f}  {one.how:<13} {one.place_id:<16} {one.name}{arabic}  "
            f"({one.kind}, {where})  {one.lat:.4f},{one.lon:.4f}"
        )


def _ask_online(names: list[str], gazetteer: Gazetteer, review: Path) -> set[str]:
    """Names for which there was an answer."""
    from platformdirs import user_cache_path

    from syriamap.names.geocoder import ask_online

    cache = user_cache_path("syriamap") / "nominatim.json"
    answers = ask_online(names, bounds=gazetteer.bounds, cache=cache, review=review)
    for name, locations in answers.items():
        found = "; ".join(
            f"{one.address} {one.latitude:.4f},{one.longitude:.4f}" for one in locations
        )
        typer.echo(f"online: {name}: {found or 'nothing'}", err=True)
    if any(answers.values()):
        typer.echo(f"answers to review: {review}", err=True)
    return {name for name, found in answers.items() if found}
