"""
Texts that repeat each other in part → numbers of phrases, in as few bits as their frequency asks.

Comes in: the texts of claims, however many. Goes out: a table of words and of pairs that stand for
what often follows upon each other, and each text as bits. The table is shared: a text is read with
it alone, whichever others it repeats. `phrases.js` reads all back.

Words stand with the space before them. What is written once or twice is spelled, sign by sign.
Again and again the pairs that are met most often, and do not overlap others that are met more
often, become one phrase; the end of a text can be its last part. The phrases that are left in the
texts have a Huffman code of the canonical kind, so that its lengths tell it.
"""

from __future__ import annotations

import heapq
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from syriamap.webmap.packing import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Phrases", "in_phrases"]

_WORD = re.compile(r" ?[^\W_]+|.", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEAST_WORD = 3
"""A word that is met less often is spelled."""

_LEAST_PAIR = 4
"""A pair that is met less often is no phrase: what it saves does not pay for its entry."""

_ROUNDS = 40


class Phrases(NamedTuple):
    """
    Texts as numbers of phrases.

    Attributes
    ----------
    table
        ``words``, in order; ``left`` and ``right``, of each further phrase the numbers of its
        parts; ``bits``, the length of the code of every phrase. Number 0 is the end of a text,
        and words come next.
    lists
        The texts of each list, as bits.
    """

    table: dict[str, Any]
    lists: list[dict[str, Any]]


class _Grammar(NamedTuple):
    """All texts one after the other as numbers of symbols, and what each symbol stands for."""

    line: NDArray[np.int64]
    words: list[str]
    pairs: NDArray[np.int64]


def in_phrases(lists: Sequence[Sequence[str]]) -> Phrases:
    """
    Find phrases in texts and write the texts with them.

    Parameters
    ----------
    lists
        Lists of texts; phrases are looked for in all of them, and each list can be read alone.

    Examples
    --------
    >>> found = in_phrases([["Homs was taken", "Homs was held"], ["Homs was left"]])
    >>> [one["bytes"] for one in found.lists]
    [8, 4]
    """
    grammar = _numbered(_paired(_spelled(lists)))
    size = 1 + len(grammar.words) + len(grammar.pairs)
    lengths = _lengths(np.bincount(grammar.line, minlength=size))
    codes = _codes(lengths)
    ends = np.cumsum(_ends(grammar)[grammar.line])
    counts = np.cumsum([0, *map(len, lists)])
    cuts = np.searchsorted(ends, counts) + (counts > 0)
    table = {
        "words": grammar.words,
        "left": grammar.pairs[:, 0].tolist(),
        "right": grammar.pairs[:, 1].tolist(),
        "bits": lengths.tolist(),
    }
    parts = (grammar.line[start:stop] for start, stop in itertools.pairwise(cuts))
    return Phrases(table, [as_text(_bits(codes[one], lengths[one])) for one in parts])


def _spelled(lists: Sequence[Sequence[str]]) -> _Grammar:
    """Every text as words and signs, in order of the alphabet, and its end."""
    texts = (text for one in lists for text in one)
    # A lone surrogate, which no encoding has, becomes U+FFFD, as in all data of the page.
    clean = (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if _SURROGATE.search(text)
        else text
        for text in texts
    )
    split = [_WORD.findall(text) for text in clean]
    often = Counter(itertools.chain.from_iterable(split))
    rare = {word for word, count in often.items() if count < _LEAST_WORD and len(word) > 1}
    words = sorted((often.keys() - rare).union(*rare))
    number = {word: row for row, word in enumerate(words, 1)}
    parts = {word: [number[sign] for sign in word] for word in rare}
    parts |= {word: [row] for word, row in number.items()}
    line = [row for text in split for row in (*itertools.chain(*map(parts.__getitem__, text)), 0)]
    return _Grammar(np.array(line, dtype=np.int64), words, np.empty((0, 2), dtype=np.int64))


def _ends(grammar: _Grammar) -> NDArray[np.bool_]:
    """Whether a symbol ends a text."""
    first = 1 + len(grammar.words)
    ends = np.zeros(first + len(grammar.pairs), dtype=bool)
    ends[0] = True
    for row, (_, right) in enumerate(grammar.pairs.tolist(), first):
        ends[row] = ends[right]
    return ends


def _paired(grammar: _Grammar) -> _Grammar:
    """Join what is often met side by side, until nothing is often enough."""
    line = grammar.line
    ends = _ends(grammar)
    found = [grammar.pairs]
    for _ in range(_ROUNDS):
        pairs, line = _joined(line, ends)
        if not len(pairs):
            break
        found.append(pairs)
        ends = np.concatenate([ends, ends[pairs[:, 1]]])
    return grammar._replace(line=line, pairs=np.concatenate(found))


def _joined(
    line: NDArray[np.int64], ends: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of symbols that are joined in a round, as symbols after the last, and the new line."""
    size = len(ends)
    key = np.where(ends[line[:-1]], -1, line[:-1] * size + line[1:])
    kinds, kind, count = np.unique(key, return_inverse=True, return_counts=True)
    count[kinds < 0] = 0
    rank = np.empty(len(kinds), dtype=np.int64)
    rank[np.argsort(count, kind="stable")] = np.arange(len(kinds))
    here = np.where(count >= _LEAST_PAIR, rank + 1, 0)[kind]
    # Of pairs that overlap only the one that is met most often; of equal ones, the first.
    taken = here > 0
    taken[1:] &= here[1:] > here[:-1]
    taken[:-1] &= here[:-1] >= here[1:]
    enough = np.bincount(kind[taken], minlength=len(kinds)) >= _LEAST_PAIR
    taken &= enough[kind]
    number = size - 1 + np.cumsum(enough)
    new = line.copy()
    at = np.flatnonzero(taken)
    new[at] = number[kind[at]]
    pairs = np.column_stack(np.divmod(kinds[enough], size))
    return pairs.astype(np.int64), np.delete(new, at + 1)


def _numbered(grammar: _Grammar) -> _Grammar:
    """Number pairs anew: those of words first, then those of these; each by its parts."""
    first = 1 + len(grammar.words)
    pairs = grammar.pairs
    floor = np.zeros(first + len(pairs), dtype=np.int64)
    for row, (left, right) in enumerate(pairs.tolist(), first):
        floor[row] = 1 + max(floor[left], floor[right])
    number = np.arange(first + len(pairs))
    kept = []
    begun = first
    for step in range(1, int(floor.max(initial=0)) + 1):
        rows = np.flatnonzero(floor == step)
        parts = number[pairs[rows - first]]
        order = np.lexsort((parts[:, 1], parts[:, 0]))
        number[rows[order]] = begun + np.arange(len(rows))
        begun += len(rows)
        kept.append(parts[order])
    return grammar._replace(line=number[grammar.line], pairs=np.concatenate([pairs[:0], *kept]))


def _lengths(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many bits each symbol has in a Huffman code; none where it is never met."""
    found = np.zeros(len(counts), dtype=np.int64)
    used = np.flatnonzero(counts)
    if len(used) < 2:
        found[used] = 1
        return found
    above = np.zeros(2 * len(used) - 1, dtype=np.int64)
    heap = [(count, leaf) for leaf, count in enumerate(counts[used].tolist())]
    heapq.heapify(heap)
    for knot in range(len(used), len(above)):
        (less, one), (more, other) = heapq.heappop(heap), heapq.heappop(heap)
        above[one] = above[other] = knot
        heapq.heappush(heap, (less + more, knot))
    deep = np.zeros(len(above), dtype=np.int64)
    for knot in range(len(above) - 2, -1, -1):
        deep[knot] = deep[above[knot]] + 1
    found[used] = deep[: len(used)]
    return found


def _codes(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The canonical code of each symbol: by length, and then by number."""
    codes = np.zeros(len(lengths), dtype=np.int64)
    code = 0
    for bits in range(1, int(lengths.max(initial=0)) + 1):
        rows = np.flatnonzero(lengths == bits)
        codes[rows] = code + np.arange(len(rows))
        code = (code + len(rows)) << 1
    return codes


def _bits(codes: NDArray[np.int64], lengths: NDArray[np.int64]) -> bytes:
    """Codes one after the other, the highest bit first."""
    starts = np.cumsum(lengths) - lengths
    left = np.repeat(starts + lengths, lengths) - np.arange(int(lengths.sum())) - 1
    return np.packbits(np.repeat(codes, lengths) >> left & 1).tobytes()
