"""Title, sources and legend of a figure as rows of text, in the figure's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syriamap.figure.changed import changed_areas
from syriamap.figure.furniture import LegendRow, legend_rows, line_rows
from syriamap.figure.sheet import INK, QUIET

if TYPE_CHECKING:
    from syriamap.figure.job import Job

__all__ = ["footer_of", "heading_of", "legend_of"]


def heading_of(job: Job) -> list[tuple[str, float, str, str]]:
    """Give title, cut-off and, where it is one side's telling, whose."""
    words, last, unit = job.words, job.last, job.sheet.unit
    values = {"country": job.theater.title_in(words.language), "date": words.date(last.date)}
    if job.before is not None:
        title = words("changes_title", since=words.date(job.before.date), **values)
    elif len(job.maps) > 1:
        title = words("series_title", since=words.date(job.maps[0].date), **values)
    else:
        title = words("title", **values)
    used = last.claims_used
    cutoff = words("as_of", cutoff=words.date(last.known_by)) if last.known_by else ""
    lines = [
        cutoff or words("no_cutoff"),
        words("claims", count=words.number(len(used)), sources=used["publisher"].nunique()),
        words("inferred"),
    ]
    subtitle = " · ".join(lines)
    out = [(job.options.title or title, 1.9 * unit, "bold", INK), (subtitle, unit, "normal", QUIET)]
    if last.according_to:
        out.append((words("side", side=last.according_to), unit, "bold", "#8a1c12"))
    return out


def footer_of(job: Job) -> list[tuple[str, float, str, str]]:
    """Border statement, sources and licences."""
    words, size = job.words, 0.8 * job.sheet.unit
    counts = job.last.claims_used["publisher"].value_counts()
    ranked = sorted(counts.index, key=lambda name: (-counts[name], name))
    shown = ranked[:8]
    more = words("more", count=len(ranked) - len(shown)) if len(ranked) > len(shown) else ""
    texts = [job.theater.border_in(words.language)]
    if ranked:
        texts.append(words("sources", sources=words.comma.join(shown) + more))
    texts.append(" ".join(job.theater.attribution))
    return [(text, size, "normal", QUIET) for text in texts if text]


def legend_of(job: Job) -> list[LegendRow]:
    """Rows of the legend: what is on the map, or what changed and what did not."""
    words, last, theater = job.words, job.last, job.theater
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
    for actor, _, size in changed:
        name = words.actor_name(theater.actors, actor) if actor else words("newly_contested")
        rows.append(("gained" if actor else "contested", actor, name, words.km2(size)))
    if not changed:
        rows.append(("undetermined", "", words("nothing"), ""))
    rows.append(("head", "", words("before"), ""))
    held = last.territory[last.territory["status"].isin(["held", "besieged"])]
    km2 = held.groupby("actor")["area_km2"].sum()
    for actor in sorted(km2.index, key=lambda one: (-km2[one], one)):
        rows.append(("before", actor, words.actor_name(theater.actors, actor), ""))
    return rows + line_rows(theater, words, last.frontline)


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
