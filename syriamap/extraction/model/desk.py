"""
Asking a model for its replies, or taking those that were kept.

A server speaks the chat completions of OpenAI, as local ones do too. What it answered is kept by
the digest of the question, so that the same texts give the same drafts without it. The key comes
from the environment and goes into one header: nowhere else, and no reply that repeats it is taken.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from syriamap.errors import ExtractionError, OnlineError
from syriamap.extraction.model.replies import UnusableReplyError
from syriamap.files import atomic_path
from syriamap.online.fetching import fetch
from syriamap.online.targets import shown, target_of

if TYPE_CHECKING:
    from pathlib import Path

    from syriamap.extraction.model.questions import Question

__all__ = ["KEY_VARIABLE", "Asked", "Desk", "Model", "chat_address"]

KEY_VARIABLE = "SYRIAMAP_LLM_KEY"
"""Name of the variable of the environment that holds the key."""

_END = "/chat/completions"
_MOST_BYTES = 1_000_000
_SECONDS = 120.0
_SHORTEST_KEY = 8
_FAILURES_IN_A_ROW = 3
"""Without an answer, after which nothing more is asked."""

_NO_SCHEMA = frozenset({400, 422})
"""How servers answer that know no schema of replies."""


@dataclass
class Asked:
    """
    What became of the questions.

    Attributes
    ----------
    questions, kept
        How many there were, and how many of their replies were kept from before.
    unusable
        Replies that could not be used, or did not come, by reason.
    statements
        Statements that were taken.
    refused
        Statements that were not, by what was wrong.
    """

    questions: int = 0
    kept: int = 0
    unusable: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def told(self, name: str) -> str:
        """Give one line about it."""
        some = f"{self.questions} question{'s' * (self.questions != 1)}"
        parts = [f"model {name}: {some}, {self.kept} answered before"]
        if self.unusable:
            parts.append(
                f"{self.unusable.total()} without a usable reply ({_counts(self.unusable)}):"
                " the patterns alone read those sentences"
            )
        parts.append(f"statements: {self.statements} taken")
        if self.refused:
            parts.append(f"{self.refused.total()} not ({_counts(self.refused)})")
        return "; ".join(parts)


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))


def chat_address(url: str) -> str:
    """
    Give the address that is asked, for the one of a server.

    >>> chat_address("http://localhost:11434/v1")
    'http://localhost:11434/v1/chat/completions'

    Raises
    ------
    OnlineError
        If it is no address.
    """
    target_of(url)
    parts = urlsplit(url.strip())
    path = parts.path.rstrip("/")
    path = path if path.endswith(_END) else path + _END
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


@dataclass(frozen=True)
class Model:
    """
    A model, where it is asked, and the replies that are kept.

    Parameters
    ----------
    name
        As the server knows it.
    replies
        File of the replies that are kept, one JSON object a line; made when it is not there.
    url
        The server's; empty where only kept replies are taken.
    seconds
        The deadline of one reply.
    """

    name: str
    replies: Path
    url: str = ""
    seconds: float = _SECONDS

    def desk(self) -> Desk:
        """Give what asks, with the replies kept so far and the key of the environment."""
        return Desk(self)


class Desk:
    """
    Asks one question after another.

    Parameters
    ----------
    model
        Whom, and where.

    Raises
    ------
    ExtractionError
        If the address or the key cannot be used, or the kept replies cannot be read.
    """

    def __init__(self, model: Model) -> None:
        self.model, self.asked = model, Asked()
        self._kept = _read_kept(model.replies)
        self._new = False
        self._plain = False
        self._failures = 0
        self._address, self._key = "", ""
        if model.url:
            try:
                self._address = chat_address(model.url)
            except OnlineError as error:
                raise ExtractionError(f"--llm-url {error}") from error
            self._key = _key_for(self._address)

    @property
    def where(self) -> str:
        """Host that is asked, empty where none is."""
        return target_of(self._address).netloc if self._address else ""

    def knows(self, question: Question) -> bool:
        """Whether a reply is kept."""
        return question.digest in self._kept

    def reply(self, question: Question) -> str:
        """
        Give the content of the reply to a question.

        Raises
        ------
        UnusableReplyError
            If there is none; its word says why.
        """
        self.asked.questions += 1
        content = self._kept.get(question.digest)
        if content is not None:
            self.asked.kept += 1
            return content
        if not self._address:
            raise UnusableReplyError("not kept")
        if self._failures >= _FAILURES_IN_A_ROW:
            raise UnusableReplyError("not asked any more")
        try:
            content = self._fetched(question)
        except OnlineError as error:
            self._failures += 1
            why = f"answered {error.status}" if error.status else error.reason
            raise UnusableReplyError(why) from None
        self._failures = 0
        if self._key and self._key in content:
            raise UnusableReplyError("repeats the key")
        self._kept[question.digest] = content
        self._new = True
        return content

    def _fetched(self, question: Question) -> str:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        body = question.body
        for plain in (False, True):
            if (plain or self._plain) and "response_format" in body:
                body = {key: one for key, one in body.items() if key != "response_format"}
            try:
                answer = fetch(
                    self._address,
                    seconds=self.model.seconds,
                    most_bytes=_MOST_BYTES,
                    headers=headers,
                    body=json.dumps(body).encode(),
                )
            except OnlineError as error:
                if plain or self._plain or error.status not in _NO_SCHEMA:
                    raise
                continue
            self._plain = self._plain or plain
            return _content(answer.data)
        raise UnusableReplyError("broken")

    def save(self) -> None:
        """Keep what was answered anew."""
        if not self._new:
            return
        path = self.model.replies
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_path(path) as temporary:
            lines = [
                json.dumps({"question": digest, "reply": self._kept[digest]}) + "\n"
                for digest in sorted(self._kept)
            ]
            temporary.write_text("".join(lines), encoding="utf-8", newline="\n")
        self._new = False


def _content(data: bytes) -> str:
    """The text of a server's answer."""
    try:
        whole = json.loads(data.decode("utf-8"))
        content = whole["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError) as error:
        raise UnusableReplyError("no chat completion") from error
    if not isinstance(content, str):
        raise UnusableReplyError("no chat completion")
    return content


def _key_for(address: str) -> str:
    """The key of the environment; never shown."""
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        return ""
    if len(key) < _SHORTEST_KEY or not all("!" <= one <= "~" for one in key):
        raise ExtractionError(
            f"{KEY_VARIABLE}: is no key; {_SHORTEST_KEY} or more signs of ASCII without spaces"
            " would do, and none at all for a server that asks for none"
        )
    target = target_of(address)
    if target.scheme != "https" and not target.local:
        raise ExtractionError(
            f"{shown(address)}: {KEY_VARIABLE} would travel where others can read it;"
            " https would do"
        )
    if key in address:
        raise ExtractionError(f"--llm-url holds the key; {KEY_VARIABLE} alone would do")
    return key


def _read_kept(path: Path) -> dict[str, str]:
    kept: dict[str, str] = {}
    if not path.exists():
        return kept
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractionError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            one = json.loads(line)
            digest, reply = one["question"], one["reply"]
        except (ValueError, RecursionError, KeyError, TypeError):
            digest = reply = None
        if not isinstance(digest, str) or not isinstance(reply, str):
            raise ExtractionError(
                f"{path}, line {number}: no kept reply; it would hold question and reply"
            )
        kept[digest] = reply
    return kept
