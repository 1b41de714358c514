"""
The pages of the desk: the map with a form for a claim, and messages.

In come the desk and what was written into the form, out goes HTML. All text from files and forms is
escaped here, where it is put in; styles and the one script are constants whose hashes stand in the
policy (:data:`LEAF_POLICY`), so that nothing else runs.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from syriamap.claims.rows import CERTAINTIES, RELATIONS
from syriamap.files import plain_rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from syriamap.errors import ClaimsError
    from syriamap.serve.claims_desk import Desk

__all__ = ["LEAF_POLICY", "home_leaf", "message_leaf"]

_SHOWN = 200
"""Claims of the file that are listed, the newest first."""

_TOLD = {
    "added": "The claim was added.",
    "known": "This claim is in the file already.",
    "removed": "The claim was taken out.",
}

_FIELDS = (
    ("event_date", "Day of the event", "2024-12-05", True),
    ("place", "Place, in any spelling", "Hama", False),
    ("place_id", "or its id", "gn-170017", False),
    ("lat", "or latitude", "35.13", False),
    ("lon", "and longitude", "36.75", False),
    ("publisher", "Who published it", "Example Wire", True),
    ("source_title", "Title of the source", "Rebels enter Hama", True),
    ("source_url", "Its address", "https://", False),
    ("reported_on", "Day of the report", "2024-12-05", False),
    ("asserted_by", "Who says so, if not the publisher", "", False),
    ("note", "Note", "", False),
)
"""Column, words, an example, and whether a claim must have it."""


def _asset(name: str) -> str:
    return (resources.files("syriamap.serve") / "assets" / name).read_text("utf-8").strip()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


_STYLE, _SCRIPT = _asset("desk.css"), _asset("desk.js")

LEAF_POLICY = (
    f"default-src 'none'; style-src '{_digest(_STYLE)}'; script-src '{_digest(_SCRIPT)}'; "
    "frame-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Content security policy of the pages; a map and the review sheet have their own."""


def home_leaf(
    desk: Desk,
    day: dt.date | None,
    *,
    token: str,
    told: str,
    values: Mapping[str, str],
    complaints: ClaimsError | None,
) -> str:
    """
    Write the page of the desk.

    Parameters
    ----------
    desk
        What is worked on.
    day
        The day of the map; none where no claim speaks of any.
    token
        What its forms bring.
    told
        What was just done, a key of few words.
    values
        What was written into the form, by column.
    complaints
        What is wrong with it.
    """
    iso = day.isoformat() if day else ""
    revision = desk.revision()
    name = escape(desk.own.name)
    shown = (
        f'<iframe id="map" title="Map of {iso}" data-day="{iso}" data-revision="{revision}" '
        f'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads" '
        f'src="/map/{iso}?v={revision}"></iframe>'
        if day
        else '<p class="quiet">No claim speaks of any day yet.</p>'
    )
    texts = (
        f'<p><a href="/sheet">Review sheet</a> of {len(desk.text_files())} texts in '
        f"{escape(str(desk.texts))}</p>"
        if desk.texts is not None
        else ""
    )
    body = f"""
<header><h1>{escape(desk.theater.title)}</h1>
<form action="/" method="get"><label>Day <input type="date" name="day" value="{iso}" required>
</label> <button>Show</button></form>
<p id="told" role="status">{escape(_TOLD.get(told, ""))}</p></header>
<main><section class="shown">{shown}</section>
<section class="work"><h2>A claim for {name}</h2>
{_complaints(complaints)}
<form action="/claims" method="post" autocomplete="off">
<input type="hidden" name="token" value="{escape(token)}">
<input type="hidden" name="day" value="{iso}">
{_form(desk, day, values)}
<button>Check and add</button></form>
{texts}
<h2>Claims in {name}</h2>
{_claims(desk, token, iso)}</section></main>"""
    return _leaf(f"{desk.theater.title} {iso}", body)


def _form(desk: Desk, day: dt.date | None, values: Mapping[str, str]) -> str:
    """Fields of one claim, with what was written in them."""
    actors = [("", "")] + [
        (str(one), str(name)) for one, name in desk.theater.actors["name"].items()
    ]
    given = {"event_date": day.isoformat() if day else "", **values}
    parts = [
        _choice("actor", "Actor", actors, given),
        _choice("relation", "did what", [(one, one.replace("_", " ")) for one in RELATIONS], given),
        _choice("against", "against", actors, given),
        _choice("certainty", "How certain", [(one, one) for one in CERTAINTIES], given),
    ]
    fields = [
        f'<label>{escape(words)}<input name="{column}" value="{escape(given.get(column, ""))}" '
        f'placeholder="{escape(example)}" dir="auto"{" required" if needed else ""}></label>'
        for column, words, example, needed in _FIELDS
    ]
    return "\n".join([*fields[:5], *parts, *fields[5:]])


def _choice(
    column: str, words: str, choices: Iterable[tuple[str, str]], given: Mapping[str, str]
) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if given.get(column) == value else ""}>'
        f"{escape(shown)}</option>"
        for value, shown in choices
    )
    return f'<label>{escape(words)}<select name="{column}">{options}</select></label>'


def _complaints(complaints: ClaimsError | None) -> str:
    """What is wrong with a claim; nothing where nothing is."""
    if complaints is None:
        return ""
    items = "".join(
        f"<li>{f'<b>{escape(one.column)}</b>: ' if one.column else ''}"
        f"{escape(f'{one.value!r} ' if one.value else '')}{escape(one.problem)}</li>"
        for one in complaints.complaints
    )
    return f'<ul class="wrong" role="alert">{items}</ul>'


def _claims(desk: Desk, token: str, iso: str) -> str:
    """Claims of the file, the newest first, each with a way to take it out."""
    claims = desk.own_claims().iloc[::-1]
    if claims.empty:
        return '<p class="quiet">None yet.</p>'
    rows = []
    for one in plain_rows(claims.head(_SHOWN)):
        against = f" against {one['against']}" if one["against"] else ""
        said = f"{one['actor']} {one['relation']} {one['place'] or one['area_id']}{against}"
        rows.append(
            f"<li><span dir=auto>{escape(str(one['event_date']))} {escape(said)} "
            f"<small>{escape(one['publisher'])}, {escape(one['certainty'])}</small></span>"
            f'<form action="/claims/remove" method="post">'
            f'<input type="hidden" name="token" value="{escape(token)}">'
            f'<input type="hidden" name="day" value="{iso}">'
            f'<input type="hidden" name="claim_id" value="{escape(one["claim_id"])}">'
            f'<button aria-label="Take out: {escape(said)}">Take out</button></form></li>'
        )
    more = len(claims) - len(rows)
    rest = f'<p class="quiet">and {more} older ones</p>' if more > 0 else ""
    return f'<ol class="claims">{"".join(rows)}</ol>{rest}'


def message_leaf(text: str) -> str:
    """
    Write a page that says one thing.

    Parameters
    ----------
    text
        What it says, as it stands.
    """
    body = f'<main class="message"><pre>{escape(text)}</pre><p><a href="/">Back</a></p></main>'
    return _leaf("syriamap", body)


def _leaf(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body>{body}\n<script>{_SCRIPT}</script></body></html>\n"
    )
