"""
How fast drafts are read off texts, beside flashgeotext's matching of place names on the same text.

Prints sentences per second of processor time of both, in one run, the peak memory of the process,
and how rightly the passages of ``tests/data`` are read (:mod:`passages`)::

    python benchmarks/reading.py
    python benchmarks/reading.py --text article.txt --json output/extract.json

Without ``--text`` two texts are made of the shipped claims: `news`, in which one sentence of eight
makes a claim and the others speak of other things, as a day's wire does, and `war`, in which every
sentence makes a claim. No sentence comes twice. "First reading" forgets between runs all that was
read before; "again" is the same text a second time, as an agency's sentences come again in other
articles. flashgeotext is compared where it is installed (``pip install flashgeotext``); it knows
the cities of the world, not the villages of the theater, and finds names only.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from measured import write_report
from passages import HALVES, scores_of

from syriamap.claims.reader import read_claims
from syriamap.extraction import Extractor, document_from_text
from syriamap.extraction.sentence.borders import sentences_of
from syriamap.theater.folder import Theater, read_theater

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashgeotext.geotext import GeoText

VERBS = {
    "captured": "captured", "controls": "control", "lost": "lost", "withdrew": "withdrew from",
    "contested": "fought for", "entered": "entered", "besieged": "besieged",
    "advanced_toward": "advanced toward", "struck": "bombed",
}  # fmt: skip
WHO = (
    "The finance minister", "A spokeswoman for the union", "The weather service", "A senior judge",
    "The head of the relief agency", "An analyst at the bank", "The foreign ministry in Oslo",
    "Teachers", "A report by the World Bank", "The goalkeeper", "Two former ambassadors",
    "Shopkeepers", "The airline", "Police in Lyon", "A doctor who treated the wounded",
    "The European Commission", "Fishermen", "The opposition leader in Warsaw",
)  # fmt: skip
SAYS = (
    "said", "warned", "announced on Tuesday", "told reporters", "wrote in a statement",
    "denied on Friday", "repeated", "estimates", "insisted",
)  # fmt: skip
WHAT = (
    "that prices of bread and fuel would rise again before the end of the winter",
    "that the talks about a new trade deal had ended without a result after two long nights",
    "that nobody had been hurt when the bridge over the motorway was closed for repairs",
    "that the team had earned its victory in the second half of a game full of mistakes",
    "that more than a million children were out of school and that many had to work",
    "that the vote would be counted again in eleven districts because of missing papers",
    "that interest rates would stay where they are, whatever the markets expected",
    "that the storm could reach the coast by the weekend and bring a month of rain",
    "that the court had no reason to open the case again, and that the lawyers knew it",
)  # fmt: skip
ROUNDS = 7
OTHERS = 7
"""Sentences about other things for each that makes a claim, in the made text `news`."""


def claim_sentences(theater: Theater) -> list[str]:
    """One sentence per shipped claim, no two the same."""
    claims = read_claims(theater.claim_files, theater)
    names = claims["actor"].map(theater.actors["name"])
    verbs = claims["relation"].map(VERBS)
    days = claims["event_date"].dt.strftime("%-d %B %Y")
    lines = names + " " + verbs + " " + claims["place"] + " on " + days + ", Reuters said."
    return [str(line) for line in lines.unique()]


def made_texts(theater: Theater) -> dict[str, str]:
    """The two made texts."""
    war = claim_sentences(theater)
    others = (
        f"{who} {says} on the {number}th day of the month {what}."
        for number, (what, says, who) in enumerate(
            itertools.cycle(itertools.product(WHAT, SAYS, WHO)), 4
        )
    )
    news = (line for claim in war for line in (claim, *itertools.islice(others, OTHERS)))
    return {"news": "\n\n".join(news), "war": "\n\n".join(war)}


def seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time of a call, which others at work on the machine change little."""
    start = time.process_time()
    work()
    return time.process_time() - start


def figures_of(text: str, extractor: Extractor, geotext: GeoText | None) -> dict[str, float]:
    """Rates of both on one text: each the best of some rounds, in which all take turns."""
    published = date(2024, 12, 8)
    sentences = [text[a:b] for a, b in sentences_of(text)]
    count = len(sentences)

    def read() -> int:
        drafts, _ = extractor.drafts(document_from_text(text), published)
        return sum(draft.relation != "none" for draft in drafts)

    figures: dict[str, float] = {"sentences": count, "drafts": read()}
    first, again, theirs = [], [], []
    for _ in range(ROUNDS):
        extractor.forget()
        first.append(seconds(read))
        again.append(seconds(read))
        if geotext is not None:
            theirs.append(seconds(lambda: [geotext.extract(one) for one in sentences]))
    figures["syriamap, first reading, sentences/s"] = round(count / min(first))
    figures["syriamap, again, sentences/s"] = round(count / min(again))
    if theirs:
        figures["flashgeotext, sentences/s"] = round(count / min(theirs))
        figures["syriamap, first reading / flashgeotext"] = round(min(theirs) / min(first), 2)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--text", type=Path, help="a text to read instead of the made ones")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    arguments = parser.parse_args()
    theater = read_theater()
    texts = {"text": arguments.text.read_text("utf-8")} if arguments.text else made_texts(theater)
    extractor = Extractor(theater)
    try:
        from flashgeotext import geotext
    except ImportError:
        print("flashgeotext is not installed; its rate is left out")
        matcher = None
    else:
        matcher = geotext.GeoText()
    figures = {name: figures_of(text, extractor, matcher) for name, text in texts.items()}
    per = 1024.0 if sys.platform != "darwin" else 1024.0**2
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per)
    for name, rows in figures.items():
        for what, value in rows.items():
            print(f"{name}: {what:42} {value:>10,}")
    print(f"peak memory MB, both engines {peak:>24,}")
    scores = {half: scores_of(half, extractor) for half in HALVES} if not arguments.text else {}
    for half, groups in scores.items():
        for name, row in groups.items():
            print(f"{half}: {name:24}", *(f"{key} {value:<7}" for key, value in row.items()))
    write_report(arguments.json, {**figures, "memory": peak, "scores": scores})


if __name__ == "__main__":
    main()
