"""
Whose name is this: actors by id, name, short name or alias, and as outside formats call them.

In comes a written name, out goes an actor's id, or what a value of a format stands for: one actor
or several, and a relation. ``import_actors.csv`` of the theater (`format, name, actor, relation,
note`) is the table; a caller may add one of his own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from syriamap.errors import ClaimsError, SourceError
from syriamap.files import parse_date, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from syriamap.theater.folder import Theater

__all__ = ["ActorNames", "Meaning"]

_TABLE_COLUMNS = ("format", "name", "actor", "relation", "note")
_FIGHT = (
    "contested",
    "disputed",
    "unknown status",
    "gray zone",
    "grey zone",
    "сіра зона",
    "оспор",
    "спірн",
)
"""Parts of a value that say that a place is fought over, in formats whose table says nothing."""


@dataclass(frozen=True)
class Meaning:
    """
    What a value of a format stands for.

    Attributes
    ----------
    actors
        Ids; several where they hold or fight for a place together, none where nobody is named.
    relation
        Of a claim; empty where the format decides.
    """

    actors: tuple[str, ...]
    relation: str = ""


class ActorNames:
    """
    Names of a theater's actors.

    Parameters
    ----------
    theater
        Its ``actors.csv``, ``actor_aliases.csv`` and ``import_actors.csv`` are read.
    source
        A format, whose own names count before those that are for any (``*``).
    more
        Tables in the layout of ``import_actors.csv`` whose rows count first; the format may be
        left out there.
    values
        Part of a value → actor, actors joined by ``+``, or ``contested``; these count first of all.
    """

    def __init__(
        self,
        theater: Theater,
        source: str = "",
        more: Sequence[Path] = (),
        values: Mapping[str, str] | None = None,
    ) -> None:
        self._theater = theater
        self._values = values or {}
        self._source = source
        self._more = more

    @cached_property
    def _own(self) -> dict[str, str]:
        found: dict[str, str] = {}
        actors = self._theater.actors
        for actor in actors.index:
            found.setdefault(_key(str(actor)), str(actor))
        for column in ("name", "short", "name_ar"):
            for actor, name in actors[column].items():
                if name:
                    found.setdefault(_key(str(name)), str(actor))
        return found

    @cached_property
    def _aliases(self) -> dict[str, list[tuple[str, date | None, date | None]]]:
        found: dict[str, list[tuple[str, date | None, date | None]]] = {}
        for row in self._theater.aliases.itertuples(index=False):
            if "adjective" in str(row.note):
                continue
            span = parse_date(str(row.valid_from)), parse_date(str(row.valid_to))
            found.setdefault(_key(str(row.alias)), []).append((str(row.actor_id), *span))
        return found

    @cached_property
    def _table(self) -> tuple[dict[str, Meaning], list[tuple[str, str, Meaning]]]:
        """Meanings by name, and those of patterns: part, how it must stand, meaning."""
        exact: dict[str, Meaning] = {}
        parts: list[tuple[str, str, Meaning]] = []
        first: list[tuple[str, str, Meaning]] = []
        for written, actor in self._values.items():
            fought = actor.casefold() == "contested"
            ids = () if fought else self._ids_of("--value", written, actor)
            first.append((_key(written), "in", Meaning(ids, "contested" if fought else "")))
        own = self._theater.folder / "import_actors.csv"
        for path in (*self._more, *([own] if own.is_file() else [])):
            required = ("name", "actor") if path != own else ("format", "name", "actor")
            table, complaints = read_table(path, required=required, optional=_TABLE_COLUMNS)
            if complaints:
                raise ClaimsError(complaints)
            for row in table.itertuples(index=False):
                if str(row.format) not in {self._source, "*", ""}:
                    continue
                meaning = Meaning(
                    self._ids_of(str(path), str(row.name), str(row.actor)), str(row.relation)
                )
                name = _key(str(row.name).replace("*", ""))
                stars = str(row.name).strip()
                if stars.startswith("*"):
                    parts.append((name, "in", meaning))
                elif stars.endswith("*"):
                    parts.append((name, "starts", meaning))
                else:
                    exact.setdefault(name, meaning)
        for one in (first, parts):
            one.sort(key=lambda part: -len(part[0]))
        return exact, [*first, *parts]

    def _ids_of(self, where: str, name: str, written: str) -> tuple[str, ...]:
        ids = []
        for one in filter(None, (part.strip() for part in written.split("+"))):
            found = self._own.get(_key(one), "")
            if not found:
                raise SourceError(f"{where}: {name!r}: {one!r} is no actor of the theater")
            ids.append(found)
        return tuple(ids)

    def actor(self, name: str, day: date | None = None) -> str:
        """
        Give the id of the actor that a name means, empty when it means none or several.

        Parameters
        ----------
        name
            An id, a name, a short name, an alias or a name of the format, in any case.
        day
            Chooses between actors that an alias means at different times.
        """
        meaning = self.meaning(name, day)
        return meaning.actors[0] if meaning is not None and len(meaning.actors) == 1 else ""

    def meaning(  # noqa: PLR0911  (a table after the other)
        self, value: str, day: date | None = None
    ) -> Meaning | None:
        """Give what a value stands for, None when it is not known."""
        key = _key(value)
        exact, parts = self._table
        for part, _, meaning in parts[: len(self._values)]:
            if part in key:
                return meaning
        if not key:
            return next((meaning for part, _, meaning in parts if not part), None)
        if key in exact:
            return exact[key]
        if key in self._own:
            return Meaning((self._own[key],))
        for part, how, meaning in parts:
            if key.startswith(part) if how == "starts" else part in key:
                return meaning
        named = {
            actor
            for actor, start, end in self._aliases.get(key, ())
            if day is None or ((start is None or start <= day) and (end is None or day <= end))
        }
        if len(named) == 1:
            return Meaning((named.pop(),))
        if any(word in key for word in _FIGHT):
            return Meaning((), "contested")
        return None


@lru_cache(4096)
def _key(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()
