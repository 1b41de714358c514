"""
A report as blocks, before it is Markdown, HTML or Word: headings, text, lists, tables, pictures.

In come texts of the program, the theater and the claims; here every one of them is made plain:
one line, no control characters, nothing that turns the direction of other text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "Block",
    "Document",
    "Heading",
    "Items",
    "Link",
    "Paragraph",
    "Part",
    "Picture",
    "Swatch",
    "Table",
    "plain",
]

# Controls, lone surrogates, non-characters, and marks that turn the direction of text around them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def plain(text: str) -> str:
    r"""
    Text as one line without anything that is no letter of it.

    Examples
    --------
    >>> plain("Hama\x00 \n\u202eevil")
    'Hama evil'
    """
    return " ".join(_UNWANTED.sub("", text).split())


@dataclass(frozen=True)
class Link:
    """
    Text that leads somewhere.

    Attributes
    ----------
    text, address
        What is read and where it leads: a web address, or a file of the report.
    """

    text: str
    address: str


@dataclass(frozen=True)
class Swatch:
    """
    The color of an actor, before its name.

    Attributes
    ----------
    color
        As `#rrggbb`.
    """

    color: str


Part = str | Link | Swatch
"""A piece of running text."""


@dataclass(frozen=True)
class Heading:
    """
    A heading.

    Attributes
    ----------
    text
        Its words.
    """

    text: str


@dataclass(frozen=True)
class Paragraph:
    """
    Running text.

    Attributes
    ----------
    parts
        Its pieces.
    """

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Items:
    """
    A list.

    Attributes
    ----------
    rows
        The pieces of each item.
    """

    rows: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Table:
    """
    A table.

    Attributes
    ----------
    caption
        What it shows.
    header
        Names of the columns.
    rows
        Cells, each of some pieces.
    numbers
        Columns that are set flush right.
    """

    caption: tuple[Part, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Part, ...], ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """
    A picture.

    Attributes
    ----------
    file
        PNG, a path inside the report.
    caption, alternative
        Text below it and text instead of it.
    """

    file: str
    caption: str
    alternative: str


Block = Heading | Paragraph | Items | Table | Picture
"""A part of a document that stands by itself."""


@dataclass(frozen=True)
class Document:
    """
    A report.

    Attributes
    ----------
    title, subtitle
        Its head.
    language
        `en` or `ar`.
    blocks
        What follows.
    """

    title: str
    subtitle: str
    language: str
    blocks: tuple[Block, ...]

    @property
    def colors(self) -> tuple[str, ...]:
        """Every color of a swatch, once, in order."""
        cells = [
            part
            for block in self.blocks
            if isinstance(block, Table)
            for row in block.rows
            for cell in row
            for part in cell
        ]
        return tuple(dict.fromkeys(part.color for part in cells if isinstance(part, Swatch)))
