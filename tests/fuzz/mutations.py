"""
Files made wrong: bytes, text, trees of JSON and archives, each changed in a few places.

In comes a file that can be read and a source of chance, out goes one that a stranger, a broken disk
or somebody with a purpose might hand over. Same chance, same bytes.
"""

from __future__ import annotations

import io
import json
import lzma
import random
import zipfile
import zlib
from typing import Any

__all__ = ["HOSTILE_WORDS", "mutated"]

HOSTILE_WORDS = (
    "", " ", "~", "\x00", "\x07", "\x1b[2J", "\u202e", "\u200b", "\ufeff", "\ud800", "\uffff", "é" * 3,
    "NaN", "nan", "Infinity", "-inf", "1e999", "-1e999", "1" + "0" * 400, "0", "-1", "99999999999999999999",
    "null", "true", "[]", "{}", "\"", "'", "''", "\n", "\r", "\t", ",", ";", "\\", "\\u0000", "\\ud800",
    "=cmd|'/c calc'!A1", "<script>", "</script>", "]]>", "&", "&x;", "{{7*7}}", "{% x %}", "${x}",
    "__proto__", "constructor", "a" * 600, "ا" * 600, "2030-02-30", "0000-00-00", "9999-12-31", "2030-W01",
    "31/12/2030", "1/2/2030", "9" * 30, "1,5", "1.5.5", "1e5", "0x10", "١٢", "180.0001", "-91", "360", "1e308",
    "[" * 3000, "{\"a\":" * 3000, "(" * 3000, "<a>" * 3000, "Point", "Polygon", "GeometryCollection",
    "javascript:alert(1)", "http://[::1", "../../x", "/dev/null", "C:\\x", "%00", "+", "*", "hts;sna",
)  # fmt: skip
"""What is put where something else stood."""

_ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 10**400, "", "x", [], {}, [[]], [None],
    {"a": 1}, [1, 2, 3], "\ud800", "\x00", "~", [["a", "b"]], {"type": "Point"},
)  # fmt: skip


def mutated(data: bytes, kind: str, chance: random.Random) -> bytes:
    """
    Change a file in one to four places.

    Parameters
    ----------
    data
        A file that can be read.
    kind
        `text`, `json`, `zip` or `bytes`: how it is taken apart.
    chance
        Decides everything.
    """
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        if kind == "json" and chance.random() < 0.7:
            data = _other_tree(data, chance)
        elif kind == "zip" and chance.random() < 0.6:
            data = _other_archive(data, chance)
        elif kind in {"text", "json"} and chance.random() < 0.7:
            data = _other_text(data, chance)
        else:
            data = _other_bytes(data, chance)
    return data


def _span(length: int, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(length + 1)
    return start, min(length, start + chance.choice((0, 1, 1, 2, 4, 16, 100, 1000)))


def _other_bytes(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(len(data), chance)
    does = chance.randrange(6)
    if does == 0 and data:
        at = min(start, len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if does == 1:
        return data[:start] + data[end:]
    if does == 2:
        return data[:start]
    if does == 3:
        return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]
    if does == 4:
        return data[:start] + chance.randbytes(chance.choice((1, 4, 64))) + data[end:]
    word = chance.choice(HOSTILE_WORDS).encode("utf-8", "surrogatepass")
    return data[:start] + word + data[end:]


def _other_text(data: bytes, chance: random.Random) -> bytes:
    """Whole cells, values or lines of a text: what stands between its signs."""
    text = data.decode("utf-8", "surrogateescape")
    signs = [place for place, sign in enumerate(text) if sign in ",;\t\n\"'<>=[]:{} "]
    if len(signs) < 2:
        return _other_bytes(data, chance)
    number = chance.randrange(len(signs) - 1)
    start, end = signs[number] + 1, signs[number + 1]
    does = chance.randrange(5)
    if does <= 1:
        made = text[:start] + chance.choice(HOSTILE_WORDS) + text[end:]
    elif does == 2:
        other = chance.randrange(len(signs) - 1)
        made = text[:start] + text[signs[other] + 1 : signs[other + 1]] + text[end:]
    else:
        lines = text.split("\n")
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        if does == 3:
            lines.insert(to, lines[at])
        else:
            lines[at], lines[to] = lines[to], lines[at]
        made = "\n".join(lines)
    return made.encode("utf-8", "surrogatepass" if "\ud800" in made else "surrogateescape")


def _other_tree(data: bytes, chance: random.Random) -> bytes:
    """One value of a tree of JSON exchanged, taken out, put in twice or put below itself."""
    try:
        tree = json.loads(data)
        places = list(_places(tree))
    except (ValueError, RecursionError):
        return _other_text(data, chance)
    if not places:
        return _other_bytes(data, chance)
    holder, key = chance.choice(places)
    does = chance.randrange(6)
    if does == 0:
        del holder[key]
    elif does == 1:
        holder[key] = {"a": holder[key]} if chance.random() < 0.5 else [holder[key]]
    elif does == 2:
        holder[key] = chance.choice(HOSTILE_WORDS)
    elif does == 3:
        other, other_key = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[other_key]))
    elif does == 4 and isinstance(holder, dict):
        holder[chance.choice(HOSTILE_WORDS)] = holder.pop(key)
    else:
        holder[key] = chance.choice(_ODD_VALUES)
    try:
        return json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return data


def _places(tree: Any) -> Any:
    """Every place of a tree: what holds it, and under which key."""
    items = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in list(items):
        yield tree, key
        yield from _places(value)


def _other_archive(data: bytes, chance: random.Random) -> bytes:
    """One file in an archive changed, and the archive packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = {one: archive.read(one) for one in archive.namelist()}
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        RuntimeError,
        zlib.error,
        lzma.LZMAError,
    ):
        return _other_bytes(data, chance)
    except NotImplementedError:
        return _other_bytes(data, chance)
    if not inside:
        return data
    name = chance.choice(sorted(inside))
    does = chance.randrange(6)
    if does == 0:
        del inside[name]
    elif does == 1:
        inside[chance.choice(("../x", "/x", "a/b", "\u202ex", "x" * 300))] = inside.pop(name)
    elif does == 2:
        inside[name] = inside[name][:1] * chance.choice((0, 1, 3_000_000))
    else:
        inside[name] = _other_text(inside[name], chance)
    out = io.BytesIO()
    method = chance.choice(
        (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    )
    with zipfile.ZipFile(out, "w", method) as archive:
        for one, content in inside.items():
            archive.writestr(zipfile.ZipInfo(one), content, method)
    return out.getvalue()
