"""
Drafts on disk: JSONL, CSV, and the sheet on which somebody accepts, mends or rejects them.

In come the texts that were read (:mod:`syriamap.extraction.reading.intake`), out go files. The
sheet is one HTML file that asks nothing of the network; text from strangers is one block of inert
JSON that the page puts out with ``textContent``. What is accepted there is saved as a claims file.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from syriamap.claims.actor_years import ActorYears
from syriamap.claims.reader import CERTAINTIES, CLAIM_COLUMNS, RELATIONS
from syriamap.errors import ExtractionError
from syriamap.extraction.drafts import ADDED, DRAFT_FIELDS, READER, Draft
from syriamap.files import atomic_path, ending_of, neutral_cell
from syriamap.files.gate import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from syriamap.extraction.reading.intake import Source
    from syriamap.theater.folder import Theater

__all__ = [
    "Handover",
    "claim_of_draft",
    "claims_from_drafts",
    "drafts_csv",
    "drafts_jsonl",
    "review_sheet",
    "writer_for",
]

_ACTIVE = re.compile("[<>&{\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAPPABLE = frozenset(CERTAINTIES)
_PARTS = ("base", "places", "units", "keeping", "cards", "texts", "keys")


# --- data -----------------------------------------------------------------------------------------


def drafts_jsonl(sources: Sequence[Source]) -> str:
    """One JSON object per draft and line; fields :data:`DRAFT_FIELDS`."""
    return "".join(
        _SURROGATE.sub("\ufffd", json.dumps(asdict(one), ensure_ascii=False)) + "\n"
        for source in sources
        for one in source.drafts
    )


def drafts_csv(sources: Sequence[Source]) -> str:
    """
    Claims file of the drafts that can be accepted as they are, with the words behind each.

    Columns of a claims file, then those of a draft. Drafts that claim nothing, that lack a place,
    an actor or a day, or that speak of what has not happened, are left out: no claims file could
    hold them. So are proposals, which two engines do not read alike: they are for the sheet.
    """
    return _table(
        (*CLAIM_COLUMNS, *(field for field in DRAFT_FIELDS if field not in CLAIM_COLUMNS)),
        ({**asdict(draft), **claim} for draft, claim in _acceptable(sources)),
    )


def _acceptable(sources: Sequence[Source]) -> Iterator[tuple[Draft, dict[str, str]]]:
    """Drafts that lack nothing and are no mere proposals, and their claims; of equal the first."""
    seen = set()
    for source in sources:
        for draft in source.drafts:
            claim = claim_of_draft(draft, source)
            key = tuple(claim[column] for column in CLAIM_COLUMNS)
            if draft.relation == "none" or claim["missing"] or draft.proposal:
                continue
            if key not in seen:
                seen.add(key)
                yield draft, claim


def _table(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = ["" if row[column] is None else str(row[column]) for column in columns]
        writer.writerow([_SURROGATE.sub("\ufffd", neutral_cell(cell)) for cell in cells])
    return buffer.getvalue()


def claim_of_draft(draft: Draft, source: Source) -> dict[str, str]:
    """
    Give the claim that a draft becomes when it is accepted, and what is missing from it.

    Returns
    -------
    dict
        The columns of a claims file, and `missing`: what must be mended first, empty when nothing.
    """
    day = draft.event_date or source.published
    if day > source.published > "" and draft.event_date:
        day = source.published
    missing = [
        what
        for what, there in (
            ("a place of the gazetteer", draft.place_id or draft.place_note),
            ("an actor", draft.actor),
            ("a relation", draft.relation in RELATIONS),
            ("a day", day),
            ("told as having happened", draft.certainty in _MAPPABLE),
        )
        if not there
    ]
    row = _blank(source)
    note = "" if draft.event_date else "day of the report; the text names none"
    own_point = bool(draft.place_note) and not draft.place_id
    row |= {
        "event_date": day,
        "date_precision": draft.date_precision or ("day" if day else ""),
        "place": one_line(draft.place) if draft.place_id or own_point else "",
        "place_id": draft.place_id,
        "lat": str(draft.lat) if own_point else "",
        "lon": str(draft.lon) if own_point else "",
        "place_note": draft.place_note,
        "actor": draft.actor,
        "relation": draft.relation if draft.relation in RELATIONS else "",
        "against": draft.against,
        "asserted_by": _asserter(draft, source),
        "certainty": draft.certainty if draft.certainty in _MAPPABLE else "",
        "note": note,
    }
    if draft.engine == READER:
        row["note"] = "; ".join(filter(None, (ADDED, note)))
    return {**row, "missing": ", ".join(missing)}


def _asserter(draft: Draft, source: Source) -> str:
    """Name in ``asserters.csv`` of who says it: of a speaker's code, or as it was mended."""
    speakers = source.speakers
    named = speakers.get(draft.asserted_by) or ""
    return named or (draft.asserted_by if draft.asserted_by in speakers.values() else "")


def _publisher(source: Source) -> str:
    return one_line(source.publisher) or "unnamed publisher"


def _blank(source: Source) -> dict[str, str]:
    """What a claim of a text has before it claims anything: who published it, where and when."""
    return {
        **dict.fromkeys(CLAIM_COLUMNS, ""),
        "event_date": source.published,
        "date_precision": "day" if source.published else "",
        "certainty": CERTAINTIES[0],
        "publisher": _publisher(source),
        "source_title": one_line(source.title) or "text",
        "source_url": source.url,
        "reported_on": source.published,
        "note": ADDED,
    }


def claims_from_drafts(sources: Sequence[Source]) -> str:
    """
    Claims file of every draft that can be accepted as it is; what the sheet saves for "accept all".

    Drafts that lack a place, an actor or a day, or that speak of what has not happened, are left
    out, and so are proposals. Of equal claims one is kept.
    """
    return _table(CLAIM_COLUMNS, (claim for _, claim in _acceptable(sources)))


# --- the sheet ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handover:
    """
    Where a sheet that is served hands over what is accepted.

    Attributes
    ----------
    address
        Path on its own server, for a POST of CSV.
    header, token
        What the request must bring.
    name
        Name of the claims file there.
    """

    address: str
    header: str
    token: str
    name: str


def review_sheet(
    sources: Sequence[Source],
    theater: Theater,
    decisions: Sequence[dict[str, Any]] = (),
    *,
    handover: Handover | None = None,
) -> str:
    """
    Make the review sheet, one HTML page that needs nothing but itself.

    Parameters
    ----------
    sources
        Texts and their drafts.
    theater
        Gives the actors that may be chosen, and the places.
    decisions
        What was decided on a sheet before, as it saved them.
    handover
        Where it hands over what is accepted; it saves a file where that is not given.
    """
    data: dict[str, Any] = {
        "actors": _actors_data(theater),
        "asserters": sorted({one for source in sources for one in source.speakers.values() if one}),
        "relations": list(RELATIONS),
        "certainties": list(CERTAINTIES),
        "columns": list(CLAIM_COLUMNS),
        "sources": [_source_data(source) for source in sources],
        "places": _places_data(theater),
        "decisions": list(decisions),
    }
    if handover is not None:
        data["handover"] = asdict(handover)
    data["mark"] = hashlib.sha256(json.dumps(data["sources"]).encode()).hexdigest()[:16]
    script, style = _script(), _asset("review.css")
    reach = "" if handover is None else "connect-src 'self'; "
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        f"{reach}base-uri 'none'; form-action 'none'"
    )
    parts = [
        "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>",
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name=viewport content="width=device-width, initial-scale=1">',
        "<title>Draft claims for review</title>",
        f"<style>{style}</style></head><body>",
        _asset("review.html"),
        f'<script type="application/json" id=data>{_inert(data)}</script>',
        f"<script>{script}</script></body></html>\n",
    ]
    return "\n".join(parts)


def _actors_data(theater: Theater) -> list[dict[str, str]]:
    """Ids, names and years of the actors."""
    years = ActorYears(theater)
    found = []
    for actor, name in theater.actors["name"].items():
        begin, end = years.span(str(actor))
        found.append({"id": str(actor), "name": str(name), "from": begin, "to": end})
    return found


def _places_data(theater: Theater) -> list[list[Any]]:
    """Ids, names, governorates, kinds, other names: a mended name is looked up among them."""
    others: dict[str, list[str]] = {}
    for place_id, name in zip(theater.names["place_id"], theater.names["name"], strict=True):
        others.setdefault(str(place_id), []).append(str(name))
    columns = (theater.places[name] for name in ("name", "name_ar", "admin1", "kind"))
    return [
        [*map(str, row), others.get(str(row[0]), [])]
        for row in zip(theater.places.index, *columns, strict=True)
    ]


def _source_data(source: Source) -> dict[str, Any]:
    drafts = []
    lengths = {start: end - start for start, end, _ in source.sentences}
    for draft in source.drafts:
        at = draft.start - draft.sentence_start
        if draft.sentence[at : at + len(draft.place)] != draft.place:
            at = draft.sentence.find(draft.place)
        at = _utf16(draft.sentence, at)
        claim = claim_of_draft(draft, source)
        length = lengths.get(draft.sentence_start, len(draft.sentence))
        own = {"at": at, "claim": claim, "sentence_length": length}
        drafts.append({**asdict(draft), **own})
    return {
        "file": source.file,
        "title": source.title,
        "publisher": _publisher(source),
        "url": source.url,
        "blank": _blank(source),
        "sentences": [list(one) for one in source.sentences],
        "drafts": drafts,
        "abstentions": [asdict(one) for one in source.abstentions],
    }


def _utf16(text: str, at: int) -> int:
    """Where a script finds a character: it counts those beyond 16 bits twice."""
    return at + sum(one > "\uffff" for one in text[: max(0, at)])


def _inert(value: Any) -> str:
    """JSON that no parser of HTML or of templates takes for its own."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # a brace opens JSON objects too, so only one that a string holds before { % # is rewritten
    text = re.sub(r"\{(?=[{%#])", r"\\u007b", text)
    text = _ACTIVE.sub(lambda one: one[0] if one[0] == "{" else f"\\u{ord(one[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text)


def _asset(name: str) -> str:
    return (
        (resources.files("syriamap.extraction.review") / "sheet" / name).read_text("utf-8").strip()
    )


def _script() -> str:
    """The parts of the sheet's script, in the order in which each needs those before it."""
    parts = "\n".join(_asset(f"{name}.js") for name in _PARTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def writer_for(
    path: Path, decisions: Sequence[dict[str, Any]] = ()
) -> Callable[[Sequence[Source], Theater, Path], None]:
    """
    Give the function that writes drafts in the format that a file's ending names.

    Parameters
    ----------
    path
        Where they go.
    decisions
        What was decided before, for a sheet.

    Raises
    ------
    ExtractionError
        If the ending is none of ``.jsonl``, ``.csv``, ``.html``.
    """
    makers: dict[str, Callable[[Sequence[Source], Theater], str]] = {
        ".jsonl": lambda sources, _: drafts_jsonl(sources),
        ".csv": lambda sources, _: drafts_csv(sources),
        ".html": lambda sources, theater: review_sheet(sources, theater, decisions),
    }
    make = makers.get(ending_of(path, ".jsonl"))
    if make is None:
        raise ExtractionError(f"{path}: drafts are written as .jsonl, .csv or .html")

    def write(sources: Sequence[Source], theater: Theater, path: Path) -> None:
        with atomic_path(path) as temporary:
            temporary.write_text(make(sources, theater), encoding="utf-8", newline="\n")

    return write
