"""
Text from strangers, made inert: JSON for a data block, text for HTML, links worth following.

Comes in: any text, and dicts of it. Goes out: the same text in a form that no HTML parser,
JavaScript engine or template engine takes for its own.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

__all__ = ["inert_html", "inert_json", "web_link"]

# `<`, `>` and `&` could end the data block; U+2028 and U+2029 end a line in JavaScript; `{` before
# one of `{ % #` opens a tag of Jinja, should the text ever meet a template after all.
_ACTIVE = re.compile("[<>&\u2028\u2029]|\\{(?=[{%#])")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A browser drops tabs and line breaks inside a link and spaces before it, so none may be there.
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"'`\\]+", re.IGNORECASE)


def inert_json(value: Any) -> str:
    r"""
    Encode a value as JSON that is inert inside ``<script>`` and inside a template.

    Parameters
    ----------
    value
        Dicts, lists, strings, numbers, booleans and None; NaN is an error.

    Returns
    -------
    str
        One line of JSON that decodes to the same value; a lone surrogate becomes U+FFFD.

    Examples
    --------
    >>> inert_json("</script>{{ 7 * 7 }}")
    '"\\u003c/script\\u003e\\u007b{ 7 * 7 }}"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = _ACTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text)


def inert_html(text: str) -> str:
    """
    Escape text for HTML, between tags or inside a quoted attribute.

    Braces become entities too, so that the result is inert in a template.

    Examples
    --------
    >>> inert_html('<b>{{x}}"')
    '&lt;b&gt;&#123;&#123;x}}&quot;'
    """
    return _SURROGATE.sub("\ufffd", escape(text).replace("{", "&#123;"))


@lru_cache(maxsize=1 << 14)  # many claims have one source
def web_link(url: str) -> str:
    """
    Give back a link if it is an ``http`` or ``https`` one, else the empty string.

    Examples
    --------
    >>> web_link("https://example.org/report?id=3")
    'https://example.org/report?id=3'
    >>> web_link("javascript:alert(1)")
    ''
    """
    url = url.strip()
    if not _LINK.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.hostname else ""
