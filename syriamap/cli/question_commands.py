"""
The commands that question a map: ``explain`` a place, ``evaluate`` the whole.

Comes in: words of the command line. Goes out: text and JSON.
"""

from __future__ import annotations

import json
from datetime import date  # noqa: TC003  (typer reads the annotations)
from functools import partial
from pathlib import Path  # noqa: TC003
from typing import Annotated

import typer

from syriamap.cli.options import (
    Day,
    JobsOption,
    SchedulerOption,
    asks,
    crew_of,
    parse_day,
)
from syriamap.cli.table_output import JsonOption, give_table, print_json
from syriamap.cli.working import with_progress
from syriamap.pipeline.asking import Asked  # noqa: TC001

__all__ = ["evaluate_command", "explain_command"]


@partial(asks, without=("border",))
def explain_command(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help="A name in any spelling, or an id.")
    ],
    day: Day,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    asked: Asked,
) -> None:
    """Say why a place has its color: the claims that decide, and the map without each."""
    from syriamap.explain.explanation import explain_place, explanation_json, explanation_text
    from syriamap.names.gazetteer import Gazetteer
    from syriamap.pipeline.asking import ask

    question = ask(**asked)
    ids = {*question.theater.places.index, *question.claims["place_id"]} - {""}
    place_id = place if place in ids else Gazetteer(question.theater).one(place)
    found = explain_place(place_id, question, day)
    if as_json:
        print_json(explanation_json(found, day))
    else:
        typer.echo(explanation_text(found, day, question.theater))


@partial(asks, without=("according_to", "border"))
def evaluate_command(
    *,
    hide: Annotated[
        list[float] | None,
        typer.Option("--hide", metavar="FRACTION", help="Share of places to hide; repeatable."),
    ] = None,
    truth: Annotated[
        Path | None,
        typer.Option("--truth", metavar="FILE.csv", help="Places and actors to score against."),
    ] = None,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=parse_day,
            metavar="DATE",
            help="Day of the map; the last day of the claims when not given, or every date of a "
            "--truth that has dates.",
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="DRAW",
            help="How the places that are not hidden are drawn: random, populous (the most "
            "populous), population or news (more of them near the front).",
        ),
    ] = "random",
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Draws for each fraction.")] = 5,
    filtered: Annotated[
        bool,
        typer.Option(
            "--filtered",
            help="Each date of a --truth with dates, or each day of --ask, as it was known that "
            "evening.",
        ),
    ] = False,
    ask_for: Annotated[
        list[str] | None,
        typer.Option(
            "--ask",
            metavar="WHAT",
            help="Score by claims that the map did not hear, from --since to --date: evening (who "
            "held each place the evening before its first capture, its own claims left out), "
            "foretold (the claims of a day on those before) or flicker (changes of hands and back "
            "within three days without a claim); repeatable.",
        ),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option("--since", parser=parse_day, metavar="DATE", help="First day of --ask."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.json", help="Every draw as JSON.")
    ] = None,
    as_json: JsonOption = False,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    asked: Asked,
) -> None:
    """Hide known places, build the map without them, and score it beside 1-nearest-neighbor."""
    from syriamap.errors import EvaluateError
    from syriamap.evaluate.scoring import foresight_report, score_report
    from syriamap.files import atomic_path
    from syriamap.pipeline.asking import ask

    if (ask_for is None) != (since is None) or (ask_for and (truth or hide)):
        raise EvaluateError("--ask and --since go together, without --truth and --hide")
    if ask_for and "evening" not in ask_for and (jobs or scheduler):
        raise EvaluateError("only evenings are shared out: leave --jobs and --scheduler out")
    if ask_for and since:
        text, report = foresight_report(
            ask(**asked),
            since,
            day,
            asked=ask_for,
            filtered=filtered,
            progress=with_progress,
            crew=crew_of(jobs, scheduler),
        )
    else:
        text, report = score_report(
            ask(**asked),
            day,
            truth=truth,
            hide=hide or (),
            by=by,
            seeds=seeds,
            filtered=filtered,
            progress=with_progress,
            crew=crew_of(jobs, scheduler),
        )
    table, _, beneath = text.partition("\n\n")
    scores = report["scores"]
    give_table(
        scores,
        as_json=as_json,
        beside={name: value for name, value in report.items() if name != "scores"},
        columns=list(scores[0]) if scores else [],
        title="scores",
        plain=lambda: f"{table}\n",
    )
    if beneath and not as_json:
        typer.echo(f"\n{beneath}")
    if output is not None:
        with atomic_path(output) as temporary:
            temporary.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        typer.echo(f"wrote {output}: {len(report['draws'])} draws", err=True)
