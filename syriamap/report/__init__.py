"""
The map as a report: a folder with page, figures, tables, text and a manifest.

In comes a series of days, out goes a folder that is whole or not there: :mod:`.facts` counts what
the frames say, :mod:`.contents` puts it into words, tables and pictures, :mod:`.markdown`,
:mod:`.html` and :mod:`.docx` write these, :mod:`.bundle` lays everything into the folder.
"""

from __future__ import annotations

from syriamap.report.bundle import ReportOptions, check_report, write_report

__all__ = ["ReportOptions", "check_report", "write_report"]
