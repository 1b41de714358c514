"""
Kinds of places that are drawn as signs: one table for page, figure, export and names.

A place's kind is free text; what is not listed here is drawn as a settlement's dot.
"""

from __future__ import annotations

__all__ = ["KINDS", "SITE_KINDS"]

SITE_KINDS = (
    "naval_base", "airbase", "airport", "base", "crossing", "dam", "bridge", "heliport",
    "oil_field", "plant", "pumping_station", "prison", "castle", "hospital", "hill",
)  # fmt: skip
"""Sites, the most important first; each has an icon on the page and a word in every language."""

KINDS = ("city", "town", *SITE_KINDS, "district", "village", "hamlet", "road_point")
"""Every kind with a look, the most important first: names are placed in this order."""
