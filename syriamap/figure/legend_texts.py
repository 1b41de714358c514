"""Title, sources and legend of a figure as rows of text, in the figure's language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from syriamap.figure.caption import headline_of
from syriamap.figure.changed import changed_areas
from syriamap.figure.furniture import LegendRow, legend_rows, line_rows
from syriamap.figure.sheet import INK, QUIET
from syriamap.look.headings import OLD_DAYS, age_of, headline_notes, headline_title
from syriamap.look.symbols import BANDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.figure.job import Job

__all__ = ["footer_of", "heading_of", "legend_of", "legend_of_all"]

_LOUD = "#8a1c12"


def heading_of(job: Job) -> list[tuple[str, float, str, str]]:
    """Give title, whose story it is, cut-off and age, and what the map rests on."""
    words, last, unit = job.words, job.last, job.sheet.unit
    head = headline_of(job.maps, job.before, words.language)
    used = last.claims_used
    rests = (
        words(
            "claims",
            count=words.number(len(used)),
            sources=words.number(used["publisher"].nunique()),
        ),
        words("inferred"),
    )
    title = job.options.title or headline_title(head, words.language)
    notes = headline_notes(head, words.language)
    age = age_of(head)
    loud = [notes[0]] if head.side else []
    loud += [notes[-1]] if age is None or age > OLD_DAYS else []
    quiet = " · ".join([*(note for note in notes if note not in loud), *rests])
    return [
        (title, 1.9 * unit, "bold", INK),
        *((note[:1].upper() + note[1:], unit, "bold", _LOUD) for note in loud),
        (quiet[:1].upper() + quiet[1:], unit, "normal", QUIET),
    ]


def footer_of(job: Job) -> list[tuple[str, float, str, str]]:
    """Border statement, sources and licences."""
    words, size = job.words, 0.8 * job.sheet.unit
    counts = job.last.claims_used["publisher"].value_counts()
    ranked = sorted(counts.index, key=lambda name: (-counts[name], name))
    shown = ranked[:8]
    left = len(ranked) - len(shown)
    more = words("more", count=words.number(left)) if left else ""
    texts = [job.theater.border_in(words.language)]
    if ranked:
        texts.append(words("sources", sources=words.comma.join(shown) + more))
    texts.append(" ".join(job.theater.attribution))
    return [(text, size, "normal", QUIET) for text in texts if text]


def legend_of(job: Job) -> list[LegendRow]:
    """Rows of the legend: what is on the map, or what changed and what did not."""
    words, last, theater = job.words, job.last, job.theater
    if job.still is not None:
        now = {row[:2]: row[3] for row in legend_of(replace(job, still=None))}
        return [(*row[:3], now.get(row[:2], "")) for row in job.still.rows]
    if job.before is None:
        if len(job.maps) == 1:
            shown = _in_window(job)
            rows = legend_rows(theater, words, *shown)
            whole = job.whole
            # areas are those of the whole country, which a part of it should not claim
            return rows if whole else [(*row[:3], "") for row in rows]
        import pandas as pd

        territory = pd.concat([one.territory for one in job.maps])
        lines = pd.concat([one.frontline for one in job.maps])
        none = last.events.iloc[:0]
        rows = legend_rows(theater, words, territory, lines, none, last.states)
        return [(kind, actor, text, "") for kind, actor, text, _ in rows]
    rows = [("head", "", words("gained", since=words.date(job.before.date)), "")]
    changed = changed_areas(job.before.territory, last.territory, theater.equal_area_crs)
    for actor, look, _, size in changed:
        name = words.actor_name(theater.actors, actor) if actor else words(f"newly_{look}")
        kind = look if look in BANDED else "contested"
        rows.append(("gained" if actor else kind, actor, name, words.km2(size)))
    if not changed:
        rows.append(("undetermined", "", words("nothing"), ""))
    rows.append(("head", "", words("before"), ""))
    held = last.territory[last.territory["status"].isin(["held", "besieged"])]
    km2 = held.groupby("actor")["area_km2"].sum()
    for actor in sorted(km2.index, key=lambda one: (-km2[one], one)):
        rows.append(("before", actor, words.actor_name(theater.actors, actor), ""))
    return rows + line_rows(theater, words, last.frontline)


def legend_of_all(jobs: Sequence[Job]) -> list[LegendRow]:
    """Rows for what is on any of some maps, in the order of the legend, the largest areas first."""
    import pandas as pd

    last = jobs[-1]
    shown = [_in_window(job) for job in jobs]
    territory, lines, events = (pd.concat([one[part] for one in shown]) for part in range(3))
    signs = pd.concat([one[3][["evidence", "kind", "status"]].drop_duplicates() for one in shown])
    rows = legend_rows(last.theater, last.words, territory, lines, events, signs)
    return [(*row[:3], "") for row in rows]


def _in_window(job: Job) -> tuple[Any, Any, Any, Any]:
    """Territory, lines, events and states that the window shows."""
    last = job.last
    if job.whole:
        return last.territory, last.frontline, last.events, last.states
    import shapely

    view = job.view((0.0, 0.0, 100.0, 100.0))
    window = shapely.box(*view.metric)
    areas = last.territory[last.territory.intersects(window)]
    lines = last.frontline[last.frontline.intersects(window)]
    points = [view.holds(view.points(one["lon"], one["lat"])) for one in (last.events, last.states)]
    return areas, lines, last.events[points[0]], last.states[points[1]]
