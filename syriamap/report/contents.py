"""
Facts → the blocks of a report: summary, pictures, tables, sources, how to read it.

In come facts and frames, out goes a document in one language. Every text of a stranger goes
through :func:`~syriamap.report.document.plain`; writers escape for their format.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.look.headings import headline_notes, headline_text, headline_title
from syriamap.look.symbols import OWN_LOOK
from syriamap.report.document import (
    Document,
    Heading,
    Items,
    Link,
    Paragraph,
    Picture,
    Swatch,
    Table,
    plain,
)
from syriamap.webmap.encode import web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from syriamap.history.days import MapOfDay
    from syriamap.report.document import Block, Part
    from syriamap.report.facts import Facts, PlaceState
    from syriamap.report.report_words import ReportWords

__all__ = ["report_document"]

_CHANGED, _CONTESTED, _SETTLED, _SOURCES, _REASONS = 60, 30, 40, 60, 3
"""How many rows of a table a report shows; files have them all."""


def report_document(
    made: MapOfDay,
    facts: Facts,
    words: ReportWords,
    *,
    before: MapOfDay | None,
    settlements: pd.DataFrame,
    sources: pd.DataFrame,
    files: Sequence[tuple[str, str]],
    alternatives: Sequence[str],
) -> Document:
    """
    Put facts into words, tables and pictures.

    Parameters
    ----------
    made, before
        The map of the day, and of the earlier one.
    facts
        What is to be said of them.
    words
        In which language.
    settlements, sources
        As :mod:`syriamap.report.facts` gives them.
    files
        Name and key of the description of each file of the report.
    alternatives
        Text instead of each figure.
    """
    writer = _Writer(made, facts, words, before)
    names = [name for name, _ in files]
    since = words.date(before.date) if before is not None else ""
    told = made.headline(words.language)
    plain_title = plain(headline_text(told, words.language))
    if before is not None:
        told = replace(told, kind="since", since=before.date)
    title = plain(headline_title(told, words.language))
    blocks: list[Block] = []
    if before is not None:  # the first page: what changed, and the map of it
        blocks += [Heading(words("changed_map", since=since)), *writer.since_then()]
        if "figures/changes.png" in names:
            head = words("changed_map", since=since)
            blocks.append(Picture("figures/changes.png", head, alternatives[1]))
    blocks += [Heading(words("summary")), *writer.summary()]
    blocks += [Heading(words("map")), Picture("figures/control.png", plain_title, alternatives[0])]
    blocks += [Heading(writer.capitals_word), writer.capitals()]
    blocks += [Heading(words("territory")), writer.territory()]
    if facts.changes is not None:
        blocks += [Heading(words("changed_places")), *writer.changes()]
    if facts.contested:
        blocks += [Heading(words("contested")), *writer.contested()]
    blocks += [Heading(words("settlements")), *writer.settlements(settlements)]
    blocks += [Heading(words("sources")), *writer.sources(sources)]
    blocks += [Heading(words("method")), *writer.method()]
    listed = [(Link(name, name), f" – {words(key)}") for name, key in files]
    blocks += [Heading(words("files")), Items(tuple(listed))]
    return Document(title, writer.subtitle(), words.language, tuple(blocks))


class _Writer:
    """Words for one report."""

    def __init__(
        self, made: MapOfDay, facts: Facts, words: ReportWords, before: MapOfDay | None
    ) -> None:
        self.made, self.facts, self.words, self.before = made, facts, words, before
        self.since = words.date(before.date) if before is not None else ""
        self.capitals_word = words("capitals" if facts.named_capitals else "cities")
        claims = made.claims_used
        self.claims: dict[str, dict[str, Any]] = {
            str(row["claim_id"]): {str(key): value for key, value in row.items()}
            for row in claims.to_dict("records")
        }
        self.regions = (
            {str(row["iso"]): words.name(row) for row in made.theater.admin1.to_dict("records")}
            if "iso" in made.theater.admin1
            else {}
        )

    def subtitle(self) -> str:
        words, made = self.words, self.made
        used = made.claims_used
        notes = headline_notes(made.headline(words.language), words.language)
        counts = words(
            "subtitle",
            claims=words.number(len(used)),
            publishers=words.number(used["publisher"].nunique()),
        )
        return " · ".join([*map(plain, notes), counts])

    # --- summary --------------------------------------------------------------------------------

    def summary(self) -> list[Block]:
        words, facts, made = self.words, self.facts, self.made
        rows = [self._areas()]
        rows.append(
            self._named(words("held_capitals", capitals=self.capitals_word), facts.capitals)
        )
        ground = {share.status: share for share in facts.shares if not share.actor}
        if "contested" in ground:
            one = ground["contested"]
            rows.append(
                words(
                    "contested_area",
                    km2=words.km2(one.km2),
                    percent=f"{one.percent:.1f}",
                    areas=facts.contested_areas,
                )
            )
        for look in OWN_LOOK:
            if look in ground:
                km2, percent = words.km2(ground[look].km2), f"{ground[look].percent:.1f}"
                rows.append(words("look_area", look=words(look), km2=km2, percent=percent))
        if facts.contested:
            named = words.comma.join(words.name(one.row) for one in facts.contested[:8])
            count = words("contested_places", count=len(facts.contested))
            rows.append(f"{count} ({named}{'…' if len(facts.contested) > 8 else ''})")
        if "undetermined" in ground:
            one = ground["undetermined"]
            km2, percent = words.km2(one.km2), f"{one.percent:.1f}"
            rows.append(words("undetermined_area", km2=km2, percent=percent))
        if facts.fronts:
            whole = words("fronts", km=words.number(sum(km for *_, km in facts.fronts)))
            pairs = [
                f"{words.actor(a)} – {words.actor(b)} {words.number(km)}"
                for a, b, km in facts.fronts[:4]
            ]
            rows.append(f"{whole} ({words.semicolon.join(pairs)})")
        events = [words(kind, count=count) for kind, count in facts.events.items()]
        if events:
            rows.append(words("events", events=words.comma.join(events)))
        used = made.claims_used
        rows.append(
            words(
                "evidence",
                claims=words.number(len(used)),
                publishers=words.number(used["publisher"].nunique()),
                proven=words.number(int(made.states["evidence"].sum())),
                places=words.number(len(made.states)),
            )
        )
        return [Items(tuple((row,) for row in rows))]

    def _areas(self) -> str:
        words = self.words
        parts = [
            f"{words.actor(one.actor)} {words.km2(one.km2)} ({one.percent:.1f} %)"
            for one in self.facts.shares
            if one.actor
        ]
        return f"{words('area')}: {words.semicolon.join(parts) or words('none')}"

    def _named(self, head: str, places: Iterable[PlaceState]) -> str:
        """Places by the state they are in."""
        words = self.words
        groups: dict[str, list[str]] = {}
        for one in places:
            groups.setdefault(words.state(*one.state), []).append(words.name(one.row))
        parts = [
            f"{state} {len(names)} ({words.comma.join(names)})"
            for state, names in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        ]
        return f"{head}: {words.semicolon.join(parts) or words('none')}"

    def since_then(self) -> list[Block]:
        """Which capitals, how much ground and how many places changed hands."""
        words, changes = self.words, self.facts.changes
        if changes is None:
            return []
        moved = [one for one in self.facts.capitals if one.changed]
        parts = [
            f"{words.name(one.row)} "
            f"({words.state(*one.was)} {words.arrow} {words.state(*one.state)})"
            for one in moved
            if one.was is not None
        ]
        head = words("changed_capitals", capitals=self.capitals_word, since=self.since)
        rows = [f"{head}: {words.semicolon.join(parts) or words('none')}"]
        balance = changes.balance[changes.balance["actor"] != ""]
        for word in ("gained", "lost"):
            ranked = balance[balance[f"{word}_km2"] >= 0.5].sort_values(
                [f"{word}_km2", "actor"], ascending=[False, True]
            )
            sizes = zip(ranked["actor"], ranked[f"{word}_km2"], strict=True)
            said = [f"{words.actor(str(actor))} {words.km2(km2)}" for actor, km2 in sizes]
            text = words.semicolon.join(said) or words("none")
            rows.append(f"{words(word, since=self.since)}: {text}")
        doubt = changes.balance[
            (changes.balance["actor"] == "") & (changes.balance["gained_km2"] >= 0.5)
        ]
        said = [
            f"{words.state('', str(status))} {words.km2(km2)}"
            for status, km2 in zip(doubt["status"], doubt["gained_km2"], strict=True)
        ]
        if said:
            rows.append(f"{words('newly', since=self.since)}: {words.semicolon.join(said)}")
        places = changes.rows[changes.rows["kind"] == "place"]
        proven = sum(1 for ids in places["claim_ids"] if ids)
        count = words.number(len(places))
        rows.append(words("places_changed", since=self.since, places=count, proven=proven))
        return [Items(tuple((row,) for row in rows))]

    # --- tables ---------------------------------------------------------------------------------

    def capitals(self) -> Table:
        words = self.words
        header = [words("place"), words("state"), words("since"), words("confidence")]
        if self.before is not None:
            header.append(words("before"))
        rows = []
        for one in self.facts.capitals:
            row = one.row
            cells = [
                (words.name(row),),
                self._state(*one.state, str(row["leaning"])),
                (_day(row["since"]),),
                (_percent(row["confidence"]),),
            ]
            if one.was is not None:
                cells.append(self._state(*one.was) if one.changed else (words("as_before"),))
            rows.append((*cells, self._because(one.claim_ids)))
        caption = words("capitals_caption", capitals=self.capitals_word)
        return Table((caption,), (*header, words("because")), tuple(rows), frozenset({3}))

    def territory(self) -> Table:
        words, facts = self.words, self.facts
        if facts.changes is None or self.before is None:
            rows = [
                (
                    self._state(one.actor, one.status),
                    (words.number(one.km2),),
                    (f"{one.percent:.1f}",),
                )
                for one in facts.shares
            ]
            columns = (words("holder"), words("km2"), words("percent"))
            return Table((words("territory_caption"),), columns, tuple(rows), frozenset({1, 2}))
        numbers = ("before_km2", "gained_km2", "lost_km2", "after_km2")
        table = [
            (
                self._state(str(row["actor"]), str(row["status"])),
                *((words.number(float(row[name])),) for name in numbers),
                (f"{float(row['after_percent']):.1f}",),
            )
            for row in facts.changes.balance.to_dict("records")
        ]
        caption = words("balance_caption", since=self.since, date=words.date(self.made.date))
        header = (words("holder"), *(words(name) for name in numbers), words("percent"))
        return Table((caption,), header, tuple(table), frozenset(range(1, 6)))

    def changes(self) -> list[Block]:
        words, changes = self.words, self.facts.changes
        if changes is None:
            return []
        rows = changes.rows[changes.rows["kind"] == "place"].to_dict("records")
        proven = [row for row in rows if row["claim_ids"]]
        shown = tuple(
            (
                (self._place_name(row),),
                self._state(str(row["from_actor"]), str(row["from_status"])),
                self._state(str(row["to_actor"]), str(row["to_status"])),
                (_day(row["since"]),),
                self._because(row["claim_ids"]),
            )
            for row in proven[:_CHANGED]
        )
        caption = words("changes_caption", shown=len(shown), all=len(proven))
        header = tuple(words(name) for name in ("place", "from", "to", "since", "because"))
        told = _told(caption, "changes.csv")
        return [Table(told, header, shown) if shown else Paragraph(told)]

    def _place_name(self, row: Any) -> str:
        places = self.made.theater.places
        known = row["place_id"] in places.index
        return self.words.name(dict(places.loc[row["place_id"]]) if known else row)

    def contested(self) -> list[Block]:
        words, all_of_them = self.words, self.facts.contested
        rows = tuple(
            (
                (words.name(one.row),),
                self._state("", "contested", str(one.row["leaning"])),
                (_day(one.row["since"]),),
                self._because(one.claim_ids),
            )
            for one in all_of_them[:_CONTESTED]
        )
        caption = words("contested_caption", shown=len(rows), all=len(all_of_them))
        header = tuple(words(name) for name in ("place", "state", "since", "because"))
        return [Table(_told(caption, "settlements.csv"), header, rows)]

    def settlements(self, frame: pd.DataFrame) -> list[Block]:
        words = self.words
        rows = tuple(
            (
                (words.name(row),),
                (self.regions.get(str(row["admin1"]), plain(str(row["admin1"]))),),
                ("" if pd.isna(row["population"]) else words.number(row["population"]),),
                self._state(str(row["actor"]), str(row["status"]), str(row["leaning"])),
                (_day(row["since"]) if row["evidence"] else words("inferred"),),
                (_percent(row["confidence"]),),
            )
            for row in frame.head(_SETTLED).to_dict("records")
        )
        caption = words("settlements_caption", shown=len(rows), all=words.number(len(frame)))
        names = ("place", "region", "population", "state", "since", "confidence")
        told = _told(caption, "settlements.csv")
        return [Table(told, tuple(map(words, names)), rows, frozenset({2, 5}))]

    def sources(self, frame: pd.DataFrame) -> list[Block]:
        """Publishers with most claims; every publication stands in the file beside."""
        words = self.words
        rows = []
        groups = {str(name): group for name, group in frame.groupby("publisher", sort=True)}
        ranked = sorted(groups, key=lambda name: (-int(groups[name]["claims"].sum()), name))
        for name in ranked[:_SOURCES]:
            group = groups[name]
            used = group.sort_values(["claims", "source_title"], ascending=[False, True]).iloc[0]
            title = plain(str(used["source_title"]))
            address = web_link(str(used["source_url"] or ""))
            first, last = _day(group["first"].min()), _day(group["last"].max())
            rows.append(
                (
                    (plain(name),),
                    (plain(str(used["reliability"])),),
                    (words.number(int(group["claims"].sum())),),
                    (words.number(len(group)),),
                    (Link(title, address) if address else title,),
                    (first if first == last else f"{first} – {last}",),
                )
            )
        caption = words("sources_caption", shown=len(rows), all=words.number(len(groups)))
        names = ("publisher", "grade", "claims", "publications", "publication", "reported")
        told = _told(caption, "sources.csv")
        return [Table(told, tuple(map(words, names)), tuple(rows), frozenset({2, 3}))]

    def method(self) -> list[Block]:
        words = self.words
        rules = ("claim_rule", "unknown_rule", "confidence_rule", "grade_rule")
        theater = self.made.theater
        texts = [*(words(rule) for rule in rules), plain(theater.accuracy), words.border]
        texts += [plain(one) for one in theater.attribution]
        return [Items(tuple((text,) for text in texts if text))]

    # --- cells ----------------------------------------------------------------------------------

    def _state(self, actor: str, status: str, leaning: str = "") -> tuple[Part, ...]:
        words = self.words
        text = words.state(actor, status, leaning)
        color = words.color(actor) if actor else ""
        return (Swatch(color), text) if color else (text,)

    def _because(self, claim_ids: Iterable[str]) -> tuple[Part, ...]:
        """Publishers of the claims that decided, each with its link, once."""
        told: dict[tuple[str, str], None] = {}
        for claim_id in claim_ids:
            claim = self.claims.get(str(claim_id))
            if claim is not None:
                link = web_link(str(claim["source_url"] or ""))
                told.setdefault((plain(str(claim["publisher"])), link), None)
        parts: list[Part] = []
        for publisher, link in list(told)[:_REASONS]:
            if parts:
                parts.append(self.words.comma)
            parts.append(Link(publisher, link) if link else publisher)
        if len(told) > _REASONS:
            parts.append(f" +{len(told) - _REASONS}")
        return tuple(parts)


def _told(caption: str, file: str) -> tuple[Part, ...]:
    return f"{caption} ", Link(file, file), "."


def _day(value: Any) -> str:
    return "" if value is None or pd.isna(value) else pd.Timestamp(value).date().isoformat()


def _percent(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{100 * float(value):.0f} %"
