"""
The user's own defaults: a settings file and environment variables below what is typed.

In come the folder a command runs in and the environment, out goes what stands for options that
were not given: of the variables :data:`VARIABLES`, of
``syriamap.toml``, or of the table ``[tool.syriamap]`` of ``pyproject.toml``, in that folder or the
nearest one above it. An option comes before a variable, a variable before the file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syriamap.errors import DocumentError, SettingsError
from syriamap.files import toml_of
from syriamap.look.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["VARIABLES", "Preferences", "defaults_of", "preferences_in"]

VARIABLES = {
    "theater": "SYRIAMAP_THEATER",
    "claims": "SYRIAMAP_CLAIMS",
    "only-claims": "SYRIAMAP_ONLY_CLAIMS",
    "border": "SYRIAMAP_BORDER",
    "lang": "SYRIAMAP_LANG",
}
"""Keys of the settings file, named as the options are, and the variable of each."""

_PATHS = ("theater", "claims")
_SCHEME = "://"
_SWITCH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_OWN, _SHARED = "syriamap.toml", "pyproject.toml"


@dataclass(frozen=True)
class Preferences:
    """
    What a settings file says.

    Attributes
    ----------
    file
        The file; None where there is none.
    values
        By key of :data:`VARIABLES`; paths are those seen from the file's folder.
    variables
        Those that are set, and come before the file.
    """

    file: Path | None
    values: Mapping[str, Any]
    variables: tuple[str, ...] = ()


def preferences_in(
    folder: Path, *, home: Path, environment: Mapping[str, str] | None = None
) -> Preferences:
    """
    Read the settings file of a folder, its own or that of the nearest one above it, and variables.

    The search ends at the root of a repository or at the user's home. In a folder that lies in
    neither only the folder itself counts: what lies above it may be anybody's.

    Parameters
    ----------
    folder
        Where a command runs.
    home
        The user's home.
    environment
        Variables by name.

    Raises
    ------
    SettingsError
        If the file is not readable, or a key of it or a value is none.
    """
    given = environment or {}
    found = _of_file(folder, home)
    own = {key: given[name] for key, name in VARIABLES.items() if given.get(name, "").strip()}
    values = {key: _of_variable(key, text) for key, text in own.items()}
    names = tuple(VARIABLES[key] for key in values)
    return Preferences(found.file, {**found.values, **values}, names)


def _of_variable(key: str, text: str) -> Any:
    """What a variable says; its paths are those seen from where the command runs."""
    value: Any = text
    if key == "claims":  # an address holds what parts paths, so it stands alone
        value = [text] if _SCHEME in text else [one for one in text.split(os.pathsep) if one]
    elif key == "only-claims":
        value = _SWITCH.get(text.strip().casefold(), text)
    if wanted := _misses(key, value):
        raise SettingsError(f"{VARIABLES[key]}={text}: {wanted} would do")
    return value


def _of_file(folder: Path, home: Path) -> Preferences:
    for one in _folders(folder.absolute(), home.absolute()):
        own, shared = one / _OWN, one / _SHARED
        if own.is_file():
            return Preferences(own, _checked(own, _toml(own)))
        if shared.is_file():
            tools = _toml(shared).get("tool")
            if isinstance(tools, dict) and "syriamap" in tools:
                return Preferences(shared, _checked(shared, tools["syriamap"], "tool.syriamap: "))
    return Preferences(None, {})


def _folders(folder: Path, home: Path) -> Iterator[Path]:
    """The folder and those above it that are the same user's or the same repository's."""
    line = [folder, *folder.parents]
    ends = [one for one in line if one == home or (one / ".git").exists()]
    yield from line[: line.index(ends[0]) + 1] if ends else line[:1]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return toml_of(path)
    except DocumentError as error:
        raise SettingsError(str(error)) from error


def _checked(path: Path, table: Any, where: str = "") -> dict[str, Any]:
    """Values by key; all that is wrong with them is told at once."""
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: {where}is no table")
    problems = []
    for key in table:
        if key not in VARIABLES:
            near = get_close_matches(key, VARIABLES, n=1)
            hint = f"{near[0]} would be one" if near else f"there are: {', '.join(VARIABLES)}"
            problems.append(f"{where}no setting {key!r}; {hint}")
        elif wanted := _misses(key, table[key]):
            problems.append(f"{where}{key} = {table[key]!r}: {wanted} would do")
    if problems:
        raise SettingsError(f"{path}: {'; '.join(problems)}")
    return {key: _from(path.parent, key, value) for key, value in table.items()}


def _misses(key: str, value: Any) -> str:
    """What would do in place of a value that does not; empty where it does."""
    if key == "only-claims":
        return "" if isinstance(value, bool) else "true or false"
    if key == "claims":
        listed = value if isinstance(value, list) else [value]
        fits = all(isinstance(one, str) and one.strip() for one in listed)
        return "" if fits else "a path or a list of paths"
    if not isinstance(value, str) or not value.strip():
        return "a text"
    if key == "lang" and value not in LANGUAGES:
        return " or ".join(LANGUAGES)
    return ""


def _from(folder: Path, key: str, value: Any) -> Any:
    """A value, its paths as seen from the settings file."""
    if key not in _PATHS:
        return value
    if isinstance(value, list) or key == "claims":
        listed = value if isinstance(value, list) else [value]
        return [one if _SCHEME in one else str(folder / Path(one).expanduser()) for one in listed]
    return str(folder / Path(value).expanduser())


def defaults_of(command: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """
    Lay values under the options of a command and of all commands below it.

    Parameters
    ----------
    command
        A command of click; its groups have `commands`.
    values
        By key of :data:`VARIABLES`.

    Returns
    -------
    dict
        As click takes it: parameter → value, command → the same of that command.
    """
    found: dict[str, Any] = {
        one.name: values[key] for one in command.params for key in values if f"--{key}" in one.opts
    }
    for name, inner in getattr(command, "commands", {}).items():
        found[name] = defaults_of(inner, values)
    return found
