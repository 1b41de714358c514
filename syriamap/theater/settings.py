"""
Settings in tables: a frozen dataclass a stage, a row a setting, with unit, meaning and source.

In comes what a field of such a table says of itself, out go the rows of a table as
``docs/settings.py`` prints them, and the table as the file ``theater.toml`` of a theater has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from syriamap.errors import TheaterError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["SettingRow", "own_settings", "setting", "setting_rows"]

_Table = TypeVar("_Table")


def setting(value: Any, unit: str, meaning: str, source: str, *, key: str = "") -> Any:
    """
    Make a field of a table of settings.

    Parameters
    ----------
    value
        What it is unless something else is given; not mutable.
    unit
        What it is measured in; empty for a count or a name.
    meaning
        What it does.
    source
        Where it comes from, or why it is so.
    key
        Its name in the table ``[engine]`` of ``theater.toml``, if a theater may override it.
    """
    said = {"unit": unit, "meaning": meaning, "source": source, "key": key}
    return field(default=value, metadata=said)


@dataclass(frozen=True)
class SettingRow:
    """
    A setting as a table prints it.

    Attributes
    ----------
    name, value, unit, meaning, source, key
        As :func:`setting` has them.
    """

    name: str
    value: Any
    unit: str
    meaning: str
    source: str
    key: str


def setting_rows(table: Any) -> tuple[SettingRow, ...]:
    """
    Rows of a table of settings, in the order in which they are written down.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Knobs:
    ...     reach_km: float = setting(40.0, "km", "how far evidence speaks", "judgment")
    >>> [(row.name, row.value, row.unit) for row in setting_rows(Knobs())]
    [('reach_km', 40.0, 'km')]
    """
    return tuple(
        SettingRow(one.name, getattr(table, one.name), **one.metadata) for one in fields(table)
    )


def own_settings(table: _Table, given: Mapping[str, Any], file: Path) -> _Table:
    """
    Fill in what a theater says otherwise.

    Parameters
    ----------
    table
        A table of settings.
    given
        The table ``[engine]`` of the theater; other keys in it are for other stages.
    file
        Where that was read, for the message.

    Raises
    ------
    TheaterError
        If what should be a number is none above 0.
    """
    own: dict[str, Any] = {}
    for row in setting_rows(table):
        if not row.key or row.key not in given:
            continue
        value = given[row.key]
        if isinstance(row.value, tuple):
            own[row.name] = tuple(map(str, value))
            continue
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 < value < float("inf"):
            raise TheaterError(f"{file}: engine.{row.key} = {value!r}; a number above 0 would do")
        own[row.name] = float(value)
    changed: _Table = replace(table, **own)  # type: ignore[type-var]
    return changed
