"""
What can go wrong, as a tree.

Every error that `syriamap` raises on purpose is a :class:`SyriamapError`; its message names the
file, the row, the value and what would do, and the command line prints it as one line::

    SyriamapError
    ├── TheaterError        a theater folder lacks a file or holds a value that cannot be used
    ├── GazetteerError      a place cannot be resolved
    │   ├── PlaceNotFound       no place of that name
    │   ├── PlaceAmbiguous      more than one place of that name
    │   └── GeocodingError      the online geocoder did not answer, or its cache cannot be read
    ├── OnlineError         an address did not answer whole and in time, or may not be asked
    ├── TableError          a file is no table that can be read; carries the row
    ├── DocumentError       a file is no TOML or GeoJSON that can be read
    ├── ClaimsError         a claims file has complaints; carries every one of them
    ├── SourceError         a file of another format cannot be read as claims
    ├── ExtractionError     a text cannot be read, or drafts not written in the format asked for
    ├── ControlError        control cannot be inferred from these claims
    ├── TerritoryError      areas cannot be drawn from this control
    ├── FigureError         a figure cannot be drawn as asked for
    ├── EvaluateError       a map cannot be scored, or a place not explained
    ├── JobsError           work that was shared did not come back, or nobody is there to share it
    ├── PageError           a page cannot be built or read
    ├── SettingsError       a settings file has a key or a value that is none
    ├── ServeError          nothing can be served, or not on this port
    └── ExportError         a file cannot be written in the format asked for
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ClaimsError",
    "Complaint",
    "ControlError",
    "DocumentError",
    "EvaluateError",
    "ExportError",
    "ExtractionError",
    "FigureError",
    "GazetteerError",
    "GeocodingError",
    "JobsError",
    "OnlineError",
    "PageError",
    "PlaceAmbiguous",
    "PlaceNotFound",
    "ServeError",
    "SettingsError",
    "SourceError",
    "SyriamapError",
    "TableError",
    "TerritoryError",
    "TheaterError",
    "complaint_list",
]


class SyriamapError(Exception):
    """Base of every error raised on purpose."""


class TableError(SyriamapError):
    """
    A file is no table that can be read.

    Parameters
    ----------
    problem
        What is wrong, and what would do.
    row
        Where, as a spreadsheet numbers it; 0 when the file as a whole is meant.
    column, value
        What stands there.
    """

    def __init__(self, problem: str, row: int = 0, column: str = "", value: str = "") -> None:
        self.problem, self.row, self.column, self.value = problem, row, column, value
        super().__init__(f"row {row} {problem}" if row else problem)


class DocumentError(SyriamapError):
    """A file is no TOML or GeoJSON that can be read; the message names it, and where."""


class TheaterError(SyriamapError):
    """A theater folder lacks a required file, or a value in it cannot be used."""


class GazetteerError(SyriamapError):
    """A written place name cannot be resolved."""


class PlaceNotFound(GazetteerError):  # noqa: N818  (names the finding, as KeyError does)
    """No place of that name is in the gazetteer."""


class PlaceAmbiguous(GazetteerError):  # noqa: N818
    """More than one place of that name is in the gazetteer."""


class GeocodingError(GazetteerError):
    """The online geocoder did not answer, or its cache cannot be read."""


class OnlineError(SyriamapError):
    """
    An address did not answer whole and in time, or may not be asked.

    Parameters
    ----------
    problem
        What is wrong, with the address.
    reason
        `slow`, `status`, `broken`, `large`, `redirect`, `private`, `unreachable` or `address`.
    status
        What the server answered; 0 where it did not.
    """

    def __init__(self, problem: str, reason: str = "address", status: int = 0) -> None:
        self.reason, self.status = reason, status
        super().__init__(problem)


@dataclass(frozen=True, order=True)
class Complaint:
    """
    One thing wrong in one row of a file.

    Attributes
    ----------
    file
        Path of the file.
    row
        Line number in the file as a spreadsheet shows it: the header is row 1, the first claim
        row 2. 0 when the file as a whole is meant.
    column
        Name of the column, empty when the row as a whole is meant.
    value
        What stands there.
    problem
        What is wrong with it, and what would do.
    """

    file: str
    row: int
    column: str
    value: str
    problem: str

    def __str__(self) -> str:
        """One line: where, what stands there, what would do."""
        where = f"row {self.row}" if self.row else "file"
        if self.column:
            where += f", column {self.column}"
        shown = f" {self.value!r}" if self.value else ""
        return f"{where}:{shown} {self.problem}"


class ClaimsError(SyriamapError):
    """
    Claims files have complaints. It carries all of them; nothing of the files is used.

    Parameters
    ----------
    complaints
        Every complaint, in the order of files and rows.
    """

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__(complaint_list(self.complaints))


def complaint_list(complaints: Sequence[Complaint]) -> str:
    """
    Every complaint under the file it concerns, as text of several lines.

    >>> print(complaint_list([Complaint("a.csv", 2, "actor", "htz", "is no actor; hts?")]))
    a.csv: 1 complaint
      row 2, column actor: 'htz' is no actor; hts?
    """
    lines = []
    for file in dict.fromkeys(complaint.file for complaint in complaints):
        own = [complaint for complaint in complaints if complaint.file == file]
        lines.append(f"{file}: {len(own)} complaint{'s' if len(own) != 1 else ''}")
        lines.extend(f"  {complaint}" for complaint in own)
    return "\n".join(lines)


class SourceError(SyriamapError):
    """A file of another format cannot be read as claims."""


class ExtractionError(SyriamapError):
    """A text cannot be read, or drafts cannot be written in the format asked for."""


class ControlError(SyriamapError):
    """Control cannot be inferred from these claims."""


class TerritoryError(SyriamapError):
    """Areas cannot be drawn from this control."""


class ServeError(SyriamapError):
    """Nothing can be served: an extra is not installed, or the port is taken."""


class SettingsError(SyriamapError):
    """A settings file is not readable, or has a key or a value that is none."""


class FigureError(SyriamapError):
    """A figure cannot be drawn as asked for."""


class EvaluateError(SyriamapError):
    """A map cannot be scored against this, or there is nothing to explain."""


class JobsError(SyriamapError):
    """Work that was shared among processes or machines did not come back."""


class PageError(SyriamapError):
    """A page cannot be built or read."""


class ExportError(SyriamapError):
    """A file cannot be written in the format asked for."""
