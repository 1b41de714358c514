"""A process of one command: cycles are looked for seldom, and not when it ends."""

from __future__ import annotations

import subprocess
import sys

ENDING = """
import gc
from syriamap.files.collecting import collect_seldom
collect_seldom()
collect_seldom()
young = gc.get_threshold()[0]
kept = []
gc.callbacks.append(lambda phase, info: print(phase, info["generation"], gc.get_freeze_count() > 0))
print(young >= 1_000_000)
"""


def test_nothing_is_looked_through_at_the_end() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=True
    )
    first, *collected = done.stdout.split("\n")
    assert first == "True"
    assert all(line.endswith("True") for line in collected if line)
