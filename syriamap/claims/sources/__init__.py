"""
Evidence in other people's formats → claims; each format is a module that says what maps to what.

In comes a file, out goes a claims file and, for every row that made no claim, the reason. Whose
names the actors have in a format is data: ``import_actors.csv`` of the theater.
"""

from __future__ import annotations

from syriamap.claims.sources.importing import FORMATS, Imported, import_claims
from syriamap.claims.sources.passing import Context, Unmapped

__all__ = ["FORMATS", "Context", "Imported", "Unmapped", "import_claims"]
