"""Rivers and lakes."""
from __future__ import annotations
def water_layer(raw):
    return []
