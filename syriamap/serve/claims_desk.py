"""
What is worked on: a theater, the user's own claims file, and texts to read.

In come the words of whoever serves, out go pages of days, the review sheet, and the claims file,
read and written as every command does it: what ``claims check`` refuses is refused here with the
same complaints, and nothing of it is written.
"""

from __future__ import annotations

import csv
import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from syriamap.claims.reader import CLAIM_COLUMNS, read_claims, tables_of, write_claims
from syriamap.errors import ClaimsError, Complaint, ExportError, ExtractionError
from syriamap.extraction.reading.intake import read_sources
from syriamap.extraction.review.draft_files import Handover, review_sheet
from syriamap.files.collecting import collect_now
from syriamap.pipeline.asking import Asked, ask, check_days
from syriamap.pipeline.build import build_each
from syriamap.theater.folder import Theater, read_theater

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import pandas as pd

    from syriamap.claims.question import Question
    from syriamap.files import Table
    from syriamap.webmap import PageOptions

__all__ = ["Desk"]

_PAGES_KEPT = 8
_TEXT_ENDINGS = (".txt", ".md", ".html", ".htm")


class Desk:
    """
    A theater, the user's own claims file, and texts.

    Requests of several threads are answered one after the other: a map is built once, and between
    reading the claims file and writing it nobody else writes.

    Parameters
    ----------
    own
        The claims file that is written; it need not be there yet.
    asked
        What maps are asked with; its `claims` are read beside the user's own and never written.
    texts
        A folder of texts for the review sheet.
    options
        Language of the pages.

    Raises
    ------
    ExportError
        If the claims file is none that could be written again without loss.
    ClaimsError
        If it has complaints.
    """

    def __init__(
        self,
        own: Path,
        asked: Asked,
        *,
        texts: Path | None = None,
        options: PageOptions | None = None,
    ) -> None:
        _check_own(own)
        if texts is not None and not texts.is_dir():
            raise ExtractionError(f"{texts}: no such folder of texts")
        self.own, self.texts = own, texts
        self._asked, self._options = asked, options
        others = asked.get("claims")
        self._others = [] if others is None else tables_of(others)
        given = asked.get("theater")
        border = asked.get("border", "")
        self.theater = given if isinstance(given, Theater) else read_theater(given, border=border)
        self._pages: OrderedDict[tuple[str, dt.date], str] = OrderedDict()
        self._lock = threading.RLock()
        self.own_claims()

    def revision(self) -> str:
        """Name what the claims file holds; another one when anything of it changed."""
        content = self.own.read_bytes() if self.own.exists() else b""
        return hashlib.sha256(content).hexdigest()[:16]

    def own_claims(self) -> pd.DataFrame:
        """Read the user's own claims."""
        return read_claims([self.own] if self.own.exists() else [], self._with_areas())

    def _with_areas(self) -> Theater:
        """The theater, and the areas that stand beside the user's own claims."""
        return self.theater.with_areas_of([self.own])

    def question(self) -> Question:
        """Ask with the user's own claims beside all others."""
        own: list[Table] = [self.own] if self.own.exists() else []
        asked: Asked = {**self._asked, "claims": [*own, *self._others]}
        return ask(**asked)

    def newest_day(self) -> dt.date | None:
        """Give the last day, up to today, of which a claim speaks."""
        question = self.question()
        days = [day.date() for day in question.claims["event_date"]]
        today = question.today
        return max((day for day in days if today is None or day <= today), default=None)

    def page(self, day: dt.date) -> str:
        """
        Build the page of a day.

        Parameters
        ----------
        day
            The day.
        """
        with self._lock:
            key = (self.revision(), day)
            if key not in self._pages:
                self._pages[key] = self._built(day)
                collect_now()
            self._pages.move_to_end(key)
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
            return self._pages[key]

    def _built(self, day: dt.date) -> str:
        question = self.question()
        check_days([day], question)
        (made,) = build_each([day], question)
        return made.webmap(options=self._options).to_html()

    def add(self, table: Table) -> int:
        """
        Add claims to the user's own file; gives how many of them are new.

        Parameters
        ----------
        table
            Claims in any form that is read.

        Raises
        ------
        ClaimsError
            With every complaint about them, or about the file; nothing is written then.
        """
        with self._lock:
            before = self.own_claims()
            new = read_claims([table], self.theater)
            if new.empty:
                raise ClaimsError([Complaint("what was sent", 0, "", "", "has no claims")])
            both = read_claims([before, new], self._with_areas())
            write_claims(both, self.own)
            return len(both) - len(before)

    def remove(self, claim_id: str) -> bool:
        """
        Take a claim out of the user's own file; gives whether it was there.

        Parameters
        ----------
        claim_id
            Which.
        """
        with self._lock:
            before = self.own_claims()
            kept = before[before["claim_id"] != claim_id]
            if len(kept) == len(before):
                return False
            write_claims(kept, self.own)
            return True

    def text_files(self) -> list[Path]:
        """Texts of the folder, in the order of their names."""
        if self.texts is None:
            return []
        return sorted(
            path
            for path in self.texts.iterdir()
            if path.is_file() and path.suffix.casefold() in _TEXT_ENDINGS
        )

    def sheet(self, handover: Handover) -> str:
        """
        Read the texts and lay their drafts on the review sheet.

        Parameters
        ----------
        handover
            Where the sheet hands what is accepted.
        """
        with self._lock:
            files = self.text_files()
            if not files:
                raise ExtractionError(
                    f"no texts to read; put {', '.join(_TEXT_ENDINGS)} into the folder of --texts"
                )
            sources = read_sources([str(one) for one in files], self.theater)
            return review_sheet(sources, self.theater, handover=handover)


def _check_own(own: Path) -> None:
    """Refuse a file that would not be the same after it was read and written."""
    if own.suffix.casefold() != ".csv":
        raise ExportError(f"{own}: claims are written as CSV; FILE.csv would do")
    if not own.exists():
        if not own.absolute().parent.is_dir():
            raise ExportError(f"{own}: no such folder")
        return
    if not own.is_file():
        raise ExportError(f"{own}: is no file")
    with own.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        header = next(csv.reader(stream), [])
    foreign = [name for name in header if name.strip() not in CLAIM_COLUMNS]
    if foreign or not header:
        told = f"has columns that claims have not ({', '.join(foreign)})" if header else "is empty"
        raise ExportError(
            f"{own}: {told}, which would be lost; "
            f"`syriamap claims export {own.name} -o NEW.csv` makes a file that can be written"
        )
