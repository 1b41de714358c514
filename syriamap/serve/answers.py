"""
Which address gives what: the pages of a desk as an ASGI app.

In come a desk and a token, out goes the app, guarded (:mod:`.guard`). What reads is a GET, what
writes is a POST with the token; after writing the browser is sent back to the day it was on.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

from syriamap.claims.rows import CLAIM_COLUMNS
from syriamap.errors import ClaimsError, SyriamapError
from syriamap.extraction.review.draft_files import Handover
from syriamap.files import parse_date
from syriamap.serve.guard import LARGEST_BODY, TOKEN_HEADER, Guard, holds, hosts_of
from syriamap.serve.leaves import LEAF_POLICY, home_leaf, message_leaf

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from syriamap.serve.claims_desk import Desk

__all__ = ["desk_app"]

_SANDBOX = (
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads; "
    "frame-ancestors 'self'"
)
"""A map has an origin of its own: whatever ran in it could not write here."""

_MOST_FIELDS = 60


def desk_app(desk: Desk, *, port: int, token: str) -> ASGIApp:
    """
    Make the app of a desk.

    Parameters
    ----------
    desk
        What it serves.
    port
        Where it is served.
    token
        What a request that writes must bring.
    """
    answers = _Answers(desk, token)
    routes = [
        Route("/", answers.home),
        Route("/map/{day}", answers.map),
        Route("/sheet", answers.sheet),
        Route("/state", answers.state),
        Route("/claims", answers.add, methods=["POST"]),
        Route("/claims/rows", answers.add_rows, methods=["POST"]),
        Route("/claims/remove", answers.remove, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), hosts=hosts_of(port))


class _Answers:
    """What is answered at each address."""

    def __init__(self, desk: Desk, token: str) -> None:
        self._desk, self._token = desk, token

    async def home(self, request: Request) -> Response:
        """The map of a day, the form, the claims of the file."""
        return await run_in_threadpool(
            self._home,
            request.query_params.get("day", ""),
            told=request.query_params.get("told", ""),
        )

    async def map(self, request: Request) -> Response:
        """The page of a day."""
        day = parse_date(request.path_params["day"])
        if day is None:
            return _message("this is no date; YYYY-MM-DD would do, like 2024-12-06", 404)
        return await run_in_threadpool(_answered, lambda: _sandboxed(self._desk.page(day)))

    async def sheet(self, _: Request) -> Response:
        """The review sheet of the texts; its own policy stands in it."""
        handover = Handover("/claims/rows", TOKEN_HEADER, self._token, self._desk.own.name)

        def made() -> Response:
            policy = {"Content-Security-Policy": "frame-ancestors 'none'"}
            return HTMLResponse(self._desk.sheet(handover), headers=policy)

        return await run_in_threadpool(_answered, made)

    async def state(self, _: Request) -> Response:
        """What the claims file holds, as one word that changes with it."""
        return JSONResponse({"revision": await run_in_threadpool(self._desk.revision)})

    async def add(self, request: Request) -> Response:
        """One claim from the form; complaints come back with what was written."""
        fields = await self._fields(request)
        if fields is None:
            return _message("this page is of an earlier run; open it again", 403)
        values = {name: fields.get(name, "").strip() for name in CLAIM_COLUMNS}
        day = fields.get("day", "")

        def written() -> Response:
            try:
                count = self._desk.add(pd.DataFrame([values]))
            except ClaimsError as error:
                return self._home(day, values=values, complaints=error, status=422)
            told = "added" if count else "known"
            return _back(values["event_date"] if parse_date(values["event_date"]) else day, told)

        return await run_in_threadpool(_answered, written)

    async def add_rows(self, request: Request) -> Response:
        """Claims that the review sheet hands over, as CSV."""
        if not holds(request.headers.get(TOKEN_HEADER, ""), self._token):
            return PlainTextResponse("this sheet is of an earlier run; open it again", 403)
        body = await _body(request)

        def written() -> Response:
            try:
                count = self._desk.add(io.BytesIO(body))
            except SyriamapError as error:
                return PlainTextResponse(f"Nothing was written. {error}", 422)
            return PlainTextResponse(f"Wrote {count} new claims to {self._desk.own.name}.")

        return await run_in_threadpool(written)

    async def remove(self, request: Request) -> Response:
        """Take a claim out of the file."""
        fields = await self._fields(request)
        if fields is None:
            return _message("this page is of an earlier run; open it again", 403)

        def written() -> Response:
            if not self._desk.remove(fields.get("claim_id", "")):
                return _message("this claim is not in the file any more", 404)
            return _back(fields.get("day", ""), "removed")

        return await run_in_threadpool(_answered, written)

    async def _fields(self, request: Request) -> dict[str, str] | None:
        """Fields of a form that holds the token; None of any other."""
        try:
            text = (await _body(request)).decode("utf-8", errors="replace")
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        except ValueError:  # more fields than any form has
            return None
        fields = dict(pairs)
        return fields if holds(fields.pop("token", ""), self._token) else None

    def _home(
        self,
        asked: str,
        *,
        told: str = "",
        values: dict[str, str] | None = None,
        complaints: ClaimsError | None = None,
        status: int = 200,
    ) -> Response:
        def made() -> Response:
            day = parse_date(asked) if asked else self._desk.newest_day()
            if asked and day is None:
                return _message("this is no date; YYYY-MM-DD would do, like 2024-12-06", 400)
            leaf = home_leaf(
                self._desk, day, token=self._token, told=told, values=values or {},
                complaints=complaints,
            )  # fmt: skip
            return HTMLResponse(leaf, status, headers={"Content-Security-Policy": LEAF_POLICY})

        return _answered(made)


async def _body(request: Request) -> bytes:
    """The body, of which no more is read than was announced and is allowed."""
    got = b""
    async for part in request.stream():
        got += part
        if len(got) > LARGEST_BODY:
            return b""
    return got


def _answered(make: Callable[[], Response]) -> Response:
    """An answer, or the words of the error that every command would print."""
    try:
        return make()
    except SyriamapError as error:
        return _message(str(error), 422)
    except OSError as error:
        return _message(f"{error.filename}: {error.strerror}", 500)


def _sandboxed(page: str) -> Response:
    return HTMLResponse(page, headers={"Content-Security-Policy": _SANDBOX})


def _message(text: str, status: int) -> Response:
    headers = {"Content-Security-Policy": LEAF_POLICY}
    return HTMLResponse(message_leaf(text), status, headers=headers)


def _back(day: str, told: str) -> Response:
    """To the page of the day, by a GET: a reload does not write again."""
    words: dict[str, Any] = {"told": told}
    if day and (parsed := parse_date(day)):
        words["day"] = parsed.isoformat()
    return RedirectResponse(f"/?{urlencode(words)}", 303)
