"""
A user's whole path: a workbook as Excel saves it → check → map → GeoPackage at the right day →
report in Word → the page in another page.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import geopandas as gpd
import pandas as pd
import pypdfium2
import pytest
from commands import Run
from theaters import arcadia
from workbooks import workbook

HEAD = ["event_date", "place", "actor", "relation", "certainty", "publisher", "source_title"]
# Days as the serial numbers that Excel keeps (47178 is 1 March 2029), words as people write them.
BOOK = [
    HEAD,
    ["#47543", "Oakham", "Crown", "Controls", "Asserted", "Gazette", "Who holds what"],
    ["#47543", "Firwood", "crown", "controls", "asserted", "Gazette", "Who holds what"],
    ["#47543", "Pineburgh", "Rebels", "controls", "asserted", "Gazette", "Who holds what"],
    ["#47545", "Firwood", "rebels", "Captured", "asserted", "Agency", "Firwood falls"],
]
FIRST, FALL, LAST = "2030-03-01", "2030-03-03", "2030-03-04"


@pytest.fixture(scope="module")
def theater_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arcadia(tmp_path_factory.mktemp("path") / "arcadia")


@pytest.mark.browser
def test_from_a_spreadsheet_to_an_article(
    run: Run, theater_folder: Path, tmp_path: Path, open_page: Any
) -> None:
    book = workbook(tmp_path / "mine.xlsx", BOOK)
    own = ("--theater", theater_folder, "--claims", book)

    # the workbook is read, days and words of Excel's dialect and all
    checked = run("claims", "check", book, "--theater", theater_folder)
    assert checked.code == 0, checked.err
    assert "4 claims on 3 places" in checked.out + checked.err

    # a broken one is refused with row and column, and nothing is written
    broken = workbook(tmp_path / "bad.xlsx", [*BOOK[:2], ["soon", *BOOK[2][1:]]])
    refused = run("map", LAST, "--theater", theater_folder, "--claims", broken,
                  "-o", tmp_path / "no.html")  # fmt: skip
    assert refused.code == 1
    assert "row 3" in refused.err
    assert "event_date" in refused.err
    assert not (tmp_path / "no.html").exists()

    # the map, and a file for QGIS with the days around the fall of the town
    page, days = tmp_path / "map.html", tmp_path / "days.gpkg"
    assert run("map", LAST, *own, "-o", page).code == 0
    assert run("export", LAST, "--since", FIRST, *own, "-o", days).code == 0
    places = gpd.read_file(days, layer="place")
    for day, holder in (("2030-03-02", "crown"), (FALL, "rebels")):
        begin = pd.Timestamp(day)
        shown = places[(places["valid_from"] < begin + pd.Timedelta(days=1))
                       & (places["valid_to"] > begin)]  # fmt: skip
        assert shown.set_index("place_id").at["fir", "actor"] == holder, day
        assert not shown["place_id"].duplicated().any()

    # the report, in Word as LibreOffice lays it out
    report = tmp_path / "report"
    assert run("report", LAST, "--since", FIRST, *own, "--docx", "-o", report).code == 0
    text = "\n".join(one.text for one in docx.Document(str(report / "report.docx")).paragraphs)
    assert "What changed since 1 March 2030" in text
    if shutil.which("soffice"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
             "--convert-to", "pdf", "--outdir", str(tmp_path), str(report / "report.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        pdf = pypdfium2.PdfDocument(tmp_path / "report.pdf")
        assert "What changed since 1 March 2030" in pdf[0].get_textpage().get_text_range()
        pdf.close()
    assert run("claims", "check", report / "claims.csv", "--theater", theater_folder).code == 0

    # the page inside an article of another folder
    (tmp_path / "maps").mkdir()
    shutil.copy(page, tmp_path / "maps" / "arcadia.html")
    snippet = run("embed", page, "--src", "../maps/arcadia.html")
    assert snippet.code == 0
    assert re.search(r'<iframe[^>]*src="\.\./maps/arcadia\.html"', snippet.out)
    article = tmp_path / "articles" / "index.html"
    article.parent.mkdir()
    article.write_text(f"<!DOCTYPE html><title>Article</title>{snippet.out}", encoding="utf-8")
    opened = open_page(article)
    frame = opened.page.frames[1]
    frame.wait_for_selector(".leaflet-container")
    assert "Control in Arcadia, 4 March 2030" in frame.title()
