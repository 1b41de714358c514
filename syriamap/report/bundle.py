"""
A report's folder: everything in it, or nothing.

In comes a series of days, out goes a folder. It is written under a temporary name and renamed;
an interrupted run leaves the old one. A folder is replaced only if all that it holds is an earlier
report as it was written: nobody's own file is lost.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriamap.claims.sets import write_set
from syriamap.errors import ExportError
from syriamap.figure import (
    SIZES,
    FigureOptions,
    caption_of,
    draw_figure,
    headline_of,
    save_figure,
)
from syriamap.files import whole_folder, written_cell
from syriamap.history.changes import changes_csv
from syriamap.look.headings import headline_text
from syriamap.look.wording import Words
from syriamap.report.contents import report_document
from syriamap.report.document import plain
from syriamap.report.docx import check_docx, docx_of
from syriamap.report.facts import facts_of, settlements_frame, sources_frame
from syriamap.report.html import html_of
from syriamap.report.markdown import markdown_of
from syriamap.report.report_words import ReportWords
from syriamap.theater.drawn_areas import areas_beside

if TYPE_CHECKING:
    from syriamap.pipeline.build import Build, Series

__all__ = ["ReportOptions", "check_report", "write_report"]

_MANIFEST = "manifest.json"
_FORMAT = "syriamap report 1"


@dataclass(frozen=True)
class ReportOptions:
    """
    How a report is written.

    Attributes
    ----------
    language
        `en` or `ar`.
    docx
        Whether to write a Word document too.
    bom
        Whether tables begin with a byte order mark, by which Excel knows Arabic.
    """

    language: str = "en"
    docx: bool = False
    bom: bool = False


def check_report(folder: str | Path, options: ReportOptions | None = None) -> None:
    """
    See before the work whether a report can be written.

    Parameters
    ----------
    folder
        Where to.
    options
        How.

    Raises
    ------
    ExportError
        If the folder holds something that no report wrote, or something is not installed.
    FigureError
        If there is no such language.
    """
    chosen = options or ReportOptions()
    Words(chosen.language)
    if chosen.docx:
        check_docx()
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise ExportError(f"{target}: is a file; a report is a folder")
    if target.is_dir():
        foreign = _foreign_files(target)
        if foreign:
            raise ExportError(
                f"{target}: holds what no report wrote or what was changed since: "
                f"{', '.join(foreign[:3])}{'…' if len(foreign) > 3 else ''}; give another folder"
            )


def write_report(
    series: Series, folder: str | Path, *, options: ReportOptions | None = None
) -> Path:
    """
    Write a report about the last day of a series and what changed since the first.

    Parameters
    ----------
    series
        The days; of one day alone there is nothing to compare.
    folder
        Where to; it is made, or an earlier report in it replaced.
    options
        Language, and whether Word is wanted.

    Raises
    ------
    ExportError
        If the folder holds something that no report wrote, or something is not installed.
    """
    chosen = options or ReportOptions()
    check_report(folder, chosen)
    target = Path(folder).absolute()
    with whole_folder(target) as part:
        _fill(part, series, chosen)
    return Path(folder)


def _fill(folder: Path, series: Series, options: ReportOptions) -> None:
    made = series.days[-1]
    before = series.days[0] if len(series.days) > 1 else None
    changes = series.changes() if before is not None else None
    mark = "\ufeff" if options.bom else ""
    files: dict[str, str] = {"report.html": "report_file", "report.md": "report_file"}
    if options.docx:
        files["report.docx"] = "report_file"
    (series if before is not None else made).save_page(folder / "map.html")
    files["map.html"] = "page_file"
    alternatives, drawn = _figures(folder / "figures", made, before, options)
    files |= drawn
    if changes is not None:
        _write_text(folder / "changes.csv", mark + changes_csv(changes))
        files["changes.csv"] = "changes_file"
    settlements, sources = settlements_frame(made), sources_frame(made)
    _write_text(folder / "settlements.csv", mark + _csv(settlements))
    _write_text(folder / "sources.csv", mark + _csv(sources))
    write_set(made.question.claims_heard(), folder / "claims.csv", made.theater)
    if areas_beside(folder / "claims.csv").exists():
        files[areas_beside("claims.csv").name] = "claims_file"
    _write_text(folder / "caption.txt", caption_of([made], before=before))
    for name in ("settlements", "claims", "sources"):
        files[f"{name}.csv"] = f"{name}_file"
    files["caption.txt"] = "caption_file"
    document = report_document(
        made,
        facts_of(made, before, changes),
        ReportWords(options.language, made.theater),
        before=before,
        settlements=settlements,
        sources=sources,
        files=[*files.items(), (_MANIFEST, "manifest_file")],
        alternatives=alternatives,
    )
    _write_text(folder / "report.md", markdown_of(document))
    _write_text(folder / "report.html", html_of(document, folder))
    if options.docx:
        (folder / "report.docx").write_bytes(docx_of(document, folder))
    about = {
        "format": _FORMAT,
        **made.metadata(),
        "since": before.date.isoformat() if before is not None else None,
        "language": options.language,
        "theater_sha256": made.theater.digest(),
        "files": [_entry(folder, name) for name in sorted(files)],
    }
    _write_text(folder / _MANIFEST, json.dumps(about, ensure_ascii=False, indent=1) + "\n")


def _figures(
    folder: Path, made: Build, before: Build | None, options: ReportOptions
) -> tuple[list[str], dict[str, str]]:
    """Draw the figures in every format; give the text instead of each, and the files."""
    folder.mkdir()
    chosen = FigureOptions(language=options.language)
    drawings: dict[str, tuple[Build | None, str]] = {"control": (None, "figure_file")}
    if before is not None:
        drawings["changes"] = (before, "changes_figure_file")
    alternatives, files = [], {}
    for name, (earlier, key) in drawings.items():
        sheet = draw_figure(made, options=chosen, before=earlier)
        for kind in ("png", "svg", "pdf"):
            file = f"figures/{name}.{kind}"
            title = str(made.metadata()["title"])
            save_figure(sheet, folder / f"{name}.{kind}", title=title, resolution=SIZES["page"][3])
            files[file] = key
        if options.language == "en":
            alternatives.append(caption_of([made], before=earlier).split("Alt text: ")[-1].strip())
        else:
            head = headline_of([made], earlier, options.language)
            alternatives.append(plain(headline_text(head, options.language)))
    return alternatives, files


def _csv(frame: pd.DataFrame) -> str:
    """Give a frame as CSV; cells that a spreadsheet could run are neutralized."""
    cells = pd.DataFrame({name: [written_cell(value) for value in frame[name]] for name in frame})
    return cells.to_csv(index=False, lineterminator="\n")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="")


def _entry(folder: Path, name: str) -> dict[str, Any]:
    data = (folder / name).read_bytes()
    return {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _foreign_files(folder: Path) -> list[str]:
    """Files of a folder that are not an earlier report's, or no longer as it wrote them."""
    known = _written_before(folder)
    if known is None:  # not a report: do not walk through it
        return sorted(path.name for path in folder.iterdir())
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    } - {_MANIFEST}
    return sorted(
        name
        for name in found
        if name not in known
        or (folder / name).is_symlink()
        or hashlib.sha256((folder / name).read_bytes()).hexdigest() != known[name]
    )


def _written_before(folder: Path) -> dict[str, str] | None:
    """Files of an earlier report and their hashes, none where there is no report."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != _FORMAT:
            return None
        return {str(one["path"]): str(one["sha256"]) for one in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
