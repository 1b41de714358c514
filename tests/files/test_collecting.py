"""A process of one command: cycles are looked for seldom, and not when it ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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

AGAIN = """
import resource
import numpy as np
from syriamap.files import collecting

def asked_anew():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        np.full(3 << 20, 1, dtype=np.uint8)  # given back by itself, and too small for large pages
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def held():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() >> 20

collecting.keep_memory()
asked_anew()
print(asked_anew())
large = [np.full(3 << 20, 1, dtype=np.uint8) for _ in range(40)]
top = np.zeros(1 << 16)
full = held()
large.clear()
print(full - held())
collecting.collect_now()
print(full - held())
"""


def _run(code: str, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout.split("\n")[:-1]


def test_nothing_is_looked_through_at_the_end() -> None:
    first, *collected = _run(ENDING)
    assert first == "True"
    assert all(line.endswith("True") for line in collected)


@pytest.mark.skipif(sys.platform != "linux", reason="the parameters are those of the GNU C library")
def test_memory_is_used_again_and_given_back_when_a_piece_of_work_is_done() -> None:
    anew, freed, collected = map(int, _run(AGAIN))
    assert anew < 500
    assert freed < 20
    assert collected > 90


@pytest.mark.skipif(sys.platform != "linux", reason="the parameters are those of the GNU C library")
def test_who_sets_it_otherwise_is_obeyed() -> None:
    anew, *_ = map(int, _run(AGAIN, MALLOC_MMAP_MAX_="65536", MALLOC_MMAP_THRESHOLD_="131072"))
    assert anew > 5_000
