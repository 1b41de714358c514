"""The command `extract`: draft claims from texts."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date  # noqa: TC003  (typer reads it)
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from syriamap.cli.options import (
    JobsOption,
    SchedulerOption,
    TheaterOption,
    crew_of,
    day_option,
    option,
    output_option,
    tell_written,
)
from syriamap.cli.working import at_work
from syriamap.files import ending_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from syriamap.extraction.model.desk import Model
    from syriamap.extraction.reading.intake import Source

__all__ = ["extract_command"]

_LONG_TEXT = 200_000
_LONGEST_WAIT = 3_600


def extract_command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Text, Markdown or HTML; - reads stdin; with --online, addresses."
        ),
    ],
    *,
    published: Annotated[
        date | None,
        day_option("--published", "Day of publication; else the page's own, else the dateline."),
    ] = None,
    output: Annotated[
        Path | None,
        output_option(
            "FILE.(jsonl|csv|html)",
            "Drafts as data, or as a review sheet; default: JSONL to stdout.",
        ),
    ] = None,
    publisher: Annotated[
        str,
        option("--publisher", metavar="NAME", text="Who published it; default: the page's own."),
    ] = "",
    title: Annotated[
        str,
        option(
            "--title",
            metavar="TITLE",
            text="Its title; default: the page's own, or the file's name.",
        ),
    ] = "",
    url: Annotated[
        str, option("--url", metavar="URL", text="Where it was published, for the claims.")
    ] = "",
    online: Annotated[
        bool, option("--online", text="Fetch files that are addresses; nothing is fetched without.")
    ] = False,
    engine: Annotated[
        str,
        option(
            "--engine",
            metavar="patterns|nlp|both|llm",
            text="What reads; nlp is a dependency parse, both lays it beside the patterns, llm a"
            " language model.",
        ),
    ] = "patterns",
    llm_url: Annotated[
        str,
        option(
            "--llm-url",
            metavar="URL",
            text="Server of the model, for --engine llm --online; key in SYRIAMAP_LLM_KEY.",
        ),
    ] = "",
    llm_model: Annotated[
        str, option("--llm-model", metavar="NAME", text="Name of the model on that server.")
    ] = "",
    llm_replies: Annotated[
        Path | None,
        option(
            "--llm-replies",
            metavar="FILE.jsonl",
            text="Where its replies are kept and read again; default: llm-replies.jsonl beside -o.",
        ),
    ] = None,
    llm_seconds: Annotated[
        float,
        option("--llm-seconds", metavar="SECONDS", text="Deadline of one reply."),
    ] = 120.0,
    decisions: Annotated[
        Path | None,
        option(
            "--decisions",
            metavar="FILE.jsonl",
            text="What was decided on a sheet before: rejected, mended and added drafts.",
        ),
    ] = None,
    jobs: JobsOption = 0,
    scheduler: SchedulerOption = "",
    theater: TheaterOption = None,
) -> None:
    """Draft claims from news texts, each with its words, for you to accept, mend or reject."""
    from syriamap.errors import ExtractionError
    from syriamap.extraction.reading.intake import read_sources
    from syriamap.extraction.review.decisions import Decisions, decided, read_decisions
    from syriamap.extraction.review.draft_files import claims_from_drafts, drafts_jsonl, writer_for
    from syriamap.theater.folder import read_theater

    taken = read_decisions(decisions) if decisions else Decisions("")
    write = writer_for(output, taken.rows) if output else None
    beside = output.parent if output else Path()
    model = _model(
        engine,
        llm_model,
        llm_url if online else "",
        llm_replies or beside / "llm-replies.jsonl",
        llm_seconds,
    )
    if model is None and (llm_url or llm_model or llm_replies):
        raise ExtractionError("--llm-url, --llm-model and --llm-replies are for --engine llm")
    if model is not None and online and not llm_url:
        raise ExtractionError("--engine llm --online needs --llm-url, the address of the server")
    made = read_theater(theater)
    sources = read_sources(
        files,
        made,
        published,
        publisher,
        _progress,
        title=title,
        url=url,
        online=online,
        engine=engine,
        model=model,
        notice=lambda line: typer.echo(line, err=True),
        crew=crew_of(jobs, scheduler),
    )
    _tell_of(sources)
    judged, lost = decided(sources, taken, made)
    if lost:
        typer.echo(f"{decisions}: {lost} decisions about drafts that are not there", err=True)
    if write is None or output is None or ending_of(output, ".jsonl") != ".html":
        sources = judged  # on a sheet the decisions stand beside the drafts
    if write is None or output is None:
        rows = drafts_jsonl(sources)
        sys.stdout.write(rows)
        if not rows:
            typer.echo(
                f"no drafts from {len(sources)} texts: no place is told of in them", err=True
            )
        return
    write(sources, made, output)
    claims = sum(one.relation != "none" for source in sources for one in source.drafts)
    what = f"{claims} drafts from {len(sources)} texts; nothing of it is on a map"
    if ending_of(output, ".jsonl") == ".csv":
        kept = claims_from_drafts(sources).count("\n") - 1
        what = f"{kept} of {what.replace(';', ' that lack nothing;')}"
    tell_written(output, what)


def _tell_of(sources: list[Source]) -> None:
    """Say which texts were not read, and from where others were fetched; stop if none was read."""
    for source in sources:
        if source.unread:
            typer.echo(f"{source.file}: {source.unread}", err=True)
        if source.led_to:
            typer.echo(f"{source.file}: was sent on and fetched from {source.led_to}", err=True)
    if all(source.unread for source in sources):
        raise typer.Exit(1)


def _model(engine: str, name: str, url: str, replies: Path, seconds: float) -> Model | None:
    """The model that is to be asked, if one is."""
    from syriamap.errors import ExtractionError
    from syriamap.extraction.drafts import LLM
    from syriamap.extraction.model.desk import Model

    if engine != LLM:
        return None
    if not name:
        raise ExtractionError("--engine llm needs --llm-model, the name of a model")
    if not 0 < seconds <= _LONGEST_WAIT:
        raise ExtractionError(f"--llm-seconds {seconds:g}: a number up to {_LONGEST_WAIT} would do")
    return Model(name, replies, url, seconds)


@contextmanager
def _progress(size: int, name: str) -> Iterator[Callable[[int], None]]:
    """Show how far a long text has been read, on a terminal."""
    with at_work(name, size if size >= _LONG_TEXT else None) as told:
        yield told if size >= _LONG_TEXT else lambda _: None
