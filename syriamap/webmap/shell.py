"""
A page written without folium: the shell that folium renders is kept.

Comes in: a :class:`~syriamap.webmap.page_parts.Document`. Goes out: its file. What folium renders
around the data are constants and tokens, the same for all pages of a country. It is kept under the
versions of folium and branca and the code of this wing, and a page to which nobody adds a layer is
finished from it, to the same bytes.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from syriamap.cache import cache_file, code_of, keep_arrays, kept_arrays, key_of
from syriamap.files import atomic_path

if TYPE_CHECKING:
    from syriamap.webmap.page_parts import Document

__all__ = ["save_page"]


def save_page(document: Document, path: str | Path) -> None:
    """
    Write the page of a document, as :meth:`syriamap.webmap.ControlMap.save` would.

    Parameters
    ----------
    document
        What the page says.
    path
        Written to a temporary name first and then renamed.
    """
    content = document.finished(_shell(document)).encode("utf-8")
    with atomic_path(Path(path)) as part:
        part.write_bytes(content)


def _shell(document: Document) -> str:
    path = cache_file("shell", key_of(*map(_version, ("folium", "branca")), code_of("webmap"),
                                      Path(__file__).with_name("assets") / "page.html",
                                      repr(document.middle)))  # fmt: skip
    kept = kept_arrays(path, ["text"])
    if kept is not None:
        return kept["text"].tobytes().decode()
    from syriamap.webmap.page import ControlMap

    text = ControlMap(document).shell()
    keep_arrays(path, {"text": np.frombuffer(text.encode(), dtype=np.uint8)})
    return text


def _version(library: str) -> str | Path:
    """A file of a library that tells its version: loading the library is what is to be saved."""
    found = find_spec(library)
    file = Path(found.origin).with_name("_version.py") if found and found.origin else None
    return file if file and file.is_file() else str(found and found.origin)
