"""The command `serve`: a desk in a browser on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import LanguageOption, asks, option

if TYPE_CHECKING:
    from syriamap.pipeline.asking import Asked

__all__ = ["serve_command"]

_OWN = Path("my-claims.csv")


@asks
def serve_command(
    *,
    texts: Annotated[
        Path | None,
        option("--texts", metavar="DIR", text="Folder of texts for the review sheet."),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0 for any.")
    ] = 8350,
    language: LanguageOption = "en",
    asked: Asked,
) -> None:
    """Open a desk in the browser: map, form for a claim, review sheet; on this machine alone."""
    from syriamap.serve import Desk, check_serve, listen
    from syriamap.webmap import PageOptions

    check_serve()
    given = asked.get("claims")
    named, *others = given if isinstance(given, list) and given else [_OWN]
    own = Path(str(named))
    desk = Desk(
        own, {**asked, "claims": others}, texts=texts, options=PageOptions(language=language)
    )

    def ready(address: str) -> None:
        typer.echo(f"{address} until Ctrl-C; claims are written to {own}", err=True)

    listen(desk, port, ready=ready)
