"""
How fast drafts are read off texts, beside flashgeotext's matching of place names on the same text.

Prints sentences per second of both, in one run, and the peak memory of the process::

    python benchmarks/extract.py
    python benchmarks/extract.py --text article.txt --json output/extract.json

Without ``--text`` the sentences are made of the shipped claims, one per claim. flashgeotext is
compared where it is installed (``pip install flashgeotext``); it knows the cities of the world, not
the villages of the theater, and finds names only.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

from syriamap.claims import read_claims, theater_claim_files
from syriamap.extraction import Extractor, document_from_text
from syriamap.extraction.text import sentences_of
from syriamap.theater import Theater, read_theater

VERBS = {
    "captured": "captured", "controls": "control", "lost": "lost", "withdrew": "withdrew from",
    "contested": "fought for", "entered": "entered", "besieged": "besieged",
    "advanced_toward": "advanced toward", "struck": "bombed",
}  # fmt: skip


def text_of_claims(theater: Theater) -> str:
    """One sentence per shipped claim; between them, sentences that claim nothing."""
    claims = read_claims(theater_claim_files(theater), theater)
    quiet = "Prices of bread rose again in the capital, and schools in Syria stayed closed."
    lines = []
    for row in claims.itertuples():
        name = theater.actors.at[row.actor, "name"]
        day = row.event_date.strftime("%-d %B %Y")
        lines += [f"{name} {VERBS[str(row.relation)]} {row.place} on {day}, Reuters said.", quiet]
    return "\n".join(lines)


def rate(sentences: int, work: object) -> float:
    """Sentences per second of a call, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        best = min(best, time.perf_counter() - start)
    return sentences / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--text", type=Path, help="a text to read instead of the made one")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    arguments = parser.parse_args()
    theater = read_theater()
    text = arguments.text.read_text("utf-8") if arguments.text else text_of_claims(theater)
    count = sum(1 for _ in sentences_of(text))
    extractor = Extractor(theater)
    drafts, _ = extractor.drafts(document_from_text(text), date(2024, 12, 8))
    figures: dict[str, float] = {
        "sentences": count,
        "drafts": sum(draft.relation != "none" for draft in drafts),
        "syriamap sentences/s": round(
            rate(count, lambda: extractor.drafts(document_from_text(text), date(2024, 12, 8)))
        ),
    }
    per = 1024.0 if sys.platform != "darwin" else 1024.0**2
    figures["peak memory MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per)
    try:
        from flashgeotext.geotext import GeoText
    except ImportError:
        print("flashgeotext is not installed; its rate is left out")
    else:
        geotext = GeoText()
        sentences = [text[a:b] for a, b in sentences_of(text)]
        figures["flashgeotext sentences/s"] = round(
            rate(count, lambda: [geotext.extract(one) for one in sentences])
        )
        figures["flashgeotext, whole text, sentences/s"] = round(
            rate(count, lambda: geotext.extract(text))
        )
    for name, value in figures.items():
        print(f"{name:40} {value:>10,}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
