"""
How rightly drafts are read off whole passages, by era, language and writer.

Each passage of ``tests/data/passages_*.jsonl`` is a paragraph in the manner of one kind of writer,
in own words, with what an analyst would note of it. A draft is right only if actor, relation and
point are: within five kilometers of the place that is meant, or by the name where the gazetteer
has no such place. Only drafts of what is told as having happened count; names of one side that
texts use for each other (opposition, HTS, the southern operations room) count as one::

    python benchmarks/passages.py
    python benchmarks/passages.py --half tuning --wrong

The half `held_out` is only ever scored: ``--wrong`` refuses to show it. Passages with `author` =
`second`, `third`, `fourth` or `fifth` are by somebody who did not know the rules: labelled first,
read by the program afterwards. Of all but the second's those with an odd number are tuned on,
those with an even are not. `aside` holds every third passage of a lot of short ones made for the
breadth of syntax, whose others are tuned on: it is only scored too.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from syriamap.extraction import Extractor, document_from_text
from syriamap.names.toponyms import fold, skeleton
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from syriamap.extraction.drafts import Draft

DATA = Path(__file__).parent.parent / "tests" / "data"
HALVES = ("tuning", "held_out", "aside")
ONLY_SCORED = HALVES[1:]
FACTS = frozenset({"asserted", "claimed"})
DOUBTED = "unconfirmed"
NEAR_KM = 5.0
ONE_SIDE = frozenset({"hts", "opposition", "southern_operations_room"})
ENTERED = frozenset({"entered", "contested"})
UNAWARE = ("second", "third", "fourth", "fifth")
LATER = (*UNAWARE[1:], "sixth")


class Judged(NamedTuple):
    """One passage: its drafts of facts that are right or wrong, what nobody drafted."""

    passage: dict[str, Any]
    right: list[Draft]
    wrong: list[Draft]
    missed: list[dict[str, Any]]
    extra: list[Draft]


def passages(half: str) -> list[dict[str, Any]]:
    """Read the passages of a half."""
    lines = (DATA / f"passages_{half}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _kilometers(a: tuple[float, float], b: tuple[float, float]) -> float:
    north = (a[0] - b[0]) * 111.2
    east = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def _there(draft: Draft, claim: dict[str, Any]) -> bool:
    if claim.get("place_id"):
        if draft.lat is None or draft.lon is None or not (draft.place_id or draft.place_note):
            return False
        return _kilometers((draft.lat, draft.lon), (claim["lat"], claim["lon"])) <= NEAR_KM
    written, meant = fold(draft.place), fold(claim["place"])
    return meant in written or written in meant or skeleton(draft.place) == skeleton(claim["place"])


def _by(actor: str, wanted: str) -> bool:
    actors = set(wanted.split("|"))
    return actor in actors or (actor in ONE_SIDE and bool(actors & ONE_SIDE))


def _so(relation: str, wanted: str) -> bool:
    relations = set(wanted.split("|"))
    return relation in relations or (relation in ENTERED and bool(relations & ENTERED))


def judged(passage: dict[str, Any], drafts: Iterable[Draft]) -> Judged:
    """Lay drafts beside what a passage says; equal drafts count once."""
    facts: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.relation != "none" and draft.certainty in FACTS | {DOUBTED}:
            place = draft.place_id or draft.place_note or fold(draft.place)
            facts.setdefault((draft.actor, draft.relation, place), draft)
    right, wrong, extra = [], [], []
    open_claims = list(passage["claims"])
    met: list[int] = []
    for draft in facts.values():
        fitting = [
            n
            for n, claim in enumerate(open_claims)
            if _by(draft.actor, claim["actor"])
            and _so(draft.relation, claim["relation"])
            and _there(draft, claim)
        ]
        required = [n for n in fitting if not open_claims[n].get("optional")]
        if [n for n in required if n not in met]:
            right.append(draft)
            met.append(next(n for n in required if n not in met))
        elif fitting or draft.certainty == DOUBTED:
            extra.append(draft)
        else:
            wrong.append(draft)
    missed = [one for n, one in enumerate(open_claims) if n not in met and not one.get("optional")]
    return Judged(passage, right, wrong, missed, extra)


def judge_all(half: str, extractor: Extractor) -> list[Judged]:
    """Read and judge every passage of a half."""
    found = []
    for passage in passages(half):
        document = document_from_text(passage["text"], passage["id"])
        drafts, _ = extractor.drafts(document, date.fromisoformat(passage["published"]))
        found.append(judged(passage, drafts))
    return found


def score(found: Sequence[Judged]) -> dict[str, float]:
    """
    Precision, recall and F1 over some passages.

    Drafts that may be made and need not be (`optional`) count neither way.
    """
    right = sum(len(one.right) for one in found)
    wrong = sum(len(one.wrong) for one in found)
    missed = sum(len(one.missed) for one in found)
    return {
        "passages": len(found),
        "P": round(right / max(1, right + wrong), 3),
        "R": round(right / max(1, right + missed), 3),
        "F1": round(2 * right / max(1, 2 * right + wrong + missed), 3),
    }


def confidence(found: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """Right drafts and all drafts of each confidence, those that need not be made included."""
    counts: Counter[tuple[str, bool]] = Counter()
    for one in found:
        counts.update((draft.confidence, True) for draft in one.right + one.extra)
        counts.update((draft.confidence, False) for draft in one.wrong)
    return {
        level: (counts[level, True], counts[level, True] + counts[level, False])
        for level in ("high", "medium", "low")
    }


def groups(found: Sequence[Judged]) -> dict[str, list[Judged]]:
    """All, English by era, Arabic, what authors unaware of the rules wrote, by writer."""
    made: dict[str, list[Judged]] = {"all": list(found)}
    for era in ("2011-2020", "2024", "2025-2026"):
        made[f"English {era}"] = [
            one for one in found if one.passage["lang"] == "en" and one.passage["era"] == era
        ]
    made["Arabic"] = [one for one in found if one.passage["lang"] == "ar"]
    earlier = [one for one in found if one.passage.get("author") not in LATER]
    for name, ones in list(made.items()):
        kept = {id(one) for one in ones}
        made[f"two authors, {name}"] = [one for one in earlier if id(one) in kept]
    for author in UNAWARE:
        theirs = [one for one in found if one.passage.get("author") == author]
        made[f"{author} author"] = theirs
        for era in sorted({one.passage["era"] for one in theirs}):
            made[f"{author} author {era}"] = [
                one for one in theirs if one.passage["lang"] == "en" and one.passage["era"] == era
            ]
        made[f"{author} author Arabic"] = [one for one in theirs if one.passage["lang"] == "ar"]
    for writer in sorted({one.passage["writer"] for one in found}):
        made[f"writer {writer}"] = [one for one in found if one.passage["writer"] == writer]
    return {name: ones for name, ones in made.items() if ones}


def scores_of(half: str, extractor: Extractor) -> dict[str, dict[str, float]]:
    """Scores of a half by group, and how often each confidence is right."""
    found = judge_all(half, extractor)
    rows = {name: score(ones) for name, ones in groups(found).items()}
    english, arabic = ([x for x in found if x.passage["lang"] == lang] for lang in ("en", "ar"))
    for name, ones in (("", found), (", English", english), (", Arabic", arabic)):
        for level, (right, drafts) in confidence(ones).items():
            rows[f"confidence {level}{name}"] = {
                "drafts": drafts, "right": right, "share": round(right / max(1, drafts), 3)
            }  # fmt: skip
    return rows


def _show(found: Sequence[Judged]) -> None:
    for one in found:
        if not one.wrong and not one.missed:
            continue
        print(f"\n{one.passage['id']} {one.passage['writer']} {one.passage['published']}")
        print(one.passage["text"])
        for draft in one.wrong:
            print(
                f"  WRONG  {draft.actor} {draft.relation} {draft.place} [{draft.place_id}]"
                f" {draft.confidence} by {draft.trigger!r}: {draft.why}"
            )
        for claim in one.missed:
            print(f"  MISSED {claim['actor']} {claim['relation']} {claim['place']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--half", choices=HALVES, help="one of them; else all")
    parser.add_argument("--wrong", action="store_true", help="show what is wrong and missed")
    parser.add_argument("--lang", help="show only this language")
    arguments = parser.parse_args()
    extractor = Extractor(read_theater())
    for half in [arguments.half] if arguments.half else HALVES:
        print(f"== {half}")
        for name, row in scores_of(half, extractor).items():
            print(f"{name:24}", *(f"{key} {value:<7}" for key, value in row.items()))
        if arguments.wrong:
            if half in ONLY_SCORED:
                sys.exit(f"the half {half} is only scored")
            shown = judge_all(half, extractor)
            _show([x for x in shown if arguments.lang in {None, x.passage["lang"]}])


if __name__ == "__main__":
    main()
