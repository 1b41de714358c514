"""
A report as Markdown: pictures beside it, every text escaped.

In comes a document, out goes text that any reader of Markdown shows the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from syriamap.history.changes import markdown_text
from syriamap.report.document import Heading, Items, Link, Paragraph, Picture, Swatch, Table

if TYPE_CHECKING:
    from syriamap.report.document import Block, Document, Part

__all__ = ["markdown_of"]

# What begins a list, a quotation, a rule or a heading when a line begins with it.
_BEGINS = re.compile(r"^([0-9]+(?=[.)](?:\s|$)))?([-+>=.)])")


def markdown_of(document: Document) -> str:
    """
    Write a document as Markdown.

    Parameters
    ----------
    document
        The report.
    """
    lines = [f"# {markdown_text(document.title)}", "", markdown_text(document.subtitle)]
    for block in document.blocks:
        lines += ["", *_lines(block)]
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"## {markdown_text(block.text)}"]
    if isinstance(block, Paragraph):
        return [_text(block.parts)]
    if isinstance(block, Items):
        return [f"- {_text(row)}" for row in block.rows]
    if isinstance(block, Picture):
        image = f"![{markdown_text(block.alternative)}]({block.file})"
        return [image, "", f"*{markdown_text(block.caption)}*"]
    if isinstance(block, Table):
        rule = ["--:" if column in block.numbers else "---" for column in range(len(block.header))]
        lines = [_text(block.caption), "", _row([markdown_text(one) for one in block.header])]
        lines.append(_row(rule))
        return lines + [_row([_text(cell) for cell in row]) for row in block.rows]
    assert_never(block)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(parts: tuple[Part, ...]) -> str:
    text = "".join(_part(part) for part in parts)
    return _BEGINS.sub(r"\g<1>\\\g<2>", text)


def _part(part: Part) -> str:
    if isinstance(part, Swatch):
        return ""
    if isinstance(part, Link):
        # the address is a web link without spaces, quotes and brackets, or a file of the report
        address = part.address.replace("|", "%7C").replace("(", "%28").replace(")", "%29")
        return f"[{markdown_text(part.text)}]({address})"
    # spaces at the ends join pieces and stay
    before = " " if part[:1] == " " else ""
    after = " " if len(part) > 1 and part[-1] == " " else ""
    return f"{before}{markdown_text(part)}{after}"
