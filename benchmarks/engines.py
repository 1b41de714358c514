"""
How right the drafts of each engine are on labelled sentences, and what a second opinion is worth.

Prints a row per engine, then how many drafts were right where patterns and parse agree, where they
do not and where only one of them reads anything::

    pip install ".[nlp]"
    python benchmarks/engines.py --json output/engines.json
    python benchmarks/engines.py --labelled labelled.jsonl

Without ``--labelled`` the sentences of ``tests/data/second_opinion.jsonl`` are read, made up so
that neighbors in the sentence mislead. Each line holds `text`, `pub_date` and `labels`: place names
(`place`, or its span by `start` and `end`) with `actor`, `relation` and `certainty`, and what else
would be right (`actor_alt`, `relation_alt`, pairs in `equivalent`); `optional` ones count neither
way. A draft is right if actor, relation and place are. Groups of the opposition count as one
actor: news says "rebels". "Acted on" looks at what is told as having happened and is no proposal:
what "accept all" would put on a map.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measured import write_report

from syriamap.extraction import Extractor, document_from_text
from syriamap.theater.folder import read_theater

if TYPE_CHECKING:
    from syriamap.extraction import Draft

LABELLED = Path(__file__).parent.parent / "tests" / "data" / "second_opinion.jsonl"
ONE_ACTOR = {"hts": "opposition", "sna": "opposition", "southern_operations_room": "opposition"}
REAL = {"asserted", "claimed"}


def labels_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Labels that claim something, with their spans and the certainties that are right."""
    found = []
    for one in row["labels"]:
        if one["relation"] != "none":
            start = one["start"] if "start" in one else row["text"].index(one["place"])
            end = one["end"] if "end" in one else start + len(one["place"])
            told = {one.get("certainty", "asserted"), *one.get("certainty_alt", ())}
            found.append({**one, "start": start, "end": end, "told": told})
    return found


def is_right(draft: Draft, label: dict[str, Any]) -> bool:
    """Whether a draft says what a label says."""
    if not (draft.start < label["end"] and label["start"] < draft.end):
        return False
    relations = [label["relation"], *label.get("relation_alt", ())]
    actors = [one for one in [label["actor"], *label.get("actor_alt", ())] if one]
    pairs = [(actor, relation) for actor in actors for relation in relations]
    pairs += [tuple(pair) for pair in label.get("equivalent", ())]
    mine = ONE_ACTOR.get(draft.actor, draft.actor)
    return any(
        draft.relation == relation and ONE_ACTOR.get(actor, actor) == mine
        for actor, relation in pairs
    )


def scores(drafts: list[list[Draft]], gold: list[list[dict[str, Any]]]) -> dict[str, float]:
    """Precision, recall and F1."""
    right = wrong = missed = 0
    for made, labels in zip(drafts, gold, strict=True):
        met: set[int] = set()
        seen = set()
        for draft in made:
            key = (draft.start, draft.actor, draft.relation)
            if key in seen:
                continue
            seen.add(key)
            fits = [n for n, label in enumerate(labels) if is_right(draft, label)]
            sure = [n for n in fits if not labels[n].get("optional")]
            fresh = [n for n in sure if n not in met]
            met |= set(fresh[:1])
            right += bool(fresh)
            wrong += not fits
        missed += sum(not one.get("optional") for n, one in enumerate(labels) if n not in met)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"P": round(precision, 3), "R": round(recall, 3), "F1": round(f1, 3)}


def group(draft: Draft) -> str:
    """What the two engines say to a draft."""
    if draft.engine == "patterns+nlp":
        return "both read it"
    if draft.engine == "nlp":
        return "only the parse"
    return "the parse disagrees" if draft.proposal else "only the patterns"


def drafts_of(rows: list[dict[str, Any]], extractor: Extractor) -> list[list[Draft]]:
    """Drafts of each sentence that claim something."""
    days = [date.fromisoformat(row["pub_date"]) if row["pub_date"] else None for row in rows]
    read = [
        extractor.drafts(document_from_text(row["text"]), day)[0]
        for row, day in zip(rows, days, strict=True)
    ]
    return [[one for one in made if one.relation != "none"] for made in read]


def acted_on(drafts: list[list[Draft]], engine: str) -> list[list[Draft]]:
    """Drafts that are told as having happened and are no proposal."""
    return [
        [one for one in made if one.certainty in REAL and (engine == "nlp" or not one.proposal)]
        for made in drafts
    ]


def tallies(
    drafts: list[list[Draft]], gold: list[list[dict[str, Any]]]
) -> dict[str, dict[str, int]]:
    """How many drafts were right and wrong by what the two engines say to them."""
    counts = Counter(
        (group(draft), any(is_right(draft, label) for label in labels))
        for made, labels in zip(drafts, gold, strict=True)
        for draft in made
    )
    names = dict.fromkeys(name for name, _ in counts)
    return {name: {"right": counts[name, True], "wrong": counts[name, False]} for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="labelled sentences, JSONL")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.labelled.read_text("utf-8").splitlines()]
    gold = [labels_of(row) for row in rows]
    real = [[one for one in labels if REAL & one["told"]] for labels in gold]
    theater = read_theater()
    figures: dict[str, Any] = {"sentences": len(rows)}
    for engine in ("patterns", "nlp", "both"):
        extractor = Extractor(theater, engine)
        start = time.perf_counter()
        drafts = drafts_of(rows, extractor)
        rate = len(rows) / (time.perf_counter() - start)
        figures[engine] = {
            "all drafts": scores(drafts, gold),
            "acted on": scores(acted_on(drafts, engine), real),
            "sentences/s": round(rate),
        }
        for what, value in figures[engine].items():
            print(f"{engine:9} {what:12} {value}")
        if engine == "both":
            for name, tally in tallies(drafts, gold).items():
                figures[name] = tally
                print(f"{name:22} {tally}")
    write_report(arguments.json, figures)


if __name__ == "__main__":
    main()
