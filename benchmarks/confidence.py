"""
Which readings deserve to be called high, by cross-validation over the tuning passages.

In each of five folds the other four tell which verb families and kinds of places are right too
seldom; drafts of these are not called high in the fold. What is doubted in most folds stands in
``lexicon/words/reading.toml`` (`doubtful_frames`, `doubtful_kinds`)::

    python benchmarks/confidence.py
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import passages

from syriamap.extraction import Extractor
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDS = 5
LEAST = 0.92
"""Share of right drafts that a family or a kind must have to be called high."""
FEWEST = 3
"""Drafts below which a share says nothing."""
Seen = tuple[str, str, bool]
"""Frame and kind of place of a draft that may be called high, and whether it is right."""


def doubted(seen: Sequence[Seen], at: int) -> set[str]:
    """Frames (0) or kinds (1) that are right too seldom; one right draft is taken for granted."""
    drafts, right = Counter(one[at] for one in seen), Counter(one[at] for one in seen if one[2])
    return {
        str(name)
        for name, count in drafts.items()
        if count >= FEWEST and (right[name] + 1) / (count + 1) < LEAST
    }


def main() -> None:
    theater = read_theater()
    kinds = theater.places["kind"]
    by_fold: list[list[Seen]] = [[] for _ in range(FOLDS)]
    for number, one in enumerate(passages.judge_all("tuning", Extractor(theater))):
        for draft, right in [(d, True) for d in one.right + one.extra] + [
            (d, False) for d in one.wrong
        ]:
            if draft.confidence == "high" or "mostly" in draft.why:
                kind = str(kinds.get(draft.place_id, ""))
                by_fold[number % FOLDS].append((draft.frame, kind, right))
    counts: Counter[str] = Counter()
    kept = []
    for fold, held_out in enumerate(by_fold):
        others = [one for n, ones in enumerate(by_fold) if n != fold for one in ones]
        frames, places = doubted(others, 0), doubted(others, 1)
        counts.update(f"frame {one}" for one in frames)
        counts.update(f"kind {one}" for one in places)
        kept += [one for one in held_out if one[0] not in frames and one[1] not in places]
    every = [one for ones in by_fold for one in ones]
    print(f"by the rules alone: {sum(one[2] for one in every)} of {len(every)} right")
    print(f"left out of the folds: {sum(one[2] for one in kept)} of {len(kept)} right")
    for name, folds in counts.most_common():
        print(f"  doubted in {folds} of {FOLDS}: {name}")


if __name__ == "__main__":
    main()
