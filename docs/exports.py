"""
Write the tables of fields into ``exports.md`` from ``syriamap/export/fields.py``.

Run ``python docs/exports.py``; a test compares the page with the code.
"""

from __future__ import annotations

import re
from pathlib import Path

from syriamap.export.fields import FIELDS

PAGE = Path(__file__).with_name("exports.md")
_PLACE = re.compile(r"(<!-- made of .*? -->\n).*?(<!-- end -->)", re.DOTALL)


def field_tables() -> str:
    """Tables of all layers as Markdown."""
    parts = []
    for layer, fields in FIELDS.items():
        rows = [
            f"| `{one.name}` | {one.kind} | {one.in_files} | {one.about} | `{one.hxl}` |"
            for one in fields
        ]
        head = f"### {layer}\n\n| field | kind | files | says | HXL |\n|---|---|---|---|---|\n"
        parts.append(head + "\n".join(rows) + "\n")
    return "\n".join(parts)


def with_tables(page: str) -> str:
    """Give the page with its tables as the code has them."""
    return _PLACE.sub(lambda found: f"{found[1]}\n{field_tables()}\n{found[2]}", page)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
