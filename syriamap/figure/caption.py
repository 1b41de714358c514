"""
A figure in words: a caption with its facts, and the text for readers who cannot see it.

All of it is counted from the frames; nothing is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.figure.changed import changed_areas
from syriamap.look.headings import headline_text
from syriamap.look.symbols import shade
from syriamap.look.wording import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.history.days import MapOfDay
    from syriamap.look.headings import Headline

__all__ = ["caption_of", "headline_of"]


def headline_of(maps: Sequence[MapOfDay], before: MapOfDay | None, language: str) -> Headline:
    """
    What a figure says of itself.

    Parameters
    ----------
    maps
        The maps of the figure.
    before
        The earlier map when the figure shows changes.
    language
        Language of the names in it.
    """
    if before is not None:
        return maps[-1].headline(language, kind="changes", since=before.date)
    if len(maps) > 1:
        return maps[-1].headline(language, kind="days", since=maps[0].date)
    return maps[-1].headline(language)


def caption_of(maps: Sequence[MapOfDay], *, before: MapOfDay | None = None) -> str:
    """
    Caption and alternative text of a figure, two paragraphs of English.

    Parameters
    ----------
    maps
        The maps of the figure.
    before
        The earlier map when the figure shows changes.
    """
    words = Words("en", "signs")
    last = maps[-1]
    used = last.claims_used
    publishers = words.number(used["publisher"].nunique())
    head = headline_text(headline_of(maps, before, "en"), "en")
    dates = f"Dates: {'; '.join(words.date(one.date) for one in maps)}." if len(maps) > 1 else ""
    facts = [
        f"{head}.",
        dates,
        f"{words.number(len(used))} claims by {publishers} publishers.",
        last.theater.border_statement,
        *last.theater.attribution,
    ]
    changes = _changes(before, last, words) if before is not None else ""
    alt = [f"Map. {head}.", changes, *(_shares(one, words) for one in maps)]
    return " ".join(filter(None, facts)) + "\n\nAlt text: " + " ".join(filter(None, alt)) + "\n"


def _shares(one: MapOfDay, words: Words) -> str:
    territory, actors = one.territory, one.theater.actors
    whole = float(territory["area_km2"].sum())
    held = territory[territory["status"].isin(["held", "besieged"])]
    sums = held.groupby("actor")["area_km2"].sum()
    km2 = {str(actor): float(area) for actor, area in sums.items()}
    parts = [
        f"{words.actor_name(actors, actor)} {words.km2(area)} ({100 * area / whole:.1f} %)"
        for actor, area in sorted(km2.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    rest = []
    looks = list(map(shade, territory["status"], territory["doubt"]))
    for look in sorted(set(looks) - {"held", "besieged"}):
        area = float(territory.loc[[one == look for one in looks], "area_km2"].sum())
        rest.append(f"{words(look).lower()} {words.km2(area)} ({100 * area / whole:.1f} %)")
    return f"{words.date(one.date)}: held by {'; '.join([*parts, *rest]) or 'nobody'}."


def _changes(before: MapOfDay, after: MapOfDay, words: Words) -> str:
    actors = after.theater.actors
    signs = Words("en", "figure")
    found = changed_areas(before.territory, after.territory, after.theater.equal_area_crs)
    gained = [
        f"{words.actor_name(actors, actor)} {words.km2(km2)}" for actor, _, _, km2 in found if actor
    ]
    lost = [
        f"{signs(f'newly_{look}').lower()} {words.km2(km2)}"
        for actor, look, _, km2 in found
        if look
    ]
    since = words.date(before.date)
    if not found:
        return f"No change since {since}."
    return f"Gained since {since}: {'; '.join(gained) or 'nothing'}. " + (
        f"Of no holder since then: {'; '.join(lost)}." if lost else ""
    )
