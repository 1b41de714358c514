"""
Wikipedia's detailed maps: the Lua of "Module:Syrian Civil War detailed map" and its siblings.

A mark is a table ``{ lat = …, long = …, mark = …, label = … }``. The mark says who holds the place:
a constant (``m.gov``) or a file name in the actor's color. See ``docs/imports.md`` for the table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriamap.claims.sources.passing import ClaimRow, Context, Unmapped
from syriamap.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_wikipedia"]

_MOST = 50_000_000
_TOKEN = re.compile(
    r"""(?P<comment>--\[(?P<level>=*)\[.*?\](?P=level)\]|--[^\n]*)
      | (?P<long>\[(?P<depth>=*)\[.*?\](?P=depth)\])
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<broken>["'][^\n]*)
      | (?P<word>[A-Za-z_][\w.]*)
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<sign>[{}=,;\[\]()#+*/<>~:.-])
      | (?P<line>\n)
      | (?P<other>[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_LINK = re.compile(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]")
_SUFFIX = re.compile(r"\.(?:svg|png|gif)$", re.IGNORECASE)
_ANIMATED = re.compile(r"^\d+x\d+-([a-z]+)-([a-z]+)(?:-([a-z]+))?-anim$")
_MIXED = re.compile(r"^map-ctl\d-([a-z]+(?:\+[a-z]+)+)$")
_ARC = re.compile(r"^map-arc[nesw]*-([a-z]+)$")
_CIRCLE = re.compile(r"^map-circle\d*-([a-z]+)$")
_SHAPES = (
    (_ANIMATED, "contested"), (_MIXED, "controls"), (_ARC, "advanced_toward"),
    (_CIRCLE, "besieged"),
)  # fmt: skip
_PREFIXES = {
    "stable_": "controls", "besieged_": "besieged", "siege_": "besieged",
    "arc_": "advanced_toward", "pressure_": "advanced_toward",
}  # fmt: skip


_NOT_WORD = re.compile(r"[^a-z]+")
_COLORS = frozenset(
    [
        "red",
        "lime",
        "green",
        "yellow",
        "black",
        "grey",
        "gray",
        "blue",
        "orange",
        "purple",
        "violet",
        "brown",
        "pink",
        "teal",
        "white",
        "olive",
        "cyan",
        "turquoise",
        "maroon",
        "gold",
        "silver",
        "magenta",
    ]
)
"""Colors that stand in names of files."""

_SITES = frozenset(
    [
        "air",
        "airbase",
        "airport",
        "airfield",
        "heli",
        "helicopter",
        "hill",
        "mountain",
        "peak",
        "base",
        "mil",
        "military",
        "barracks",
        "outpost",
        "checkpoint",
        "oil",
        "gas",
        "oilfield",
        "gasfield",
        "refinery",
        "pipeline",
        "industry",
        "industrial",
        "factory",
        "plant",
        "power",
        "dam",
        "port",
        "naval",
        "harbor",
        "border",
        "crossing",
        "bridge",
        "road",
        "junction",
        "camp",
        "prison",
        "hospital",
        "silo",
        "silos",
        "mine",
        "quarry",
        "castle",
        "fort",
        "fortress",
        "water",
        "station",
        "rural",
        "small",
        "big",
        "city",
        "town",
        "village",
    ]
)
"""What a mark's suffix says of the kind of site."""


def read_wikipedia(path: Path, context: Context) -> Iterator[ClaimRow | Unmapped]:
    """
    Claims of a module, one or two for each mark.

    Parameters
    ----------
    path
        The module's source.
    context
        `day` is the day of the revision, which the source does not state.
    """
    if context.day is None:
        raise SourceError(f"{path}: a module has no date; give the day of the revision: --date")
    if path.stat().st_size > _MOST:
        raise SourceError(f"{path}: larger than {_MOST // 1_000_000} MB; no module is")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8 (byte {error.start})") from error
    marks = 0
    for row, mark in _marks(path, text):
        marks += 1
        if isinstance(mark, str):
            yield Unmapped(row, mark, "a line that cannot be read")
        else:
            yield from _claims(row, mark, context)
    if not marks:
        raise SourceError(f"{path}: no mark with lat and long in it; is it a map module's source?")


def _marks(  # noqa: C901  (a scanner: one branch for each kind of token)
    path: Path, text: str
) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Innermost tables that have a latitude, and what is broken as text."""
    line = 1
    open_tables: list[int] = []
    before: list[int] = []  # those that were open when the line began
    table = _Table(line)
    broken = ""
    for match in _TOKEN.finditer(text):
        kind, sign = match.lastgroup or "", match.group()
        if kind == "line":
            if broken:
                yield line, broken
                table, open_tables, broken = _Table(line), before, ""
            before = list(open_tables)
            table.end_field()
        elif kind in {"broken", "other"} and (table.fields or open_tables):
            source = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
            broken = source.strip()[:200]
        elif sign == "{":
            open_tables.append(line)
            table = _Table(line)
        elif sign == "}":
            if not open_tables:
                raise SourceError(f"{path}: line {line}: a brace is closed that was not opened")
            open_tables.pop()
            if not broken and table.fields.keys() & {"lat", "long"}:
                yield table.line, table.fields
            table = _Table(table.line)
        else:
            table.take(kind, sign)
        line += sign.count("\n")
    if broken:
        yield line, broken
    if open_tables:
        raise SourceError(f"{path}: line {open_tables[-1]}: a brace is opened and never closed")


class _Table:
    """A table of Lua, filled token after token: ``key = value``, ended by a comma or the line."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.fields: dict[str, str] = {}
        self.end_field()

    def end_field(self) -> None:
        self._key, self._expects_value = "", False

    def take(self, kind: str, sign: str) -> None:
        if self._expects_value and kind in {"text", "long", "number", "word"}:
            self.fields[self._key] = _plain(kind, sign)
            self.end_field()
        elif kind == "word":
            self._key = sign
        elif sign == "=":
            self._expects_value = bool(self._key)
        elif sign in {",", ";"}:
            self.end_field()


def _plain(kind: str, sign: str) -> str:
    """A value without the quotes or brackets it is written in."""
    if kind == "text":
        return re.sub(r"\\(.)", r"\1", sign[1:-1])
    return sign.strip("[]=").strip() if kind == "long" else sign


def _claims(row: int, mark: dict[str, str], context: Context) -> Iterator[ClaimRow | Unmapped]:
    label = _LINK.sub(r"\1", mark.get("label", "")) or mark.get("link", "")
    label = label.split("<")[0].strip()
    place = context.place(row, label, mark.get("lat", ""), mark.get("long", ""))
    if isinstance(place, Unmapped):
        yield place
        return
    sign = mark.get("mark", "").strip()
    relation, names = _meaning(sign)
    actors = [context.actor(name) for name in names]
    if not names or not all(actors):
        relation, actors = _by_site_or_color(sign, context) or (relation, actors)
    if not actors or not all(actors):
        if not label and _SUFFIX.search(sign):
            yield Unmapped(row, sign, "an ornament: no label and no color of an actor")
            return
        unknown = [name for name, actor in zip(names, actors, strict=True) if not actor]
        yield Unmapped(row, ", ".join(unknown) or sign, "a mark that stands for no actor")
        return
    assert context.day is not None  # noqa: S101  (for the type checker: read_wikipedia made sure)
    base = {
        **place,
        "event_date": context.day.isoformat(),
        "reported_on": context.day.isoformat(),
        "date_precision": "day",
        "relation": relation,
        "certainty": "asserted",
        "publisher": "Wikipedia",
        "source_title": "Detailed map module",
        "note": f"mark {sign}",
    }
    unique = list(dict.fromkeys(actors))
    if relation == "contested" and len(unique) > 1:
        yield {**base, "actor": unique[0], "against": unique[1]}
        for other in unique[2:]:
            yield {**base, "actor": other, "against": unique[0]}
    else:
        for actor in unique:
            yield {**base, "actor": actor}


def _by_site_or_color(sign: str, context: Context) -> tuple[str, list[str]] | None:
    """
    Read a mark whose actor stands beside something else.

    ``m.gov_air`` is an airfield of the government; ``Fighter-jet-red-icon.svg`` has its color
    somewhere in the name. Several colors mean something only in the shapes that are known.
    """
    if _SUFFIX.search(sign):
        words = [one for one in _NOT_WORD.split(_SUFFIX.sub("", sign).casefold()) if one]
        colors = [context.actor(one) for one in words if one in _COLORS]
        return ("controls", colors) if len(colors) == 1 and colors[0] else None
    name = sign.rsplit(".", 1)[-1]
    relation, _names = _meaning(name)
    stem = name
    for start, meant in _PREFIXES.items():
        if name.casefold().startswith(start):
            stem, relation = name[len(start) :], meant
    parts = stem.split("_")
    while len(parts) > 1 and parts[-1].casefold().rstrip("0123456789") in _SITES:
        parts.pop()
    actors = [context.actor(one) for one in parts]
    if len(parts) == len(stem.split("_")) or not all(actors):
        return None
    return (relation if len(actors) > 1 or stem != name else "controls"), actors


def _meaning(sign: str) -> tuple[str, list[str]]:
    """Relation and names of actors that a mark stands for."""
    is_file = bool(_SUFFIX.search(sign))
    name = sign if is_file else sign.rsplit(".", 1)[-1]
    bare = _SUFFIX.sub("", name.replace("_", " ")).strip().casefold().replace(" ", "-")
    for pattern, relation in _SHAPES:
        match = pattern.match(bare)
        if match:
            groups = [group for group in match.groups() if group]
            return relation, groups[0].split("+") if pattern is _MIXED else groups
    if is_file:
        return "controls", [_SUFFIX.sub("", name)]
    for start, relation in _PREFIXES.items():
        if name.casefold().startswith(start):
            return relation, name[len(start) :].split("_")
    parts = name.split("_")
    return ("contested", parts) if len(parts) > 1 else ("controls", [name] if name else [])
