"""Files that are imported as claims, written and taken in as a user would."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from syriamap.claims.sources import Context, Imported, import_claims


def taken_in(
    path: Path, content: str | bytes | None, context: Context, **asked: Any
) -> tuple[Imported, list[dict[str, str]]]:
    """What an import tells, and the rows of the claims file that it writes beside the file."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = path.with_name("out.csv")
    made = import_claims(path, out, context, **asked)
    with out.open(encoding="utf-8", newline="") as stream:
        return made, list(csv.DictReader(stream))
