"""
A report as a Word document, through python-docx; the same document gives the same bytes.

In comes a document, out goes a file with styles of Word's own, so that it can be edited on:
headings make a table of contents, tables repeat their head on each page, pictures have text
instead of them.
"""

from __future__ import annotations

import io
import math
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, assert_never

from syriamap.errors import ExportError
from syriamap.report.document import Heading, Items, Link, Paragraph, Picture, Swatch, Table

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.report.document import Block, Document, Part

__all__ = ["check_docx", "column_widths", "docx_of"]

_LONGEST_PROPERTY = 255
"""Characters that Word takes in a property of a document."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The day a ZIP archive counts from; files of the document have no other."""

_WIDE, _TALL = 17.0, 11.5
"""Room for a table and a picture in centimeters: with some lines it stays on one page."""

_CHARACTER = 0.16
"""Centimeters that a character of a table takes, with its share of the margins."""

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def check_docx() -> None:
    """
    See whether Word documents can be written.

    Raises
    ------
    ExportError
        If python-docx is not installed; the message says how.
    """
    try:
        import docx  # noqa: F401
    except ImportError as error:
        raise ExportError("Word files need python-docx: pip install 'syriamap[docx]'") from error


def docx_of(document: Document, folder: Path) -> bytes:
    """
    Write a document for Word.

    Parameters
    ----------
    document
        The report.
    folder
        Where its pictures lie.
    """
    import docx
    from docx.shared import Cm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, points in (("Normal", 10), ("Title", 18), ("Subtitle", 11)):
        _set_size(made.styles[name], made.styles[name].element, points)
    for name, after in (("Normal", 4), ("List Bullet", 2), ("Caption", 3)):
        made.styles[name].paragraph_format.space_after = Pt(after)
    properties = made.core_properties
    properties.title = document.title[:_LONGEST_PROPERTY]
    properties.author = "syriamap"
    properties.language = document.language
    properties.created = properties.modified = datetime(*_EARLIEST, tzinfo=UTC)
    properties.revision = 1
    writer = _Writer(made, folder, rtl=document.language == "ar")
    writer.paragraph((document.title,), style="Title")
    writer.paragraph((document.subtitle,), style="Subtitle")
    for block in document.blocks:
        writer.block(block)
    stream = io.BytesIO()
    made.save(stream)
    return _timeless(stream.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same archive without the time it was made at."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            new.writestr(info, old.read(name))
    return stream.getvalue()


class _Writer:
    """Blocks as parts of a Word document."""

    def __init__(self, document: Any, folder: Path, *, rtl: bool) -> None:
        self.document, self.folder, self.rtl = document, folder, rtl

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.paragraph((block.text,), style="Heading 1")
        elif isinstance(block, Paragraph):
            self.paragraph(block.parts)
        elif isinstance(block, Items):
            for row in block.rows:
                self.paragraph(row, style="List Bullet")
        elif isinstance(block, Picture):
            self.picture(block)
        elif isinstance(block, Table):
            self.table(block)
        else:
            assert_never(block)

    def paragraph(self, parts: tuple[Part, ...], style: str | None = None) -> Any:
        made = self.document.add_paragraph(style=style)
        self.fill(made, parts)
        return made

    def fill(self, paragraph: Any, parts: tuple[Part, ...]) -> None:
        if self.rtl:
            self._set(paragraph._p.get_or_add_pPr(), "w:bidi")  # noqa: SLF001  (python-docx has no name for it)
        for part in parts:
            if isinstance(part, Swatch):
                self.swatch(paragraph, part.color)
            elif isinstance(part, Link) and "://" in part.address:
                self.link(paragraph, part)
            else:
                text = part.text if isinstance(part, Link) else part
                self.direct(paragraph.add_run(text))

    def direct(self, run: Any) -> None:
        if self.rtl:
            run.font.rtl = True

    def swatch(self, paragraph: Any, color: str) -> None:
        from docx.shared import RGBColor

        run = paragraph.add_run("\u25a0 ")
        run.font.color.rgb = RGBColor.from_string(color.removeprefix("#").upper())

    def link(self, paragraph: Any, part: Link) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement
        from docx.shared import RGBColor

        target = paragraph.part.relate_to(part.address, _HYPERLINK, is_external=True)
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), target)
        run = paragraph.add_run(part.text)
        run.font.color.rgb = RGBColor(0x0B, 0x57, 0xA4)
        run.font.underline = True
        self.direct(run)
        element.append(run._r)  # noqa: SLF001
        paragraph._p.append(element)  # noqa: SLF001

    def picture(self, block: Picture) -> None:
        from docx.shared import Cm

        made = self.document.add_picture(str(self.folder / block.file), height=Cm(_TALL))
        if made.width > Cm(_WIDE):
            made.width, made.height = Cm(_WIDE), round(made.height * Cm(_WIDE) / made.width)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        made._inline.docPr.set("descr", block.alternative)  # noqa: SLF001
        self.paragraph((block.caption,), style="Caption")

    def table(self, block: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        self.paragraph(block.caption, style="Caption")
        made = self.document.add_table(rows=len(block.rows) + 1, cols=len(block.header))
        made.style = "Light Shading"
        made.autofit = False
        self._plain_first_column(made)
        if self.rtl:
            self._set(made._tbl.tblPr, "w:bidiVisual")  # noqa: SLF001
        widths = [Cm(width) for width in column_widths(block)]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        header = tuple((one,) for one in block.header)
        for row, cells in zip(made.rows, (header, *block.rows), strict=True):
            self._set(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
            for at, (cell, parts) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[at]
                paragraph = cell.paragraphs[0]
                self.fill(paragraph, parts)
                paragraph.paragraph_format.space_after = Pt(1)
                for run in _runs_of(paragraph):
                    _set_size(run, run._r, 8)  # noqa: SLF001
                if at in block.numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._set(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    @staticmethod
    def _plain_first_column(table: Any) -> None:
        """Tell the table's style that its first column is no head."""
        from docx.oxml.ns import qn

        for look in table._tbl.tblPr.iterfind(qn("w:tblLook")):  # noqa: SLF001
            look.set(qn("w:firstColumn"), "0")
            look.set(qn("w:val"), "0420")

    def _set(self, element: Any, name: str) -> None:
        from docx.oxml.parser import OxmlElement

        element.append(OxmlElement(name))


def _runs_of(paragraph: Any) -> list[Any]:
    """Runs of a paragraph, those of its links too."""
    from docx.oxml.ns import qn
    from docx.text.run import Run

    return [Run(one, paragraph) for one in paragraph._p.iter(qn("w:r"))]  # noqa: SLF001


def _set_size(lettered: Any, element: Any, points: int) -> None:
    """Set the size of letters of a run or a style, of Arabic ones too: Word keeps theirs apart."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    lettered.font.size = Pt(points)
    for old in element.rPr.findall(qn("w:szCs")):
        element.rPr.remove(old)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(2 * points))
    element.rPr.find(qn("w:sz")).addnext(size)


def column_widths(table: Table) -> list[float]:
    """
    Widths of a table's columns in centimeters, by what stands in them.

    A column gets what nine of ten of its cells need, but no less than its longest word; what is
    missing is taken from those that can be broken into lines.

    Parameters
    ----------
    table
        The table.

    Examples
    --------
    >>> rows = ((("Hama",), ("a long title of an article that goes on and on " * 3,)),)
    >>> narrow, wide = column_widths(Table((), ("Place", "Publication"), rows))
    >>> narrow < 2 < wide
    True
    """
    least, wanted = [], []
    for at, head in enumerate(table.header):
        texts = [head, *("".join(map(_text, row[at])) for row in table.rows)]
        words = max((len(word) for text in texts for word in text.split()), default=1)
        lengths = sorted(map(len, texts))
        usual = max(lengths[math.ceil(0.9 * len(lengths)) - 1], len(head))
        least.append(_CHARACTER * (min(words, 22) + 3))
        wanted.append(max(_CHARACTER * (usual + 3), least[-1]))
    room, widths = _WIDE - sum(least), list(least)
    extra = [want - low for want, low in zip(wanted, least, strict=True)]
    for done, at in enumerate(sorted(range(len(extra)), key=extra.__getitem__)):
        # who needs little gets all of it, the long ones share what is left
        given = min(extra[at], max(room, 0.0) / (len(extra) - done))
        widths[at] += given
        room -= given
    scale = _WIDE / sum(widths)
    return [round(width * scale, 2) for width in widths]


def _text(part: Part) -> str:
    if isinstance(part, Swatch):
        return "\u25a0 "
    return part.text if isinstance(part, Link) else part
