"""Workbooks as Excel writes them, by hand: the least that a reader of .xlsx needs."""

from __future__ import annotations

import zipfile
from pathlib import Path
from string import ascii_uppercase


def workbook(path: Path, rows: list[list[str]], sheets: tuple[str, ...] = ("Data",)) -> Path:
    """Write a workbook by hand: the least that a reader of .xlsx needs."""
    with zipfile.ZipFile(path, "w") as book:
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        book.writestr("[Content_Types].xml", f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{kinds}</Types>')  # fmt: skip
        book.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        named = "".join(
            f'<sheet name="{one}" sheetId="{n}" r:id="r{n}"/>' for n, one in enumerate(sheets, 1)
        )
        book.writestr("xl/workbook.xml", f'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{named}</sheets></workbook>')  # fmt: skip
        links = "".join(f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))  # fmt: skip
        links += '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        book.writestr("xl/_rels/workbook.xml.rels", f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>')  # fmt: skip
        book.writestr("xl/styles.xml", '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')  # fmt: skip
        for n in range(1, len(sheets) + 1):
            body = ""
            for number, row in enumerate(rows, 1):
                cells = ""
                for column, cell in zip(ascii_uppercase, row, strict=False):
                    if cell.startswith("#"):  # a serial number that is shown as a date
                        cells += f'<c r="{column}{number}" s="1"><v>{cell[1:]}</v></c>'
                    else:
                        cells += f'<c r="{column}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
                body += f'<row r="{number}">{cells}</row>'
            book.writestr(f"xl/worksheets/sheet{n}.xml", f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>')  # fmt: skip
    return path
