"""
A report as a Word document, through python-docx; the same document gives the same bytes.

In comes a document, out goes a file with styles of Word's own, so that it can be edited on:
headings make a table of contents, tables repeat their head on each page, pictures have text
instead of them.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, assert_never

from syriamap.errors import ExportError
from syriamap.report.document import Heading, Items, Link, Paragraph, Picture, Swatch, Table

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.report.document import Block, Document, Part

__all__ = ["check_docx", "docx_of"]

_LONGEST_PROPERTY = 255
"""Characters that Word takes in a property of a document."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The day a ZIP archive counts from; files of the document have no other."""

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
    made.styles["Normal"].font.size = Pt(10)
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

        made = self.document.add_picture(str(self.folder / block.file), width=Cm(17))
        made._inline.docPr.set("descr", block.alternative)  # noqa: SLF001
        self.paragraph((block.caption,), style="Caption")

    def table(self, block: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        self.paragraph(block.caption, style="Caption")
        made = self.document.add_table(rows=len(block.rows) + 1, cols=len(block.header))
        made.style = "Light List Accent 1"
        made.autofit = True
        if self.rtl:
            self._set(made._tbl.tblPr, "w:bidiVisual")  # noqa: SLF001
        header = tuple((one,) for one in block.header)
        for row, cells in zip(made.rows, (header, *block.rows), strict=True):
            for at, (cell, parts) in enumerate(zip(row.cells, cells, strict=True)):
                paragraph = cell.paragraphs[0]
                self.fill(paragraph, parts)
                for run in paragraph.runs:
                    run.font.size = Pt(8)
                if at in block.numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._set(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
        self.document.add_paragraph()

    def _set(self, element: Any, name: str) -> None:
        from docx.oxml.parser import OxmlElement

        element.append(OxmlElement(name))
