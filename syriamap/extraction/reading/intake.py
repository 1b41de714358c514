"""
Files in, texts and their drafts out: who published what and when, from options, pages and names.

In come paths, out go :class:`Source` rows, one per text, which
:mod:`syriamap.extraction.review.draft_files` writes. What an option says stands above what a page
says of itself.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from syriamap.errors import ExtractionError
from syriamap.extraction.drafts import LLM, PATTERNS
from syriamap.extraction.reading.extractor import Extractor
from syriamap.extraction.reading.language import why_unread
from syriamap.extraction.reading.second_reader import SecondReader
from syriamap.extraction.sentence.borders import sentences_of
from syriamap.extraction.texts.fetched import Fetched, page_at
from syriamap.extraction.texts.pages import Card
from syriamap.extraction.texts.tokens import document_from_text
from syriamap.jobs import ALONE, Crew
from syriamap.online.targets import is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from syriamap.extraction.drafts import Abstention, Draft
    from syriamap.extraction.model.desk import Model
    from syriamap.extraction.texts.tokens import Document
    from syriamap.theater.folder import Theater

    Progress = Callable[[int, str], AbstractContextManager[Callable[[int], object]]]

__all__ = ["Source", "read_sources"]

_WORK_OF_A_BYTE = 0.3
"""Work on a byte of text, beside that on a place of a day (`Crew.workers`)."""


@dataclass(frozen=True)
class Source:
    """
    One text that was read.

    Attributes
    ----------
    file, title, published, publisher, url
        Its name, its title for claims, its day ISO or empty, who published it and where.
    drafts, abstentions
        What was read off it.
    speakers
        Code of a speaker → name in ``asserters.csv``.
    unread
        Why the text was not read, empty where it was.
    sentences
        Where each sentence of the text begins and ends in the file, and its words.
    led_to
        The address that it was fetched from, where redirects led away from the one asked for.
    """

    file: str
    title: str
    published: str
    publisher: str
    drafts: list[Draft]
    abstentions: list[Abstention]
    speakers: dict[str, str]
    url: str = ""
    unread: str = ""
    led_to: str = ""
    sentences: tuple[tuple[int, int, str], ...] = ()


def read_sources(
    files: Iterable[str],
    theater: Theater,
    published: date | None = None,
    publisher: str = "",
    progress: Progress | None = None,
    *,
    title: str = "",
    url: str = "",
    online: bool = False,
    engine: str = PATTERNS,
    model: Model | None = None,
    notice: Callable[[str], object] | None = None,
    crew: Crew = ALONE,
) -> list[Source]:
    """
    Read the drafts of files.

    Parameters
    ----------
    files
        Paths or addresses; ``-`` is stdin. UTF-8; other bytes are read as a replacement sign each.
    theater
        Gives places and actors.
    published, publisher, title, url
        Day and house of publication, title and address, for all of them; else what a page says of
        itself, else the dateline and the name of the file.
    online
        Whether addresses are fetched; they are refused otherwise.
    engine
        `patterns`, or with the extra ``nlp`` `nlp` or `both`; `llm` with a model.
    model
        Whose opinion is laid beside the patterns.
    notice
        Is told in a line what leaves this machine, and what became of a model's replies.
    crew
        Who reads files where no model is asked; the drafts are the same.
    progress
        Makes a context around each text, given its length and name, that is told how far it is.

    Raises
    ------
    ExtractionError
        If a file is a folder, or an address that may not or cannot be fetched, or the engine is not
        installed, or no reply of a model is there.
    """
    if (engine == LLM) != (model is not None):
        raise ExtractionError(f"engine {LLM} and a model go together")
    own = Card(title, publisher, "", url)
    listed = [str(name) for name in files]
    shared = model is None and all(Path(name).is_file() for name in listed)
    if shared and listed:
        size = sum(Path(name).stat().st_size for name in listed)
        weight = _WORK_OF_A_BYTE * size / len(listed)
        if crew.workers(len(listed), weight) > 1:
            asked = (theater, engine, published, own)
            return crew.each(_files_there, asked, listed, weight=weight)
    extractor = Extractor(theater, PATTERNS if model else engine)
    desk = model.desk() if model else None
    second = SecondReader(theater, extractor, desk, notice) if desk else None
    try:
        sources = _sources(
            listed, extractor, published, own, progress, second, online=online,
        )  # fmt: skip
    finally:
        if desk:
            desk.save()
    if desk and notice:
        notice(desk.asked.told(desk.model.name))
    if desk and desk.asked.questions and not desk.asked.kept and not desk.where:
        raise ExtractionError(
            f"{desk.model.replies}: holds no reply of {desk.model.name} to these texts; "
            "--online and --llm-url would ask for them"
        )
    return sources


def _files_there(
    asked: tuple[Theater, str, date | None, Card], files: Sequence[str]
) -> list[Source]:
    """Drafts of some files, read by one of a crew."""
    theater, engine, published, own = asked
    return _sources(files, Extractor(theater, engine), published, own, None, None, online=False)


def _sources(  # noqa: PLR0917
    files: Iterable[str],
    extractor: Extractor,
    published: date | None,
    own: Card,
    progress: Progress | None,
    second: SecondReader | None,
    *,
    online: bool,
) -> list[Source]:
    sources = []
    for name in files:
        page = _page(name, online=online)
        document = document_from_text(page.text, name)
        day = extractor.day_of(document, published)
        unread = why_unread(document.text)
        drafts: list[Draft] = []
        abstentions: list[Abstention] = []
        if unread:
            pass  # the line that says so is told by whoever asked
        elif progress is None:
            drafts, abstentions = extractor.drafts(document, day)
        else:
            with progress(len(document.text), name) as tell:
                drafts, abstentions = extractor.drafts(document, day, progress=tell)
        if second is not None:
            drafts, answered = second.read(document, day, drafts, known=not unread)
            unread = "" if answered else unread
        card = _card(own, document.card, page)
        sources.append(
            Source(
                name,
                card.title or (Path(name).stem if name != "-" else "text"),
                day.isoformat() if day else "",
                card.publisher,
                drafts,
                abstentions,
                extractor.lexicon.speakers.asserters,
                card.url,
                unread,
                page.address if page.passed else "",
                _sentences(document),
            )
        )
    return sources


def _sentences(document: Document) -> tuple[tuple[int, int, str], ...]:
    text = document.text
    return tuple((*document.span(*span), text[slice(*span)]) for span in sentences_of(text))


def _card(own: Card, told: Card, page: Fetched) -> Card:
    """What options say, then the page; it was published where it was fetched, whatever it says."""
    if page.address:
        fetched = Card(publisher=urlsplit(page.address).hostname or "", url=page.address)
        told = replace(told, url="").over(fetched)
    return own.over(told)


def _page(name: str, *, online: bool) -> Fetched:
    """The text of a file, of stdin or of an address; only the last has an address."""
    if name == "-":
        return Fetched(sys.stdin.buffer.read().decode("utf-8", errors="replace"), "")
    if is_address(name):
        if not online:
            raise ExtractionError(f"{name}: is fetched only with --online; or save it as a file")
        return page_at(name)
    path = Path(name)
    if path.is_dir():
        raise ExtractionError(f"{name}: is a folder; a text file would do")
    return Fetched(path.read_bytes().decode("utf-8", errors="replace"), "")
