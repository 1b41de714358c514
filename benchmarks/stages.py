"""
What each stage of a map costs, of one date and of each day of a series, in this process.

Prints milliseconds as JSON; ``ratios.py`` makes a table of them::

    python benchmarks/stages.py                                        # 100 days, day by day
    python benchmarks/stages.py --days 60 --step 30 --until 2026-02-01

The claims of the whole war are read and inferred before (``through time``, from the cache where
they are kept there). ``first`` is the first day; ``later`` is the mean of all others, which finds
what the day before has in common with it; ``middle all`` is the median of their sums: half of the
days take less. Seconds are those that the processor worked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import time
from collections import defaultdict
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syriamap.claims.question import Question

STAGES = ("control", "review", "field", "areas", "lines")
"""Those of the bar: all from the claims to the map; states and events are told beside them."""


class Clock:
    """Processor time by stage."""

    def __init__(self) -> None:
        self.took: dict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Add up what is done inside."""
        start = time.process_time()
        yield
        self.took[name] += time.process_time() - start


def each_day(days: list[dt.date], question: Question) -> Iterator[dict[str, float]]:
    """What the stages of each day take, one after the other."""
    from syriamap import territory as stage
    from syriamap.control.claimed import control_of_question
    from syriamap.control.events import events_from_claims
    from syriamap.history.days import MapOfDay
    from syriamap.history.unmoved import unmoved_frontline

    theater, before = question.theater, None
    for library in ("scipy.sparse.linalg", "scipy.sparse.csgraph", "scipy.spatial", "geopandas"):
        import_module(library)  # what loading them takes is no stage's
    for day in days:
        clock = Clock()
        with clock("control"):
            said = control_of_question(question, day)
        with clock("field"):
            ground = stage.ground_of(said, theater)
        with clock("review"):
            control = stage.reviewed_control(said, theater, ground=ground)
        with clock("field"):
            field = stage.field_from_control(control, theater, ground=ground)
        with clock("areas"):
            areas = stage.territory_from_field(field, theater)
        with clock("lines"):
            lines = None if before is None else unmoved_frontline(before, areas, day)
            if lines is None:
                lines = stage.frontline_from_territory(areas, theater, day)
        with clock("states"):
            states = stage.states_from_field(field, theater)
        with clock("events"):
            events = events_from_claims(question.claims, day)
        before = MapOfDay(
            question, day, control, states, areas, lines, events=events, held_out=field.held_out
        )
        yield clock.took


def measured(days: list[dt.date]) -> dict[str, Any]:
    """Milliseconds of each stage: the first day, and the mean of all later ones."""
    from syriamap.control.claimed import time_of_question
    from syriamap.pipeline.asking import ask

    clock = Clock()
    with clock("read"):
        question = ask()
    with clock("through time"):
        time_of_question(question)
    first, *later = each_day(days, question)
    mean = {name: sum(one[name] for one in later) / max(len(later), 1) for name in first}
    every = [sum(one[name] for name in STAGES) for one in later] or [0.0]
    return {
        "days": len(days),
        "before": {name: round(1_000 * took, 1) for name, took in clock.took.items()},
        "first": {name: round(1_000 * took, 1) for name, took in first.items()},
        "later": {name: round(1_000 * took, 1) for name, took in mean.items()},
        "first all": round(1_000 * sum(first[name] for name in STAGES), 1),
        "later all": round(1_000 * sum(mean[name] for name in STAGES), 1),
        "middle all": round(1_000 * statistics.median(every), 1),
    }


def main() -> None:
    """Measure and print."""
    from syriamap.files.collecting import collect_seldom

    parser = argparse.ArgumentParser()
    parser.add_argument("--until", default="2024-12-08")
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--step", type=int, default=1, help="days from one to the next")
    asked = parser.parse_args()
    collect_seldom()  # as the command line does
    last = dt.date.fromisoformat(asked.until)
    days = [last - dt.timedelta(asked.step * back) for back in range(asked.days - 1, -1, -1)]
    print(json.dumps(measured(days)))


if __name__ == "__main__":
    main()
