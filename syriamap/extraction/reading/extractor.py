"""What is made once per theater, and the reading of one document after another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriamap.extraction.arabic.naming import ArabicNames
from syriamap.extraction.drafts import PATTERNS
from syriamap.extraction.lexicon.day_words import days_in
from syriamap.extraction.lexicon.theater_lexicon import Lexicon
from syriamap.extraction.places.spotting import PlaceNames
from syriamap.extraction.reading.glance import Glance
from syriamap.extraction.reading.opinions import Opinions
from syriamap.extraction.reading.outcomes import Kept
from syriamap.extraction.reading.passage import Reading
from syriamap.extraction.sentence.borders import sentences_of
from syriamap.files import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from syriamap.extraction.drafts import Abstention, Draft
    from syriamap.extraction.texts.tokens import Document
    from syriamap.theater.folder import Theater

__all__ = ["Extractor", "dateline"]

_OFTEN = 200
"""Sentences between two words to whoever watches the progress."""


class Extractor:
    """
    Reads draft claims off texts.

    Sentences that come again word for word, as those of the agencies do, are read once.

    Parameters
    ----------
    theater
        Gives places, actors and the names of both.
    engine
        `patterns`, or with the extra ``nlp`` `nlp` or `both`.

    Raises
    ------
    ExtractionError
        If there is no such engine, or what it needs is not installed.
    """

    def __init__(self, theater: Theater, engine: str = PATTERNS) -> None:
        self.lexicon = Lexicon(theater)
        self.engines = Opinions(engine, self.lexicon)
        self.names = PlaceNames(theater)
        self._arabic = ArabicNames(theater, self.names)
        self._glance = Glance(self.lexicon, self.names)
        self._kept = Kept()

    def drafts(
        self,
        document: Document,
        published: date | None = None,
        *,
        progress: Callable[[int], object] | None = None,
    ) -> tuple[list[Draft], list[Abstention]]:
        """
        Read the drafts of one document.

        Parameters
        ----------
        document
            The text.
        published
            Day of publication; else the one of the document's metadata, else its dateline.
        progress
            Is told how many characters have been read.

        Returns
        -------
        drafts
            In the order of the text; equal texts give equal drafts.
        abstentions
            What was seen and not drafted.
        """
        day = self.day_of(document, published)
        begin = _body(document.text)
        reading = Reading(
            self.lexicon,
            self.names,
            self._glance,
            self._kept,
            self.engines,
            self._arabic,
            document,
            day,
        )
        for count, span in enumerate(sentences_of(document.text)):
            if span[0] < begin < span[1]:
                # nothing is claimed of the town that a report was sent from
                reading.read((span[0], begin), begin)
                reading.read((begin, span[1]), begin)
            else:
                reading.read(span, begin)
            if progress is not None and count % _OFTEN == _OFTEN - 1:
                progress(span[1])
        if progress is not None:
            progress(len(document.text))
        return reading.drafts, reading.abstentions

    @staticmethod
    def day_of(document: Document, published: date | None = None) -> date | None:
        """Day of publication: the one given, else the page's own, else the dateline."""
        return published or parse_date(document.card.published) or dateline(document.text)

    def forget(self) -> None:
        """Forget the sentences read so far, and the names that were asked for."""
        self._kept.clear()
        self.names.meanings.forget()


_DATELINE = re.compile(r"\s*[A-Z][A-Z'’-]{2,}[^\n]{0,110}?(?:\s[-–]{1,2}\s|\s?—\s?|\)\s*[-–—:])")
"""A town in capitals, perhaps a day and an agency, and a dash."""


def _body(text: str) -> int:
    """Where a text begins after its dateline; a day in that is the day of the report."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def dateline(text: str) -> date | None:
    """
    The first full date in the first lines of a text.

    >>> dateline("BEIRUT, Dec. 6, 2024 (Wire) - Rebels took Hama.")
    datetime.date(2024, 12, 6)
    """
    for one in days_in(text, 0, min(len(text), 300), None):
        if one.precision == "day":
            return parse_date(one.day)
    return None
