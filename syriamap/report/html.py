"""
A report as one HTML file: pictures inside it, no script, no request.

In comes a document, out goes a page whose every text is escaped and whose policy allows its own
style and inlined pictures and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, assert_never

from syriamap.report.document import Heading, Items, Link, Paragraph, Picture, Swatch, Table
from syriamap.webmap.encode import inert_html

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.report.document import Block, Document, Part

__all__ = ["html_of"]

_DAYS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( – [0-9]{4}-[0-9]{2}-[0-9]{2})?")

_STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--quiet:#5a5a5a;--line:#c9c9c9;--paper:#fff;
--band:#f4f4f2;--link:#0b57a4}
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--quiet:#b0b0b0;--line:#4a4a4a;
--paper:#161616;--band:#202020;--link:#8cc2ff}figure img{background:#fff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.55 system-ui,"Segoe UI","Noto Sans","Noto Sans Arabic",sans-serif}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
header p,.caption,figcaption{color:var(--quiet);font-size:.9rem}
header p{margin:0}
ul{padding-inline-start:1.3rem}li{margin:.3rem 0}
a{color:var(--link);overflow-wrap:anywhere}
figure{margin:0}figure img{width:100%;height:auto;border:1px solid var(--line)}
.table{overflow-x:auto;margin:.5rem 0}
.table:focus-visible{outline:2px solid var(--link)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
.caption{margin:.2rem 0 .5rem}
@media (max-width:48rem){table{min-width:46rem}}
th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--ink)}
tbody tr:nth-child(even){background:var(--band)}
.d{white-space:nowrap}
.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
i{display:inline-block;width:.8em;height:.8em;border:1px solid #0006;margin-inline-end:.4em;
vertical-align:-.05em}
@media print{main{max-width:none;padding:0}a{color:inherit}h2{break-after:avoid}
tr,figure{break-inside:avoid}i{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def html_of(document: Document, folder: Path) -> str:
    """
    Write a document as one page.

    Parameters
    ----------
    document
        The report.
    folder
        Where its pictures lie.
    """
    classes = {color: f"c{number}" for number, color in enumerate(document.colors)}
    style = _STYLE + "".join(f".{name}{{background:{color}}}\n" for color, name in classes.items())
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; "
    policy += "form-action 'none'"
    writer = _Writer(classes, folder)
    body = "\n".join(writer.block(block) for block in document.blocks)
    direction = "rtl" if document.language == "ar" else "ltr"
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{document.language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{inert_html(f'{document.title} · {document.subtitle}')}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        f"<main>\n<header>\n<h1>{inert_html(document.title)}</h1>\n"
        f"<p>{inert_html(document.subtitle)}</p>\n</header>\n{body}\n</main>\n</body>\n</html>\n"
    )


class _Writer:
    """Blocks as HTML; knows the classes of colors and where pictures lie."""

    def __init__(self, classes: dict[str, str], folder: Path) -> None:
        self.classes, self.folder, self.tables = classes, folder, 0

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return f"<h2>{inert_html(block.text)}</h2>"
        if isinstance(block, Paragraph):
            return f"<p>{self.text(block.parts)}</p>"
        if isinstance(block, Items):
            rows = "\n".join(f"<li>{self.text(row)}</li>" for row in block.rows)
            return f"<ul>\n{rows}\n</ul>"
        if isinstance(block, Picture):
            return self.picture(block)
        if isinstance(block, Table):
            return self.table(block)
        assert_never(block)

    def picture(self, block: Picture) -> str:
        data = (self.folder / block.file).read_bytes()
        # a PNG says its size in its first chunk; given here, nothing moves when it appears
        width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
        source = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        return (
            f'<figure>\n<img src="{source}" width="{width}" height="{height}" '
            f'alt="{inert_html(block.alternative)}">\n'
            f"<figcaption>{inert_html(block.caption)}</figcaption>\n</figure>"
        )

    def table(self, block: Table) -> str:
        self.tables += 1
        name = f"t{self.tables}"
        numbers = [' class="n"' if at in block.numbers else "" for at in range(len(block.header))]
        head = "".join(
            f'<th scope="col"{mark}>{inert_html(one)}</th>'
            for mark, one in zip(numbers, block.header, strict=True)
        )
        rows = "\n".join(
            "<tr>"
            + "".join(
                f"<td{mark or _mark(cell)}>{self.cell(cell)}</td>"
                for mark, cell in zip(numbers, row, strict=True)
            )
            + "</tr>"
            for row in block.rows
        )
        return (
            f'<p class="caption" id="{name}">{self.text(block.caption)}</p>\n'
            f'<div class="table" role="region" tabindex="0" aria-labelledby="{name}">\n'
            f'<table aria-labelledby="{name}">\n<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
        )

    def cell(self, parts: tuple[Part, ...]) -> str:
        """Pieces in their order, whichever way the writing of each runs."""
        if len(parts) < 2:
            return self.text(parts)
        return "".join(
            f"<bdi>{self.part(part)}</bdi>" if isinstance(part, str) else self.part(part)
            for part in parts
        )

    def text(self, parts: tuple[Part, ...]) -> str:
        return "".join(self.part(part) for part in parts)

    def part(self, part: Part) -> str:
        if isinstance(part, Swatch):
            return f'<i class="{self.classes[part.color]}"></i>'
        if isinstance(part, Link):
            outward = "://" in part.address
            safe = ' rel="noopener noreferrer nofollow" target="_blank"' if outward else ""
            return (
                f'<a href="{inert_html(part.address)}"{safe}><bdi>{inert_html(part.text)}</bdi></a>'
            )
        return inert_html(part)


def _mark(cell: tuple[Part, ...]) -> str:
    """Days stay on one line."""
    whole = len(cell) == 1 and isinstance(cell[0], str) and _DAYS.fullmatch(cell[0])
    return ' class="d"' if whole else ""
